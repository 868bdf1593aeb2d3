// What works, and what the kernel's maintainers advise against.
#include <set>

#include "family/check/rules.h"
#include "family/diag/catalogue/lint.h"

namespace genlc {
namespace {

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

void Unused(const Family& family, Reporter& reporter) {
  const Used used(family);
  // Constants and enums may be meant for the users of the uAPI header alone.
  for (const auto& set : family.sets) {
    if (!used.Has(set.get())) {
      reporter.Report(kLintUnused, set->span, "attribute set", set->name);
    }
  }
  // A family may also send to a group from code of its own, if it has no notifications here.
  for (const auto& group : family.groups) {
    if (!used.Has(group.get())) {
      reporter.Report(kLintUnused, group->span, "multicast group", group->name);
    }
  }
}

void SmallInteger(const Attribute& attribute, Reporter& reporter) {
  const int bits = BitWidth(attribute.type);
  // A number in network order has the width that a protocol gives it.
  if (bits == 0 || bits >= 32 || attribute.byte_order != ByteOrder::kHost) return;
  reporter.Report(kLintSmallInteger, attribute.places.Of("type", attribute.span), attribute.name,
                  TypeName(attribute.type))
      .Hint("u32");
}

void IndexedArray(const Attribute& attribute, Reporter& reporter) {
  if (attribute.type != AttributeType::kIndexedArray) return;
  reporter.Report(kLintIndexedArray, attribute.places.Of("type", attribute.span), attribute.name);
}

void Padding(const AttributeSet& set, const Attribute& attribute, Reporter& reporter) {
  if (attribute.type != AttributeType::kPad) return;
  for (const auto& other : set.attributes) {
    const bool wide = BitWidth(other->type) == 64 && other->type != AttributeType::kUint &&
                      other->type != AttributeType::kSint;
    // Binaries may be structures with 64-bit members.
    if (wide || other->type == AttributeType::kBinary) return;
  }
  reporter.Report(kLintPad, attribute.span, attribute.name);
}

void Silent(const Operation& operation, Reporter& reporter) {
  if (!operation.is_async() || operation.group != nullptr) return;
  reporter.Report(kLintNoGroup, operation.span, operation.name);
}

}  // namespace

void CheckLint(const Family& family, Reporter& reporter) {
  // The older levels describe what has long been fixed by its users.
  if (family.level != Level::kGenetlink) return;
  Unused(family, reporter);
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr) continue;
    for (const auto& attribute : set->attributes) {
      SmallInteger(*attribute, reporter);
      IndexedArray(*attribute, reporter);
      Padding(*set, *attribute, reporter);
    }
  }
  for (const auto& operation : family.operations) Silent(*operation, reporter);
}

}  // namespace genlc
