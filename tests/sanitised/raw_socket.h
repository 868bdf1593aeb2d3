// Netlink messages to and from the kernel as the bytes that they are.
#ifndef GENLC_TESTS_SANITISED_RAW_SOCKET_H_
#define GENLC_TESTS_SANITISED_RAW_SOCKET_H_

#include <linux/netlink.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "genl/reader.h"

namespace genlc {

// The number of a generic family in this process's network namespace; 0: it is not there.
uint16_t FamilyNumber(const std::string& family);
uint32_t GroupNumber(const std::string& family, const std::string& group);

class RawSocket {
 public:
  // Ends the program where there is no socket to be had.
  RawSocket();
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  ~RawSocket();

  // False where this process may not hear the group.
  bool Join(uint32_t group);

  // One datagram. 0, or what the system said: ENOBUFS, ...
  int Send(genl::Bytes bytes);

  // Shows the messages of the next datagram, if one is there, with the bytes behind the header. 0,
  // or what the system said: EAGAIN where nothing is there.
  using Visitor = std::function<void(const nlmsghdr& header, genl::Bytes payload)>;
  int Receive(const Visitor& visit);

 private:
  int fd_;
  std::vector<uint8_t> buffer_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_SANITISED_RAW_SOCKET_H_
