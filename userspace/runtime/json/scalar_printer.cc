#include "genl/json/scalar_printer.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "genl/json/names.h"
#include "genl/json/tree.h"
#include "genl/json/values.h"

namespace genl {

bool ScalarPrinter::String(Bytes payload) {
  // The sender may pad with several NULs, or leave it out.
  const auto end = std::find(payload.begin(), payload.end(), uint8_t{0});
  if (std::any_of(end, payload.end(), [](uint8_t byte) { return byte != 0; })) return false;
  const absl::string_view text(reinterpret_cast<const char*>(payload.data()),
                               static_cast<size_t>(end - payload.begin()));
  if (!IsUtf8(text)) return false;
  out_.String(text);
  return true;
}

bool ScalarPrinter::Integer(const Attribute& attribute, Kind kind, Bytes payload) {
  const std::optional<uint64_t> value = LoadWire(kind, attribute.order, payload);
  if (!value) return false;
  if (const std::optional<std::string> address = AddressText(attribute.display, payload)) {
    out_.String(*address);
  } else if (attribute.enumeration != nullptr && attribute.enumeration->flags) {
    Flags(*attribute.enumeration, *value);
  } else if (attribute.enumeration != nullptr) {
    Enumerated(*attribute.enumeration, *value, IsSigned(kind));
  } else if (attribute.display == Display::kHex) {
    out_.String(NumberText(*value, IsSigned(kind), /*hex=*/true));
  } else {
    out_.Literal(NumberText(*value, IsSigned(kind), /*hex=*/false));
  }
  return true;
}

void ScalarPrinter::Binary(const Attribute& attribute, Bytes payload) {
  const std::optional<std::string> address = AddressText(attribute.display, payload);
  out_.String(address ? *address : HexText(payload));
}

void ScalarPrinter::Raw(Bytes payload) {
  out_.BeginObject();
  out_.Key(kRawMember);
  out_.String(HexText(payload));
  out_.EndObject();
}

void ScalarPrinter::Enumerated(const Enum& enumeration, uint64_t value, bool is_signed) {
  const absl::string_view name = EnumName(enumeration, value);
  if (name.empty()) {
    out_.Literal(NumberText(value, is_signed, /*hex=*/false));
  } else {
    out_.String(name);
  }
}

void ScalarPrinter::Flags(const Enum& enumeration, uint64_t value) {
  out_.BeginArray();
  for (const EnumEntry& entry : enumeration.entries) {
    if (entry.value == 0 || (value & entry.value) != entry.value) continue;
    out_.String(entry.name);
    value &= ~entry.value;
  }
  if (value != 0) out_.Literal(absl::StrCat(value));
  out_.EndArray();
}

}  // namespace genl
