// Appends headers and attributes to a buffer that is kept from one message to the next.
#ifndef GENL_WRITER_H_
#define GENL_WRITER_H_

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cstdint>
#include <vector>

#include "genl/reader.h"

namespace genl {

class Writer {
 public:
  // Position of an attribute that is still open.
  using Mark = size_t;

  void Clear() { buffer_.clear(); }
  Bytes bytes() const { return buffer_; }

  // Starts a message; its length and sequence number are filled in by Finish().
  void BeginMessage(uint16_t type, uint16_t flags, uint32_t port, uint8_t command, uint8_t version);
  void FinishMessage(uint32_t sequence);

  Mark Begin(uint16_t type);
  // Closes the attribute. False where it is longer than its 16-bit length can say.
  [[nodiscard]] bool End(Mark mark);
  [[nodiscard]] bool Put(uint16_t type, Bytes payload);

  void Append(const void* data, size_t size);
  // Appends zeros and returns where they stand until the next call.
  uint8_t* Extend(size_t size);

 private:
  std::vector<uint8_t> buffer_;
};

}  // namespace genl

#endif  // GENL_WRITER_H_
