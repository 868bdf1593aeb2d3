// What the module style refuses, and where.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kernel/generator/in_tree_backend.h"
#include "kernel/generator/module_backend.h"
#include "kernel/generator/test_family.h"

namespace genlc::kernel {
namespace {

using testing::HasSubstr;

// A spec with one attribute, the lines of which are given, in the request of `poke`.
std::string SpecWith(absl::string_view attribute, absl::string_view protocol = "genetlink",
                     absl::string_view more = "") {
  return absl::StrCat(R"(# SPDX-License-Identifier: BSD-3-Clause
---
name: t
doc: A family.
protocol: )",
                      protocol, R"(
)",
                      more, R"(
attribute-sets:
  -
    name: main
    attributes:
      -
        name: x
)",
                      attribute, R"(
operations:
  list:
    -
      name: poke
      doc: Poke.
      attribute-set: main
      do:
        request:
          attributes: [x]
)");
}

// "LINE: message" of the only diagnostic, which is about the kernel back end.
std::string Refusal(const std::string& spec) {
  const std::unique_ptr<TestFamily> loaded = FamilyFromText("t.yaml", spec);
  if (loaded->family == nullptr || loaded->reporter.has_errors()) return loaded->errors();
  OutputFiles files;
  EXPECT_FALSE(ModuleBackend().Generate(*loaded->family, files, loaded->reporter));
  EXPECT_TRUE(files.files().empty());
  const std::vector<Diagnostic> diagnostics = loaded->reporter.Sorted();
  if (diagnostics.size() != 1) return absl::StrCat(diagnostics.size(), " diagnostics");
  EXPECT_STREQ(diagnostics[0].info->id, "GL0801");
  return absl::StrCat(diagnostics[0].span.start().line, ": ", diagnostics[0].message);
}

TEST(CheckModule, GoodOrdinaryAttributeIsAccepted) {
  const std::unique_ptr<TestFamily> loaded =
      FamilyFromText("t.yaml", SpecWith("        type: u32\n"));
  ASSERT_EQ(loaded->errors(), "");
  OutputFiles files;
  EXPECT_TRUE(ModuleBackend().Generate(*loaded->family, files, loaded->reporter));
}

struct RefusedAttribute {
  const char* name;
  const char* lines;
  const char* refusal;  // line and words
};

void PrintTo(const RefusedAttribute& attribute, std::ostream* out) { *out << attribute.name; }

class RefusedAttributeTest : public testing::TestWithParam<RefusedAttribute> {};

TEST_P(RefusedAttributeTest, BadAttributeIsRefusedWhereItSaysSo) {
  const std::string refusal = Refusal(SpecWith(GetParam().lines, "genetlink-legacy"));
  const std::pair<std::string, std::string> expected =
      absl::StrSplit(GetParam().refusal, absl::MaxSplits(' ', 1));
  EXPECT_EQ(refusal, absl::StrCat(expected.first, " the back end `kernel` cannot express ",
                                  expected.second));
}

constexpr RefusedAttribute kRefusedAttributes[] = {
    {"LevelsOfASetThatContainsItself",
     "        type: nest-type-value\n        type-value: [a]\n        nested-attributes: main\n",
     "15: a `nest-type-value` of a set that contains itself"},
    {"LevelsWithoutASet", "        type: nest-type-value\n        type-value: [a]\n",
     "13: a `nest-type-value` without `type-value` and `nested-attributes`"},
    {"RepeatedLevels",
     "        type: nest-type-value\n        type-value: [a]\n        nested-attributes: other\n"
     "        multi-attr: true\n  -\n    name: other\n    attributes: [{name: y, type: u8}]\n",
     "16: a `nest-type-value` that is repeated"},
    {"RepeatedFlag", "        type: flag\n        multi-attr: true\n",
     "14: a flag that is repeated"},
    {"ByteOrderOfVaryingWidth", "        type: uint\n        byte-order: big-endian\n",
     "14: a byte order of an integer whose width varies"},
    {"RepeatedArray", "        type: binary\n        sub-type: u32\n        multi-attr: true\n",
     "15: repeated C arrays"},
    {"ArrayOfStrings", "        type: binary\n        sub-type: string\n",
     "14: a C array of such elements"},
    {"NestWithoutASet", "        type: nest\n", "13: a nest without `nested-attributes`"},
    {"RepeatedIndexedArray",
     "        type: indexed-array\n        sub-type: u32\n        multi-attr: true\n",
     "15: an indexed array that is repeated"},
    {"IndexedArrayOfFlags", "        type: indexed-array\n        sub-type: flag\n",
     "14: an indexed array of such elements"},
};

INSTANTIATE_TEST_SUITE_P(All, RefusedAttributeTest, testing::ValuesIn(kRefusedAttributes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(CheckModule, BadNotificationAboutNothing) {
  std::string spec = SpecWith("        type: u32\n");
  absl::StrAppend(&spec, "    -\n      name: poked\n      doc: Poked.\n      notify: poke\n");
  EXPECT_THAT(Refusal(spec), HasSubstr("a notification about an operation without a reply"));
}

TEST(CheckModule, BadOnePolicyForSeveralSets) {
  std::string spec =
      SpecWith("        type: u32\n  -\n    name: other\n    attributes: [{name: y, type: u8}]\n",
               "genetlink-legacy", "kernel-policy: global");
  absl::StrAppend(&spec,
                  "    -\n      name: prod\n      doc: Prod.\n"
                  "      attribute-set: other\n      do:\n        request:\n"
                  "          attributes: [y]\n");
  EXPECT_THAT(Refusal(spec), HasSubstr("operations of several sets under one policy"));
}

// A structure with a member of so many bytes, and its name in C.
std::string Structure(int length, absl::string_view more = "") {
  return absl::StrCat("definitions:\n  -\n    type: struct\n    name: s\n", more,
                      "    members:\n      -\n        name: a\n        type: binary\n"
                      "        len: ",
                      length, "\n");
}

TEST(CheckModule, BadStructureThatAPolicyCannotMeasure) {
  const char* const attribute = "        type: binary\n        struct: s\n";
  EXPECT_THAT(Refusal(SpecWith(attribute, "genetlink-legacy", Structure(40000))),
              HasSubstr(": the back end `kernel` cannot express a structure of 40000 bytes"));
  EXPECT_THAT(Refusal(SpecWith(attribute, "genetlink-legacy", Structure(4, "    enum-name:\n"))),
              HasSubstr("the structure `s`, which C has no name for"));
}

TEST(CheckModule, BadFixedHeaderOfSomeOperationsOnly) {
  std::string spec = SpecWith("        type: u32\n", "genetlink-legacy", Structure(4));
  absl::StrAppend(&spec,
                  "    -\n      name: prod\n      doc: Prod.\n      fixed-header: s\n"
                  "      attribute-set: main\n      do:\n        request:\n"
                  "          attributes: [x]\n");
  EXPECT_THAT(Refusal(spec), HasSubstr("a fixed header that not all operations have; `poke` has "
                                       "none"));
}

TEST(CheckModule, BadFamilyOfGenericNetlinkItself) {
  EXPECT_THAT(
      Refusal(SpecWith("        type: u32\n", "genetlink", "uapi-header: linux/genetlink.h\n")),
      HasSubstr("6: the back end `kernel` cannot express a family whose header every "
                "module includes already"));
}

TEST(CheckModule, BadHookInTwoRoles) {
  EXPECT_THAT(Refusal(SpecWith("        type: u32") + "        pre: twice\n        post: twice\n"),
              HasSubstr("the hook `twice` in two roles"));
}

TEST(CheckModule, BadTwoThingsWithOneName) {
  std::string spec = SpecWith("        type: u32\n");
  absl::StrAppend(&spec,
                  "    -\n      name: poke-dump\n      doc: Clashes.\n"
                  "      attribute-set: main\n      do:\n        request:\n"
                  "          attributes: [x]\n"
                  "    -\n      name: start\n      doc: Clashes with the module's.\n"
                  "      attribute-set: main\n      do:\n        request:\n"
                  "          attributes: [x]\n");
  EXPECT_THAT(Refusal(spec), HasSubstr("two things that C would call `t_start`"));
}

TEST(CheckUapi, BadTwoNumbersWithOneName) {
  const std::unique_ptr<TestFamily> loaded = FamilyFromText(
      "t.yaml", SpecWith("        type: u32\n  -\n    name: other\n    name-prefix: t-a-main-\n"
                         "    attributes:\n      -\n        name: x\n        type: u8\n"
                         "        value: 7\n",
                         "genetlink-legacy"));
  ASSERT_EQ(loaded->errors(), "");
  OutputFiles files;
  EXPECT_FALSE(UapiBackend().Generate(*loaded->family, files, loaded->reporter));
  EXPECT_THAT(loaded->errors(), HasSubstr("two numbers that C would call `T_A_MAIN_X`"));
}

// A spec with a protocol of its own, whose first command has this number.
std::string ClassicSpec(int protocol, int command) {
  std::string spec =
      SpecWith("        type: u32\n", "netlink-raw", absl::StrCat("protonum: ", protocol, "\n"));
  return absl::StrReplaceAll(
      spec, {{"name: poke\n", absl::StrCat("name: poke\n      value: ", command, "\n")}});
}

TEST(CheckModule, GoodProtocolOfItsOwn) {
  const std::unique_ptr<TestFamily> loaded = FamilyFromText("t.yaml", ClassicSpec(25, 16));
  ASSERT_EQ(loaded->errors(), "");
  OutputFiles files;
  EXPECT_TRUE(ModuleBackend().Generate(*loaded->family, files, loaded->reporter));
}

TEST(CheckModule, BadNoProtocol) {
  std::string spec = ClassicSpec(25, 16);
  absl::StrReplaceAll({{"protonum: 25\n", ""}}, &spec);
  EXPECT_THAT(Refusal(spec), HasSubstr("a family of classic netlink without `protonum`"));
}

TEST(CheckModule, BadGroupWithoutANumber) {
  const std::string spec = ClassicSpec(25, 16) + "mcast-groups: {list: [{name: g}]}\n";
  EXPECT_THAT(Refusal(spec), HasSubstr("a multicast group of classic netlink without a number"));
}

TEST(CheckModule, BadMessageTypeOfNetlinkItself) {
  EXPECT_THAT(Refusal(ClassicSpec(25, 15)),
              HasSubstr("the message type 15, which netlink has for itself as all below 16"));
}

TEST(CheckModule, BadProtocolOfTheKernel) {
  const std::string spec = ClassicSpec(0, 16);
  EXPECT_THAT(Refusal(spec), HasSubstr("6: the back end `kernel` cannot express protocol 0, which "
                                       "is the kernel's NETLINK_ROUTE"));
  // Its header can be had.
  const std::unique_ptr<TestFamily> loaded = FamilyFromText("t.yaml", spec);
  OutputFiles files;
  EXPECT_TRUE(UapiBackend().Generate(*loaded->family, files, loaded->reporter));
}

TEST(CheckInTree, BadGroupForTheAdministratorOfTheMachine) {
  std::string spec = SpecWith("        type: u32\n");
  absl::StrAppend(&spec,
                  "mcast-groups:\n  list:\n    -\n      name: g\n      flags: [admin-perm]\n");
  const std::unique_ptr<TestFamily> loaded = FamilyFromText("t.yaml", spec);
  ASSERT_EQ(loaded->errors(), "");
  OutputFiles files;
  EXPECT_FALSE(InTreeBackend().Generate(*loaded->family, files, loaded->reporter));
  EXPECT_THAT(loaded->errors(), HasSubstr("`admin-perm` of a group"));
  // The module style has a way to keep it.
  const std::unique_ptr<TestFamily> again = FamilyFromText("t.yaml", spec);
  EXPECT_TRUE(ModuleBackend().Generate(*again->family, files, again->reporter));
}

// What the in-tree style says of a family with one policy for all operations or one for each.
std::string InTreeErrors(absl::string_view kernel_policy, absl::string_view more) {
  std::string spec =
      SpecWith("        type: u32\n  -\n    name: other\n    attributes: [{name: y, type: u8}]\n",
               "genetlink-legacy", absl::StrCat("kernel-policy: ", kernel_policy));
  absl::StrAppend(&spec, more);
  const std::unique_ptr<TestFamily> loaded = FamilyFromText("t.yaml", spec);
  EXPECT_EQ(loaded->errors(), "");
  OutputFiles files;
  const bool made = InTreeBackend().Generate(*loaded->family, files, loaded->reporter);
  EXPECT_EQ(made, loaded->errors().empty());
  return loaded->errors();
}

TEST(CheckInTree, BadHooksThatATableHasNoPlaceFor) {
  EXPECT_EQ(InTreeErrors("per-op", ""), "");
  EXPECT_THAT(InTreeErrors("per-op", "        pre: before\n"), HasSubstr("`pre` without a policy"));
  const char* const dump =
      "      dump:\n        post: after\n        reply:\n"
      "          attributes: [x]\n";
  EXPECT_EQ(InTreeErrors("per-op", dump), "");
  EXPECT_THAT(InTreeErrors("global", dump), HasSubstr("`post` without a policy"));
}

TEST(CheckInTree, BadOnePolicyForSeveralSets) {
  EXPECT_EQ(InTreeErrors("global", ""), "");
  EXPECT_THAT(InTreeErrors("global",
                           "    -\n      name: prod\n      doc: Prod.\n"
                           "      attribute-set: other\n      do:\n        request:\n"
                           "          attributes: [y]\n"),
              HasSubstr("operations of several sets under one policy"));
}

}  // namespace
}  // namespace genlc::kernel
