// Payloads of one attribute at the limits that the spec gives it, on both sides of each.
#ifndef GENLC_TESTS_POLICY_VALUES_H_
#define GENLC_TESTS_POLICY_VALUES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "family/model/attribute.h"
#include "tests/policy/rules.h"

namespace genlc::policy {

using Bytes = std::vector<uint8_t>;

// What an attribute can carry at most: its length, header included, has 16 bits.
inline constexpr size_t kLongestPayload = 65535 - 4;

// Bytes with others behind them.
Bytes Followed(Bytes bytes, const Bytes& by);

// What a case is about.
enum class Kind {
  kSmallest,  // a request with nothing but what it needs
  kMinimum,   // of a value or of a length
  kMaximum,
  kBelowMinimum,
  kAboveMaximum,
  kMember,  // an entry of an enumeration, a bit of flags, a flag
  kNoMember,
  kLength,   // other than the type has
  kText,     // where a string ends
  kNesting,  // nests without their flag or without attributes, and flags without a nest
  kMissing,
  kDuplicate,
  kUnknown,  // numbers that the request does not have
  kTruncated,
  kByteOrder,  // NLA_F_NET_BYTEORDER, which says nothing that the spec does not
  kDepth,
  kEnd,
};

// "below-minimum"
const char* Name(Kind kind);

struct Value {
  Kind kind = Kind::kMember;
  std::string what;  // in words: "201", "3 bytes"
  Bytes payload;
  Rule rule = Rule::kNone;  // that it breaks
  bool decoded = false;     // no policy can say the rule; see Context
};

// Of an attribute that is no nest. `element`: of an element of an array, whose type the
// attribute has. The first is as small as the spec allows.
std::vector<Value> ValuesOf(const Attribute& attribute, bool element);

// An attribute like one element of an array.
Attribute ElementOf(const Attribute& array);

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_VALUES_H_
