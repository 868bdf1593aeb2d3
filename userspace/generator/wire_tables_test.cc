#include "userspace/generator/wire_tables.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;

constexpr char kSpec[] = R"(name: zoo
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green, {name: blue, value: 5}]}
  - {name: option, type: flags, entries: [fast, {name: loud, value: 3}]}
attribute-sets:
  - name: leaf
    attributes:
      - {name: value, type: s32, checks: {min: s8-min, max: 9}}
      - {name: parent, type: nest, nested-attributes: tree}
  - name: tree
    attributes:
      - {name: pad, type: pad}
      - {name: color, type: u32, enum: color, value: 7}
      - {name: colors, type: u32, enum: color, enum-as-flags: true}
      - {name: options, type: u64, enum: option}
      - {name: label, type: string, checks: {min-len: 1, max-len: 31}}
      - {name: key, type: binary, checks: {exact-len: 32}}
      - {name: address, type: binary, display-hint: ipv6, checks: {min-len: 4}}
      - {name: port, type: u16, byte-order: big-endian}
      - {name: leaves, type: nest, nested-attributes: leaf, multi-attr: true}
      - {name: numbers, type: binary, sub-type: u16}
      - {name: points, type: indexed-array, sub-type: nest, nested-attributes: leaf}
      - {name: size, type: uint}
operations:
  list:
    - name: get
      doc: d
      attribute-set: tree
      do:
        request: {attributes: [label, color, label]}
        reply: {attributes: [label, leaves]}
)";

class WireTablesTest : public testing::Test {
 protected:
  WireTablesTest() {
    Reporter reporter;
    const auto raw =
        LoadSpec(*sources_.Add("zoo.yaml", absl::StrCat("# SPDX-License-Identifier: MIT\n", kSpec)),
                 reporter);
    family_ = BuildFamily(*raw, nullptr, reporter);
    for (const Diagnostic& d : reporter.Sorted()) ADD_FAILURE() << d.message;
    tables_ = std::make_unique<WireTables>(*family_);
  }

  const genl::Attribute& Row(absl::string_view set, absl::string_view name) {
    for (const genl::Attribute& row : tables_->Find(*family_->FindSet(set))->attributes) {
      if (row.name == name) return row;
    }
    ADD_FAILURE() << "no row " << name;
    static const genl::Attribute kNone;
    return kNone;
  }

  SourceManager sources_;
  std::unique_ptr<const Family> family_;
  std::unique_ptr<const WireTables> tables_;
};

TEST_F(WireTablesTest, GoodRowsAreFoundByNumber) {
  const genl::AttributeSet* tree = tables_->Find(*family_->FindSet("tree"));
  ASSERT_NE(tree, nullptr);
  EXPECT_STREQ(tree->name, "tree");
  EXPECT_STREQ(tree->Find(7)->name, "color");
  EXPECT_STREQ(tree->Find(8)->name, "colors");
  EXPECT_EQ(tree->Find(1)->kind, genl::Kind::kUnused);
  EXPECT_EQ(tree->Find(2), nullptr);
  EXPECT_EQ(tree->Find(60000), nullptr);
}

TEST_F(WireTablesTest, GoodSetsMayContainEachOther) {
  const genl::Attribute& leaves = Row("tree", "leaves");
  EXPECT_TRUE(leaves.multi);
  EXPECT_EQ(leaves.nested, tables_->Find(*family_->FindSet("leaf")));
  EXPECT_EQ(Row("leaf", "parent").nested, tables_->Find(*family_->FindSet("tree")));
}

TEST_F(WireTablesTest, GoodEnumServesAsNumbersAndAsFlags) {
  const genl::Enum& numbers = *Row("tree", "color").enumeration;
  const genl::Enum& flags = *Row("tree", "colors").enumeration;
  EXPECT_FALSE(numbers.flags);
  EXPECT_TRUE(flags.flags);
  EXPECT_EQ(genl::EnumName(numbers, 5), "blue");
  EXPECT_EQ(genl::EnumName(flags, 1u << 5), "blue");
  EXPECT_EQ(genl::EnumName(*Row("tree", "options").enumeration, 8), "loud");
}

TEST_F(WireTablesTest, GoodLimitsAreThoseOfTheSpec) {
  const genl::Limits value = Row("leaf", "value").limits;
  EXPECT_EQ(value.type, genl::Limits::Type::kRange);
  EXPECT_EQ(static_cast<int64_t>(value.low), -128);
  EXPECT_EQ(value.high, 9u);
  EXPECT_EQ(Row("tree", "color").limits.high, 5u);
  EXPECT_EQ(Row("tree", "colors").limits.high, 0x23u);
  EXPECT_EQ(Row("tree", "options").limits.type, genl::Limits::Type::kMask);
  EXPECT_EQ(Row("tree", "options").limits.high, 9u);
  EXPECT_EQ(Row("tree", "label").limits.low, 1u);
  EXPECT_EQ(Row("tree", "label").limits.high, 31u);
  EXPECT_EQ(Row("tree", "key").limits.low, 32u);
  EXPECT_EQ(Row("tree", "key").limits.high, 32u);
  EXPECT_EQ(Row("tree", "address").limits.high, genl::Limits::kNoMaximum);
  EXPECT_EQ(Row("tree", "size").limits.type, genl::Limits::Type::kNone);
}

TEST_F(WireTablesTest, GoodKindsAndForms) {
  EXPECT_EQ(Row("tree", "port").order, genl::ByteOrder::kBig);
  EXPECT_EQ(Row("tree", "address").display, genl::Display::kIpv6);
  EXPECT_EQ(Row("tree", "numbers").kind, genl::Kind::kArray);
  EXPECT_EQ(Row("tree", "numbers").element, genl::Kind::kU16);
  EXPECT_EQ(Row("tree", "points").kind, genl::Kind::kIndexedArray);
  EXPECT_EQ(Row("tree", "points").element, genl::Kind::kNest);
  EXPECT_EQ(Row("tree", "size").kind, genl::Kind::kUint);
}

TEST_F(WireTablesTest, GoodMessagesListWhatTheSpecLists) {
  const Exchange& get = *family_->FindOperation("get")->do_exchange;
  OwnedSet request;
  tables_->List(get.request, request);
  std::vector<std::string> names;
  for (const genl::Attribute& row : request.set().attributes) names.push_back(row.name);
  EXPECT_THAT(names, ElementsAre("label", "color"));
  EXPECT_STREQ(request.set().Find(7)->name, "color");
  EXPECT_EQ(request.set().Find(8), nullptr);
  EXPECT_EQ(&tables_->All(*get.reply), tables_->Find(*family_->FindSet("tree")));
}

TEST_F(WireTablesTest, GoodMessageWithoutAttributesIsEmpty) {
  OwnedSet set;
  tables_->List(Message{}, set);
  EXPECT_TRUE(set.set().attributes.empty());
  EXPECT_TRUE(tables_->All(Message{}).attributes.empty());
}

}  // namespace
}  // namespace genlc
