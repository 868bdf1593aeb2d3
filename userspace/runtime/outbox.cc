#include "genl/outbox.h"

#include "genl/writer.h"

namespace genl {

void Outbox::Add(Bytes datagram) {
  // An empty one takes whatever comes: it may be larger than all of the capacity.
  if (lost_ || (!waiting_.empty() && bytes_ + datagram.size() > kCapacity)) {
    lost_ = true;
    return;
  }
  waiting_.emplace_back(datagram.begin(), datagram.end());
  bytes_ += datagram.size();
}

Outbox::Result Outbox::Flush(uint32_t port, const Deliver& deliver) {
  while (!waiting_.empty()) {
    const Result result = deliver(port, waiting_.front());
    if (result != Result::kSent) return result;
    bytes_ -= waiting_.front().size();
    waiting_.pop_front();
  }
  if (!lost_) return Result::kSent;
  Writer writer;
  writer.FinishMessage(writer.BeginMessage(NLMSG_OVERRUN, 0, port));
  const Result result = deliver(port, writer.bytes());
  lost_ = result != Result::kSent;
  return result;
}

}  // namespace genl
