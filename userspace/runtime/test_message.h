// A message with a member of every kind, and bytes written as people think of them.
#ifndef GENL_TEST_MESSAGE_H_
#define GENL_TEST_MESSAGE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "genl/layout.h"
#include "genl/reader.h"

namespace genl::test {

enum class Color : uint32_t { kRed = 1, kBlue = 2 };

struct Part {
  uint16_t number = 0;
  std::optional<std::string> note = {};

  bool operator==(const Part&) const = default;
};

// A nest that can contain itself.
struct Tree {
  std::optional<uint8_t> leaf = {};
  Box<Tree> next = {};
  std::vector<Tree> branches = {};

  bool operator==(const Tree&) const = default;
};

// An element of nests by type and value.
struct Entry {
  uint32_t row = 0;
  uint32_t column = 0;
  Part value = {};

  bool operator==(const Entry&) const = default;
};

struct Everything {
  std::optional<uint8_t> u8 = {};
  std::optional<uint16_t> be16 = {};
  std::optional<int32_t> s32 = {};
  std::optional<uint64_t> uint = {};
  std::optional<int64_t> sint = {};
  std::optional<Color> color = {};
  bool flag = false;
  std::optional<std::string> string = {};
  std::optional<std::vector<uint8_t>> binary = {};
  std::vector<uint32_t> array = {};
  std::optional<Part> part = {};
  std::vector<Part> parts = {};
  std::vector<int16_t> numbers = {};
  std::vector<std::monostate> flags = {};
  std::vector<Part> indexed = {};
  std::vector<uint32_t> indexed_numbers = {};
  std::vector<Entry> entries = {};
  std::optional<int16_t> be_s16 = {};
  std::optional<Tree> tree = {};

  bool operator==(const Everything&) const = default;
};

// The other end knows of `label` and `kind` that they are always there.
struct Required {
  std::string label = {};
  uint32_t kind = 0;
  Part part = {};

  bool operator==(const Required&) const = default;
};

extern const AttributeSet kPartSet;
extern const AttributeSet kEverythingSet;
extern const Layout kPartLayout;
extern const Layout kEverythingLayout;
extern const Layout kRequiredLayout;

// Bytes of one attribute, padding included. Numbers are those of a little-endian host.
using ByteString = std::vector<uint8_t>;
ByteString Attr(uint16_t type, const ByteString& payload);
ByteString Attr(uint16_t type, std::initializer_list<ByteString> nested);
ByteString Join(std::initializer_list<ByteString> parts);

}  // namespace genl::test

#endif  // GENL_TEST_MESSAGE_H_
