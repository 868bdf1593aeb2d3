#include "genl/complaint.h"

#include <linux/netlink.h>

#include <cerrno>

#include "genl/encode.h"
#include "genl/extack.h"
#include "genl/kernel_error.h"
#include "genl/place.h"
#include "genl/value_check.h"

namespace genl {
namespace {

// NL_ATTR_TYPE_SINT and _UINT, which the headers of Linux 6.1 do not have.
constexpr uint32_t kSintType = 16;
constexpr uint32_t kUintType = 17;

// enum netlink_attribute_type, by kind.
uint32_t PolicyType(const Attribute& attribute) {
  switch (attribute.kind) {
    case Kind::kFlag: return NL_ATTR_TYPE_FLAG;
    case Kind::kU8: return NL_ATTR_TYPE_U8;
    case Kind::kU16: return NL_ATTR_TYPE_U16;
    case Kind::kU32: return NL_ATTR_TYPE_U32;
    case Kind::kU64: return NL_ATTR_TYPE_U64;
    case Kind::kS8: return NL_ATTR_TYPE_S8;
    case Kind::kS16: return NL_ATTR_TYPE_S16;
    case Kind::kS32: return NL_ATTR_TYPE_S32;
    case Kind::kS64: return NL_ATTR_TYPE_S64;
    case Kind::kUint: return kUintType;
    case Kind::kSint: return kSintType;
    case Kind::kBitfield32: return NL_ATTR_TYPE_BITFIELD32;
    case Kind::kString:
      return LimitsOf(attribute).unterminated ? NL_ATTR_TYPE_STRING : NL_ATTR_TYPE_NUL_STRING;
    default: return NL_ATTR_TYPE_BINARY;
  }
}

void SetRange(const Attribute& attribute, PolicyInfo& info) {
  const size_t width = WireWidth(attribute.kind) == 0 ? 8 : WireWidth(attribute.kind);
  const uint64_t most = ~uint64_t{0} >> (64 - 8 * width);
  const Limits& limits = LimitsOf(attribute);
  const bool limited = limits.type == Limits::Type::kRange;
  if (limits.type == Limits::Type::kMask) {
    info.mask = limits.high;
  } else if (IsSigned(attribute.kind)) {
    const int64_t high = static_cast<int64_t>(most >> 1);
    info.min_signed = limited ? static_cast<int64_t>(limits.low) : -high - 1;
    info.max_signed = limited ? static_cast<int64_t>(limits.high) : high;
  } else {
    info.min = limited ? limits.low : 0;
    info.max = limited ? limits.high : most;
  }
}

// What the kernel tells of the policy that an attribute failed (net/netlink/policy.c); nothing of
// nests.
std::optional<PolicyInfo> DescribeLimits(const Attribute& attribute) {
  if (IsNest(attribute.kind)) return std::nullopt;
  PolicyInfo info{.type = PolicyType(attribute)};
  const Limits& limits = LimitsOf(attribute);
  if (IsInteger(attribute.kind)) {
    SetRange(attribute, info);
  } else if (attribute.kind == Kind::kBitfield32) {
    info.bitfield_mask = BitsOf(attribute);
  } else if (limits.type == Limits::Type::kLength) {
    if (limits.low > 0 && attribute.kind != Kind::kString) {
      info.min_length = static_cast<uint32_t>(limits.low);
    }
    if (limits.high != Limits::kNoMaximum) info.max_length = static_cast<uint32_t>(limits.high);
  } else if (attribute.kind == Kind::kStruct) {
    info.min_length = info.max_length = attribute.structure->size;
  }
  return info;
}

int ErrnoOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk: return 0;
    case absl::StatusCode::kCancelled: return ECANCELED;
    case absl::StatusCode::kInvalidArgument: return EINVAL;
    case absl::StatusCode::kDeadlineExceeded: return ETIMEDOUT;
    case absl::StatusCode::kNotFound: return ENOENT;
    case absl::StatusCode::kAlreadyExists: return EEXIST;
    case absl::StatusCode::kPermissionDenied: return EPERM;
    case absl::StatusCode::kUnauthenticated: return EACCES;
    case absl::StatusCode::kResourceExhausted: return ENOSPC;
    case absl::StatusCode::kFailedPrecondition: return EBUSY;
    case absl::StatusCode::kAborted: return EDEADLK;
    case absl::StatusCode::kOutOfRange: return ERANGE;
    case absl::StatusCode::kUnimplemented: return EOPNOTSUPP;
    case absl::StatusCode::kUnavailable: return EAGAIN;
    default: return EIO;
  }
}

}  // namespace

bool Complaint::Set(int number, absl::string_view words, const uint8_t* where,
                    const Attribute* limits) {
  error = number;
  text = std::string(words);
  place = where;
  policy = limits;
  return false;
}

bool Complaint::SetMissing(uint16_t number, const uint8_t* around) {
  missing = number;
  nest = around;
  return Set(EINVAL, "required attribute missing", nullptr);
}

void EncodeExtAck(const Complaint& complaint, Bytes message, Writer& writer) {
  const auto offset = [&](const uint8_t* place) {
    return static_cast<uint32_t>(place - message.data());
  };
  ExtAck extack;
  if (!complaint.text.empty()) extack.message = complaint.text;
  if (complaint.place != nullptr) extack.offset = offset(complaint.place);
  if (complaint.policy != nullptr) extack.policy = DescribeLimits(*complaint.policy);
  if (complaint.missing) extack.missing_type = *complaint.missing;
  if (complaint.nest != nullptr) extack.missing_nest = offset(complaint.nest);
  const Writer::Mark mark = writer.bytes().size();
  // A text with a NUL in it: better the error alone than none.
  if (!Encode(kExtAckLayout, &extack, writer).ok()) writer.Drop(mark);
}

Complaint ComplaintOf(const absl::Status& status, const Layout* request, Bytes message,
                      size_t header) {
  const std::optional<KernelError> error = GetKernelError(status);
  if (!error) {
    return {.error = ErrnoOf(status.code()), .text = std::string(status.message())};
  }
  Complaint complaint{.error = error->error, .text = error->message};
  if (request == nullptr || request->set == nullptr || header > message.size()) return complaint;
  const Bytes attributes = message.subspan(header);
  if (!error->attribute.empty()) {
    complaint.place = FindPlace(*request->set, attributes, error->attribute);
  }
  uint16_t number = 0;
  if (!error->missing_attribute.empty() &&
      FindMissing(*request->set, attributes, error->missing_attribute, number, complaint.nest)) {
    complaint.missing = number;
  }
  return complaint;
}

}  // namespace genl
