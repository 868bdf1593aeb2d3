#include "tools/policy/import.h"

#include "family/check/check.h"
#include "family/diag/render.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/policy/verify.h"

namespace genlc {
namespace {

using genl::PolicyType;
using ::testing::HasSubstr;

constexpr uint32_t kDo = 0xa;    // with GENL_CMD_CAP_HASPOL
constexpr uint32_t kDump = 0xc;  // likewise

// One of each thing that a kernel tells.
genl::FamilyPolicy Thing() {
  genl::FamilyPolicy policy = {.name = "VFS_THING", .id = 0x20, .version = 2, .header_size = 4};
  policy.operations = {
      {.command = 4, .flags = kDo | kDump, .do_set = 0, .dump_set = 2},
      {.command = 0, .flags = kDo | 0x1, .do_set = 3},
      {.command = 5, .flags = 0x2 | 0x10},  // without a policy
  };
  policy.groups = {"changes", "64 bits"};
  policy.sets = {
      {
          {.number = 1, .type = PolicyType::kU16, .limits = genl::Range<uint64_t>(1, 65535)},
          {.number = 2, .type = PolicyType::kS64, .limits = genl::Range<int64_t>(INT64_MIN, -5)},
          {.number = 3, .type = PolicyType::kU32, .limits = genl::Mask(0x15)},
          {.number = 4, .type = PolicyType::kBitfield32, .limits = genl::Mask(0x3)},
          {.number = 5, .type = PolicyType::kNulString, .limits = genl::Length(0, 15)},
          {.number = 6, .type = PolicyType::kString},
          {.number = 7, .type = PolicyType::kBinary, .limits = genl::MinLength(8)},
          {.number = 8, .type = PolicyType::kBinary, .limits = genl::Length(16, 16)},
          {.number = 9, .type = PolicyType::kFlag},
          {.number = 10, .type = PolicyType::kNestedArray, .nested = 1},
          {.number = 11, .type = PolicyType::kNested},
          {.number = 12, .type = PolicyType::kU64, .limits = genl::Range<uint64_t>(0, ~0ull - 1)},
          {.number = 13, .type = PolicyType::kBitfield32, .limits = genl::Mask(0xffffffff)},
          {.number = 14, .type = PolicyType::kUint, .limits = genl::Range<uint64_t>(0, ~0ull)},
      },
      {{.number = 1, .type = PolicyType::kNested, .nested = 1}},
      {{.number = 1, .type = PolicyType::kU16, .limits = genl::Range<uint64_t>(1, 65535)},
       {.number = 20, .type = PolicyType::kFlag}},
      {},
  };
  return policy;
}

// The family of an imported spec; its errors, and what verify has against it, in `report`.
std::unique_ptr<const Family> Import(const genl::FamilyPolicy& policy, SourceManager& sources,
                                     std::string& report) {
  Reporter reporter;
  const SourceFile* file = sources.Add("thing.yaml", ImportSpec(policy));
  const std::optional<RawFamily> raw = LoadSpec(*file, reporter);
  if (!raw) {
    report = Render(reporter.Sorted());
    return nullptr;
  }
  std::unique_ptr<Family> family = BuildFamily(*raw, nullptr, reporter);
  Check(*family, reporter);
  const bool ok = !reporter.has_errors();
  if (ok) Verify(*family, policy, {}, reporter);
  for (const Diagnostic& diagnostic : reporter.Sorted()) {
    if (diagnostic.info->severity == Severity::kError) report += Render(diagnostic);
  }
  return family;
}

void ExpectAgreement(const genl::FamilyPolicy& policy) {
  SourceManager sources;
  std::string report;
  Import(policy, sources, report);
  EXPECT_EQ(report, "") << ImportSpec(policy);
}

TEST(ImportTest, GoodAllThatAKernelTells) { ExpectAgreement(Thing()); }

TEST(ImportTest, GoodFamilyThatOnlyTells) {
  ExpectAgreement({.name = "acpi_event", .id = 0x20, .version = 1, .groups = {"events"}});
  ExpectAgreement({.name = "no_version", .id = 0x20, .version = 0, .groups = {"events"}});
}

TEST(ImportTest, GoodFamilyWithoutPolicies) {
  genl::FamilyPolicy policy = Thing();
  policy.sets.clear();
  for (genl::OperationPolicy& operation : policy.operations) {
    operation.do_set = operation.dump_set = {};
  }
  ExpectAgreement(policy);
}

TEST(ImportTest, GoodAttributesAreCalledAfterTheirNumbers) {
  SourceManager sources;
  std::string report;
  const std::unique_ptr<const Family> family = Import(Thing(), sources, report);
  ASSERT_NE(family, nullptr) << report;
  EXPECT_EQ(family->name, "VFS_THING");
  EXPECT_EQ(family->version, 2);
  const Operation* operation = family->FindOperation("op-4");
  ASSERT_NE(operation, nullptr);
  EXPECT_EQ(operation->number, 4);
  EXPECT_NE(operation->do_exchange->request.Find("attr-14"), nullptr);
  EXPECT_EQ(operation->do_exchange->request.Find("attr-20"), nullptr);
  EXPECT_NE(operation->dump->request.Find("attr-20"), nullptr);
  const Attribute* nest = family->FindSet("set-0")->Find("attr-10");
  EXPECT_EQ(nest->nested, family->FindSet("set-1"));
  EXPECT_EQ(nest->nested->Find("attr-1")->nested, family->FindSet("set-1"));
  EXPECT_TRUE(family->FindOperation("op-0")->admin_perm);
  EXPECT_TRUE(family->FindOperation("op-5")->uns_admin_perm);
}

TEST(ImportTest, GoodWhatAPersonHasToDecideIsMarked) {
  const std::string spec = ImportSpec(Thing());
  EXPECT_THAT(spec, HasSubstr("doc: The family VFS_THING.  # decide: what it is for\n"));
  EXPECT_THAT(spec, HasSubstr("nested-attributes: unknown}  # decide: what is inside\n"));
  EXPECT_THAT(spec, HasSubstr("# decide: the kernel does not say what it takes\n"));
  EXPECT_THAT(spec, HasSubstr("    - {name: \"64 bits\"}\n"));
}

TEST(ImportTest, GoodWhatBothUsesSayOtherwiseIsMarked) {
  genl::FamilyPolicy policy = Thing();
  policy.sets[2][0].type = PolicyType::kU32;
  EXPECT_THAT(ImportSpec(policy), HasSubstr("# decide: `do` and `dump` do not take the same\n"));
}

TEST(ImportTest, GoodTypeOfALaterKernel) {
  genl::FamilyPolicy policy = Thing();
  policy.sets[0][1].type = static_cast<PolicyType>(99);
  ExpectAgreement(policy);
  EXPECT_THAT(ImportSpec(policy), HasSubstr("# decide: the kernel says type 99"));
}

}  // namespace
}  // namespace genlc
