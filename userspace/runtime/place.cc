#include "genl/place.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "genl/value_check.h"

namespace genl {
namespace {

const Attribute* FindByName(const AttributeSet& set, absl::string_view name) {
  for (const Attribute& attribute : set.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

// Takes `[3]` from the front.
std::optional<size_t> TakeIndex(absl::string_view& path) {
  const size_t end = path.find(']');
  size_t index = 0;
  if (!absl::StartsWith(path, "[") || end == path.npos ||
      !absl::SimpleAtoi(path.substr(1, end - 1), &index)) {
    return std::nullopt;
  }
  path.remove_prefix(end + 1);
  return index;
}

class Finder {
 public:
  // Follows the path as far as it goes, and takes off what it has found.
  void Follow(const AttributeSet* set, Bytes bytes, absl::string_view& path);

  const uint8_t* place = nullptr;
  const AttributeSet* set = nullptr;  // of what the rest of the path is

 private:
  bool Element(Bytes& payload, absl::string_view& path, bool by_number);
};

// An element of a nest, which counts from 0 or is called by its number.
bool Finder::Element(Bytes& payload, absl::string_view& path, bool by_number) {
  const std::optional<size_t> index = TakeIndex(path);
  if (!index) return false;
  AttributeReader reader(payload);
  for (size_t i = 0;; ++i) {
    const std::optional<RawAttribute> raw = reader.Next();
    if (!raw) return false;
    if ((by_number ? raw->number : i) != *index) continue;
    place = HeaderOf(*raw);
    payload = raw->payload;
    return true;
  }
}

void Finder::Follow(const AttributeSet* inside, Bytes bytes, absl::string_view& path) {
  while (inside != nullptr) {
    set = inside;
    absl::string_view rest = path;
    const size_t end = std::min(rest.find_first_of(".["), rest.size());
    const Attribute* attribute = FindByName(*inside, rest.substr(0, end));
    if (attribute == nullptr) return;
    rest.remove_prefix(end);
    const size_t element = attribute->multi ? TakeIndex(rest).value_or(0) : 0;
    std::optional<RawAttribute> found;
    size_t count = 0;
    AttributeReader reader(bytes);
    while (const std::optional<RawAttribute> raw = reader.Next()) {
      if (raw->number != attribute->number) continue;
      // Of one that cannot be repeated the last counts.
      if (!attribute->multi || count++ == element) found = raw;
    }
    if (!found) return;
    place = HeaderOf(*found);
    bytes = found->payload;
    inside = attribute->kind == Kind::kNest ? attribute->nested : nullptr;
    if (attribute->kind == Kind::kIndexedArray && Element(bytes, rest, false)) {
      inside = attribute->element == Kind::kNest ? attribute->nested : nullptr;
    }
    if (attribute->kind == Kind::kNestTypeValue) {
      int level = 0;
      while (level < attribute->levels && Element(bytes, rest, true)) ++level;
      if (level == attribute->levels) inside = attribute->nested;
    }
    path = rest;
    if (!absl::StartsWith(path, ".")) return;
    path.remove_prefix(1);
  }
}

}  // namespace

const uint8_t* FindPlace(const AttributeSet& set, Bytes attributes, absl::string_view path) {
  Finder finder;
  finder.Follow(&set, attributes, path);
  return finder.place;
}

bool FindMissing(const AttributeSet& set, Bytes attributes, absl::string_view path,
                 uint16_t& number, const uint8_t*& nest) {
  Finder finder;
  finder.Follow(&set, attributes, path);
  const Attribute* attribute = finder.set != nullptr ? FindByName(*finder.set, path) : nullptr;
  if (attribute == nullptr) return false;
  number = attribute->number;
  nest = finder.place;
  return true;
}

}  // namespace genl
