#include "genl/served_dump.h"

#include <cerrno>

namespace genl {
namespace {

// As long as the kernel makes the messages of a dump for who reads with large buffers
// (netlink_dump() in its net/netlink/af_netlink.c). Only one object larger than that is longer.
constexpr size_t kDatagram = size_t{1} << 15;

}  // namespace

ServedDump::ServedDump(const Operation& operation, const Framing& framing, const nlmsghdr& request,
                       uint32_t port, const Discretion& discretion,
                       std::unique_ptr<ObjectSource> source, const Generation* generation)
    : operation_(operation),
      framing_(framing),
      sequence_(request.nlmsg_seq),
      port_(port),
      discretion_(discretion),
      source_(std::move(source)),
      generation_(generation) {
  if (generation_ != nullptr) seen_ = generation_->now();
}

uint16_t ServedDump::Flags() {
  if (source_ != nullptr && generation_ != nullptr && generation_->now() != seen_) {
    interrupted_ = true;
  }
  return NLM_F_MULTI | (interrupted_ ? NLM_F_DUMP_INTR : 0);
}

Bytes ServedDump::Next() {
  datagram_.Clear();
  datagram_.Append(rest_.bytes().data(), rest_.bytes().size());
  rest_.Clear();
  while (!at_end_ && datagram_.bytes().size() < kDatagram) {
    if (!AddObject()) break;
  }
  return datagram_.bytes();
}

// Whether there may be room for another one.
bool ServedDump::AddObject() {
  if (source_ == nullptr) {
    AddEnd({.error = failure_});
    return false;
  }
  const absl::StatusOr<const void*> object = source_->Next();
  if (!object.ok() || *object == nullptr) {
    AddEnd(ComplaintOf(object.status(), nullptr, {}, 0));
    return false;
  }
  const Writer::Mark mark = framing_.Begin(datagram_, operation_.reply_command, Flags(), port_);
  datagram_.SetSequence(mark, sequence_);
  const absl::Status encoded = EncodeFor(discretion_, *operation_.reply, *object, datagram_);
  if (!encoded.ok()) {
    datagram_.Drop(mark);
    AddEnd({.error = EMSGSIZE, .text = std::string(encoded.message())});
    return false;
  }
  datagram_.FinishMessage(mark);
  if (datagram_.bytes().size() <= kDatagram || mark == 0) return true;
  const Bytes last = datagram_.bytes().subspan(mark);
  rest_.Append(last.data(), last.size());
  datagram_.Drop(mark);
  return false;
}

void ServedDump::AddEnd(const Complaint& complaint) {
  at_end_ = true;
  const Writer::Mark mark = datagram_.BeginMessage(NLMSG_DONE, Flags(), port_);
  datagram_.SetSequence(mark, sequence_);
  const int32_t error = -complaint.error;
  datagram_.Append(&error, sizeof(error));
  const size_t size = datagram_.bytes().size();
  EncodeExtAck(complaint, {}, datagram_);
  if (datagram_.bytes().size() > size) datagram_.SetFlags(mark, Flags() | NLM_F_ACK_TLVS);
  datagram_.FinishMessage(mark);
}

}  // namespace genl
