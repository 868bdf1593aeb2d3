// What a fake kernel says of a family is what its spec says: as `genlc verify` expects it of the
// kernel that has the family's module (tests/verify).
#include "genl/policy.h"

#include <linux/genetlink.h>

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "family/examples/thermo/thermo.service.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"
#include "tests/torture/torture.service.h"
#include "tests/torture/vintage.service.h"
#include "tests/verify/policy_of.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/posix.h"
#include "tools/genlc/sources.h"

namespace genl {
namespace {

FamilyPolicy PolicyOfSpec(const std::string& spec) {
  genlc::PosixFiles files;
  genlc::PosixEnvironment env(files);
  genlc::SourceManager manager;
  const auto sources = genlc::ReadSources({spec}, "", env, manager);
  if (!sources) return {};
  genlc::Reporter reporter;
  const std::unique_ptr<const genlc::Family> family = genlc::Analyze(sources->front(), reporter);
  return family != nullptr ? genlc::PolicyOf(*family) : FamilyPolicy();
}

// Sets are compared by what is in them: their numbers say nothing.
class Comparison {
 public:
  Comparison(const FamilyPolicy& told, const FamilyPolicy& expected)
      : told_(told), expected_(expected) {}

  void Run() {
    EXPECT_EQ(told_.name, expected_.name);
    EXPECT_EQ(told_.version, expected_.version);
    EXPECT_EQ(told_.header_size, expected_.header_size);
    EXPECT_EQ(told_.groups, expected_.groups);
    ASSERT_EQ(told_.operations.size(), expected_.operations.size());
    for (size_t i = 0; i < told_.operations.size(); ++i) {
      const OperationPolicy& told = told_.operations[i];
      const OperationPolicy& expected = expected_.operations[i];
      const std::string path = absl::StrCat("operation ", expected.command);
      EXPECT_EQ(told.command, expected.command);
      // A policy that accepts nothing is one, too; a spec does not tell.
      EXPECT_EQ(told.flags | GENL_CMD_CAP_HASPOL, expected.flags | GENL_CMD_CAP_HASPOL) << path;
      Sets(path + " do", told.do_set, expected.do_set);
      Sets(path + " dump", told.dump_set, expected.dump_set);
    }
    EXPECT_GT(compared_.size(), 0);
  }

 private:
  void Sets(const std::string& path, std::optional<uint32_t> told,
            std::optional<uint32_t> expected) {
    // Where a request takes nothing, a spec does not tell whose policy says so.
    if (!expected || !told || !compared_.insert({*told, *expected}).second) {
      EXPECT_TRUE(told || !expected) << path;
      return;
    }
    const PolicySet* const a = told_.Set(told);
    const PolicySet* const b = expected_.Set(expected);
    ASSERT_EQ(a->size(), b->size()) << path;
    for (size_t i = 0; i < a->size(); ++i) {
      AttributePolicy one = (*a)[i];
      AttributePolicy other = (*b)[i];
      const std::string inner = absl::StrCat(path, ".", other.number);
      EXPECT_EQ(one.nested.has_value(), other.nested.has_value()) << inner;
      Sets(inner, one.nested, other.nested);
      one.nested = other.nested = std::nullopt;
      EXPECT_EQ(one, Told(other)) << inner;
    }
  }

  // A kernel tells nothing of a length that has no upper limit (NLA_POLICY_MIN_LEN), nor has the
  // entry of a policy room for a lower one beyond 32767.
  static AttributePolicy Told(AttributePolicy policy) {
    Limits& limits = policy.limits;
    if (limits.type != Limits::Type::kLength) return policy;
    if (limits.high == Limits::kNoMaximum) limits = {};
    if (limits.low > 32767) limits.low = 0;
    return policy;
  }

  const FamilyPolicy& told_;
  const FamilyPolicy& expected_;
  std::set<std::pair<uint32_t, uint32_t>> compared_;
};

void ExpectPolicyOfSpec(Service& service, const std::string& spec) {
  FakeKernel kernel;
  ASSERT_TRUE(kernel.Add(service).ok());
  const absl::StatusOr<FamilyPolicy> told =
      ReadPolicy(service.table().family.name, {.transport = &kernel});
  ASSERT_TRUE(told.ok()) << told.status();
  const FamilyPolicy expected = PolicyOfSpec(spec);
  Comparison(*told, expected).Run();
}

TEST(Policy, GoodOfThermo) {
  thermo::Service service;
  ExpectPolicyOfSpec(service, "family/examples/thermo/thermo.yaml");
}

TEST(Policy, GoodOfEveryKindOfAttribute) {
  torture::Service service;
  ExpectPolicyOfSpec(service, "tests/torture/torture.yaml");
}

TEST(Policy, GoodOfAnOldFamily) {
  vintage::Service service;
  ExpectPolicyOfSpec(service, "tests/torture/vintage.yaml");
}

}  // namespace
}  // namespace genl
