#include "absl/strings/match.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/doc/doc_backend.h"

namespace genlc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: shop
doc: Things for sale.
definitions:
  - {name: color, type: enum, doc: What it looks like., entries: [red, {name: green, doc: Like grass.}]}
attribute-sets:
  - name: item
    attributes:
      - {name: id, type: u32, doc: Its number., checks: {min: 1, max: 99}}
      - {name: color, type: u32, enum: color}
      - {name: label, type: string, checks: {max-len: 31}}
      - {name: part, type: nest, nested-attributes: part, multi-attr: true}
  - name: part
    attributes: [{name: weight, type: u16, byte-order: big-endian}]
operations:
  list:
    - name: item-get
      doc: Look at an item.
      attribute-set: item
      flags: [admin-perm]
      config-cond: big-shop
      do: {request: {attributes: [id]}, reply: {attributes: [id, color, label, part]}}
      dump: {reply: {attributes: [id, color]}}
    - {name: item-ntf, doc: An item was sold., notify: item-get, mcgrp: sales}
mcast-groups: {list: [{name: sales, flags: [uns-admin-perm]}]}
)";

constexpr char kProfile[] = R"(
attribute-sets: [{name: item, attributes: [{name: id, default: 7}]}]
operations: [{name: item-get, do: {reply: {required: [id]}}}]
)";

constexpr char kClassicSpec[] = R"(# SPDX-License-Identifier: MIT
name: rt-shop
protocol: netlink-raw
protonum: 25
doc: Things for sale, as they used to be sold.
definitions:
  - name: place
    type: struct
    members:
      - {name: aisle, type: u16, byte-order: big-endian, doc: Counted from the door.}
      - {name: address, type: binary, len: 6, display-hint: mac}
attribute-sets:
  - name: item
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: item-data, selector: kind}
      - {name: origin, type: binary, struct: place}
  - name: fruit
    attributes: [{name: weight, type: u32}]
sub-messages:
  - name: item-data
    formats: [{value: fruit, attribute-set: fruit}, {value: box, fixed-header: place}]
operations:
  fixed-header: place
  list:
    - name: item-get
      doc: Look at an item.
      attribute-set: item
      do: {request: {value: 16, attributes: []}, reply: {value: 17, attributes: [kind, data, origin]}}
)";

std::string Generated(const std::string& file) {
  SourceManager sources;
  Reporter reporter;
  const bool classic = absl::StartsWith(file, "rt-shop");
  const auto raw = LoadSpec(classic ? *sources.Add("dir/rt-shop.yaml", kClassicSpec)
                                    : *sources.Add("dir/shop.yaml", kSpec),
                            reporter);
  const auto profile = LoadProfile(*sources.Add("dir/shop.genlc.yaml", kProfile), reporter);
  const auto family = BuildFamily(*raw, classic ? nullptr : &*profile, reporter);
  OutputFiles files;
  EXPECT_TRUE(DocBackend().Generate(*family, files, reporter));
  EXPECT_FALSE(reporter.has_errors());
  EXPECT_TRUE(files.files().contains(file));
  return files.files().at(file).text;
}

TEST(Doc, GoodFieldsShowTypeLimitsAndPresence) {
  const std::string page = Generated("shop.md");
  EXPECT_THAT(page, HasSubstr("| `id` | `id` | u32 | 1 to 99 | default 7 | Its number. |"));
  EXPECT_THAT(page, HasSubstr("| `id` | `id` | u32 | 1 to 99 | always | Its number. |"));
  EXPECT_THAT(page, HasSubstr("| `color` | `color` | u32 | one of `red`, `green` |"));
  EXPECT_THAT(page, HasSubstr("| `label` | `label` | string | at most 31 bytes |"));
  EXPECT_THAT(page, HasSubstr("| `part` | `part` | list of nest `part` |"));
  EXPECT_THAT(page, HasSubstr("big-endian u16"));
}

TEST(Doc, GoodOperationsSayWhoMayCallThemAndHow) {
  const std::string page = Generated("shop.md");
  EXPECT_THAT(page, HasSubstr("Number 1 (`SHOP_CMD_ITEM_GET`). Callers: CAP\\_NET\\_ADMIN"));
  EXPECT_THAT(page, HasSubstr("Only in kernels with `CONFIG_BIG_SHOP`."));
  EXPECT_THAT(page, HasSubstr("```sh\ngenlc do shop item-get id=1\n```"));
  EXPECT_THAT(page, HasSubstr("```sh\ngenlc dump shop item-get\n```"));
  EXPECT_THAT(page, HasSubstr("client->ItemGet(shop::ItemGetRequest{})"));
}

TEST(Doc, GoodMessagesAndMembersHaveTheirCppNames) {
  const std::string page = Generated("shop.md");
  EXPECT_THAT(page, HasSubstr("Request of `do`, `shop::ItemGetRequest`:"));
  EXPECT_THAT(page, HasSubstr("In C++ `shop::Color`."));
}

TEST(Doc, GoodStructuresHeadersAndSubMessages) {
  const std::string page = Generated("rt-shop.md");
  EXPECT_THAT(page, HasSubstr("|  | `header` | struct `place` |  | always | The fixed header"));
  EXPECT_THAT(page, HasSubstr("sub-message `item-data`, chosen by `kind`"));
  EXPECT_THAT(page, HasSubstr("| `fruit` |  | `fruit` |\n| `box` | `place` |  |"));
  EXPECT_THAT(page, HasSubstr("| `aisle` | big-endian u16 | 0 | 2 | Counted from the door. |"));
  EXPECT_THAT(page, HasSubstr("| `address` | binary, shown as mac | 2 | 6 |"));
}

TEST(Doc, GoodGroupsSayWhatArrives) {
  const std::string page = Generated("shop.md");
  EXPECT_THAT(page, HasSubstr("| `sales` | `SHOP_MCGRP_SALES` | CAP\\_NET\\_ADMIN"));
  EXPECT_THAT(page, HasSubstr("| `item-ntf` |"));
  EXPECT_THAT(page, HasSubstr("genlc watch shop sales"));
}

TEST(Doc, GoodHtmlHasThePictureInside) {
  const std::string page = Generated("shop.html");
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr(">item-get</text>"));
  EXPECT_THAT(page, HasSubstr("<title>part</title>"));
  EXPECT_THAT(page, HasSubstr("href=\"#op-item-get\""));
  EXPECT_THAT(page, Not(HasSubstr("dir/")));
}

}  // namespace
}  // namespace genlc
