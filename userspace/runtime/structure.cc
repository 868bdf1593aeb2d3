#include "genl/structure.h"

#include <algorithm>
#include <cstring>

#include "genl/integer.h"

namespace genl {
namespace {

// Of one member, from the wire to the host or back. Integers have their width on both sides.
void SwapForeign(const StructMember& wire, void* bytes) {
  if (!IsForeign(wire.order) || !IsInteger(wire.kind)) return;
  const uint64_t value = LoadInteger(bytes, wire.size, /*is_signed=*/false);
  StoreInteger(SwapBytes(value, wire.size), bytes, wire.size);
}

}  // namespace

void DecodeStructure(const StructLayout& layout, Bytes bytes, void* value) {
  for (const StructField& field : layout.fields) {
    const StructMember& wire = *field.wire;
    const Bytes part = bytes.subspan(std::min<size_t>(wire.offset, bytes.size()), wire.size);
    char* member = static_cast<char*>(value) + field.offset;
    if (wire.kind == Kind::kStruct) {
      DecodeStructure(*field.nested, part, member);
      continue;
    }
    std::copy(part.begin(), part.end(), reinterpret_cast<uint8_t*>(member));
    std::memset(member + part.size(), 0, wire.size - part.size());
    SwapForeign(wire, member);
  }
}

void EncodeStructure(const StructLayout& layout, const void* value, uint8_t* to) {
  for (const StructField& field : layout.fields) {
    const StructMember& wire = *field.wire;
    const char* member = static_cast<const char*>(value) + field.offset;
    if (wire.kind == Kind::kStruct) {
      EncodeStructure(*field.nested, member, to + wire.offset);
      continue;
    }
    std::memcpy(to + wire.offset, member, wire.size);
    SwapForeign(wire, to + wire.offset);
  }
}

}  // namespace genl
