#include "genl/bitfield.h"

#include <optional>
#include <vector>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/layout.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

enum class Feature : uint32_t { kLatching = 0x1, kRedundant = 0x2 };

struct Settings {
  std::optional<Bitfield<Feature>> features = {};
  std::vector<Bitfield<>> history = {};

  bool operator==(const Settings&) const = default;
};

constexpr Attribute kAttributes[] = {
    {.number = 1, .kind = Kind::kBitfield32, .name = "features"},
    {.number = 2, .kind = Kind::kBitfield32, .multi = true, .name = "history"},
};
constexpr AttributeSet kSet = MakeSet<kAttributes>("settings");
constexpr Field kFields[] = {
    GENL_FIELD(Settings, features, kAttributes[0], kOptional, nullptr),
    GENL_FIELD(Settings, history, kAttributes[1], kOptional, nullptr),
};
constexpr Layout kLayout = MakeLayout<kFields>(kSet);

void AppendWords(Writer& writer, uint16_t number, const std::vector<uint32_t>& words) {
  const Writer::Mark mark = writer.Begin(number);
  writer.Append(words.data(), words.size() * sizeof(uint32_t));
  EXPECT_TRUE(writer.End(mark));
}

TEST(Bitfield, GoodValueStandsBeforeSelector) {
  const Settings settings = {.features = {{Feature::kRedundant, Feature{0x3}}},
                             .history = {{1, 1}, {0, 0xffffffff}}};
  Writer encoded;
  ASSERT_TRUE(Encode(kLayout, &settings, encoded).ok());
  Writer expected;
  AppendWords(expected, 1, {2, 3});
  AppendWords(expected, 2, {1, 1});
  AppendWords(expected, 2, {0, 0xffffffff});
  EXPECT_EQ(encoded.bytes(), expected.bytes());

  Settings decoded;
  ASSERT_TRUE(Decode(kLayout, encoded.bytes(), &decoded).ok());
  EXPECT_EQ(decoded, settings);
}

TEST(Bitfield, GoodAbsentOneIsDropped) {
  Settings decoded = {.features = Bitfield<Feature>{}, .history = {{1, 1}}};
  ASSERT_TRUE(Decode(kLayout, {}, &decoded).ok());
  EXPECT_EQ(decoded, Settings{});
}

TEST(Bitfield, BadOtherSizes) {
  for (const std::vector<uint32_t>& words :
       {std::vector<uint32_t>{}, std::vector<uint32_t>{1}, std::vector<uint32_t>{1, 2, 3}}) {
    Writer writer;
    AppendWords(writer, 1, words);
    Settings decoded;
    const absl::Status status = Decode(kLayout, writer.bytes(), &decoded);
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(status.message()), HasSubstr("features"));
    EXPECT_THAT(std::string(status.message()), HasSubstr("where a bitfield has 8"));
  }
}

TEST(Bitfield, BadMemberOfAnotherType) {
  EXPECT_TRUE(Fits(kFields[0]));
  Field field = kFields[0];
  field.type = kMember<std::optional<std::vector<uint8_t>>>;
  EXPECT_FALSE(Fits(field));
}

}  // namespace
}  // namespace genl
