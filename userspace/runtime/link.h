// The state of a client, and the steps that all its exchanges with the kernel have in common.
#ifndef GENL_LINK_H_
#define GENL_LINK_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "genl/client.h"
#include "genl/endpoint.h"
#include "genl/framing.h"
#include "genl/lane.h"
#include "genl/message.h"
#include "genl/policy.h"
#include "genl/writer.h"

namespace genl {

// What is sent in one datagram at most. The answers have to fit in the receive buffer, of which the
// kernel counts a page or more for each; and so many bytes the least that net.core.wmem_max is on
// common systems lets through.
inline constexpr size_t kMaxRequests = 64;
inline constexpr size_t kMaxRequestBytes = size_t{1} << 17;

class Client::Link {
 public:
  // `family_id` is that of a generic family.
  Link(Endpoint endpoint, const ConnectOptions& options, uint16_t family_id)
      : endpoint_(std::move(endpoint)), options_(options), family_id_(family_id) {}

  const Endpoint& endpoint() const { return endpoint_; }
  const Family& family() const { return endpoint_.family(); }
  const ConnectOptions& options() const { return options_; }
  // With the number that the family had when it was last looked for.
  Framing framing() const { return Framing(family(), family_id_.load(std::memory_order_relaxed)); }

  absl::StatusOr<std::unique_ptr<Lane>> TakeLane() { return lanes_.Take(endpoint_); }
  void KeepLane(std::unique_ptr<Lane> lane) { lanes_.Keep(std::move(lane)); }

  // Appends the message, but for what Framing::Stamp() gives it; nothing where the request is
  // wrong. `family` is the operation's; null: not looked at.
  absl::Status Encode(const Operation& operation, const Family* family, uint16_t flags,
                      const void* request, Writer& writer) const;
  absl::Status Encode(const Operation& operation, uint16_t flags, const void* request,
                      Writer& writer) const;

  absl::Status Do(const Operation& operation, const void* request, void* reply, RequestFlags flags);

  enum class Progress { kMore, kDone };

  // What has come of the answer to a request.
  struct Answer {
    void* reply = nullptr;             // to be filled; null: none is wanted
    const MemberType* list = nullptr;  // of a `reply` that takes them all; null: the first counts
    bool acknowledged = true;          // ends with an acknowledgement, else with the first reply
    size_t replies = 0;
    std::optional<uint16_t> other = {};  // a command that came instead
  };

  // An exchange on `lane`, of which `exchange` sends what stands in its writer and waits for the
  // answer. Once more where the family had another number.
  absl::Status DoOn(Lane& lane, const Operation& operation, const void* request, void* reply,
                    RequestFlags flags,
                    absl::FunctionRef<absl::Status(const Framing&, const Answer&)> exchange);

  // One more message in answer to `operation`, sent as `request`. Not OK where the request failed.
  absl::StatusOr<Progress> Take(const Operation& operation, const Framing& framing, Bytes request,
                                const RawMessage& message, Answer& answer) const;
  // Whether all that is wanted has come when the kernel has no more to say. `lost`: why messages
  // before may be missing.
  absl::Status Complete(const Operation& operation, const Answer& answer,
                        const absl::Status& lost = absl::OkStatus()) const;
  // Tells who wants to know what the kernel said of `operation`, sent as `message`, although all
  // is well, and what it sent beyond the spec.
  void TellWarning(const Operation& operation, const Verdict& verdict, Bytes message) const;
  void TellUnknown(const Operation& operation, Bytes payload) const;

  // The status for what the kernel said against `operation`, sent as `message`.
  absl::Status Refusal(const Operation& operation, const Verdict& verdict, Bytes message) const;
  // `status` with the names of family and operation in front.
  absl::Status Annotate(const Operation& operation, const absl::Status& status) const;

  // Whether `status`, of a request, may mean that the kernel does not know the family's number. A
  // handler that refuses with the same error, and without a word, cannot be told from that.
  bool MayBeGone(const absl::Status& status) const;
  // Looks for the family again: whether its number is not that of `used` any more, so that what was
  // refused can be sent again. Unavailable where the family is gone.
  absl::StatusOr<bool> HasMoved(const Framing& used);

  // What the kernel says of the family, a generic one, under the number that it was last seen with.
  // Unavailable where it is gone.
  absl::StatusOr<std::shared_ptr<const FamilyPolicy>> Policy();

 private:
  absl::Status Exchange(const Operation& operation, const Framing& framing, Lane& lane,
                        Answer answer);
  RequestContext ContextOf(const Operation& operation, Bytes message) const;

  const Endpoint endpoint_;
  const ConnectOptions options_;
  std::atomic<uint16_t> family_id_;
  Lanes lanes_;
  std::mutex policy_lock_;
  std::shared_ptr<const FamilyPolicy> policy_;  // null: not asked for yet
};

}  // namespace genl

#endif  // GENL_LINK_H_
