// How single values look to people, both ways: numbers, hexadecimal bytes, addresses.
#ifndef GENL_JSON_VALUES_H_
#define GENL_JSON_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "genl/integer.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

// 0 to 15; -1: no hexadecimal digit.
int HexDigit(char c);
// "c0ffee"
std::string HexText(Bytes bytes);
// Two digits a byte, nothing between them.
std::optional<std::vector<uint8_t>> ParseHex(absl::string_view text);

bool IsZero(Bytes bytes);

// "00:1b:21:3a:7c:55", "192.0.2.1": nothing where the bytes are not as many as the form has.
std::optional<std::string> AddressText(Display display, Bytes bytes);
std::optional<std::vector<uint8_t>> ParseAddress(Display display, absl::string_view text);
// What to write there: "an IPv4 address"; empty: the display is no address.
absl::string_view AddressForm(Display display);

// A whole number that may have more than 64 bits.
struct Number {
  bool negative = false;
  bool huge = false;  // `magnitude` is not all of it
  uint64_t magnitude = 0;
};

// "12", "-7", "0x1f"; nothing where the text is no whole number.
std::optional<Number> ParseNumber(absl::string_view text);
// "12", "-7"; with `hex` "0x1f". `value` as in genl/integer.h.
std::string NumberText(uint64_t value, bool is_signed, bool hex);

// Its bytes on the wire, the reverse of LoadWire(); nothing where the kind cannot hold it.
std::optional<std::vector<uint8_t>> StoreWire(Kind kind, ByteOrder order, const Number& number);

}  // namespace genl

#endif  // GENL_JSON_VALUES_H_
