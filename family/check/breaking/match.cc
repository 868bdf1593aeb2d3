#include "family/check/breaking/match.h"

namespace genlc {
namespace {

template <typename T>
const T& Item(const T& item) {
  return item;
}
template <typename T>
const T& Item(const std::unique_ptr<T>& item) {
  return *item;
}

template <typename List>
bool HasName(const List& list, absl::string_view name) {
  for (const auto& item : list) {
    if (Item(item).name == name) return true;
  }
  return false;
}

// `same` compares what the wire knows an item by.
template <typename T, typename List, typename Same>
const T* Find(const T& old, const List& before, const List& after, Same same) {
  for (const auto& item : after) {
    if (Item(item).name == old.name) return &Item(item);
  }
  for (const auto& item : after) {
    if (same(Item(item)) && !HasName(before, Item(item).name)) return &Item(item);
  }
  return nullptr;
}

}  // namespace

const Attribute* FindNow(const Attribute& old, const AttributeSet& after) {
  const Attribute* now = Find(old, old.set->attributes, after.attributes,
                              [&](const Attribute& a) { return a.number == old.number; });
  const bool only_number = now != nullptr && IsReserved(*now) && !IsReserved(old);
  return only_number ? nullptr : now;
}

const EnumEntry* FindNow(const EnumEntry& old, const Enum& before, const Enum& after) {
  return Find(old, before.entries, after.entries,
              [&](const EnumEntry& e) { return e.value == old.value; });
}

const StructMember* FindNow(const StructMember& old, const Struct& before, const Struct& after) {
  return Find(old, before.members, after.members, [&](const StructMember& m) {
    return m.offset == old.offset && m.kind != StructMember::Kind::kPad;
  });
}

const SubMessageFormat* FindNow(const SubMessageFormat& old, const SubMessage& after) {
  for (const SubMessageFormat& format : after.formats) {
    if (format.value == old.value) return &format;
  }
  return nullptr;
}

const Operation* FindNow(const Operation& old, const Family& before, const Family& after) {
  return Find(old, before.operations, after.operations, [&](const Operation& o) {
    // Where the directions are numbered apart a number means two things.
    const bool same_space = !after.directional || o.is_async() == old.is_async();
    return o.number == old.number && same_space;
  });
}

const MulticastGroup* FindNow(const MulticastGroup& old, const Family& before,
                              const Family& after) {
  // Without a number the name is what the wire has.
  return Find(old, before.groups, after.groups, [&](const MulticastGroup& g) {
    return g.number.has_value() && g.number == old.number;
  });
}

bool SameLayout(const Struct& a, const Struct& b) {
  if (&a == &b) return true;
  if (a.size != b.size || a.members.size() != b.members.size()) return false;
  for (size_t i = 0; i < a.members.size(); ++i) {
    const StructMember& x = a.members[i];
    const StructMember& y = b.members[i];
    if (x.offset != y.offset || x.size != y.size || x.kind != y.kind ||
        x.byte_order != y.byte_order) {
      return false;
    }
    if (x.structure != nullptr && y.structure != nullptr &&
        !SameLayout(*x.structure, *y.structure)) {
      return false;
    }
  }
  return true;
}

}  // namespace genlc
