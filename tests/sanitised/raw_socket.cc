#include "tests/sanitised/raw_socket.h"

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

#include "genl/message.h"

namespace genlc {
namespace {

constexpr size_t kBufferSize = 1 << 16;

using LibnlSocket = std::unique_ptr<nl_sock, decltype(&nl_socket_free)>;

LibnlSocket Connect() {
  LibnlSocket socket(nl_socket_alloc(), nl_socket_free);
  if (genl_connect(socket.get()) < 0) std::abort();
  return socket;
}

}  // namespace

uint16_t FamilyNumber(const std::string& family) {
  return static_cast<uint16_t>(std::max(0, genl_ctrl_resolve(Connect().get(), family.c_str())));
}

uint32_t GroupNumber(const std::string& family, const std::string& group) {
  const int number = genl_ctrl_resolve_grp(Connect().get(), family.c_str(), group.c_str());
  return static_cast<uint32_t>(std::max(0, number));
}

RawSocket::RawSocket()
    : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)), buffer_(kBufferSize) {
  // Without a number of its own it would hear no group; answers to refusals are to be long.
  sockaddr_nl any = {};
  any.nl_family = AF_NETLINK;
  const int on = 1;
  if (fd_ >= 0 && bind(fd_, reinterpret_cast<sockaddr*>(&any), sizeof(any)) == 0 &&
      setsockopt(fd_, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on)) == 0) {
    return;
  }
  std::cerr << "no netlink socket: " << std::strerror(errno) << "\n";
  std::exit(1);
}

RawSocket::~RawSocket() { close(fd_); }

bool RawSocket::Join(uint32_t group) {
  return setsockopt(fd_, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) == 0;
}

int RawSocket::Send(genl::Bytes bytes) {
  return send(fd_, bytes.data(), bytes.size(), 0) < 0 ? errno : 0;
}

int RawSocket::Receive(const Visitor& visit) {
  const ssize_t size = recv(fd_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (size < 0) return errno;
  genl::MessageReader reader(genl::Bytes(buffer_.data(), static_cast<size_t>(size)));
  while (const auto message = reader.Next()) visit(message->header, message->payload);
  return 0;
}

}  // namespace genlc
