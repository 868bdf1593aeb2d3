#include "genl/backlog.h"

#include <utility>

namespace genl {

void Backlog::Add(const RawMessage& message, std::optional<int> namespace_id) {
  const size_t size = NLMSG_HDRLEN + message.payload.size();
  if (bytes_ + size > capacity_) return Lose();
  bytes_ += size;
  entries_.push_back({.header = message.header,
                      .payload = {message.payload.begin(), message.payload.end()},
                      .namespace_id = namespace_id});
}

// Where some are lost already, further ones are no news.
void Backlog::Lose() {
  if (entries_.empty() || !entries_.back().lost) entries_.push_back({.lost = true});
}

Backlog::Entry Backlog::Take() {
  Entry entry = std::move(entries_.front());
  entries_.pop_front();
  if (!entry.lost) bytes_ -= NLMSG_HDRLEN + entry.payload.size();
  return entry;
}

}  // namespace genl
