// Enumerations and structures on the wire.
#include <bit>

#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_wire.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

// Which entry it is: flags count bits.
Integer Position(const Enum& e, const EnumEntry& entry) {
  return e.flags ? Integer(std::countr_zero(static_cast<uint64_t>(entry.value))) : entry.value;
}

void CompareEntries(Comparison& c, const Enum& before, const Enum& after) {
  Row row;
  for (const EnumEntry& entry : before.entries) {
    const EnumEntry* now = FindNow(entry, before, after);
    if (now == nullptr) {
      c.Report(kBreakEntryGone, absl::StrCat(after.name, ".", entry.name), after.span, entry.span);
    } else if (row.HasMoved(Position(before, entry), Position(after, *now), !now->explicit_value)) {
      c.Report(kBreakEntryValue, absl::StrCat(after.name, ".", now->name),
               now->places.Of("value", now->span), entry.places.Of("value", entry.span), now->value,
               entry.value);
    }
  }
}

// "big-endian `u32`", "6 bytes"
std::string Bytes(const StructMember& member) {
  if (member.structure != nullptr) return absl::StrCat("`", member.structure->name, "`");
  if (member.kind >= StructMember::Kind::kString) {
    return absl::StrCat(member.kind == StructMember::Kind::kString ? "a string of " : "",
                        member.size, " bytes");
  }
  const absl::string_view order = member.size > 1 ? Spelling(member.byte_order) : "";
  return absl::StrCat(order, order.empty() ? "`" : " `", Spelling(member.kind), "`");
}

bool SameBytes(const StructMember& before, const StructMember& after) {
  // What has no parts may get some: the bytes are where they were.
  const bool parts = (before.structure != nullptr) != (after.structure != nullptr);
  if (parts && before.kind == after.kind) return before.size == after.size;
  if (before.structure != nullptr && after.structure != nullptr) {
    return before.structure->name == after.structure->name ||
           SameLayout(*before.structure, *after.structure);
  }
  return Bytes(before) == Bytes(after);
}

void CompareMembers(Comparison& c, const Struct& before, const Struct& after) {
  Row row;
  for (const StructMember& member : before.members) {
    if (member.kind == StructMember::Kind::kPad) continue;
    const StructMember* now = FindNow(member, before, after);
    if (now == nullptr || now->kind == StructMember::Kind::kPad) {
      c.Report(kBreakMemberGone, absl::StrCat(after.name, ".", member.name), after.span,
               member.span);
      continue;
    }
    const std::string place = absl::StrCat(after.name, ".", now->name);
    if (row.HasMoved(member.offset, now->offset, /*counts_on=*/true)) {
      c.Report(kBreakMemberOffset, place, now->span, member.span, now->offset, member.offset);
    }
    if (!SameBytes(member, *now)) {
      c.Report(kBreakMemberType, place, now->places.Of("type", now->span),
               member.places.Of("type", member.span), Bytes(*now), Bytes(member));
    }
  }
}

// Smaller than before it is where a member has gone, which is told there.
void CompareSize(Comparison& c, const Struct& before, const Struct& after) {
  const Use use = c.uses().Of(before);
  if (after.size <= before.size || !(use.header || use.request)) return;
  c.Report(kBreakStructSize, after.name, after.span, before.span, after.size, before.size);
}

}  // namespace

void CompareWireOfDefinitions(Comparison& comparison) {
  for (const auto& [before, after] : comparison.enums()) {
    // What no message has is a matter of names in C.
    if (after == nullptr || !comparison.uses().OnWire(*before)) continue;
    CompareEntries(comparison, *before, *after);
  }
  for (const auto& [before, after] : comparison.structs()) {
    if (after == nullptr) continue;
    CompareMembers(comparison, *before, *after);
    CompareSize(comparison, *before, *after);
  }
}

}  // namespace genlc
