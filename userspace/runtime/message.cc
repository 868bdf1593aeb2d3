#include "genl/message.h"

#include <algorithm>

namespace genl {

std::optional<RawMessage> MessageReader::Next() {
  if (rest_.size() < NLMSG_HDRLEN) return std::nullopt;
  RawMessage message{.header = LoadBytes<nlmsghdr>(rest_.data()), .payload = {}};
  const size_t length = message.header.nlmsg_len;
  if (length < NLMSG_HDRLEN || length > rest_.size()) return std::nullopt;
  message.payload = rest_.subspan(NLMSG_HDRLEN, length - NLMSG_HDRLEN);
  rest_.remove_prefix(std::min<size_t>(NLMSG_ALIGN(length), rest_.size()));
  return message;
}

std::optional<Verdict> ReadVerdict(const RawMessage& message) {
  Bytes rest = message.payload;
  if (rest.size() < sizeof(int32_t)) return std::nullopt;
  const int64_t error = LoadBytes<int32_t>(rest.data());
  Verdict verdict{.error = static_cast<int>(error < 0 ? std::min<int64_t>(-error, 4095) : 0),
                  .extack = {}};
  rest.remove_prefix(sizeof(int32_t));
  if (message.header.nlmsg_type == NLMSG_ERROR) {
    // The request follows: its header alone (capped), or all of it.
    if (rest.size() < sizeof(nlmsghdr)) return std::nullopt;
    const bool whole = !(message.header.nlmsg_flags & NLM_F_CAPPED) && error != 0;
    const size_t quoted = whole ? LoadBytes<nlmsghdr>(rest.data()).nlmsg_len : sizeof(nlmsghdr);
    const size_t aligned = (quoted + NLMSG_ALIGNTO - 1) / NLMSG_ALIGNTO * NLMSG_ALIGNTO;
    if (quoted < sizeof(nlmsghdr) || quoted > rest.size()) return std::nullopt;
    rest.remove_prefix(std::min(aligned, rest.size()));
  }
  if (message.header.nlmsg_flags & NLM_F_ACK_TLVS) verdict.extack = rest;
  return verdict;
}

}  // namespace genl
