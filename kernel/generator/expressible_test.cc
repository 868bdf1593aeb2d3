// What the module style refuses, and where.
#include <string>

#include "absl/strings/str_cat.h"
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
protocol: )", protocol, R"(
)", more, R"(
attribute-sets:
  -
    name: main
    attributes:
      -
        name: x
)", attribute, R"(
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

TEST(CheckModule, BadLevelsOfASetThatContainsItself) {
  EXPECT_THAT(Refusal(SpecWith("        type: nest-type-value\n        type-value: [a]\n"
                               "        nested-attributes: main\n")),
              HasSubstr("15: the back end `kernel` cannot express a `nest-type-value` of a set "
                        "that contains itself"));
}

TEST(CheckModule, BadFlagThatIsRepeated) {
  EXPECT_THAT(Refusal(SpecWith("        type: flag\n        multi-attr: true\n")),
              HasSubstr("14: the back end `kernel` cannot express a flag that is repeated"));
}

TEST(CheckModule, BadByteOrderOfVaryingWidth) {
  EXPECT_THAT(Refusal(SpecWith("        type: uint\n        byte-order: big-endian\n")),
              HasSubstr("14: "));
}

// A structure with a member of 40000 bytes, and its name in C.
std::string Structure(absl::string_view more) {
  return absl::StrCat("definitions:\n  -\n    type: struct\n    name: s\n", more,
                      "    members:\n      -\n        name: a\n        type: binary\n"
                      "        len: 40000\n");
}

TEST(CheckModule, BadStructureThatAPolicyCannotMeasure) {
  const char* const attribute = "        type: binary\n        struct: s\n";
  EXPECT_THAT(Refusal(SpecWith(attribute, "genetlink-legacy", Structure(""))),
              HasSubstr(": the back end `kernel` cannot express a structure of 40000 bytes"));
  EXPECT_THAT(Refusal(SpecWith(attribute, "genetlink-legacy", Structure("    enum-name:\n"))),
              HasSubstr("the structure `s`, which C has no name for"));
}

TEST(CheckModule, BadFixedHeaderOfSomeOperationsOnly) {
  std::string spec = SpecWith("        type: u32\n", "genetlink-legacy", Structure(""));
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

TEST(CheckModule, BadFamilyOfClassicNetlink) {
  const std::string spec = SpecWith("        type: u32\n", "netlink-raw", "protonum: 0\n");
  EXPECT_THAT(Refusal(spec), HasSubstr("5: the back end `kernel` cannot express a family of "
                                       "classic netlink"));
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
