// Appends headers and attributes to a buffer that is kept from one message to the next.
#ifndef GENL_WRITER_H_
#define GENL_WRITER_H_

#include <linux/netlink.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "genl/reader.h"

namespace genl {

class Writer {
 public:
  // Position of a message or attribute that is still open.
  using Mark = size_t;

  void Clear() { buffer_.clear(); }
  Bytes bytes() const { return buffer_; }

  // Starts a message behind those that are there. FinishMessage() fills in its length. The kernel
  // answers to the address of the socket, whatever `port` says.
  Mark BeginMessage(uint16_t type, uint16_t flags, uint32_t port = 0);
  void FinishMessage(Mark mark);
  // May be said anew each time that a finished message is sent.
  void SetSequence(Mark mark, uint32_t sequence);
  void SetFlags(Mark mark, uint16_t flags);
  void SetType(Mark mark, uint16_t type);
  // Takes back a message and all behind it.
  void Drop(Mark mark) { buffer_.resize(mark); }

  Mark Begin(uint16_t type);
  // Closes the attribute. False where it is longer than its 16-bit length can say.
  [[nodiscard]] bool End(Mark mark);
  [[nodiscard]] bool Put(uint16_t type, Bytes payload);

  void Append(const void* data, size_t size);
  // Appends zeros and returns where they stand until the next call.
  uint8_t* Extend(size_t size);

 private:
  template <typename T>
  void Overwrite(size_t position, T value) {
    std::memcpy(buffer_.data() + position, &value, sizeof(value));
  }

  std::vector<uint8_t> buffer_;
};

}  // namespace genl

#endif  // GENL_WRITER_H_
