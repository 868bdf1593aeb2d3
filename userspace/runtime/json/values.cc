#include "genl/json/values.h"

#include <arpa/inet.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace genl {
namespace {

constexpr size_t kIpv4Size = 4;
constexpr size_t kIpv6Size = 16;
constexpr size_t kUuidSize = 16;

void AppendHex(uint8_t byte, std::string& to) {
  constexpr char kDigits[] = "0123456789abcdef";
  to.push_back(kDigits[byte >> 4]);
  to.push_back(kDigits[byte & 15]);
}

// Hexadecimal with a separator before every byte where `breaks_before` says so.
template <typename Predicate>
std::string Separated(Bytes bytes, char separator, Predicate breaks_before) {
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && breaks_before(i)) text.push_back(separator);
    AppendHex(bytes[i], text);
  }
  return text;
}

bool InPairs(size_t) { return true; }
bool AsUuid(size_t i) { return i == 4 || i == 6 || i == 8 || i == 10; }

// The reverse: the separators must stand exactly where they are put.
template <typename Predicate>
std::optional<std::vector<uint8_t>> ParseSeparated(absl::string_view text, char separator,
                                                   Predicate breaks_before) {
  std::vector<uint8_t> bytes;
  while (!text.empty()) {
    if (!bytes.empty() && breaks_before(bytes.size())) {
      if (text[0] != separator) return std::nullopt;
      text.remove_prefix(1);
    }
    if (text.size() < 2) return std::nullopt;
    const int high = HexDigit(text[0]);
    const int low = HexDigit(text[1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<uint8_t>(high << 4 | low));
    text.remove_prefix(2);
  }
  return bytes;
}

std::optional<std::string> IpText(int family, Bytes bytes) {
  char text[INET6_ADDRSTRLEN];
  if (inet_ntop(family, bytes.data(), text, sizeof(text)) == nullptr) return std::nullopt;
  return text;
}

std::optional<std::vector<uint8_t>> ParseIp(int family, size_t size, absl::string_view text) {
  if (absl::StrContains(text, '\0')) return std::nullopt;
  std::vector<uint8_t> bytes(size);
  if (inet_pton(family, std::string(text).c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

}  // namespace

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string HexText(Bytes bytes) {
  return Separated(bytes, ' ', [](size_t) { return false; });
}

std::optional<std::vector<uint8_t>> ParseHex(absl::string_view text) {
  return ParseSeparated(text, ' ', [](size_t) { return false; });
}

bool IsZero(Bytes bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; });
}

std::optional<std::string> AddressText(Display display, Bytes bytes) {
  const size_t size = bytes.size();
  switch (display) {
    case Display::kPlain:
    case Display::kHex: return std::nullopt;
    case Display::kMac:
    case Display::kFddi:
      if (size == 0) return std::nullopt;
      return Separated(bytes, ':', InPairs);
    case Display::kIpv4: return size == kIpv4Size ? IpText(AF_INET, bytes) : std::nullopt;
    case Display::kIpv6: return size == kIpv6Size ? IpText(AF_INET6, bytes) : std::nullopt;
    case Display::kIpv4OrV6:
      if (size == kIpv4Size) return IpText(AF_INET, bytes);
      return size == kIpv6Size ? IpText(AF_INET6, bytes) : std::nullopt;
    case Display::kUuid:
      if (size != kUuidSize) return std::nullopt;
      return Separated(bytes, '-', AsUuid);
  }
  return std::nullopt;
}

std::optional<std::vector<uint8_t>> ParseAddress(Display display, absl::string_view text) {
  switch (display) {
    case Display::kPlain:
    case Display::kHex: return std::nullopt;
    case Display::kMac:
    case Display::kFddi: return ParseSeparated(text, ':', InPairs);
    case Display::kIpv4: return ParseIp(AF_INET, kIpv4Size, text);
    case Display::kIpv6: return ParseIp(AF_INET6, kIpv6Size, text);
    case Display::kIpv4OrV6:
      return absl::StrContains(text, ':') ? ParseIp(AF_INET6, kIpv6Size, text)
                                          : ParseIp(AF_INET, kIpv4Size, text);
    case Display::kUuid: {
      auto bytes = ParseSeparated(text, '-', AsUuid);
      if (bytes && bytes->size() != kUuidSize) return std::nullopt;
      return bytes;
    }
  }
  return std::nullopt;
}

absl::string_view AddressForm(Display display) {
  switch (display) {
    case Display::kPlain:
    case Display::kHex: return "";
    case Display::kMac:
    case Display::kFddi: return "an address like 02:00:5e:10:00:01";
    case Display::kIpv4: return "an IPv4 address";
    case Display::kIpv6: return "an IPv6 address";
    case Display::kIpv4OrV6: return "an IPv4 or IPv6 address";
    case Display::kUuid: return "a UUID like 0b3c1f6e-8f52-4d0a-9c51-3d2f7a1b4e60";
  }
  return "";
}

std::optional<Number> ParseNumber(absl::string_view text) {
  Number number;
  number.negative = absl::ConsumePrefix(&text, "-");
  const unsigned base = absl::ConsumePrefix(&text, "0x") ? 16 : 10;
  if (text.empty()) return std::nullopt;
  for (const char c : text) {
    const int digit = HexDigit(c);
    if (digit < 0 || digit >= static_cast<int>(base)) return std::nullopt;
    uint64_t next;
    number.huge |= __builtin_mul_overflow(number.magnitude, base, &next);
    number.huge |= __builtin_add_overflow(next, static_cast<unsigned>(digit), &number.magnitude);
  }
  return number;
}

std::string NumberText(uint64_t value, bool is_signed, bool hex) {
  const bool negative = is_signed && static_cast<int64_t>(value) < 0;
  if (negative) value = -value;
  return absl::StrCat(negative ? "-" : "",
                      hex ? absl::StrCat("0x", absl::Hex(value)) : absl::StrCat(value));
}

std::optional<std::vector<uint8_t>> StoreWire(Kind kind, ByteOrder order, const Number& number) {
  const bool is_signed = IsSigned(kind);
  constexpr uint64_t kSignBit = uint64_t{1} << 63;
  const bool negative = number.negative && number.magnitude != 0;
  if (number.huge || (negative && !is_signed)) return std::nullopt;
  if (is_signed && number.magnitude > kSignBit - (negative ? 0 : 1)) return std::nullopt;
  uint64_t value = negative ? -number.magnitude : number.magnitude;
  size_t width = WireWidth(kind);
  if (width == 0) width = FitsIn(value, 4, is_signed) ? 4 : 8;
  if (!FitsIn(value, width, is_signed)) return std::nullopt;
  if (IsForeign(order)) value = SwapBytes(value, width);
  std::vector<uint8_t> bytes(width);
  StoreInteger(value, bytes.data(), width);
  return bytes;
}

}  // namespace genl
