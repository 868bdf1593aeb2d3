#include "family/model/build.h"

#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A built spec, and what was said about it as "line:column ID".
struct Built {
  explicit Built(absl::string_view spec, absl::string_view profile = "") {
    const auto raw = LoadSpec(
        *sources.Add("test.yaml", absl::StrCat("# SPDX-License-Identifier: MIT\n", spec)),
        reporter);
    const auto raw_profile =
        LoadProfile(*sources.Add("test.genlc.yaml", std::string(profile)), reporter);
    if (raw && raw_profile) family = BuildFamily(*raw, &*raw_profile, reporter);
    for (const Diagnostic& diagnostic : reporter.Sorted()) {
      const LineColumn place = diagnostic.span.start();
      said.push_back(absl::StrCat(place.line, ":", place.column, " ", diagnostic.info->id,
                                  diagnostic.hint.empty() ? "" : ": ", diagnostic.hint));
    }
  }

  SourceManager sources;
  Reporter reporter;
  std::unique_ptr<Family> family;
  std::vector<std::string> said;
};

constexpr char kSpec[] = R"(name: my-family
doc: d
definitions:
  - {name: limit, type: const, value: 9}
  - {name: color, type: enum, value-start: 2, entries: [red, {name: green, value: 7}, blue]}
  - {name: bits, type: flags, entries: [one, {name: three, value: 3}, four]}
attribute-sets:
  - name: my-family
    attributes:
      - {name: id, type: u32, checks: {max: limit}}
      - {name: color, type: u8, enum: color, value: 5}
      - {name: bits, type: u64, enum: bits}
      - {name: sub, type: nest, nested-attributes: other-set, multi-attr: true}
      - {name: own, type: nest, nested-attributes: my-family}
  - name: other-set
    attributes:
      - {name: text, type: string, checks: {max-len: 12}}
  - name: part
    subset-of: my-family
    attributes:
      - name: bits
      - {name: id, display-hint: hex}
operations:
  list:
    - {name: get, doc: d, attribute-set: my-family, do: {request: {attributes: [id]}, reply: {attributes: [id, color]}}}
    - {name: get-ntf, doc: d, notify: get, mcgrp: all}
    - {name: reserved, doc: d}
    - {name: late, doc: d, value: 9, attribute-set: my-family, flags: [admin-perm], event: {attributes: [bits]}}
mcast-groups: {list: [{name: all}]}
)";

TEST(BuildFamily, GoodNamesOfC) {
  const Built built(kSpec);
  ASSERT_THAT(built.said, IsEmpty());
  const Family& family = *built.family;
  EXPECT_EQ(family.c_name, "my_family");
  EXPECT_EQ(family.uapi_header, "linux/my_family.h");
  EXPECT_EQ(family.c_family_name, "MY_FAMILY_FAMILY_NAME");
  EXPECT_EQ(family.FindConstant("limit")->c_name, "MY_FAMILY_LIMIT");
  EXPECT_EQ(family.FindEnum("color")->c_name, "my_family_color");
  EXPECT_EQ(family.FindEnum("color")->entries[0].c_name, "MY_FAMILY_COLOR_RED");
  EXPECT_EQ(family.FindSet("my-family")->Find("id")->c_name, "MY_FAMILY_A_ID");
  EXPECT_EQ(family.FindSet("other-set")->Find("text")->c_name, "MY_FAMILY_A_OTHER_SET_TEXT");
  EXPECT_EQ(family.FindSet("other-set")->c_max_name, "MY_FAMILY_A_OTHER_SET_MAX");
  EXPECT_EQ(family.FindSet("other-set")->c_count_name, "__MY_FAMILY_A_OTHER_SET_MAX");
  EXPECT_EQ(family.FindOperation("get")->c_name, "MY_FAMILY_CMD_GET");
  EXPECT_EQ(family.FindGroup("all")->c_name, "MY_FAMILY_MCGRP_ALL");
}

TEST(BuildFamily, GoodNumbersCountOnFromTheLastOneGiven) {
  const Built built(kSpec);
  const AttributeSet& set = *built.family->FindSet("my-family");
  EXPECT_EQ(set.Find("id")->number, 1u);
  EXPECT_EQ(set.Find("color")->number, 5u);
  EXPECT_EQ(set.Find("bits")->number, 6u);
  EXPECT_EQ(set.max_number(), 8u);
  EXPECT_EQ(built.family->FindOperation("get")->number, 1u);
  EXPECT_EQ(built.family->FindOperation("get-ntf")->number, 2u);
  EXPECT_EQ(built.family->FindOperation("reserved")->number, 3u);
  EXPECT_EQ(built.family->FindOperation("late")->number, 9u);
}

TEST(BuildFamily, GoodEnumsAndFlags) {
  const Built built(kSpec);
  const Enum& color = *built.family->FindEnum("color");
  EXPECT_EQ(color.Find("red")->value, 2);
  EXPECT_EQ(color.Find("blue")->value, 8);
  EXPECT_TRUE(color.sparse());
  const Enum& bits = *built.family->FindEnum("bits");
  EXPECT_EQ(bits.Find("one")->value, 1);
  EXPECT_EQ(bits.Find("four")->value, 16);
  EXPECT_EQ(bits.mask(), 0x19u);
}

TEST(BuildFamily, GoodSubsetTakesItsNumbersFromTheMainSet) {
  const Built built(kSpec);
  const AttributeSet& part = *built.family->FindSet("part");
  EXPECT_EQ(part.subset_of, built.family->FindSet("my-family"));
  EXPECT_EQ(part.Find("bits")->number, 6u);
  EXPECT_EQ(part.Find("bits")->c_name, "MY_FAMILY_A_BITS");
  EXPECT_EQ(part.Find("id")->display_hint, DisplayHint::kHex);
  EXPECT_EQ(part.Find("id")->type, AttributeType::kU32);
  EXPECT_EQ(part.Find("id")->set, &part);
}

TEST(BuildFamily, GoodLinksAndLimits) {
  const Built built(kSpec);
  const Family& family = *built.family;
  const AttributeSet& set = *family.FindSet("my-family");
  EXPECT_EQ(set.Find("id")->checks.max->value, 9);
  EXPECT_EQ(set.Find("id")->checks.max->constant, family.FindConstant("limit"));
  EXPECT_EQ(set.Find("id")->Range().max, 9);
  EXPECT_EQ(set.Find("color")->Range().min, 2);
  EXPECT_EQ(set.Find("bits")->ValueMask(), 0x19u);
  EXPECT_EQ(set.Find("sub")->nested, family.FindSet("other-set"));
  EXPECT_TRUE(set.recursive);
  EXPECT_FALSE(family.FindSet("other-set")->recursive);
  const Operation& ntf = *family.FindOperation("get-ntf");
  EXPECT_EQ(ntf.async_message(), &*family.FindOperation("get")->do_exchange->reply);
  EXPECT_EQ(ntf.group, family.FindGroup("all"));
}

TEST(BuildFamily, GoodPlacesOfKeys) {
  const Built built(kSpec);
  const Attribute& color = *built.family->FindSet("my-family")->Find("color");
  EXPECT_EQ(color.span.start(), (LineColumn{12, 16}));
  EXPECT_EQ(color.places.Of("enum", color.span).start(), (LineColumn{12, 39}));
  EXPECT_EQ(color.places.Of("byte-order", color.span), color.span);
}

TEST(BuildFamily, GoodProfile) {
  const Built built(kSpec, R"(module: {license: GPL v2, parallel-ops: false}
attribute-sets:
  - {name: my-family, key: [id], attributes: [{name: id, default: 4}]}
  - {name: other-set, required: [text]}
operations:
  - {name: get, do: {request: {required: [id]}, reply: {required: [id, color]}}}
  - {name: late, event: {required: [bits]}}
)");
  ASSERT_THAT(built.said, IsEmpty());
  const Family& family = *built.family;
  EXPECT_EQ(family.module.name, "my_family");
  EXPECT_EQ(family.module.license, "GPL v2");
  EXPECT_FALSE(family.module.parallel_ops);
  EXPECT_EQ(family.FindSet("my-family")->Find("id")->default_value, Integer(4));
  EXPECT_TRUE(family.FindSet("other-set")->Find("text")->required_in_nest);
  EXPECT_TRUE(family.FindOperation("get")->do_exchange->request.Find("id")->required);
  EXPECT_TRUE(family.FindOperation("late")->event->Find("bits")->required);
}

TEST(BuildFamily, BadNamesInTheProfile) {
  const Built built(kSpec, R"(attribute-sets:
  - {name: my-familiy, key: [id]}
  - {name: my-family, key: [sub], attributes: [{name: id, default: 10}, {name: bits, default: 2}]}
operations:
  - {name: get, dump: {request: {required: [id]}}, do: {request: {required: [color]}}}
  - {name: get-ntf, event: {required: [id]}}
)");
  EXPECT_THAT(built.said,
              ElementsAre("2:12 GL0701: did you mean `my-family`?", "3:29 GL0707", "3:68 GL0705",
                          "3:95 GL0705", "5:23 GL0702", "5:78 GL0703", "6:28 GL0702"));
}

TEST(BuildFamily, BadReferencesAreAllReported) {
  const Built built(R"(name: x
doc: d
definitions:
  - {name: text, type: const, value: words}
  - {name: half, type: const}
  - {name: e, type: enum, value: 3, entries: [a]}
  - {name: f, type: flags, entries: [{name: far, value: 64}]}
attribute-sets:
  - name: a
    attributes:
      - {name: one, type: u32, enum: text, checks: {max: texts}}
      - {name: two, type: nest, nested-attributes: b, checks: {max-len: text}}
      - {name: three, value: 70000, type: u8}
      - {name: four}
  - {name: s, subset-of: s, attributes: []}
  - {name: t, subset-of: s, attributes: []}
  - {name: u, subset-of: a, name-prefix: p-, attributes: [{name: onee}, {name: two, value: 9}]}
operations:
  list:
    - {name: get, doc: d, attribute-set: aa, do: {request: {attributes: [zero]}}}
    - {name: set, doc: d, do: {request: {attributes: [one]}}}
    - {name: ntf, doc: d, notify: gett, mcgrp: g}
    - {name: put, doc: d, attribute-set: a, do: {reply: {attributes: [tow]}}}
)");
  EXPECT_THAT(
      built.said,
      ElementsAre("6:5 GL0201", "7:34 GL0213", "8:57 GL0406", "12:38 GL0310",
                  "12:58 GL0304: did you mean `text`?", "13:52 GL0301", "13:73 GL0508",
                  "14:30 GL0402", "15:9 GL0201", "16:26 GL0311", "17:26 GL0312", "18:42 GL0210",
                  "18:66 GL0302: did you mean `one`?", "18:92 GL0313", "21:42 GL0301: did you mean `a`?",
                  "22:55 GL0552", "23:35 GL0306: did you mean `get`?", "23:48 GL0305",
                  "24:71 GL0302: did you mean `two`?"));
}

TEST(BuildFamily, BadListsOfOldRawSpecsAreWarnings) {
  const Built built(R"(name: x
doc: d
protocol: netlink-raw
definitions:
  - {name: header, type: struct, members: [{name: index, type: u32}]}
attribute-sets: [{name: a, attributes: [{name: one, type: u32}]}]
operations:
  fixed-header: header
  list:
    - {name: get, doc: d, attribute-set: a, do: {request: {attributes: [index, one, other]}}}
)");
  EXPECT_THAT(built.said, ElementsAre(testing::StartsWith("11:73 GL0317: every message has"),
                                      "11:85 GL0317"));
  EXPECT_FALSE(built.reporter.has_errors());
  EXPECT_EQ(built.family->FindOperation("get")->do_exchange->request.fields.size(), 1u);
}

}  // namespace
}  // namespace genlc
