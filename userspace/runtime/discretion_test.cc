#include "genl/discretion.h"

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr SensitiveAttribute kSensitive[] = {
    {"part", 2, Permission::kUnsAdmin},     // note
    {"everything", 3, Permission::kAdmin},  // s32
};

// A note wherever there can be one.
Everything Told() {
  const Part part = {.number = 1, .note = "whispered"};
  return {.u8 = 7,
          .s32 = -5,
          .part = part,
          .parts = {part, {.number = 2}},
          .indexed = {part, part},
          .entries = {{.row = 3, .column = 4, .value = part}}};
}

Everything Heard(Permission reader) {
  const Everything told = Told();
  Writer writer;
  EXPECT_TRUE(EncodeFor({kSensitive, reader}, kEverythingLayout, &told, writer).ok());
  Everything heard;
  EXPECT_TRUE(Decode(kEverythingLayout, writer.bytes(), &heard).ok());
  return heard;
}

TEST(Discretion, GoodAnAdministratorHearsAll) { EXPECT_EQ(Heard(Permission::kAdmin), Told()); }

TEST(Discretion, GoodOthersHearWhatTheyMayKnow) {
  Everything expected = Told();
  expected.s32 = std::nullopt;
  EXPECT_EQ(Heard(Permission::kUnsAdmin), expected);
}

TEST(Discretion, GoodSecretsAreLeftOutOfEveryNest) {
  Everything expected = Told();
  expected.s32 = std::nullopt;
  expected.part->note = expected.parts[0].note = expected.entries[0].value.note = std::nullopt;
  expected.indexed[0].note = expected.indexed[1].note = std::nullopt;
  EXPECT_EQ(Heard(Permission::kAnyone), expected);
}

TEST(Discretion, GoodWhatIsKeptIsNotChanged) {
  const Everything told = {.u8 = 7, .be16 = 0x102, .flag = true, .string = "text", .array = {1, 2}};
  Writer whole, kept;
  ASSERT_TRUE(Encode(kEverythingLayout, &told, whole).ok());
  ASSERT_TRUE(EncodeFor({kSensitive, Permission::kAnyone}, kEverythingLayout, &told, kept).ok());
  EXPECT_EQ(kept.bytes(), whole.bytes());
}

TEST(Discretion, BadValueThatCannotBeEncoded) {
  const Everything told = {.string = std::string("a\0b", 3)};
  Writer writer;
  EXPECT_FALSE(EncodeFor({kSensitive, Permission::kAnyone}, kEverythingLayout, &told, writer).ok());
  EXPECT_TRUE(writer.bytes().empty());
}

}  // namespace
}  // namespace genl::test
