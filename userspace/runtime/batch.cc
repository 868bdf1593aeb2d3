#include "genl/batch.h"

#include <linux/netfilter/nfnetlink.h>

#include <algorithm>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "genl/deadline.h"

namespace genl {
void Batch::Append(const Operation& operation, const Family* family, const void* request,
                   Answer answer, RequestFlags flags) {
  const uint16_t bits = NLM_F_REQUEST | static_cast<uint16_t>(flags);
  const Writer::Mark start = writer_.bytes().size();
  results_.push_back(link_->Encode(operation, family, bits, request, writer_));
  entries_.push_back({.operation = &operation,
                      .start = start,
                      .size = writer_.bytes().size() - start,
                      .flags = bits,
                      .answer = answer,
                      .settled = false});
}

void Batch::Clear() {
  writer_.Clear();
  entries_.clear();
  results_.clear();
}

// The kernel takes requests of nftables between these two (net/netfilter/nfnetlink.c), which it
// does not answer unless the transaction fails.
bool Batch::IsBracket(const Entry& entry) const {
  const uint16_t command = entry.operation->command;
  return link_->family().protocol == NETLINK_NETFILTER &&
         (command == NFNL_MSG_BATCH_BEGIN || command == NFNL_MSG_BATCH_END);
}

bool Batch::IsTransaction() const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [this](const Entry& entry) { return IsBracket(entry); });
}

// What stands behind the end the kernel would not look at; without an end it undoes all.
absl::Status Batch::CheckBrackets() const {
  const auto brackets = std::count_if(entries_.begin(), entries_.end(),
                                      [this](const Entry& entry) { return IsBracket(entry); });
  if (brackets == 2 && entries_.front().operation->command == NFNL_MSG_BATCH_BEGIN &&
      entries_.back().operation->command == NFNL_MSG_BATCH_END) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "a transaction has one batch-begin, as its first request, and one batch-end, as its last");
}

absl::Status Batch::Send() {
  Reset(0, entries_.size());
  if (IsTransaction()) return SendTransaction();
  for (size_t first = 0; first < entries_.size();) {
    const size_t end = SomeFrom(first);
    SendSome(first, end);
    first = end;
  }
  return FirstFailure();
}

// Makes them as if they had not been sent.
void Batch::Reset(size_t first, size_t end) {
  for (size_t i = first; i < end; ++i) {
    Entry& entry = entries_[i];
    entry.settled = entry.size == 0;
    entry.answer = {.reply = entry.answer.reply, .list = entry.answer.list};
    if (!entry.settled) results_[i] = absl::OkStatus();
  }
}

absl::Status Batch::SendTransaction() {
  absl::Status status = CheckBrackets();
  status.Update(FirstFailure());  // half of a transaction must not be made
  if (status.ok()) {
    SendSome(0, entries_.size());
    status = FirstFailure();
  }
  if (status.ok()) return status;
  const absl::Status undone =
      absl::AbortedError(absl::StrCat("not done, as its transaction failed: ", status.message()));
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (results_[i].ok()) results_[i] = link_->Annotate(*entries_[i].operation, undone);
  }
  return status;
}

absl::Status Batch::FirstFailure() const {
  for (const absl::Status& result : results_) {
    if (!result.ok()) return result;
  }
  return absl::OkStatus();
}

// The end of those that can share a datagram.
size_t Batch::SomeFrom(size_t first) const {
  size_t end = first;
  for (size_t bytes = 0; end < entries_.size() && end - first < kMaxRequests; ++end) {
    bytes += entries_[end].size;
    if (bytes > kMaxRequestBytes && end > first) break;
  }
  return end;
}

void Batch::SendSome(size_t first, size_t end) {
  absl::StatusOr<std::unique_ptr<Lane>> lane = link_->TakeLane();
  if (!lane.ok()) return Settle(first, end, lane.status());
  for (bool again = false;; again = true) {
    const Part part = Stamp(**lane, first, end);
    if (part.last == end) break;
    const size_t start = entries_[first].start;
    const size_t size = entries_[end - 1].start + entries_[end - 1].size - start;
    absl::Status status = (*lane)->socket.Send(writer_.bytes().subspan(start, size));
    if (status.ok()) status = Collect(**lane, part);
    Settle(first, end, status);
    if (again) break;
    first = FirstUnknown(part);
    if (first == end || !HasMoved(part, first)) break;
    Reset(first, end);
  }
  link_->KeepLane(*std::move(lane));
}

// The kernel handles the requests of a datagram in their order, so that it is enough if the last
// is acknowledged: errors are told in any case.
Batch::Part Batch::Stamp(Lane& lane, size_t first, size_t end) {
  Part part{.first = first, .end = end, .last = end, .sequence = 0, .framing = link_->framing()};
  for (size_t i = first; i < end; ++i) {
    const uint32_t sequence = lane.NextSequence();
    if (i == first) part.sequence = sequence;
    if (entries_[i].size == 0) continue;
    part.framing.Stamp(writer_, entries_[i].start, sequence);
    writer_.SetFlags(entries_[i].start, entries_[i].flags);
    if (!IsBracket(entries_[i])) part.last = i;
  }
  if (part.last != end) {
    writer_.SetFlags(entries_[part.last].start, entries_[part.last].flags | NLM_F_ACK);
  }
  return part;
}

// The first of the requests at the end for which the kernel did not know the number of the family,
// so that it has made none of these; the end where there is none. It may have made those before:
// the family can go between two messages of a datagram.
size_t Batch::FirstUnknown(const Part& part) const {
  if (!link_->MayBeGone(results_[part.last])) return part.end;
  size_t first = part.end;
  while (first > part.first &&
         (entries_[first - 1].size == 0 || link_->MayBeGone(results_[first - 1]))) {
    --first;
  }
  return first;
}

// Whether there is another number for those from `first` on.
bool Batch::HasMoved(const Part& part, size_t first) {
  const absl::StatusOr<bool> moved = link_->HasMoved(part.framing);
  if (!moved.ok()) {
    Reset(first, part.end);
    Settle(first, part.end, moved.status());
  }
  return moved.ok() && *moved;
}

// Not OK where results are missing.
absl::Status Batch::Collect(Lane& lane, const Part& part) {
  Deadline deadline(link_->options().timeout);
  absl::Status lost;
  for (;;) {
    const absl::StatusOr<Bytes> datagram = lane.socket.Receive(deadline, Inbox::kSlots);
    if (absl::IsResourceExhausted(datagram.status())) {
      // What the kernel did not drop is there already.
      lost = datagram.status();
      deadline = Deadline(absl::ZeroDuration());
      continue;
    }
    if (!datagram.ok()) return lost.ok() ? datagram.status() : lost;
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) {
      if (Take(lane, part, *message, lost)) return lost;
    }
    if (!reader.ok()) return absl::DataLossError("a truncated message");
  }
}

// Whether all has been said.
bool Batch::Take(const Lane& lane, const Part& part, const RawMessage& message,
                 const absl::Status& lost) {
  const nlmsghdr& header = message.header;
  const uint32_t position = header.nlmsg_seq - part.sequence;
  if (header.nlmsg_pid != lane.socket.port() || position >= part.end - part.first) return false;
  const size_t i = part.first + position;
  Entry& entry = entries_[i];
  if (entry.settled) return false;
  const Bytes request = writer_.bytes().subspan(entry.start, entry.size);
  const auto progress = link_->Take(*entry.operation, part.framing, request, message, entry.answer);
  if (progress.ok() && *progress == Client::Link::Progress::kMore) return false;
  results_[i] =
      progress.ok() ? link_->Complete(*entry.operation, entry.answer, lost) : progress.status();
  entry.settled = true;
  // What is said of a bracket is said of the whole transaction.
  return i == part.last || IsBracket(entry);
}

// For those of which nothing was said.
void Batch::Settle(size_t first, size_t end, const absl::Status& fault) {
  for (size_t i = first; i < end; ++i) {
    const Entry& entry = entries_[i];
    if (entry.settled) continue;
    const bool known = fault.ok() || (entry.answer.replies > 0 && entry.answer.list == nullptr);
    results_[i] = known ? link_->Complete(*entry.operation, entry.answer)
                        : link_->Annotate(*entry.operation, fault);
  }
}

}  // namespace genl
