// Attributes as bytes, and the places in a request where they can stand.
#ifndef GENLC_TESTS_POLICY_PLACE_H_
#define GENLC_TESTS_POLICY_PLACE_H_

#include <linux/netlink.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/model/operation.h"
#include "tests/policy/values.h"

namespace genlc::policy {

// One attribute on the wire.
struct Piece {
  uint16_t type = 0;  // number and flags
  Bytes payload = {};
  std::optional<uint16_t> length = {};  // as its header says it; by default the truth
};

// One behind the other, each padded to a multiple of four bytes.
Bytes Encode(const std::vector<Piece>& pieces);

// A set of attributes in a request: its own, or those of a nest.
struct Place {
  const AttributeSet* set = nullptr;             // null: of an operation without one
  std::vector<Field> fields = {};                // that it may carry
  std::string path = {};                         // "threshold[1]"; empty: the message
  int depth = 0;                                 // nests around it
  bool decoded = false;                          // the core does not look into it
  std::vector<const AttributeSet*> around = {};  // the sets from the message down to this one
  // The request with these attributes in it; nothing where a nest would get too long.
  std::function<std::optional<Bytes>(const Bytes& attributes)> request = {};

  // "threshold[1].hysteresis"
  std::string PathOf(absl::string_view name) const;
};

// The place of a request's own attributes.
Place PlaceOf(const Message& request);

// What a nest of the set may carry.
std::vector<Field> FieldsOf(const AttributeSet& set);

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_PLACE_H_
