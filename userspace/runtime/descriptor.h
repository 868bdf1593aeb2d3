// A file descriptor that is closed with its owner.
#ifndef GENL_DESCRIPTOR_H_
#define GENL_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace genl {

class Descriptor {
 public:
  Descriptor() = default;
  // Takes it over; -1: none.
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }

  int get() const { return fd_; }

 private:
  int fd_ = -1;
};

}  // namespace genl

#endif  // GENL_DESCRIPTOR_H_
