// Appends headers and attributes to a buffer that is kept from one message to the next.
#ifndef GENL_WRITER_H_
#define GENL_WRITER_H_

#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "genl/reader.h"

namespace genl {

class Writer {
 public:
  // Position of a message or attribute that is still open.
  using Mark = size_t;

  Writer() = default;
  Writer(Writer&& other) noexcept { *this = std::move(other); }
  Writer& operator=(Writer&& other) noexcept;

  void Clear() { size_ = 0; }
  Bytes bytes() const { return Bytes(heap_ != nullptr ? heap_.get() : first_, size_); }

  // Starts a message behind those that are there. FinishMessage() fills in its length. The kernel
  // answers to the address of the socket, whatever `port` says.
  Mark BeginMessage(uint16_t type, uint16_t flags, uint32_t port = 0);
  void FinishMessage(Mark mark);
  // May be said anew each time that a finished message is sent.
  void SetSequence(Mark mark, uint32_t sequence);
  void SetFlags(Mark mark, uint16_t flags);
  void SetType(Mark mark, uint16_t type);
  // Takes back a message and all behind it.
  void Drop(Mark mark) { size_ = mark; }

  Mark Begin(uint16_t type);
  // Closes the attribute. False where it is longer than its 16-bit length can say.
  [[nodiscard]] bool End(Mark mark);
  [[nodiscard]] bool Put(uint16_t type, Bytes payload);

  void Append(const void* data, size_t size) {
    if (size != 0) std::memcpy(Take(size), data, size);
  }
  // Appends zeros and returns where they stand until the next call.
  uint8_t* Extend(size_t size) {
    uint8_t* const start = Take(size);
    std::memset(start, 0, size);
    return start;
  }

 private:
  uint8_t* data() { return heap_ != nullptr ? heap_.get() : first_; }
  // Room behind what is there, which counts as written.
  uint8_t* Take(size_t size) {
    if (capacity_ - size_ < size) Grow(size);
    uint8_t* const start = data() + size_;
    size_ += size;
    return start;
  }
  void Grow(size_t size);
  template <typename T>
  void Overwrite(size_t position, T value) {
    std::memcpy(data() + position, &value, sizeof(value));
  }

  size_t size_ = 0;
  size_t capacity_ = sizeof(first_);
  std::unique_ptr<uint8_t[]> heap_;  // of messages that are too long for what follows
  uint8_t first_[256];
};

}  // namespace genl

#endif  // GENL_WRITER_H_
