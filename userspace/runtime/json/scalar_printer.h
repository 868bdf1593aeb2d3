// Prints payloads that have no attributes or elements inside; the reverse of ScalarParser.
#ifndef GENL_JSON_SCALAR_PRINTER_H_
#define GENL_JSON_SCALAR_PRINTER_H_

#include <cstdint>

#include "genl/json/printer.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

class ScalarPrinter {
 public:
  explicit ScalarPrinter(JsonPrinter& out) : out_(out) {}

  // Both false, with nothing printed, where the payload does not have the form of its kind.
  // `kind`: of the attribute, or of its elements.
  bool String(Bytes payload);
  bool Integer(const Attribute& attribute, Kind kind, Bytes payload);

  void Binary(const Attribute& attribute, Bytes payload);
  // A payload that stands for itself: {"#hex": ...}.
  void Raw(Bytes payload);

 private:
  void Enumerated(const Enum& enumeration, uint64_t value, bool is_signed);
  void Flags(const Enum& enumeration, uint64_t value);

  JsonPrinter& out_;
};

}  // namespace genl

#endif  // GENL_JSON_SCALAR_PRINTER_H_
