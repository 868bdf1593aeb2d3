#include "genl/dump.h"

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "genl/decode.h"
#include "genl/link.h"

namespace genl {

DumpStream::DumpStream(Client::Link& link, const Operation& operation, const void* request)
    : link_(&link), operation_(&operation), framing_(link_->framing()) {
  // A dump ends without the acknowledgement that it asks for; but there are handlers that never
  // dump, as that of nftables' getgen, and answer with one message.
  status_ = link_->Encode(operation, NLM_F_DUMP | NLM_F_ACK, request, request_);
  if (status_.ok()) Restart();
}

void DumpStream::Restart() {
  moved_ = false;
  Ask();
}

void DumpStream::Ask() {
  interrupted_ = false;
  reader_ = MessageReader();
  lane_.reset();
  absl::StatusOr<std::unique_ptr<Lane>> lane = link_->TakeLane();
  if (!lane.ok()) {
    Finish(lane.status());
    return;
  }
  (*lane)->socket.Grow(capacity_);
  framing_ = link_->framing();
  framing_.Stamp(request_, 0, (*lane)->NextSequence());
  status_ = (*lane)->socket.Send(request_.bytes());
  if (!status_.ok()) return;
  lane_ = *std::move(lane);
}

bool DumpStream::Next(void* object) {
  Bytes payload;
  return NextPayload(payload) && Fill(payload, object);
}

bool DumpStream::Next(ViewBase& view) {
  Bytes payload;
  if (!NextPayload(payload)) return false;
  const absl::Status status = view.Read(*operation_->reply, payload);
  return status.ok() || Finish(status);
}

bool DumpStream::NextPayload(Bytes& payload) {
  for (;;) {
    const Step step = FindObject(payload);
    if (step != Step::kNoMore) return step == Step::kObject;
    Deadline deadline(link_->options().timeout);
    if (absl::Status status = Receive(deadline); !status.ok()) return Finish(status);
  }
}

DumpStream::Step DumpStream::Parse(void* object) {
  Bytes payload;
  const Step step = FindObject(payload);
  if (step != Step::kObject) return step;
  return Fill(payload, object) ? Step::kObject : Step::kEnd;
}

DumpStream::Step DumpStream::FindObject(Bytes& payload) {
  while (lane_ != nullptr) {
    const std::optional<RawMessage> message = reader_.Next();
    if (!message) return Step::kNoMore;
    const nlmsghdr& header = message->header;
    if (!lane_->IsAnswered(header)) continue;
    if (header.nlmsg_flags & NLM_F_DUMP_INTR) interrupted_ = true;
    if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
      if (End(*message)) continue;
      return Step::kEnd;
    }
    if (framing_.Owns(header)) return Take(*message, payload) ? Step::kObject : Step::kEnd;
  }
  return Step::kEnd;
}

absl::Status DumpStream::Receive(Deadline& deadline) {
  if (!reader_.ok()) return absl::DataLossError("a truncated message");
  const absl::StatusOr<Bytes> datagram = lane_->socket.Receive(deadline);
  if (absl::IsResourceExhausted(datagram.status())) {
    // What is lost can be asked for again, into a buffer that is large enough.
    interrupted_ = true;
    capacity_ = lane_->socket.capacity();
  }
  if (!datagram.ok()) return datagram.status();
  reader_ = MessageReader(*datagram);
  return absl::OkStatus();
}

bool DumpStream::Take(const RawMessage& message, Bytes& payload) {
  const std::optional<FamilyMessage> part = link_->framing().Read(message);
  if (!part) return Finish(absl::DataLossError("a malformed message"));
  // Its attributes may be of another set: to read them would be a guess, to skip them a loss.
  if (part->command != operation_->reply_command) {
    return Finish(
        absl::DataLossError(absl::StrCat("an object of command ", part->command, " where ",
                                         operation_->reply_command, " should have come")));
  }
  link_->TellUnknown(*operation_, part->payload);
  payload = part->payload;
  return true;
}

bool DumpStream::Fill(Bytes payload, void* object) {
  const absl::Status status = Decode(*operation_->reply, payload, object);
  return status.ok() || Finish(status);
}

// The kernel has no more to say on this lane, so that it can serve the next. Whether the dump goes
// on all the same.
bool DumpStream::End(const RawMessage& message) {
  const std::optional<Verdict> verdict = ReadVerdict(message);
  if (!verdict) return Finish(absl::DataLossError("a malformed end"));
  if (verdict->error == EPROTONOSUPPORT && verdict->extack.empty()) {
    // What the kernel says, without a word, while the module leaves (netlink_dump_start()).
    status_ = link_->Annotate(*operation_,
                              absl::UnavailableError("the family's module is being unloaded"));
  } else if (verdict->error != 0) {
    status_ = link_->Refusal(*operation_, *verdict, request_.bytes());
  } else {
    link_->TellWarning(*operation_, *verdict, request_.bytes());
  }
  link_->KeepLane(std::move(lane_));
  if (!status_.ok()) return StartAgain(status_);
  if (interrupted_) {
    return Finish(absl::AbortedError(
        "the dump was interrupted by a change, objects may be missing or double"));
  }
  return false;
}

// After a refusal: whether the family was asked by a number that it does not have any more.
bool DumpStream::StartAgain(const absl::Status& refusal) {
  if (moved_ || !link_->MayBeGone(refusal)) return false;
  const absl::StatusOr<bool> moved = link_->HasMoved(framing_);
  if (!moved.ok()) return Finish(moved.status());
  if (!*moved) return false;
  moved_ = true;
  Ask();
  return lane_ != nullptr;
}

bool DumpStream::Finish(absl::Status status) {
  lane_.reset();
  status_ = link_->Annotate(*operation_, status);
  return false;
}

}  // namespace genl
