// Binary structures as objects, both ways.
//
// Of one that is longer than its table, "#rest" has what stands behind it; of one that is
// shorter, the members that are there stand, and "#size" says how many bytes it has.
#ifndef GENL_JSON_STRUCTURE_H_
#define GENL_JSON_STRUCTURE_H_

#include <cstdint>
#include <vector>

#include "genl/json/json.h"
#include "genl/json/printer.h"
#include "genl/json/scalar.h"
#include "genl/json/scalar_printer.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

class StructurePrinter {
 public:
  explicit StructurePrinter(JsonPrinter& out) : out_(out), scalars_(out) {}

  // False, with nothing printed, where padding is not zero: no member has it.
  bool Print(const Structure& structure, Bytes payload);

 private:
  // Those of which `present` bytes reach something.
  void Members(const Structure& structure, Bytes bytes, size_t present);
  void Member(const StructMember& member, Bytes bytes, size_t present);

  JsonPrinter& out_;
  ScalarPrinter scalars_;
};

class StructureParser {
 public:
  StructureParser(JsonFault& fault, ScalarParser& scalars) : fault_(fault), scalars_(scalars) {}

  // Appends the structure to `to`; members that the object lacks are zero.
  bool Parse(const Structure& structure, const JsonNode& node, std::vector<uint8_t>& to);

 private:
  bool Members(const Structure& structure, const JsonNode& node, uint8_t* to);
  bool Member(const StructMember& member, const JsonNode& node, uint8_t* to);
  bool Payload(const StructMember& member, const JsonNode& node, std::vector<uint8_t>& to);
  bool Unknown(const Structure& structure, const JsonNode& node);
  bool Length(const Structure& structure, const JsonNode& node, std::vector<uint8_t>& to,
              size_t start);

  JsonFault& fault_;
  ScalarParser& scalars_;
};

}  // namespace genl

#endif  // GENL_JSON_STRUCTURE_H_
