// What the kernel says when it refuses a request.
//
//   absl::Status status = client->SensorSet({.id = 3, .interval_ms = 1});
//   if (std::optional<genl::KernelError> e = genl::GetKernelError(status)) {
//     // e->error == ERANGE, e->attribute == "interval-ms", e->policy == "must be 10..3600000"
//   }
//
// A status without it was made by the library itself: no answer in time, a malformed reply,
// a value that does not fit its attribute.
#ifndef GENL_KERNEL_ERROR_H_
#define GENL_KERNEL_ERROR_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "genl/reader.h"
#include "genl/table.h"

namespace genl {

struct KernelError {
  int32_t error = 0;                   // errno, positive
  std::string message = {};            // the kernel's text; empty: it gave none
  std::string attribute = {};          // path of the one at fault: `threshold[1].hysteresis`
  std::string missing_attribute = {};  // path of one that should have been there
  std::string policy = {};             // what the kernel allows: "must be 10..3600000"

  bool operator==(const KernelError&) const = default;
};

// A status that says it.
absl::Status StatusOf(const KernelError& error, absl::string_view text);

std::optional<KernelError> GetKernelError(const absl::Status& status);

// A request as its error has to explain it.
struct RequestContext {
  absl::string_view family;
  absl::string_view operation;
  const AttributeSet* set = nullptr;  // of its attributes; null: it has none
  Bytes message;                      // as sent, headers included
  size_t header = 0;  // bytes before the attributes: netlink headers and HeaderSize()
};

// The status for `error` (positive) with the extended acknowledgement `extack`, the
// attributes behind an error message; empty where the kernel sent none.
absl::Status KernelErrorStatus(int error, Bytes extack, const RequestContext& request);

// What the kernel says of a request that it has made; nothing where it is silent.
std::optional<KernelError> ReadWarning(Bytes extack, const RequestContext& request);

}  // namespace genl

#endif  // GENL_KERNEL_ERROR_H_
