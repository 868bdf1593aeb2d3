#include "genl/writer.h"

#include <cstring>
#include <limits>

namespace genl {

Writer::Mark Writer::BeginMessage(uint16_t type, uint16_t flags, uint32_t port) {
  const Mark mark = buffer_.size();
  const nlmsghdr header = {
      .nlmsg_len = 0, .nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = 0, .nlmsg_pid = port};
  Append(&header, sizeof(header));
  return mark;
}

void Writer::FinishMessage(Mark mark) {
  Overwrite(mark + offsetof(nlmsghdr, nlmsg_len), static_cast<uint32_t>(buffer_.size() - mark));
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
  const Mark mark = buffer_.size();
  const nlattr header = {.nla_len = 0, .nla_type = type};
  Append(&header, sizeof(header));
  return mark;
}

bool Writer::End(Mark mark) {
  const size_t length = buffer_.size() - mark;
  if (length > std::numeric_limits<uint16_t>::max()) return false;
  Overwrite(mark, static_cast<uint16_t>(length));
  buffer_.resize(mark + NLA_ALIGN(length));
  return true;
}

bool Writer::Put(uint16_t type, Bytes payload) {
  const Mark mark = Begin(type);
  Append(payload.data(), payload.size());
  return End(mark);
}

void Writer::Append(const void* data, size_t size) {
  const uint8_t* bytes = static_cast<const uint8_t*>(data);
  buffer_.insert(buffer_.end(), bytes, bytes + size);
}

uint8_t* Writer::Extend(size_t size) {
  const size_t start = buffer_.size();
  buffer_.resize(start + size);
  return buffer_.data() + start;
}

}  // namespace genl
