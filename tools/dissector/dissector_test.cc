#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/dissector/dissector_backend.h"

namespace genlc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Result {
  bool ok = false;
  std::string text;
  std::string diagnostics;
};

Result Generate(const std::string& spec) {
  SourceManager sources;
  Reporter reporter;
  const auto raw = LoadSpec(*sources.Add("dir/shop.yaml", spec), reporter);
  const auto family = BuildFamily(*raw, nullptr, reporter);
  EXPECT_FALSE(reporter.has_errors());
  OutputFiles files;
  Result result;
  result.ok = DissectorBackend().Generate(*family, files, reporter);
  if (result.ok) result.text = files.files().at("shop.lua").text;
  result.diagnostics = Render(reporter.Sorted(), {.color = false});
  return result;
}

constexpr char kClassic[] = R"(# SPDX-License-Identifier: MIT
name: shop
protocol: netlink-raw
protonum: 25
doc: Things for sale, as they used to be sold.
definitions:
  - {name: color, type: enum, entries: [red, {name: green, value: 7}]}
  - {name: mark, type: flags, entries: [cheap, fresh]}
  - name: place
    type: struct
    members:
      - {name: aisle, type: u16, byte-order: big-endian}
      - {name: gap, type: pad, len: 2}
      - {name: address, type: binary, len: 6, display-hint: mac}
attribute-sets:
  - name: item
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: item-data, selector: kind}
      - {name: origin, type: binary, struct: place}
      - {name: color, type: u32, enum: color}
      - {name: marks, type: u8, enum: mark}
      - {name: colors, type: u32, enum: color, enum-as-flags: true}
      - {name: prices, type: binary, sub-type: u32}
      - {name: parts, type: indexed-array, sub-type: nest, nested-attributes: fruit}
  - {name: short-item, subset-of: item, attributes: [{name: kind}]}
  - name: fruit
    attributes: [{name: weight, type: u32, value: 9}]
sub-messages:
  - name: item-data
    formats: [{value: fruit, attribute-set: fruit}, {value: box, fixed-header: place}]
operations:
  enum-model: directional
  fixed-header: place
  list:
    - name: item-get
      doc: Look at an item.
      attribute-set: item
      do: {request: {value: 16, attributes: []}, reply: {value: 17, attributes: [kind, data, origin]}}
)";

TEST(Dissector, GoodTablesSayWhatTheFamilyHas) {
  const Result result = Generate(kClassic);
  ASSERT_TRUE(result.ok) << result.diagnostics;
  for (const char* line : {
           "local family = { name = \"shop\", protocol = 25 }\n",
           "    [7] = \"green\",\n",
           "    { 0x2, \"fresh\" },\n",
           "    { 0x80, \"green\" },\n",
           "    size = 10,\n",
           "{ name = \"aisle\", type = \"u16\", order = \"big\", offset = 0, size = 2 },\n",
           "{ name = \"address\", type = \"binary\", display = \"mac\", offset = 4, size = 6 },\n",
           "[2] = { name = \"data\", type = \"sub-message\", formats = \"item-data\", selector = "
           "\"kind\" },\n",
           "[3] = { name = \"origin\", type = \"struct\", struct = \"place\" },\n",
           "[5] = { name = \"marks\", type = \"u8\", flags = \"mark\" },\n",
           "[7] = { name = \"prices\", type = \"u32\", list = \"packed\" },\n",
           "[8] = { name = \"parts\", type = \"nest\", list = \"indexed\", set = \"fruit\" },\n",
           "[9] = { name = \"weight\", type = \"u32\" },\n",
           "[\"short-item\"] = \"item\",\n",
           "[\"box\"] = { header = \"place\" },\n",
           "  [16] = { name = \"item-get\", header = \"place\", set = \"item\" },\n",
           "  [17] = { name = \"item-get\", header = \"place\", set = \"item\" },\n",
           "register_postdissector(proto)\n",
       }) {
    EXPECT_TRUE(absl::StrContains(result.text, line)) << "not there: " << line;
  }
  EXPECT_THAT(result.text, Not(HasSubstr("\"gap\"")));
  EXPECT_THAT(result.text, Not(HasSubstr("dir/")));
}

std::string Generic(absl::string_view definitions, absl::string_view operations) {
  return absl::StrCat(R"(# SPDX-License-Identifier: MIT
name: shop
protocol: genetlink-legacy
doc: Things for sale.
definitions:
)",
                      definitions, R"(
attribute-sets:
  - {name: item, attributes: [{name: size, type: u64, enum: size}]}
  - {name: other, attributes: [{name: size, type: u64}]}
operations:
  list:
)",
                      operations);
}

constexpr char kSmall[] = "  - {name: size, type: enum, entries: [small]}";
constexpr char kGet[] =
    "    - {name: get, doc: Look., attribute-set: item, do: {request: {attributes: [size]}}}\n";

TEST(Dissector, GoodGenericFamiliesAreFoundByName) {
  const Result result = Generate(Generic(kSmall, kGet));
  ASSERT_TRUE(result.ok) << result.diagnostics;
  EXPECT_THAT(result.text, HasSubstr("local family = { name = \"shop\" }\n"));
  EXPECT_THAT(result.text,
              HasSubstr("DissectorTable.get(\"genl.family\"):add(family.name, proto)\n"));
}

TEST(Dissector, BadValueThatIsNoDouble) {
  const Result result = Generate(Generic(
      "  - {name: size, type: enum, entries: [{name: huge, value: 9007199254740993}]}", kGet));
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(result.diagnostics, HasSubstr("cannot express a value beyond 2^53"));
}

TEST(Dissector, BadTwoMessagesOfOneNumber) {
  const Result result = Generate(Generic(
      kSmall, absl::StrCat(kGet,
                           "    - {name: look, doc: Look., value: 1, attribute-set: other, do: "
                           "{request: {attributes: [size]}}}\n")));
  EXPECT_FALSE(result.ok);
  EXPECT_THAT(result.diagnostics,
              HasSubstr("cannot express a message 1 with attributes other than `get` has"));
}

}  // namespace
}  // namespace genlc
