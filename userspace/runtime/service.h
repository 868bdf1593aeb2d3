// The other side of a client: what every generated service is made of.
//
//   class Inventory : public thermo::Service {
//     absl::StatusOr<thermo::SensorGetReply> SensorGet(const thermo::SensorGetRequest& request,
//                                                      genl::Caller& caller) override { ... }
//   };
//
// A FakeKernel (genl/testing/fake_kernel.h) offers it to the clients of a test, a Server
// (genl/server.h) to other processes. A request reaches its method after it has been held to the
// spec as a generated kernel module holds it: with the same errors at the same attributes.
#ifndef GENL_SERVICE_H_
#define GENL_SERVICE_H_

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "genl/caller.h"
#include "genl/events.h"
#include "genl/kernel_error.h"
#include "genl/objects.h"
#include "genl/operation.h"
#include "genl/policy_check.h"

namespace genl {

class Service;
class Switchboard;

// One exchange, as a method of the service has to see it.
class ServiceCall {
 public:
  virtual ~ServiceCall() = default;
  virtual Caller& caller() = 0;
  // Fills the struct of the request.
  virtual absl::Status Read(void* request) = 0;
  virtual absl::Status Reply(const void* reply) = 0;
  virtual void Stream(std::unique_ptr<ObjectSource> source, const Generation* generation) = 0;
};

// Who may make a request, join a group or be told a value; from the weakest right to the strongest.
enum class Permission : uint8_t {
  kAnyone,
  kUnsAdmin,  // CAP_NET_ADMIN in the network namespace; in a service the same as kAdmin
  kAdmin,
};

struct ServedOperation {
  const Operation* operation = nullptr;
  bool dump = false;
  absl::Status (*serve)(Service& service, ServiceCall& call) = nullptr;
  Permission permission = Permission::kAnyone;
  Validation validation = Validation::kStrict;
};

struct ServedGroup {
  MulticastGroup group;
  Permission permission = Permission::kAnyone;
};

// What an integer is that a request leaves out; `value` as its bits.
struct DefaultValue {
  const char* set = "";
  uint16_t number = 0;
  uint64_t value = 0;
};

// An attribute that only some are told.
struct SensitiveAttribute {
  const char* set = "";
  uint16_t number = 0;
  Permission audience = Permission::kAdmin;
};

// Which attributes the sides of an operation allow (`kernel-policy`).
enum class PolicyScope : uint8_t { kOperation, kSide, kFamily };

// As generated code has it.
struct ServiceTable {
  Family family;
  PolicyScope scope = PolicyScope::kOperation;
  absl::Span<const ServedOperation> operations = {};
  absl::Span<const ServedGroup> groups = {};
  const absl::Span<const EventType>* events = nullptr;  // null: there are none
  absl::Span<const int> groups_of_events = {};          // -1: none
  absl::Span<const DefaultValue> defaults = {};
  absl::Span<const SensitiveAttribute> sensitive = {};
};

// The status with which a handler refuses a request; the client gets the same KernelError:
//
//   return genl::Refuse({.error = ENOENT, .message = "no such sensor", .attribute = "id"});
//
// Other statuses become the errno of their code (NotFound: ENOENT) and their text.
absl::Status Refuse(const KernelError& error);

class Service {
 public:
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  virtual ~Service() = default;

  const ServiceTable& table() const { return table_; }

 protected:
  // `table` is a constant of the generated code.
  explicit Service(const ServiceTable& table) : table_(table) {}

  // To all who have joined the group of the event; OK where that is nobody. FailedPrecondition
  // where the service is not offered anywhere. `value` is of the row `event` of
  // ServiceTable::events.
  absl::Status SendToGroup(size_t event, const void* value);
  // To one socket. NotFound where it is not there.
  absl::Status SendToPort(size_t event, uint32_t port, const void* value);

 private:
  friend class Switchboard;

  const ServiceTable& table_;
  std::atomic<Switchboard*> switchboard_ = nullptr;  // where it is offered
};

// What a method that is not overridden answers.
inline absl::Status NotOffered() { return Refuse({.error = EOPNOTSUPP}); }

namespace service_internal {

template <typename Reply>
absl::Status Finish(ServiceCall& call, absl::StatusOr<Reply> reply) {
  return reply.ok() ? call.Reply(&*reply) : reply.status();
}
inline absl::Status Finish(ServiceCall&, absl::Status status) { return status; }
template <typename T>
absl::Status Finish(ServiceCall& call, Objects<T> objects) {
  if (objects.refusal().ok()) call.Stream(objects.TakeSource(), objects.generation());
  return objects.refusal();
}

// `call` is that of a request which `method` takes, or of none.
template <typename S, typename Result, typename Request>
absl::Status Call(S& service, Result (S::*method)(const Request&, Caller&), ServiceCall& call) {
  Request request;
  const absl::Status status = call.Read(&request);
  if (!status.ok()) return status;
  return Finish(call, (service.*method)(request, call.caller()));
}
template <typename S, typename Result>
absl::Status Call(S& service, Result (S::*method)(Caller&), ServiceCall& call) {
  return Finish(call, (service.*method)(call.caller()));
}

}  // namespace service_internal

// The function of a row for a method of the service class `S`.
template <typename S, auto kMethod>
absl::Status Serve(Service& service, ServiceCall& call) {
  return service_internal::Call(static_cast<S&>(service), kMethod, call);
}

}  // namespace genl

#endif  // GENL_SERVICE_H_
