// From a value in JSON, or a word of a command line, to the payload of an attribute: all
// kinds but those that have attributes or elements inside.
#ifndef GENL_JSON_SCALAR_H_
#define GENL_JSON_SCALAR_H_

#include <cstdint>
#include <vector>

#include "genl/json/json.h"

namespace genl {

// "an array is expected, not text". Returns false, as Fault::Set() does.
bool Expected(absl::string_view what, const JsonNode& found, JsonFault& fault);

// A word of a command line that is JSON: `node` then points to what it says, in `storage`.
bool ParseWord(const JsonNode*& node, JsonNode& storage, JsonFault& fault);
bool IsText(const JsonNode& node);

// All append the payload to `to`, or return false with the fault set, its path aside.
class ScalarParser {
 public:
  ScalarParser(JsonFault& fault, JsonLimits limits) : fault_(fault), limits_(limits) {}

  bool String(const Attribute& attribute, const JsonNode& node, std::vector<uint8_t>& to);
  bool Binary(const Attribute& attribute, const JsonNode& node, std::vector<uint8_t>& to);
  // `kind`: of the attribute, or of its elements.
  bool Integer(const Attribute& attribute, Kind kind, const JsonNode& node,
               std::vector<uint8_t>& to);
  // Hexadecimal text that stands for itself, whatever the attribute.
  bool Raw(const JsonNode& node, std::vector<uint8_t>& to);

  // Whether a payload of `size` bytes (strings: without the NUL) keeps the limits.
  bool LengthAllowed(const Attribute& attribute, size_t size, const JsonNode& node);

 private:
  bool Value(const Attribute& attribute, const JsonNode& node, struct Number& number);
  bool Named(const Enum& enumeration, absl::string_view name, JsonPlace place, Number& number);
  bool Flags(const Enum& enumeration, const JsonNode& node, Number& number);
  bool ValueAllowed(const Attribute& attribute, Kind kind, Bytes payload, const JsonNode& node);

  JsonFault& fault_;
  const JsonLimits limits_;
};

}  // namespace genl

#endif  // GENL_JSON_SCALAR_H_
