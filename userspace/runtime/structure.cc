#include "genl/structure.h"

#include <algorithm>
#include <cstring>

#include "genl/integer.h"

namespace genl {

void DecodeStructure(const StructLayout& layout, Bytes bytes, void* value) {
  const bool is_whole = bytes.size() >= layout.structure->size;
  if (is_whole && layout.as_on_wire) {
    std::memcpy(value, bytes.data(), layout.structure->size);
    return;
  }
  ForEachMember(layout, [&](const StructMember& wire, const StructField& field) {
    if (is_whole && IsInteger(wire.kind) && !IsForeign(wire.order)) {
      const uint8_t* const from = bytes.data() + wire.offset;
      const uint64_t number = LoadInteger(from, wire.size, IsSigned(wire.kind));
      StoreInteger(number, static_cast<char*>(value) + field.offset, field.width);
      return true;
    }
    Bytes part = bytes.subspan(std::min<size_t>(wire.offset, bytes.size()), wire.size);
    char* member = static_cast<char*>(value) + field.offset;
    if (wire.kind == Kind::kStruct) {
      DecodeStructure(*field.nested, part, member);
    } else if (IsInteger(wire.kind)) {
      uint8_t whole[8] = {};
      if (part.size() < wire.size) {
        std::copy(part.begin(), part.end(), whole);
        part = Bytes(whole, wire.size);
      }
      StoreInteger(*LoadWire(wire.kind, wire.order, part), member, field.width);
    } else {
      std::copy(part.begin(), part.end(), reinterpret_cast<uint8_t*>(member));
      std::memset(member + part.size(), 0, wire.size - part.size());
    }
    return true;
  });
}

bool EncodeStructure(const StructLayout& layout, const void* value, uint8_t* to, Fault& fault) {
  return ForEachMember(layout, [&](const StructMember& wire, const StructField& field) {
    const char* member = static_cast<const char*>(value) + field.offset;
    uint8_t* const part = to + wire.offset;
    if (wire.kind == Kind::kStruct) {
      return EncodeStructure(*field.nested, member, part, fault) || fault.Within(wire.name);
    }
    if (!IsInteger(wire.kind)) {
      std::memcpy(part, member, wire.size);
      return true;
    }
    const bool is_signed = IsSigned(wire.kind);
    const uint64_t number = LoadInteger(member, field.width, is_signed);
    if (!FitsIn(number, wire.size, is_signed)) {
      fault.DoesNotFit(number, is_signed, wire.size);
      return fault.Within(wire.name);
    }
    StoreInteger(IsForeign(wire.order) ? SwapBytes(number, wire.size) : number, part, wire.size);
    return true;
  });
}

}  // namespace genl
