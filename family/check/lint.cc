// What works, and what the kernel's maintainers advise against.
#include "family/diag/catalogue/lint.h"

#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/check/check.h"
#include "family/check/rules.h"
#include "family/diag/catalogue/breaking_allowed.h"

namespace genlc {
namespace {

// Knows what the profile says is on purpose.
class Linter {
 public:
  Linter(const Family& family, Reporter& reporter) : family_(family), reporter_(reporter) {}

  // Reports what is said at `span`, of the part that the profile calls `place`; the hint may be
  // empty.
  template <typename... Args>
  void Report(const DiagnosticDef<Args...>& rule, SourceSpan span, const std::string& place,
              absl::string_view hint, const std::type_identity_t<Args>&... args) {
    if (IsAllowed(rule.info.id, place)) return;
    const Reporter::Addition reported = reporter_.Report(rule, span, args...);
    if (!hint.empty()) reported.Hint(hint);
  }

  // Warns of entries of the profile for these rules that have not been needed.
  void ReportNotNeeded(const std::set<absl::string_view>& rules) {
    for (const Allowed& allowed : family_.allowed_lint) {
      if (needed_.contains(&allowed) || !rules.contains(allowed.rule)) continue;
      reporter_.Report(kLintAllowedInVain, allowed.span, allowed.rule, allowed.place);
    }
  }

 private:
  bool IsAllowed(absl::string_view rule, absl::string_view place) {
    bool found = false;
    for (const Allowed& allowed : family_.allowed_lint) {
      if (allowed.rule != rule || allowed.place != place) continue;
      needed_.insert(&allowed);
      found = true;
    }
    return found;
  }

  const Family& family_;
  Reporter& reporter_;
  std::set<const Allowed*> needed_;
};

std::string PlaceOf(const Attribute& attribute) {
  return absl::StrCat(attribute.set->name, ".", attribute.name);
}

// Everything that another part of the family refers to.
struct Used {
  explicit Used(const Family& family) {
    for (const auto& set : family.sets) {
      if (set->subset_of != nullptr) parts.insert(set->subset_of);
      for (const auto& attribute : set->attributes) parts.insert(attribute->nested);
    }
    for (const auto& message : family.sub_messages) {
      for (const SubMessageFormat& format : message->formats) parts.insert(format.set);
    }
    for (const auto& operation : family.operations) {
      parts.insert(operation->set);
      parts.insert(operation->group);
    }
  }

  bool Has(const void* part) const { return parts.contains(part); }

  std::set<const void*> parts;
};

void Unused(const Family& family, Linter& linter) {
  const Used used(family);
  // Constants and enums may be meant for the users of the uAPI header alone.
  for (const auto& set : family.sets) {
    if (!used.Has(set.get())) {
      linter.Report(kLintUnused, set->span, set->name, "", "attribute set", set->name);
    }
  }
  // A family may also send to a group from code of its own, if it has no notifications here.
  for (const auto& group : family.groups) {
    if (!used.Has(group.get())) {
      linter.Report(kLintUnused, group->span, group->name, "", "multicast group", group->name);
    }
  }
}

void SmallInteger(const Attribute& attribute, Linter& linter) {
  const int bits = BitWidth(attribute.type);
  // A number in network order has the width that a protocol gives it.
  if (bits == 0 || bits >= 32 || attribute.byte_order != ByteOrder::kHost) return;
  linter.Report(kLintSmallInteger, attribute.places.Of("type", attribute.span), PlaceOf(attribute),
                "u32", attribute.name, TypeName(attribute.type));
}

void IndexedArray(const Attribute& attribute, Linter& linter) {
  if (attribute.type != AttributeType::kIndexedArray) return;
  linter.Report(kLintIndexedArray, attribute.places.Of("type", attribute.span), PlaceOf(attribute),
                "", attribute.name);
}

void Padding(const AttributeSet& set, const Attribute& attribute, Linter& linter) {
  if (attribute.type != AttributeType::kPad) return;
  for (const auto& other : set.attributes) {
    const bool wide = BitWidth(other->type) == 64 && other->type != AttributeType::kUint &&
                      other->type != AttributeType::kSint;
    // Binaries may be structures with 64-bit members.
    if (wide || other->type == AttributeType::kBinary) return;
  }
  linter.Report(kLintPad, attribute.span, PlaceOf(attribute), "", attribute.name);
}

void Silent(const Operation& operation, Linter& linter) {
  if (!operation.is_async() || operation.group != nullptr) return;
  linter.Report(kLintNoGroup, operation.span, operation.name, "", operation.name);
}

void Event(const Operation& operation, Linter& linter) {
  if (!operation.event || operation.notify != nullptr) return;
  linter.Report(kLintEvent, operation.span, operation.name, "", operation.name);
}

void Sparse(const Enum& enumeration, Linter& linter) {
  if (enumeration.flags || !enumeration.sparse()) return;
  linter.Report(kLintSparseEnum, enumeration.span, enumeration.name, "", enumeration.name);
}

void Undocumented(const Attribute& attribute, Linter& linter) {
  const bool silent =
      attribute.type == AttributeType::kPad || attribute.type == AttributeType::kUnused;
  if (silent || !attribute.doc.empty()) return;
  linter.Report(kLintUndocumented, attribute.span, PlaceOf(attribute), "", attribute.name);
}

// Where requests may carry it, alone or in a nest.
void Unbounded(const Attribute& attribute, Linter& linter) {
  const bool text = attribute.type == AttributeType::kString;
  if (!text && attribute.type != AttributeType::kBinary) return;
  if (attribute.checks.HasLength() || attribute.structure != nullptr) return;
  linter.Report(kLintUnbounded, attribute.span, PlaceOf(attribute), "", attribute.name,
                TypeName(attribute.type));
}

// The attributes that requests carry, with those in their nests.
class Requested {
 public:
  explicit Requested(const Family& family) {
    for (const auto& operation : family.operations) {
      for (const auto* exchange : {&operation->do_exchange, &operation->dump}) {
        if (!*exchange) continue;
        for (const Field& field : (*exchange)->request.fields) Add(*field.attribute);
      }
    }
  }

  bool Has(const Attribute& attribute) const { return attributes_.contains(&attribute); }

 private:
  void Add(const Attribute& attribute) {
    if (!attributes_.insert(&attribute).second || attribute.nested == nullptr) return;
    for (const auto& inside : attribute.nested->attributes) Add(*inside);
  }

  std::set<const Attribute*> attributes_;
};

// The older levels describe what has long been fixed by its users.
bool HasAdvice(const Family& family) { return family.level == Level::kGenetlink; }

}  // namespace

void CheckLint(const Family& family, Reporter& reporter) {
  if (!HasAdvice(family)) return;
  Linter linter(family, reporter);
  Unused(family, linter);
  for (const auto& enumeration : family.enums) Sparse(*enumeration, linter);
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr) continue;
    for (const auto& attribute : set->attributes) {
      SmallInteger(*attribute, linter);
      IndexedArray(*attribute, linter);
      Padding(*set, *attribute, linter);
    }
  }
  for (const auto& operation : family.operations) {
    Silent(*operation, linter);
    Event(*operation, linter);
  }
  linter.ReportNotNeeded({kLintSmallInteger.info.id, kLintIndexedArray.info.id, kLintUnused.info.id,
                          kLintNoGroup.info.id, kLintPad.info.id, kLintEvent.info.id,
                          kLintSparseEnum.info.id});
}

void CheckPedantic(const Family& family, Reporter& reporter) {
  if (!HasAdvice(family)) return;
  Linter linter(family, reporter);
  const Requested requested(family);
  for (const auto& set : family.sets) {
    for (const auto& attribute : set->attributes) {
      if (set->subset_of == nullptr) Undocumented(*attribute, linter);
      if (requested.Has(*attribute)) Unbounded(*attribute, linter);
    }
  }
  linter.ReportNotNeeded({kLintUndocumented.info.id, kLintUnbounded.info.id});
}

}  // namespace genlc
