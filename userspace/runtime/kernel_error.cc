#include "genl/kernel_error.h"

#include <cstring>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "genl/decode.h"
#include "genl/extack.h"
#include "genl/path.h"

namespace genl {
namespace {

constexpr char kPayloadUrl[] = "genl/kernel-error";

// Lines, so that a status that is printed with its payload can still be read. The text of
// the kernel is the last, as it is the only one that could have a line end in it.
std::string Serialize(const KernelError& error) {
  return absl::StrJoin({absl::StrCat(error.error), error.attribute, error.missing_attribute,
                        error.policy, error.message},
                       "\n");
}

std::optional<KernelError> Parse(absl::string_view text) {
  const std::vector<std::string> lines = absl::StrSplit(text, absl::MaxSplits('\n', 4));
  KernelError error;
  if (lines.size() != 5 || !absl::SimpleAtoi(lines[0], &error.error)) return std::nullopt;
  error.attribute = lines[1];
  error.missing_attribute = lines[2];
  error.policy = lines[3];
  error.message = lines[4];
  return error;
}

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

// An explanation that cannot be read must not hide the error itself.
ExtAck ReadExtAck(Bytes bytes) {
  ExtAck extack;
  return Decode(kExtAckLayout, bytes, &extack).ok() ? extack : ExtAck();
}

}  // namespace

absl::Status StatusOf(const KernelError& error, absl::string_view text) {
  absl::Status status(absl::ErrnoToStatusCode(error.error), text);
  status.SetPayload(kPayloadUrl, absl::Cord(Serialize(error)));
  return status;
}

std::optional<KernelError> GetKernelError(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  return Parse(std::string(*payload));
}

absl::Status KernelErrorStatus(int error, Bytes extack, const RequestContext& request) {
  const KernelError explained = Explain(error, ReadExtAck(extack), request);
  return StatusOf(explained, Text(explained, request));
}

std::optional<KernelError> ReadWarning(Bytes bytes, const RequestContext& request) {
  const ExtAck extack = ReadExtAck(bytes);
  if (!extack.message) return std::nullopt;
  return Explain(0, extack, request);
}

}  // namespace genl
