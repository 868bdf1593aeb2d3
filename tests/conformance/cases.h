// Every type of attribute with its exact bytes: one table for everybody who reads or writes
// them, which are the C++ codec, the JSON codec and the code in a generated module.
#ifndef GENLC_TESTS_CONFORMANCE_CASES_H_
#define GENLC_TESTS_CONFORMANCE_CASES_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/conformance/conformance.genl.h"

namespace conformance {

// Sets the same members of a request, a reply and a nest, which carry the same attributes.
struct Fill {
  void (*request)(EchoRequest&);
  void (*reply)(EchoReply&);
  void (*value)(Value&);
};

// A value and its bytes, in each direction.
struct Case {
  const char* name;
  Fill fill;
  const char* json;   // members of an object: `"u8": 7`
  const char* bytes;  // attributes, in hexadecimal, of a little-endian machine
};

// Bytes that are not what they should be.
struct Damage {
  const char* name;
  const char* bytes;
  // What the client says of such a reply; empty: it is lenient, and reads `read_as`.
  const char* decode_error;
  const char* read_as;  // JSON
  // What the kernel says of such a request; 0: it accepts it.
  int kernel_error;  // errno
  const char* kernel_attribute;
};

// A value that has no bytes.
struct Unfit {
  const char* name;
  Fill fill;
  const char* encode_error;
  const char* json;  // that has the same fault, or another that only JSON can have
  const char* json_error;
};

absl::Span<const Case> Cases();
absl::Span<const Damage> Damages();
absl::Span<const Unfit> Unfits();

// From "0500 0400 07 000000".
std::vector<uint8_t> FromHex(absl::string_view text);

// A case at another place: what it is wrapped in.
struct Placed {
  std::string name;  // "U8InNest"
  EchoRequest request;
  EchoReply reply;
  std::string json;            // the whole object, compact
  std::vector<uint8_t> bytes;  // attributes
};

// Each case alone, in a nest, in a nest in a nest, in repeated nests and in an indexed array.
std::vector<Placed> AllPlaces();

void PrintTo(const Placed& placed, std::ostream* out);

}  // namespace conformance

#endif  // GENLC_TESTS_CONFORMANCE_CASES_H_
