// The table of cases through JSON and tables that are built at run time from the spec.
#include "genl/json/json.h"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/conformance/cases.h"
#include "userspace/generator/wire_tables.h"

namespace conformance {
namespace {

using testing::HasSubstr;

// The family of the spec, and its tables.
struct Dynamic {
  Dynamic()
      : family(Load()),
        tables(*family),
        request(tables.List(family->FindOperation("echo")->do_exchange->request, rows)) {}

  std::unique_ptr<const genlc::Family> Load() {
    std::stringstream text;
    text << std::ifstream("tests/conformance/conformance.yaml").rdbuf();
    genlc::Reporter reporter;
    const auto raw = genlc::LoadSpec(*sources.Add("conformance.yaml", text.str()), reporter);
    return genlc::BuildFamily(*raw, nullptr, reporter);
  }

  genlc::SourceManager sources;
  std::unique_ptr<const genlc::Family> family;
  genlc::WireTables tables;
  genlc::OwnedSet rows;
  genl::MessageTable request;
};

const genl::MessageTable& Echo() {
  static const Dynamic& dynamic = *new Dynamic();
  return dynamic.request;
}

using Bytes = std::vector<uint8_t>;

Bytes Copy(genl::Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// Behind the fixed header.
Bytes Message(const Bytes& attributes) {
  Bytes bytes = {0x01, 0x02, 0xfe, 0xff};
  bytes.insert(bytes.end(), attributes.begin(), attributes.end());
  return bytes;
}

std::string Message(const std::string& json) {
  const std::string header = R"({"header":{"x":258,"y":-2})";
  return json == "{}" ? absl::StrCat(header, "}") : absl::StrCat(header, ",", json.substr(1));
}

class PlacedTest : public testing::TestWithParam<Placed> {};

TEST_P(PlacedTest, GoodJsonAndBytesAreTheSame) {
  const std::string text = Message(GetParam().json);
  const Bytes bytes = Message(GetParam().bytes);
  genl::Writer writer;
  ASSERT_EQ(genl::FromJson(Echo(), text, writer), absl::OkStatus()) << text;
  EXPECT_EQ(Copy(writer.bytes()), bytes) << text;
  const absl::StatusOr<std::string> json = genl::ToJson(Echo(), bytes);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*json, text);
}

INSTANTIATE_TEST_SUITE_P(All, PlacedTest, testing::ValuesIn(AllPlaces()),
                         [](const auto& info) { return info.param.name; });

// JSON shows what a client refuses: damage stands as {"#hex": ...}, and comes back.
TEST(Damages, GoodDamageIsShown) {
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    const absl::StatusOr<std::string> json = genl::ToJson(Echo(), Message(FromHex(damage.bytes)));
    ASSERT_TRUE(json.ok()) << json.status();
    if (*damage.decode_error != '\0') {
      EXPECT_THAT(*json, HasSubstr("#hex"));
    } else {
      EXPECT_EQ(*json, Message(std::string(damage.read_as)));
    }
  }
}

TEST(Unfits, BadJsonIsRefusedByName) {
  for (const Unfit& unfit : Unfits()) {
    if (unfit.json == nullptr) continue;
    SCOPED_TRACE(unfit.name);
    genl::Writer writer;
    const absl::Status status = genl::FromJson(Echo(), unfit.json, writer);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(unfit.json_error));
  }
}

}  // namespace
}  // namespace conformance
