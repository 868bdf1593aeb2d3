#include "genl/writer.h"

#include <algorithm>
#include <limits>

namespace genl {

Writer& Writer::operator=(Writer&& other) noexcept {
  if (this == &other) return *this;
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, sizeof(first_));
  heap_ = std::move(other.heap_);
  std::memcpy(first_, other.first_, sizeof(first_));
  return *this;
}

Writer::Mark Writer::BeginMessage(uint16_t type, uint16_t flags, uint32_t port) {
  const Mark mark = size_;
  const nlmsghdr header = {
      .nlmsg_len = 0, .nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = 0, .nlmsg_pid = port};
  Append(&header, sizeof(header));
  return mark;
}

void Writer::FinishMessage(Mark mark) {
  Overwrite(mark + offsetof(nlmsghdr, nlmsg_len), static_cast<uint32_t>(size_ - mark));
}

void Writer::SetSequence(Mark mark, uint32_t sequence) {
  Overwrite(mark + offsetof(nlmsghdr, nlmsg_seq), sequence);
}

void Writer::SetFlags(Mark mark, uint16_t flags) {
  Overwrite(mark + offsetof(nlmsghdr, nlmsg_flags), flags);
}

void Writer::SetType(Mark mark, uint16_t type) {
  Overwrite(mark + offsetof(nlmsghdr, nlmsg_type), type);
}

Writer::Mark Writer::Begin(uint16_t type) {
  const Mark mark = size_;
  const nlattr header = {.nla_len = 0, .nla_type = type};
  Append(&header, sizeof(header));
  return mark;
}

bool Writer::End(Mark mark) {
  const size_t length = size_ - mark;
  if (length > std::numeric_limits<uint16_t>::max()) return false;
  Overwrite(mark, static_cast<uint16_t>(length));
  Extend(NLA_ALIGN(length) - length);
  return true;
}

bool Writer::Put(uint16_t type, Bytes payload) {
  const Mark mark = Begin(type);
  Append(payload.data(), payload.size());
  return End(mark);
}

void Writer::Grow(size_t size) {
  const size_t capacity = std::max(2 * capacity_, size_ + size);
  std::unique_ptr<uint8_t[]> larger(new uint8_t[capacity]);  // not initialised
  std::memcpy(larger.get(), data(), size_);
  heap_ = std::move(larger);
  capacity_ = capacity;
}

}  // namespace genl
