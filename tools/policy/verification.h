// What the groups of rules share: both sides, and how to report. Internal to this directory.
#ifndef GENLC_TOOLS_POLICY_VERIFICATION_H_
#define GENLC_TOOLS_POLICY_VERIFICATION_H_

#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "family/model/spelling.h"
#include "genl/policy.h"
#include "tools/policy/verify.h"

namespace genlc {

// One use of an operation: `do` or `dump`.
struct VerifiedUse {
  const Operation* operation = nullptr;
  const char* mode = "";
  const Exchange* exchange = nullptr;
  std::optional<uint32_t> index = {};  // of the kernel's set; nothing: it does not say

  // "get.do.request"
  std::string place() const { return absl::StrCat(operation->name, ".", mode, ".request"); }
  // Of the request; where the spec has none, of what it would stand in.
  SourceSpan span() const {
    if (exchange->request.span.file != nullptr) return exchange->request.span;
    return exchange->span.file != nullptr ? exchange->span : operation->span;
  }
};

class Verification {
 public:
  // All arguments outlive this.
  Verification(const Family& family, const genl::FamilyPolicy& kernel, const VerifyGroups& groups,
               Reporter& reporter)
      : family_(family), kernel_(kernel), groups_(groups), reporter_(reporter) {}

  const Family& family() const { return family_; }
  const genl::FamilyPolicy& kernel() const { return kernel_; }

  // Each rule reports a thing once, however many requests have it.
  template <typename... Args>
  void Report(const DiagnosticDef<Args...>& rule, SourceSpan span,
              const std::type_identity_t<Args>&... args) {
    const std::string words = absl::StrCat(Word(args)...);
    if (!IsWanted(rule.info.id)) return;
    if (!told_.emplace(rule.info.id, span.begin, words).second) return;
    const auto addition = reporter_.Report(rule, span, args...);
    if (listed_.file != nullptr && !(listed_ == span)) addition.Label(listed_, "in this request");
  }

  // Until the next call: where the attributes at hand come from. The default: from no request.
  void SetListed(SourceSpan span) { listed_ = span; }

  // Whether a nest of this set has been held against this set of the kernel, and is from now on.
  bool IsDone(const AttributeSet& set, uint32_t index) {
    return !nests_.emplace(&set, index).second;
  }

  static std::string PlaceOf(const Attribute& attribute) {
    return absl::StrCat(attribute.set->name, ".", attribute.name);
  }

 private:
  static std::string Word(absl::string_view text) { return absl::StrCat(text, "\n"); }
  static std::string Word(Integer number) { return Text(number) + "\n"; }

  bool IsWanted(absl::string_view id) const {
    switch (id[3]) {
      case '5': return groups_.missing;
      case '6': return groups_.unsaid;
      case '7': return groups_.differs;
      case '8': return groups_.limits;
      default: return groups_.notes;
    }
  }

  const Family& family_;
  const genl::FamilyPolicy& kernel_;
  const VerifyGroups groups_;
  Reporter& reporter_;
  SourceSpan listed_;
  std::set<std::tuple<std::string, uint32_t, std::string>> told_;
  std::set<std::pair<const AttributeSet*, uint32_t>> nests_;
};

// The groups of rules, in files of their own.
void VerifyRequest(Verification& verification, const VerifiedUse& use);

// How the kernel's type of an attribute is to that of the spec. `kSilent`: it says only what both
// could be.
enum class TypeFit { kSame, kOther, kSilent };
TypeFit FitOf(const Attribute& attribute, const genl::AttributePolicy& kernel);
// As a spec would spell it: "u32", "nested-array".
std::string TypeText(genl::PolicyType type);

// Of an attribute whose type is the same.
void VerifyLimits(Verification& verification, const Attribute& attribute,
                  const genl::AttributePolicy& kernel);

}  // namespace genlc

#endif  // GENLC_TOOLS_POLICY_VERIFICATION_H_
