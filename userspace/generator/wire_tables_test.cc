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

// What only classic netlink has.
constexpr char kClassicSpec[] = R"(name: farm
protocol: netlink-raw
protonum: 5
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green]}
  - {name: option, type: flags, entries: [fast, loud]}
  - {name: outer, type: struct, members: [{name: first, type: u8}, {name: inside, type: binary, struct: inner}]}
  - name: inner
    type: struct
    members:
      - {name: color, type: u32, byte-order: big-endian, enum: color}
      - {name: options, type: u16, enum: option, enum-as-flags: true}
      - {name: pad, type: pad, len: 2}
      - {name: mac, type: binary, len: 6, display-hint: mac}
      - {name: label, type: string, len: 4}
attribute-sets:
  - name: tree
    attributes:
      - {name: kind, type: string}
      - {name: one, type: binary, struct: outer}
      - {name: many, type: indexed-array, sub-type: binary, struct: inner}
      - {name: data, type: sub-message, sub-message: data, selector: kind}
  - name: leaf
    attributes: [{name: data, type: sub-message, sub-message: data, selector: kind}]
sub-messages:
  - name: data
    formats:
      - {value: both, fixed-header: inner, attribute-set: leaf}
      - {value: none}
operations:
  fixed-header: outer
  list:
    - name: get
      doc: d
      attribute-set: tree
      do:
        request: {attributes: [kind, data]}
)";

class WireTablesTest : public testing::Test {
 protected:
  explicit WireTablesTest(absl::string_view spec = kSpec) {
    Reporter reporter;
    const auto raw =
        LoadSpec(*sources_.Add("zoo.yaml", absl::StrCat("# SPDX-License-Identifier: MIT\n", spec)),
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
  const genl::Limits value = LimitsOf(Row("leaf", "value"));
  EXPECT_EQ(value.type, genl::Limits::Type::kRange);
  EXPECT_EQ(static_cast<int64_t>(value.low), -128);
  EXPECT_EQ(value.high, 9u);
  EXPECT_EQ(LimitsOf(Row("tree", "color")).high, 5u);
  EXPECT_EQ(LimitsOf(Row("tree", "colors")).high, 0x23u);
  EXPECT_EQ(LimitsOf(Row("tree", "options")).type, genl::Limits::Type::kMask);
  EXPECT_EQ(LimitsOf(Row("tree", "options")).high, 9u);
  EXPECT_EQ(LimitsOf(Row("tree", "label")).low, 1u);
  EXPECT_EQ(LimitsOf(Row("tree", "label")).high, 31u);
  EXPECT_EQ(LimitsOf(Row("tree", "key")).low, 32u);
  EXPECT_EQ(LimitsOf(Row("tree", "key")).high, 32u);
  EXPECT_EQ(LimitsOf(Row("tree", "address")).high, genl::Limits::kNoMaximum);
  EXPECT_EQ(LimitsOf(Row("tree", "size")).type, genl::Limits::Type::kNone);
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
  const genl::MessageTable table = tables_->List(get.request, request);
  EXPECT_EQ(table.set, &request.set());
  EXPECT_EQ(table.header, nullptr);
  std::vector<std::string> names;
  for (const genl::Attribute& row : request.set().attributes) names.push_back(row.name);
  EXPECT_THAT(names, ElementsAre("label", "color"));
  EXPECT_STREQ(request.set().Find(7)->name, "color");
  EXPECT_EQ(request.set().Find(8), nullptr);
  EXPECT_EQ(tables_->All(*get.reply).set, tables_->Find(*family_->FindSet("tree")));
}

TEST_F(WireTablesTest, GoodMessageWithoutAttributesIsEmpty) {
  OwnedSet set;
  tables_->List(Message{}, set);
  EXPECT_TRUE(set.set().attributes.empty());
  EXPECT_TRUE(tables_->All(Message{}).set->attributes.empty());
}

class ClassicTablesTest : public WireTablesTest {
 protected:
  ClassicTablesTest() : WireTablesTest(kClassicSpec) {}
};

TEST_F(ClassicTablesTest, GoodMembersOfStructures) {
  const genl::Attribute& one = Row("tree", "one");
  EXPECT_EQ(one.kind, genl::Kind::kStruct);
  ASSERT_NE(one.structure, nullptr);
  EXPECT_STREQ(one.structure->name, "outer");
  EXPECT_EQ(one.structure->size, 19u);
  const genl::StructMember& inside = one.structure->members[1];
  EXPECT_EQ(inside.kind, genl::Kind::kStruct);
  EXPECT_EQ(inside.offset, 1);
  EXPECT_EQ(inside.size, 18);
  const absl::Span<const genl::StructMember> members = inside.nested->members;
  EXPECT_EQ(members[0].order, genl::ByteOrder::kBig);
  EXPECT_EQ(genl::EnumName(*members[0].enumeration, 1), "green");
  EXPECT_TRUE(members[1].enumeration->flags);
  EXPECT_EQ(genl::EnumName(*members[1].enumeration, 2), "loud");
  EXPECT_EQ(members[2].kind, genl::Kind::kUnused);
  EXPECT_EQ(members[3].display, genl::Display::kMac);
  EXPECT_EQ(members[4].kind, genl::Kind::kString);
  EXPECT_EQ(members[4].offset, 14);
}

TEST_F(ClassicTablesTest, GoodStructureAsElementOfAnArray) {
  const genl::Attribute& many = Row("tree", "many");
  EXPECT_EQ(many.kind, genl::Kind::kIndexedArray);
  EXPECT_EQ(many.element, genl::Kind::kStruct);
  EXPECT_STREQ(many.structure->name, "inner");
}

TEST_F(ClassicTablesTest, GoodFormatsOfSubMessages) {
  const genl::Attribute& data = Row("tree", "data");
  EXPECT_EQ(data.kind, genl::Kind::kSubMessage);
  EXPECT_STREQ(data.selector, "kind");
  EXPECT_EQ(Row("leaf", "data").sub_message, data.sub_message);
  const absl::Span<const genl::Format> formats = data.sub_message->formats;
  ASSERT_EQ(formats.size(), 2u);
  EXPECT_STREQ(formats[0].value, "both");
  EXPECT_STREQ(formats[0].header->name, "inner");
  EXPECT_EQ(formats[0].set, tables_->Find(*family_->FindSet("leaf")));
  EXPECT_EQ(formats[1].header, nullptr);
  EXPECT_EQ(formats[1].set, nullptr);
}

TEST_F(ClassicTablesTest, GoodEveryMessageHasTheHeader) {
  const Exchange& get = *family_->FindOperation("get")->do_exchange;
  OwnedSet rows;
  EXPECT_STREQ(tables_->List(get.request, rows).header->name, "outer");
  EXPECT_STREQ(tables_->All(get.request).header->name, "outer");
}

}  // namespace
}  // namespace genlc
