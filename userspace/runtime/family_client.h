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
#include "genl/supports.h"

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

  // Whether the running kernel knows the operation and, where attributes are given, the last of
  // them in its requests: a path, "threshold.hysteresis", or members, from the outermost on. See
  // supports.h.
  template <typename Request, typename Reply, typename... Attribute>
  absl::StatusOr<Support> Supports(const TypedOperation<Request, Reply>& operation,
                                   Attribute... attribute) {
    return SupportsUse(operation, Use::kDo, attribute...);
  }
  // The same of a dump.
  template <typename... Attribute>
  absl::StatusOr<Support> Supports(const Operation& dump, Attribute... attribute) {
    return SupportsUse(dump, Use::kDump, attribute...);
  }

  // Requests that go out together.
  Batch NewBatch() { return Batch(client_); }
  // Requests that are in flight together, each with a function that it calls at its end.
  Calls NewCalls() { return Calls(client_); }

 protected:
  explicit FamilyClient(Client client) : client_(std::move(client)) {}

  Client client_;

 private:
  absl::StatusOr<Support> SupportsUse(const Operation& operation, Use use,
                                      absl::string_view path = "") {
    return genl::Supports(client_, operation, use, path);
  }
  template <typename Request, typename Member, typename... Inner>
  absl::StatusOr<Support> SupportsUse(const Operation& operation, Use use, Member Request::*member,
                                      Inner... inner) {
    return genl::Supports(client_, operation, use, member, inner...);
  }
};

}  // namespace genl

#endif  // GENL_FAMILY_CLIENT_H_
