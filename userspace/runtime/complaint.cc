#include "genl/complaint.h"

#include <cerrno>

#include "genl/attribute_policy.h"
#include "genl/encode.h"
#include "genl/extack.h"
#include "genl/kernel_error.h"
#include "genl/place.h"

namespace genl {
namespace {

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
  // Of nests it says nothing.
  if (complaint.policy != nullptr && !IsNest(complaint.policy->kind)) {
    extack.policy = InfoOf(PolicyOf(*complaint.policy));
  }
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
