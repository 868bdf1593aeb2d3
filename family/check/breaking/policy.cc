// Requests that worked, and are refused now or mean something else.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_policy.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

// What a payload has at most: nla_len is 16 bits wide and counts a header of 4 bytes.
constexpr int kMostBytes = 65531;

// Values that `checks` allow. An enumeration that has lost an entry is not counted again here,
// but one that is new limits what was any number.
IntegerRange Values(const Attribute& attribute, bool with_enum) {
  if (with_enum) return attribute.Range();
  IntegerRange range = TypeRange(attribute.type);
  if (attribute.checks.min) range.min = std::max(range.min, attribute.checks.min->value);
  if (attribute.checks.max) range.max = std::min(range.max, attribute.checks.max->value);
  return range;
}

void CompareValues(Comparison& c, const Attribute& before, const Attribute& after) {
  if (!IsInteger(before.type) || !IsInteger(after.type)) return;
  const bool new_enum = before.enumeration == nullptr && after.enumeration != nullptr;
  const IntegerRange was = Values(before, new_enum);
  const IntegerRange now = Values(after, new_enum);
  const absl::string_view key = new_enum ? "enum" : "checks";
  const auto place = [&](const std::optional<Limit>& limit) {
    return limit ? limit->span : after.places.Of(key, after.span);
  };
  if (now.min > was.min) {
    c.Report(kBreakMin, Comparison::PlaceOf(after), place(after.checks.min), before.span, now.min,
             was.min);
  }
  if (now.max < was.max) {
    c.Report(kBreakMax, Comparison::PlaceOf(after), place(after.checks.max), before.span, now.max,
             was.max);
  }
}

// As with values: flags that have lost an entry are not counted again.
void CompareMasks(Comparison& c, const Attribute& before, const Attribute& after) {
  const bool same_flags = before.holds_flags() && after.holds_flags() &&
                          before.checks.flags_mask == nullptr && after.checks.flags_mask == nullptr;
  if (same_flags || !after.ValueMask().has_value()) return;
  const int bits = BitWidth(before.type);
  if (bits == 0) return;
  const uint64_t all = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  const uint64_t lost = before.ValueMask().value_or(all) & ~*after.ValueMask();
  if (lost == 0) return;
  c.Report(kBreakMask, Comparison::PlaceOf(after),
           after.checks.places.Of("flags-mask", after.places.Of("enum", after.span)), before.span,
           absl::StrFormat("0x%x", lost));
}

struct Lengths {
  Integer least = 0;
  Integer most = kMostBytes;
  SourceSpan least_span;
  SourceSpan most_span;
};

Lengths LengthsOf(const Attribute& attribute) {
  Lengths lengths;
  lengths.least_span = lengths.most_span = attribute.span;
  const Checks& checks = attribute.checks;
  for (const auto* limit : {&checks.min_len, &checks.exact_len}) {
    if (*limit) lengths.least = (*limit)->value, lengths.least_span = (*limit)->span;
  }
  for (const auto* limit : {&checks.max_len, &checks.exact_len}) {
    if (*limit) lengths.most = (*limit)->value, lengths.most_span = (*limit)->span;
  }
  return lengths;
}

void CompareLengths(Comparison& c, const Attribute& before, const Attribute& after) {
  const Lengths was = LengthsOf(before);
  const Lengths now = LengthsOf(after);
  if (now.least > was.least) {
    c.Report(kBreakMinLength, Comparison::PlaceOf(after), now.least_span, was.least_span, now.least,
             was.least);
  }
  if (now.most < was.most) {
    c.Report(kBreakMaxLength, Comparison::PlaceOf(after), now.most_span, was.most_span, now.most,
             was.most);
  }
  if (before.checks.unterminated_ok && !after.checks.unterminated_ok) {
    c.Report(kBreakTerminated, Comparison::PlaceOf(after), after.span,
             before.checks.places.Of("unterminated-ok", before.span));
  }
}

std::string DefaultText(const Attribute& attribute) {
  return attribute.default_value ? Text(*attribute.default_value) : "no value";
}

const char* ReadersOf(Audience audience) {
  switch (audience) {
    case Audience::kAnyone: return "everybody";
    case Audience::kUnsAdmin: return "those with CAP_NET_ADMIN in the namespace";
    case Audience::kAdmin: return "those with CAP_NET_ADMIN";
  }
  return "";
}

void CompareAttribute(Comparison& c, const Attribute& before, const Attribute& after) {
  const Use use = c.uses().Of(before);
  if (use.reply && after.audience() > before.audience()) {
    c.ReportKey(kBreakAudience, "sensitive", before, after, ReadersOf(after.audience()),
                ReadersOf(before.audience()));
  }
  if (!use.request || IsReserved(before) || !TypeFits(c, before, after)) return;
  CompareValues(c, before, after);
  CompareMasks(c, before, after);
  CompareLengths(c, before, after);
  if (before.default_value && before.default_value != after.default_value &&
      !after.required_in_nest) {
    c.ReportKey(kBreakDefault, "default", before, after, DefaultText(after), DefaultText(before));
  }
}

// Attributes that a nest has to have, those that are new among them.
void CompareNests(Comparison& c, const AttributeSet& before, const AttributeSet& after) {
  for (const auto& now : after.attributes) {
    if (!now->required_in_nest) continue;
    const Attribute* was = nullptr;
    bool in_requests = false;
    for (const auto& old : before.attributes) {
      in_requests = in_requests || c.uses().Of(*old).request_nest;
      if (FindNow(*old, after) == now.get()) was = old.get();
    }
    if (!in_requests || (was != nullptr && was->required_in_nest)) continue;
    c.Report(kBreakRequiredInNest, Comparison::PlaceOf(*now), now->span,
             was != nullptr ? was->span : before.span);
  }
}

void CompareRequests(Comparison& c, const std::string& place, const Message& before,
                     const Message& after) {
  std::set<const Attribute*> required_before;
  for (const Field& was : before.fields) {
    const Attribute* attribute =
        after.set != nullptr ? FindNow(*was.attribute, *after.set) : nullptr;
    if (was.required) required_before.insert(attribute);
    const bool gone = attribute == nullptr && after.set != nullptr;
    if (gone || (attribute != nullptr && after.Find(attribute->name) != nullptr)) continue;
    c.Report(kBreakNotTaken, absl::StrCat(place, ".", was.attribute->name), after.span, was.span);
  }
  for (const Field& now : after.fields) {
    if (!now.required || required_before.contains(now.attribute)) continue;
    c.Report(kBreakRequired, absl::StrCat(place, ".", now.attribute->name), now.required_span,
             before.span);
  }
}

// Callers that have the one have those before it.
template <typename T>
int Rank(const T& item) {
  return item.admin_perm ? 2 : item.uns_admin_perm ? 1 : 0;
}

std::string Permission(int rank) {
  return rank == 2 ? "CAP_NET_ADMIN" : rank == 1 ? "CAP_NET_ADMIN in the namespace" : "nothing";
}

void CompareValidation(Comparison& c, const Operation& before, const Operation& after) {
  for (const std::string& word : before.dont_validate) {
    const auto& words = after.dont_validate;
    if (std::find(words.begin(), words.end(), word) != words.end()) continue;
    c.Report(kBreakValidation, after.name, after.places.Of("dont-validate", after.span),
             before.places.Of("dont-validate", before.span), word);
  }
}

// As Kconfig spells it, without CONFIG_.
std::string OptionOf(const Operation& operation) {
  return absl::StrReplaceAll(absl::AsciiStrToUpper(operation.config_cond), {{"-", "_"}});
}

void CompareOperation(Comparison& c, const Operation& before, const Operation& after) {
  if (before.do_exchange && after.do_exchange) {
    CompareRequests(c, after.name + ".do.request", before.do_exchange->request,
                    after.do_exchange->request);
  }
  if (before.dump && after.dump) {
    CompareRequests(c, after.name + ".dump.request", before.dump->request, after.dump->request);
  }
  if (Rank(after) > Rank(before)) {
    c.Report(kBreakOperationPermission, after.name, after.places.Of("flags", after.span),
             before.places.Of("flags", before.span), Permission(Rank(after)),
             Permission(Rank(before)));
  }
  CompareValidation(c, before, after);
  if (!after.config_cond.empty() && after.config_cond != before.config_cond) {
    c.Report(kBreakCondition, after.name, after.places.Of("config-cond", after.span),
             before.places.Of("config-cond", before.span), OptionOf(after));
  }
}

}  // namespace

void ComparePolicy(Comparison& comparison) {
  comparison.ForEachAttribute([&](const Attribute& before, const Attribute& after) {
    CompareAttribute(comparison, before, after);
  });
  for (const auto& [before, after] : comparison.sets()) {
    if (after != nullptr) CompareNests(comparison, *before, *after);
  }
  for (const auto& [before, after] : comparison.operations()) {
    if (after != nullptr) CompareOperation(comparison, *before, *after);
  }
  for (const auto& [before, after] : comparison.groups_of_listeners()) {
    if (after == nullptr || Rank(*after) <= Rank(*before)) continue;
    comparison.Report(kBreakGroupPermission, after->name, after->places.Of("flags", after->span),
                      before->places.Of("flags", before->span), Permission(Rank(*after)),
                      Permission(Rank(*before)));
  }
}

}  // namespace genlc
