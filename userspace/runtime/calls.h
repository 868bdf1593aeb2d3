// Requests in flight together on one socket, for programs that wait in an event loop of their own.
//
//   genl::Calls calls = client->NewCalls();
//   calls.Start(thermo::operation::kSensorGet, {.id = 3},
//               [](absl::StatusOr<thermo::SensorGetReply> reply) { ... });
//   // when calls.fd() is readable, and at times, so that deadlines are noticed:
//   absl::Status status = calls.Process();
//
// Thousands can be started. The kernel is given no more at once than its answers have room for in
// the receive buffer; the others wait here, and then share datagrams.
#ifndef GENL_CALLS_H_
#define GENL_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "genl/client.h"
#include "genl/deadline.h"
#include "genl/framing.h"
#include "genl/lane.h"
#include "genl/link.h"
#include "genl/message.h"
#include "genl/operation.h"
#include "genl/request_flags.h"
#include "genl/writer.h"

namespace genl {

// Must not outlive its client, and is for one thread at a time. What is in flight when it goes is
// not completed.
class Calls {
 public:
  // Names a call for Cancel().
  using Ticket = uint64_t;

  explicit Calls(Client& client) : link_(&client.link()) {}

  // Makes a request, and calls `done` from Process() when it has ended; `done` may start further
  // calls. Each has the client's timeout, from here on. Where the request is wrong or there is no
  // socket, that is said here, and `done` is not called.
  template <typename Request, typename Reply>
  requires(!std::is_void_v<Reply>) absl::StatusOr<Ticket> Start(
      const TypedOperation<Request, Reply>& operation, const std::type_identity_t<Request>& request,
      std::type_identity_t<std::function<void(absl::StatusOr<Reply>)>> done,
      RequestFlags flags = {}) {
    return Add(std::make_unique<CallWithReply<Reply>>(std::move(done)), operation, operation.family,
               &request, flags);
  }
  template <typename Request>
  absl::StatusOr<Ticket> Start(const TypedOperation<Request, void>& operation,
                               const std::type_identity_t<Request>& request,
                               std::function<void(absl::Status)> done, RequestFlags flags = {}) {
    return Add(std::make_unique<CallWithoutReply>(std::move(done)), operation, operation.family,
               &request, flags);
  }

  // Completes a call with Cancelled, here and now. What the kernel has been given it does all the
  // same. False where the call has ended already.
  bool Cancel(Ticket ticket);

  // Completes what has ended, after waiting for at most `patience` until something has, and gives
  // the kernel more. Not OK where the socket fails; all calls have then been completed.
  absl::Status Process(absl::Duration patience = absl::ZeroDuration());

  // How many have not been completed.
  size_t in_flight() const { return in_flight_; }

  // Readable when Process() has something to do; -1 before the first call.
  int fd() const { return lane_ != nullptr ? lane_->socket.fd() : -1; }

 private:
  struct Call {
    explicit Call(void* reply) : answer{.reply = reply} {}
    virtual ~Call() = default;
    virtual void Complete(absl::Status status) = 0;

    const Operation* operation = nullptr;
    Writer request;
    Framing framing;  // as it was sent
    Client::Link::Answer answer;
    Deadline deadline{absl::InfiniteDuration()};
    absl::Status unsendable;  // why the kernel could not be given it
    bool moved = false;       // sent again, as the family had another number
  };
  template <typename Reply>
  struct CallWithReply : Call {
    explicit CallWithReply(std::function<void(absl::StatusOr<Reply>)> f)
        : Call(&value), done(std::move(f)) {}
    void Complete(absl::Status status) override {
      status.ok() ? done(std::move(value)) : done(std::move(status));
    }
    std::function<void(absl::StatusOr<Reply>)> done;
    Reply value;
  };
  struct CallWithoutReply : Call {
    explicit CallWithoutReply(std::function<void(absl::Status)> f)
        : Call(nullptr), done(std::move(f)) {}
    void Complete(absl::Status status) override { done(std::move(status)); }
    std::function<void(absl::Status)> done;
  };

  absl::StatusOr<Ticket> Add(std::unique_ptr<Call> call, const Operation& operation,
                             const Family* family, const void* request, RequestFlags flags);
  Call* Find(Ticket ticket) const;
  // The call behind an answer; null where it has ended.
  Call* FindAnswered(const nlmsghdr& header, Ticket& ticket) const;
  void Complete(Ticket ticket, absl::Status status);
  void CompleteSent(const absl::Status& status);
  void CompleteUnsendable();
  void CompleteLate();
  absl::Status Receive(absl::Duration patience);
  void Take(const RawMessage& message, const absl::Status& lost);
  bool SendAgain(Ticket ticket, Call& call);
  void SendWaiting();
  absl::Duration UntilFirstDeadline();

  Client::Link* link_;
  std::unique_ptr<Lane> lane_;
  // In the order of their tickets, of which `first_` is the first one's; the number of a request is
  // the lower half of its ticket. Null: has ended.
  std::deque<std::unique_ptr<Call>> calls_;
  Ticket first_ = 1;
  Ticket unsent_ = 1;      // the first that the kernel has not been given
  size_t unanswered_ = 0;  // of those that it has been given
  size_t in_flight_ = 0;
  bool processing_ = false;
  bool unsendable_ = false;  // there are calls that could not be sent
  Writer writer_;
};

}  // namespace genl

#endif  // GENL_CALLS_H_
