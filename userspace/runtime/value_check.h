// Values held to the limits of their attribute: what both checks of a request have in common.
#ifndef GENL_VALUE_CHECK_H_
#define GENL_VALUE_CHECK_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "genl/complaint.h"
#include "genl/integer.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

// The texts of the kernel (lib/nlattr.c), which programs may compare with.
inline constexpr absl::string_view kFailedPolicy = "Attribute failed policy validation";
inline constexpr absl::string_view kInvalidLength = "invalid attribute length";
inline constexpr absl::string_view kLeftover = "bytes leftover after parsing attributes";

// The header of an attribute, and whether it says that the payload is attributes.
inline const uint8_t* HeaderOf(const RawAttribute& raw) { return raw.payload.data() - NLA_HDRLEN; }
inline bool IsFlaggedAsNest(const RawAttribute& raw) {
  return (LoadBytes<uint16_t>(raw.payload.data() - 2) & NLA_F_NESTED) != 0;
}

// Whether an entry of a kernel's policy can hold the limits of the integer: those of fixed width
// without a byte order of their own, and masks of those without a sign. Decoders check the others.
bool IsInPolicy(const Attribute& attribute, Kind kind);
// Of bytes: lengths up to 32767.
bool LengthIsInPolicy(const Limits& limits);

// Whether a policy looks into the elements of an attribute: NLA_NESTED_ARRAY.
bool IsArrayOfNests(const Attribute& attribute);

// The bits that a bitfield can have: those of its flags, or all.
uint32_t BitsOf(const Attribute& attribute);

// An integer within its range or mask.
bool CheckInteger(const Attribute& attribute, Kind kind, uint64_t value, const uint8_t* place,
                  Complaint& complaint);
// A value that is in none of the gaps of its enumeration.
bool CheckMember(const Attribute& attribute, uint64_t value, const uint8_t* place,
                 Complaint& complaint);

}  // namespace genl

#endif  // GENL_VALUE_CHECK_H_
