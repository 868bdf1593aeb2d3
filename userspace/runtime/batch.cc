#include "genl/batch.h"

#include <linux/netfilter/nfnetlink.h>

#include <algorithm>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "genl/deadline.h"

namespace genl {
namespace {

// The answers to a datagram have to fit in the buffer of the socket, of which the kernel counts
// a page or more for each reply.
constexpr size_t kMaxRequests = 64;
// The least that net.core.wmem_max is on common systems lets through.
constexpr size_t kMaxBytes = size_t{1} << 17;

}  // namespace

void Batch::Append(const Operation& operation, const void* request, void* reply,
                   RequestFlags flags) {
  const uint16_t bits = NLM_F_REQUEST | static_cast<uint16_t>(flags);
  const Writer::Mark start = writer_.bytes().size();
  results_.push_back(link_->Encode(operation, bits, request, link_->socket().port(), writer_));
  entries_.push_back({.operation = &operation,
                      .start = start,
                      .size = writer_.bytes().size() - start,
                      .flags = bits,
                      .answer = {.reply = reply},
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
  for (size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    entry.settled = entry.size == 0;
    entry.answer = {.reply = entry.answer.reply};
    if (!entry.settled) results_[i] = absl::OkStatus();
  }
  if (IsTransaction()) return SendTransaction();
  for (size_t first = 0; first < entries_.size();) first = SendSome(first, SomeFrom(first));
  return FirstFailure();
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
    if (bytes > kMaxBytes && end > first) break;
  }
  return end;
}

// The kernel handles the requests of a datagram in their order, so that it is enough if the last
// is acknowledged: errors are told in any case.
size_t Batch::SendSome(size_t first, size_t end) {
  Part part{.first = first, .end = end, .last = end, .sequence = 0};
  for (size_t i = first; i < end; ++i) {
    const uint32_t sequence = link_->NextSequence();
    if (i == first) part.sequence = sequence;
    if (entries_[i].size == 0) continue;
    writer_.SetSequence(entries_[i].start, sequence);
    writer_.SetFlags(entries_[i].start, entries_[i].flags);
    if (!IsBracket(entries_[i])) part.last = i;
  }
  if (part.last == end) return end;
  writer_.SetFlags(entries_[part.last].start, entries_[part.last].flags | NLM_F_ACK);
  const size_t start = entries_[first].start;
  const size_t size = entries_[end - 1].start + entries_[end - 1].size - start;
  absl::Status status = link_->socket().Send(writer_.bytes().subspan(start, size));
  if (status.ok()) status = Collect(part);
  Settle(part, status);
  return end;
}

// Not OK where results are missing.
absl::Status Batch::Collect(const Part& part) {
  Deadline deadline(link_->options().timeout);
  absl::Status lost;
  for (;;) {
    const absl::StatusOr<Bytes> datagram = link_->socket().Receive(deadline);
    if (absl::IsResourceExhausted(datagram.status())) {
      // What the kernel did not drop is there already.
      lost = datagram.status();
      deadline = Deadline(absl::ZeroDuration());
      continue;
    }
    if (!datagram.ok()) return lost.ok() ? datagram.status() : lost;
    MessageReader reader(*datagram);
    while (const std::optional<RawMessage> message = reader.Next()) {
      if (Take(part, *message)) return lost;
    }
    if (!reader.ok()) return absl::DataLossError("a truncated message");
  }
}

// Whether all has been said.
bool Batch::Take(const Part& part, const RawMessage& message) {
  const nlmsghdr& header = message.header;
  const uint32_t position = header.nlmsg_seq - part.sequence;
  if (header.nlmsg_pid != link_->socket().port() || position >= part.end - part.first) return false;
  const size_t i = part.first + position;
  Entry& entry = entries_[i];
  if (entry.settled) return false;
  const Bytes request = writer_.bytes().subspan(entry.start, entry.size);
  const auto progress = link_->Take(*entry.operation, request, message, entry.answer);
  if (progress.ok() && *progress == Client::Link::Progress::kMore) return false;
  results_[i] = progress.ok() ? link_->Complete(*entry.operation, entry.answer) : progress.status();
  entry.settled = true;
  // What is said of a bracket is said of the whole transaction.
  return i == part.last || IsBracket(entry);
}

// For those of which nothing was said.
void Batch::Settle(const Part& part, const absl::Status& fault) {
  for (size_t i = part.first; i < part.end; ++i) {
    const Entry& entry = entries_[i];
    if (entry.settled || entry.answer.replied) continue;
    results_[i] = fault.ok() ? link_->Complete(*entry.operation, entry.answer)
                             : link_->Annotate(*entry.operation, fault);
  }
}

}  // namespace genl
