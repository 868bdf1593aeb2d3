// What the profile adds: requirements, defaults and the module's own data.
#include "family/diag/catalogue/profile.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "family/check/rules.h"
#include "family/diag/catalogue/policies.h"
#include "family/diag/catalogue.h"
#include "family/diag/suggest.h"

namespace genlc {
namespace {

// license_is_gpl_compatible() of include/linux/license.h.
const std::vector<absl::string_view>& Licenses() {
  static const auto& licenses = *new std::vector<absl::string_view>{
      "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};
  return licenses;
}

// MODULE_NAME_LEN of include/linux/module.h on 64 bits, without the final zero.
constexpr size_t kLongestModule = 55;

bool IsModuleName(absl::string_view name) {
  return !name.empty() && name.size() <= kLongestModule && !absl::ascii_isdigit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

void ModuleData(const Family& family, Reporter& reporter) {
  const Module& module = family.module;
  const Places& places = module.places;
  if (places.Has("name") && !IsModuleName(module.name)) {
    reporter.Report(kModuleName, places.Of("name", family.span), module.name);
  }
  const auto& licenses = Licenses();
  if (places.Has("license") &&
      std::find(licenses.begin(), licenses.end(), module.license) == licenses.end()) {
    reporter.Report(kModuleLicense, places.Of("license", family.span), module.license)
        .Hint(DidYouMeanOneOf(module.license, licenses));
  }
}

// Where a default can be used: requests that list the attribute and do not require it, or the
// nests of a set that does not.
void Default(const Family& family, const Attribute& attribute, Reporter& reporter) {
  if (!attribute.default_value) return;
  bool used = false;
  bool required = attribute.required_in_nest;
  for (const auto& operation : family.operations) {
    for (const auto* exchange : {&operation->do_exchange, &operation->dump}) {
      if (!*exchange) continue;
      const Field* field = (*exchange)->request.Find(attribute.name);
      if (field == nullptr || field->attribute != &attribute) continue;
      (field->required ? required : used) = true;
    }
  }
  if (required && !used) {
    reporter.Report(kDefaultOfRequired, attribute.places.Of("default", attribute.span),
                    attribute.name);
  }
}

// Where the profile says it, of the attribute itself or of the one that it stands for.
SourceSpan SensitivePlace(const Attribute& attribute) {
  if (attribute.places.Has("sensitive")) return attribute.places.Of("sensitive", attribute.span);
  return attribute.origin == nullptr ? attribute.span : SensitivePlace(*attribute.origin);
}

// What is always there cannot be left out.
void SensitiveInMessages(const Family& family, Reporter& reporter) {
  const auto check = [&](const std::optional<Message>& message, absl::string_view what) {
    if (!message) return;
    for (const Field& field : message->fields) {
      if (!field.required || field.attribute->audience() == Audience::kAnyone) continue;
      reporter
          .Report(kSensitiveAndRequired, field.required_span, field.attribute->name,
                  absl::StrCat("required in ", what))
          .Label(SensitivePlace(*field.attribute), "sensitive here");
    }
  };
  for (const auto& operation : family.operations) {
    const std::string name = absl::StrCat("`", operation->name, "`");
    if (operation->do_exchange) {
      check(operation->do_exchange->reply, absl::StrCat("the do reply of ", name));
    }
    if (operation->dump) {
      check(operation->dump->reply, absl::StrCat("the dump reply of ", name));
    }
    check(operation->event, absl::StrCat("the event ", name));
  }
}

void SensitiveInSet(const AttributeSet& set, Reporter& reporter) {
  for (const auto& attribute : set.attributes) {
    if (attribute->audience() == Audience::kAnyone) continue;
    const bool in_key = std::find(set.key.begin(), set.key.end(), attribute.get()) != set.key.end();
    if (!attribute->required_in_nest && !in_key) continue;
    reporter.Report(kSensitiveAndRequired, SensitivePlace(*attribute), attribute->name,
                    absl::StrCat(in_key ? "part of the key of `" : "required in `", set.name, "`"));
  }
}

// Sets that no finite message can fill.
class EndlessNests {
 public:
  explicit EndlessNests(Reporter& reporter) : reporter_(reporter) {}

  void Visit(const AttributeSet& set) {
    if (done_.contains(&set)) return;
    open_.insert(&set);
    for (const auto& attribute : set.attributes) {
      if (!attribute->required_in_nest || attribute->nested == nullptr) continue;
      if (open_.contains(attribute->nested)) {
        reporter_.Report(kEndlessNest, attribute->span, attribute->nested->name);
      } else {
        Visit(*attribute->nested);
      }
    }
    open_.erase(&set);
    done_.insert(&set);
  }

 private:
  Reporter& reporter_;
  std::set<const AttributeSet*> open_;
  std::set<const AttributeSet*> done_;
};

template <typename Def>
void CheckAllowed(const std::vector<Allowed>& entries, bool (*is_rule)(const DiagnosticInfo&),
                  const Def& unknown, Reporter& reporter) {
  for (const Allowed& allowed : entries) {
    const DiagnosticInfo* rule = FindDiagnostic(allowed.rule);
    if (rule != nullptr && is_rule(*rule) && allowed.rule == rule->id) continue;
    reporter.Report(unknown, allowed.span, allowed.rule);
  }
}

}  // namespace

void CheckProfile(const Family& family, Reporter& reporter) {
  ModuleData(family, reporter);
  SensitiveInMessages(family, reporter);
  CheckAllowed(family.allowed_breaks, IsBreak, kUnknownBreak, reporter);
  CheckAllowed(family.allowed_lint, IsLint, kUnknownLint, reporter);
  EndlessNests nests(reporter);
  for (const auto& set : family.sets) {
    nests.Visit(*set);
    SensitiveInSet(*set, reporter);
    for (const auto& attribute : set->attributes) Default(family, *attribute, reporter);
  }
}

}  // namespace genlc
