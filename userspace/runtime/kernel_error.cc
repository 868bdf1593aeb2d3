#include "genl/kernel_error.h"

#include <cstring>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/extack.h"
#include "genl/path.h"

namespace genl {
namespace {

constexpr char kPayloadUrl[] = "genl/kernel-error";

// The payload of the status is a message like any other.
// A row an attribute.
// clang-format off
constexpr Attribute kErrorAttributes[] = {
    {.number = 1, .kind = Kind::kS32, .name = "error"},
    {.number = 2, .kind = Kind::kString, .name = "message"},
    {.number = 3, .kind = Kind::kString, .name = "attribute"},
    {.number = 4, .kind = Kind::kString, .name = "missing-attribute"},
    {.number = 5, .kind = Kind::kString, .name = "policy"},
};
constexpr AttributeSet kErrorSet = MakeSet<kErrorAttributes>("kernel-error");

constexpr Field kErrorFields[] = {
    GENL_FIELD(KernelError, error, kErrorAttributes[0], kRequired, nullptr),
    GENL_FIELD(KernelError, message, kErrorAttributes[1], kRequired, nullptr),
    GENL_FIELD(KernelError, attribute, kErrorAttributes[2], kRequired, nullptr),
    GENL_FIELD(KernelError, missing_attribute, kErrorAttributes[3], kRequired, nullptr),
    GENL_FIELD(KernelError, policy, kErrorAttributes[4], kRequired, nullptr),
};
constexpr Layout kErrorLayout = MakeLayout<kErrorFields>(kErrorSet);
// clang-format on

std::string MissingPath(const ExtAck& extack, const RequestContext& request) {
  AttributePath nest;
  const AttributeSet* set = request.set;
  if (extack.missing_nest) {
    nest = ResolveOffset(*request.set, request.message, request.header, *extack.missing_nest);
    set = nest.nested;
  }
  const uint32_t number = *extack.missing_type;
  const Attribute* missing =
      set != nullptr && number <= kMaxAttributeNumber ? set->Find(number) : nullptr;
  return absl::StrCat(nest.text, nest.text.empty() ? "" : ".",
                      missing != nullptr ? missing->name : absl::StrCat("(", number, ")"));
}

KernelError Explain(int error, const ExtAck& extack, const RequestContext& request) {
  KernelError result{.error = error, .message = extack.message.value_or("")};
  if (extack.offset && request.set != nullptr) {
    result.attribute =
        ResolveOffset(*request.set, request.message, request.header, *extack.offset).text;
  }
  if (extack.missing_type && request.set != nullptr) {
    result.missing_attribute = MissingPath(extack, request);
  }
  if (extack.policy) result.policy = DescribePolicy(*extack.policy);
  return result;
}

// "thermo.sensor-set: Numerical result out of range: integer out of range (attribute
// `interval-ms`: must be 10..3600000)"
std::string Text(const KernelError& error, const RequestContext& request) {
  std::string text =
      absl::StrCat(request.family, ".", request.operation, ": ", std::strerror(error.error));
  if (!error.message.empty()) absl::StrAppend(&text, ": ", error.message);
  std::string where;
  if (!error.attribute.empty()) absl::StrAppend(&where, "attribute `", error.attribute, "`");
  if (!error.policy.empty()) absl::StrAppend(&where, where.empty() ? "" : ": ", error.policy);
  if (!error.missing_attribute.empty()) {
    absl::StrAppend(&where, where.empty() ? "" : "; ", "missing `", error.missing_attribute, "`");
  }
  if (!where.empty()) absl::StrAppend(&text, " (", where, ")");
  return text;
}

}  // namespace

std::optional<KernelError> GetKernelError(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  const std::string bytes(*payload);
  KernelError error;
  const Bytes span(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (!Decode(kErrorLayout, span, &error).ok()) return std::nullopt;
  return error;
}

absl::Status KernelErrorStatus(int error, Bytes extack_bytes, const RequestContext& request) {
  ExtAck extack;
  // An explanation that cannot be read must not hide the error itself.
  if (!Decode(kExtAckLayout, extack_bytes, &extack).ok()) extack = ExtAck();
  const KernelError explained = Explain(error, extack, request);
  absl::Status status(absl::ErrnoToStatusCode(error), Text(explained, request));
  Writer writer;
  if (Encode(kErrorLayout, &explained, writer).ok()) {
    const Bytes bytes = writer.bytes();
    status.SetPayload(kPayloadUrl, absl::Cord(absl::string_view(
                                       reinterpret_cast<const char*>(bytes.data()), bytes.size())));
  }
  return status;
}

}  // namespace genl
