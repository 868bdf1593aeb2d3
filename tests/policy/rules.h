// What a kernel says of a request that breaks a rule: errno, text, and which attribute it names.
//
// The one place where kernels differ. Everything else of a case follows from the spec.
#ifndef GENLC_TESTS_POLICY_RULES_H_
#define GENLC_TESTS_POLICY_RULES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace genlc::policy {

// The rules that a request can break. What the core of the kernel checks is in its lib/nlattr.c
// (validate_nla() and __nla_validate_parse()); the rest is checked by the generated decoder.
enum class Rule {
  kNone,                // all is well
  kRange,               // an integer beyond its least or greatest value
  kUnknownBit,          // a bit that is none of the flags
  kUnknownValue,        // a number in a gap of its enumeration
  kIntegerTooShort,     // fewer bytes than the type has
  kIntegerTooLong,      // and more
  kVaryingLength,       // `uint` and `sint` of other than 4 or 8 bytes
  kPayloadOfFlag,       // a flag that carries something
  kUnterminated,        // a string without a NUL where the longest one ends
  kStringBytes,         // one that ends in time and has too many bytes, or none
  kStringTooShort,      // and one of less than `min-len`
  kLength,              // bytes: less than `min-len`, more than the `max-len` beside it, inexact
  kTooLong,             // more than a `max-len` alone
  kLengthForDecoder,    // the same where no policy can say it, and of elements of arrays
  kBits,                // a bitfield with a bit that is unknown or not selected
  kLengthOfBitfield,    // and one of other than 8 bytes
  kNestFlagMissing,     // NLA_F_NESTED
  kNestFlagUnexpected,  // the same, where no nest is
  kNestTooShort,        // for the header of one attribute
  kElementTooShort,     // the same of a nest in an array
  kLeftover,            // bytes that are no attribute: cut off, or behind the last
  kLeftoverInArray,     // the same between the elements of an array
  kUnknownAttribute,    // beyond the last number, or 0
  kUnsupported,         // a number in between that the operation does not take
  kForeign,             // an attribute of the other side of the operation
  kNoAttributes,        // the first attribute of an operation that takes none
  kNoNest,              // the same, flagged as a nest
  kMissing,             // a required attribute is not there
  kTooDeep,             // more nests in each other than the kernel follows
  kNotAlone,            // nests round a value that hold none or more than one
};

// What kernels learned after 5.10.
struct Kernel {
  // NLMSGERR_ATTR_MISS_TYPE and _NEST name a missing attribute: Linux 6.1, 690252f19f0e. Without
  // them the nest around it, if there is one, is the attribute at fault.
  bool names_missing = false;
  // netlink_callback::extack is there when a dump starts: Linux 6.6. Before, what the module finds
  // is told with the end of the dump, which carries a text and no attribute.
  bool explains_start = false;
};

// The kernel that runs.
Kernel RunningKernel();

// How thoroughly the core looks at the attributes of an operation.
enum class Validation {
  kStrict,
  kLiberal,  // `dont-validate: [strict]` or, of dumps, `[dump-strict]`
  kModule,   // of dumps, `[dump]`: the core leaves it to the module, which is liberal
};

// Where a request is validated.
struct Context {
  Kernel kernel;
  Validation validation = Validation::kStrict;
  bool dump = false;
  // The core does not look where the rule is broken; the generated decoder does, and strictly.
  bool decoded = false;
};

struct Verdict {
  int error = 0;  // errno, positive; 0: accepted
  std::string text = {};
  std::string attribute = {};  // path of the one at fault
  std::string missing = {};    // path of one that should be there

  bool operator==(const Verdict&) const = default;
};

// What the kernel says of a request that breaks `rule` at `path`. For kMissing, that is the path
// of what is missing.
Verdict Expect(Rule rule, absl::string_view path, const Context& context);

// "-ERANGE `integer out of range`, attribute `threshold[1].hysteresis`"
std::string Describe(const Verdict& verdict);

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_RULES_H_
