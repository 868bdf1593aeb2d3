// Which part of a new family an old one has become. Internal to this directory.
//
// A part keeps its identity with its name. Where the name has gone, what the wire knows it by
// decides: its number, value or offset, unless the new owner of that was there before.
#ifndef GENLC_FAMILY_CHECK_BREAKING_MATCH_H_
#define GENLC_FAMILY_CHECK_BREAKING_MATCH_H_

#include "family/model/family.h"

namespace genlc {

// Null: it is gone.
const Attribute* FindNow(const Attribute& old, const AttributeSet& after);
const EnumEntry* FindNow(const EnumEntry& old, const Enum& before, const Enum& after);
const StructMember* FindNow(const StructMember& old, const Struct& before, const Struct& after);
const SubMessageFormat* FindNow(const SubMessageFormat& old, const SubMessage& after);
const Operation* FindNow(const Operation& old, const Family& before, const Family& after);
const MulticastGroup* FindNow(const MulticastGroup& old, const Family& before, const Family& after);

// Whether the bytes of two structures mean the same.
bool SameLayout(const Struct& a, const Struct& b);

// Whether an attribute only holds its number.
inline bool IsReserved(const Attribute& attribute) {
  return attribute.type == AttributeType::kUnused || attribute.type == AttributeType::kPad;
}

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_BREAKING_MATCH_H_
