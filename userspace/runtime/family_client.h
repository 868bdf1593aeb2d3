// What the generated clients have in common beside the methods of their family.
#ifndef GENL_FAMILY_CLIENT_H_
#define GENL_FAMILY_CLIENT_H_

#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "genl/batch.h"
#include "genl/calls.h"
#include "genl/client.h"
#include "genl/operation.h"
#include "genl/request_flags.h"

namespace genl {

// Safe for several threads at once; see Client.
class FamilyClient {
 public:
  // As the method of the same operation, into a reply whose memory is used again:
  //
  //   client.Do(thermo::operation::kSensorGet, {.id = 3}, &reply);
  template <typename Request, typename Reply>
  requires(!std::is_void_v<Reply> && !std::is_void_v<Request>) absl::Status
      Do(const TypedOperation<Request, Reply>& operation,
         const std::type_identity_t<Request>& request, std::type_identity_t<Reply>* reply,
         RequestFlags flags = {}) {
    return client_.Do(operation, &request, reply, flags);
  }

  // Requests that go out together.
  Batch NewBatch() { return Batch(client_); }
  // Requests that are in flight together, each with a function that it calls at its end.
  Calls NewCalls() { return Calls(client_); }

 protected:
  explicit FamilyClient(Client client) : client_(std::move(client)) {}

  Client client_;
};

}  // namespace genl

#endif  // GENL_FAMILY_CLIENT_H_
