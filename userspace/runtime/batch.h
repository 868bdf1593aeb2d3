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

// Must not outlive its client, and is not for several threads at once.
class Batch {
 public:
  explicit Batch(Client& client) : link_(&client.link()) {}

  // A request, which is turned into bytes at once. One that cannot be is not sent: its result
  // says why. What the kernel answers is not looked at.
  template <typename Request, typename Reply>
  void Add(const TypedOperation<Request, Reply>& operation,
           const std::type_identity_t<Request>& request, RequestFlags flags = {}) {
    Append(operation, &request, nullptr, flags);
  }
  template <typename Reply>
  void Add(const TypedOperation<void, Reply>& operation, RequestFlags flags = {}) {
    Append(operation, nullptr, nullptr, flags);
  }
  // As above, and Send() fills `*reply`, which is to live until then.
  template <typename Request, typename Reply>
  requires(!std::is_void_v<Reply>) void Add(const TypedOperation<Request, Reply>& operation,
                                            const std::type_identity_t<Request>& request,
                                            std::type_identity_t<Reply>* reply,
                                            RequestFlags flags = {}) {
    Append(operation, &request, reply, flags);
  }
  template <typename Reply>
  requires(!std::is_void_v<Reply>) void Add(const TypedOperation<void, Reply>& operation,
                                            std::type_identity_t<Reply>* reply,
                                            RequestFlags flags = {}) {
    Append(operation, nullptr, reply, flags);
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
  struct Entry {
    const Operation* operation;
    Writer::Mark start;
    size_t size;  // 0: could not be encoded
    uint16_t flags;
    Client::Link::Answer answer;
    bool settled;  // its result is known
  };
  // What shares a datagram.
  struct Part {
    size_t first;
    size_t end;
    size_t last;        // that is acknowledged
    uint32_t sequence;  // of the first
  };

  void Append(const Operation& operation, const void* request, void* reply, RequestFlags flags);
  bool IsBracket(const Entry& entry) const;
  bool IsTransaction() const;
  absl::Status CheckBrackets() const;
  absl::Status SendTransaction();
  absl::Status FirstFailure() const;
  size_t SomeFrom(size_t first) const;
  size_t SendSome(size_t first, size_t end);
  absl::Status Collect(const Part& part);
  bool Take(const Part& part, const RawMessage& message);
  void Settle(const Part& part, const absl::Status& fault);

  Client::Link* link_;
  Writer writer_;
  std::vector<Entry> entries_;
  std::vector<absl::Status> results_;  // of each entry
};

}  // namespace genl

#endif  // GENL_BATCH_H_
