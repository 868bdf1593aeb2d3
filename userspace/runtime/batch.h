// Requests that go out together, in one system call, and come in with few.
//
//   genl::Batch batch = client->NewBatch();
//   batch.Add(thermo::operation::kSensorGet, {.id = 1}, &reply);
//   batch.Add(thermo::operation::kSensorSet, {.id = 2, .muted = true});
//   absl::Status status = batch.Send();                             // the first that is not OK
//   for (const absl::Status& result : batch.results()) Use(result)  // one an Add(), in order
//
// A request that fails does not keep the others from being made. What stands between nftables'
// batch-begin and batch-end, in contrast, is a transaction and made as a whole or not at all:
//
//   genl::Batch batch = client->NewBatch();
//   batch.Add(nftables::operation::kBatchBegin, {.header = {.res_id = 10}});
//   batch.Add(nftables::operation::kNewtable, {.name = "filter"}, genl::RequestFlags::kCreate);
//   batch.Add(nftables::operation::kBatchEnd, {.header = {.res_id = 10}});
//   absl::Status status = batch.Send();
#ifndef GENL_BATCH_H_
#define GENL_BATCH_H_

#include <cstdint>
#include <type_traits>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "genl/link.h"
#include "genl/message.h"
#include "genl/operation.h"
#include "genl/request_flags.h"
#include "genl/writer.h"

namespace genl {

// Where the kernel answers a request with several messages, a list takes them all:
//
//   std::vector<ethtool::RssGetReply> replies;
//   batch.Add(ethtool::operation::kRssGet, {}, &replies);
//
// Must not outlive its client, and is for one thread at a time. Operations of other families are
// refused.
class Batch {
 public:
  explicit Batch(Client& client) : link_(&client.link()) {}

  // A request, which is turned into bytes at once. One that cannot be is not sent: its result
  // says why. What the kernel answers is not looked at.
  template <typename Request, typename Reply>
  void Add(const TypedOperation<Request, Reply>& operation,
           const std::type_identity_t<Request>& request, RequestFlags flags = {}) {
    Append(operation, operation.family, &request, {}, flags);
  }
  template <typename Reply>
  void Add(const TypedOperation<void, Reply>& operation, RequestFlags flags = {}) {
    Append(operation, operation.family, nullptr, {}, flags);
  }
  // As above, and Send() fills `*reply`, which is to live until then. `Replies` is the reply of the
  // operation, or a std::vector of it.
  template <typename Request, typename Reply, typename Replies>
  requires(!std::is_void_v<Reply>) void Add(const TypedOperation<Request, Reply>& operation,
                                            const std::type_identity_t<Request>& request,
                                            Replies* reply, RequestFlags flags = {}) {
    Append(operation, operation.family, &request, AnswerFor<Reply>(reply), flags);
  }
  template <typename Reply, typename Replies>
  requires(!std::is_void_v<Reply>) void Add(const TypedOperation<void, Reply>& operation,
                                            Replies* reply, RequestFlags flags = {}) {
    Append(operation, operation.family, nullptr, AnswerFor<Reply>(reply), flags);
  }

  // Makes the requests, in their order, and waits for all answers. The first result that is
  // not OK; of a transaction the one that made it fail. Can be called again.
  absl::Status Send();

  // How each request ended: OK, the kernel's refusal (see GetKernelError()), or why it is not
  // known. Aborted for those that were well, but in a transaction with one that failed.
  absl::Span<const absl::Status> results() const { return results_; }

  // Forgets the requests and results, and keeps their memory.
  void Clear();

 private:
  using Answer = Client::Link::Answer;

  template <typename Reply>
  static Answer AnswerFor(Reply* reply) {
    return {.reply = reply};
  }
  template <typename Reply>
  static Answer AnswerFor(std::vector<Reply>* replies) {
    return {.reply = replies, .list = kMember<std::vector<Reply>>};
  }

  struct Entry {
    const Operation* operation;
    Writer::Mark start;
    size_t size;  // 0: could not be encoded
    uint16_t flags;
    Answer answer;
    bool settled;  // its result is known
  };
  // What shares a datagram.
  struct Part {
    size_t first;
    size_t end;
    size_t last;        // that is acknowledged
    uint32_t sequence;  // of the first
    Framing framing;
  };

  void Append(const Operation& operation, const Family* family, const void* request, Answer answer,
              RequestFlags flags);
  bool IsBracket(const Entry& entry) const;
  bool IsTransaction() const;
  absl::Status CheckBrackets() const;
  absl::Status SendTransaction();
  absl::Status FirstFailure() const;
  size_t SomeFrom(size_t first) const;
  void SendSome(size_t first, size_t end);
  Part Stamp(Lane& lane, size_t first, size_t end);
  absl::Status Collect(Lane& lane, const Part& part);
  bool Take(const Lane& lane, const Part& part, const RawMessage& message,
            const absl::Status& lost);
  void Settle(size_t first, size_t end, const absl::Status& fault);
  size_t FirstUnknown(const Part& part) const;
  bool HasMoved(const Part& part, size_t first);

  void Reset(size_t first, size_t end);

  Client::Link* link_;
  Writer writer_;
  std::vector<Entry> entries_;
  std::vector<absl::Status> results_;  // of each entry
};

}  // namespace genl

#endif  // GENL_BATCH_H_
