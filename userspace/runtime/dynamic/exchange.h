// One request whose attributes are bytes: for tools that know a family from its spec, or not
// at all. Programs that were compiled for a family have a client instead.
//
//   genl::RawRequest request{.family = {"thermo", 1}, .operation = "sensor-get", .command = 4};
//   request.set = &tables.set();
//   request.payload = writer.bytes();
//   absl::Status status = genl::Exchange(request, {}, [](const genl::FamilyMessage& reply) {
//     return genl::AppendJson(...);
//   });
#ifndef GENL_DYNAMIC_EXCHANGE_H_
#define GENL_DYNAMIC_EXCHANGE_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "genl/client.h"
#include "genl/framing.h"
#include "genl/operation.h"
#include "genl/reader.h"
#include "genl/request_flags.h"
#include "genl/table.h"

namespace genl {

struct RawRequest {
  Family family;
  const char* operation = "";  // for messages
  uint16_t command = 0;
  bool dump = false;
  RequestFlags flags = {};
  const AttributeSet* set = nullptr;  // names the attribute at fault; null: none has a name
  Bytes payload = {};                 // a fixed header, if the family has one, and the attributes
  size_t header_size = 0;             // of that fixed header, padding included
};

// Sees each message that comes back, which is valid during the call only. What is not OK
// ends the exchange.
using RawVisitor = std::function<absl::Status(const FamilyMessage&)>;

// Sends the request and returns when the kernel has said all: the status is its verdict
// (GetKernelError() has the parts). Aborted after a whole dump during which objects changed.
absl::Status Exchange(const RawRequest& request, const ConnectOptions& options,
                      const RawVisitor& visit);

}  // namespace genl

#endif  // GENL_DYNAMIC_EXCHANGE_H_
