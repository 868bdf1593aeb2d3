#include <linux/genetlink.h>
#include <linux/mptcp.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "tests/bench/peers.h"

namespace bench {

void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "%s (errno: %s)\n", what, std::strerror(errno));
  std::exit(1);
}

namespace {

// The capacity of a client's buffer decides how much the kernel puts into a datagram.
constexpr size_t kCapacity = 1 << 20;

void Append(Message& message, const void* data, size_t size) {
  const size_t end = message.size();
  message.resize(end + size);
  std::memcpy(message.data() + end, data, size);
}
template <typename T>
void Append(Message& message, const T& value) {
  Append(message, &value, sizeof(value));
}

Message Finish(Message message) {
  const uint32_t size = static_cast<uint32_t>(message.size());
  std::memcpy(message.data(), &size, sizeof(size));
  return message;
}

Message Begin(uint16_t type, uint16_t flags) {
  Message message;
  Append(message, nlmsghdr{.nlmsg_len = 0,
                           .nlmsg_type = type,
                           .nlmsg_flags = static_cast<uint16_t>(NLM_F_REQUEST | flags),
                           .nlmsg_seq = 1,
                           .nlmsg_pid = 0});
  return message;
}

Message Generic(uint16_t type, uint16_t flags, uint8_t command) {
  Message message = Begin(type, flags);
  Append(message, genlmsghdr{.cmd = command, .version = 1, .reserved = 0});
  return message;
}

Message GetFamily(uint16_t flags, const char* name) {
  Message message = Generic(GENL_ID_CTRL, flags, CTRL_CMD_GETFAMILY);
  const size_t length = std::strlen(name) + 1;
  Append(message, nlattr{.nla_len = static_cast<uint16_t>(NLA_HDRLEN + length),
                         .nla_type = CTRL_ATTR_FAMILY_NAME});
  Append(message, name, length);
  message.resize(NLMSG_ALIGN(message.size()));
  return Finish(message);
}

class Raw {
 public:
  explicit Raw(int protocol) : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)) {
    const int on = 1;
    const int size = 1 << 20;
    setsockopt(fd_, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
    setsockopt(fd_, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
    setsockopt(fd_, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
    const sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_pad = 0, .nl_pid = 0, .nl_groups = 0};
    Check(fd_ >= 0 && bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0,
          "a raw netlink socket");
  }
  Raw(const Raw&) = delete;
  ~Raw() { close(fd_); }

  int fd() const { return fd_; }
  void Send(const Message& message) { send(fd_, message.data(), message.size(), 0); }
  size_t Receive() {
    const ssize_t size = recv(fd_, buffer_[0].get(), kCapacity, 0);
    Check(size > 0, "recv");
    return static_cast<size_t>(size);
  }
  void ReceiveReplyAndAck() {
    iovec vectors[2];
    mmsghdr messages[2] = {};
    for (size_t i = 0; i < 2; ++i) {
      vectors[i] = {.iov_base = buffer_[i].get(), .iov_len = kCapacity};
      messages[i].msg_hdr.msg_iov = &vectors[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    Check(recvmmsg(fd_, messages, 2, 0, nullptr) == 2, "recvmmsg");
  }
  void ReceiveDump() {
    while (!HasEnd(Receive())) {
    }
  }

 private:
  bool HasEnd(size_t size) const {
    const uint8_t* at = buffer_[0].get();
    for (const uint8_t* end = at + size; at < end;) {
      const auto* header = reinterpret_cast<const nlmsghdr*>(at);
      if (header->nlmsg_type == NLMSG_DONE) return true;
      Check(header->nlmsg_type != NLMSG_ERROR, "a dump");
      at += NLMSG_ALIGN(header->nlmsg_len);
    }
    return false;
  }

  int fd_;
  std::unique_ptr<uint8_t[]> buffer_[2] = {std::unique_ptr<uint8_t[]>(new uint8_t[kCapacity]),
                                           std::unique_ptr<uint8_t[]>(new uint8_t[kCapacity])};
};

// The number of a family: the first attribute of the reply is its name, the second the number.
uint16_t FamilyId(Raw& socket, const char* name) {
  socket.Send(GetFamily(0, name));
  uint8_t reply[8192];
  Check(recv(socket.fd(), reply, sizeof(reply), 0) > 0, "a family");
  if (reinterpret_cast<const nlmsghdr*>(reply)->nlmsg_type == NLMSG_ERROR) return 0;
  const uint8_t* at = reply + NLMSG_HDRLEN + GENL_HDRLEN;
  at += NLA_ALIGN(reinterpret_cast<const nlattr*>(at)->nla_len);
  uint16_t id;
  std::memcpy(&id, at + NLA_HDRLEN, sizeof(id));
  return id;
}

Message GetLink(const char* name) {
  Message message = Begin(RTM_GETLINK, 0);
  ifinfomsg header = {};
  header.ifi_index = static_cast<int>(if_nametoindex(name));
  Append(message, header);
  return Finish(message);
}

Message Ask(int protocol, const Message& request) {
  Raw socket(protocol);
  socket.Send(request);
  Message reply(kCapacity);
  const ssize_t size = recv(socket.fd(), reply.data(), reply.size(), 0);
  Check(size > 0, "an answer to record");
  reply.resize(static_cast<size_t>(size));
  return reply;
}

// Looks at the headers of the outer attributes, and at nothing in them.
size_t WalkAttributes(const Message& message, size_t header) {
  size_t bytes = 0;
  const uint8_t* const end = message.data() + message.size();
  for (const uint8_t* at = message.data() + header; end - at >= NLA_HDRLEN;) {
    nlattr attribute;
    std::memcpy(&attribute, at, sizeof(attribute));
    if (attribute.nla_len < NLA_HDRLEN || attribute.nla_len > end - at) break;
    bytes += attribute.nla_len;
    at += NLA_ALIGN(attribute.nla_len);
  }
  Check(bytes < message.size(), "a message");
  return 0;
}

}  // namespace

Message Record(Piece piece) {
  const Message request = GetFamily(0, "nlctrl");
  if (piece == kEncodeRequest) return request;
  if (piece == kDecodeFamily) return Ask(NETLINK_GENERIC, request);
  return Ask(NETLINK_ROUTE, GetLink("br0"));
}

Peer MakeFloor() {
  const auto generic = std::make_shared<Raw>(NETLINK_GENERIC);
  const auto route = std::make_shared<Raw>(NETLINK_ROUTE);
  const auto told = std::make_shared<std::unique_ptr<Raw>>();
  Peer peer{.name = "floor"};
  peer.run[kRequest] = [generic, request = GetFamily(NLM_F_ACK, "nlctrl")] {
    generic->Send(request);
    generic->ReceiveReplyAndAck();
    return size_t{0};
  };
  peer.run[kRequestWithoutAck] = [generic, request = GetFamily(0, "nlctrl")] {
    generic->Send(request);
    generic->Receive();
    return size_t{0};
  };
  Message families = Finish(Generic(GENL_ID_CTRL, NLM_F_DUMP, CTRL_CMD_GETFAMILY));
  peer.run[kDumpFamilies] = [generic, families] {
    generic->Send(families);
    generic->ReceiveDump();
    return size_t{0};
  };
  Message links = Begin(RTM_GETLINK, NLM_F_DUMP);
  Append(links, ifinfomsg{});
  peer.run[kDumpLinks] = [route, links = Finish(links)] {
    route->Send(links);
    route->ReceiveDump();
    return size_t{0};
  };
  peer.codec[kEncodeRequest] = [buffer = Message(256)](const Message& message) mutable {
    std::memcpy(buffer.data(), message.data(), message.size());
    return size_t{0};
  };
  peer.codec[kDecodeFamily] = [](const Message& message) {
    return WalkAttributes(message, NLMSG_HDRLEN + GENL_HDRLEN);
  };
  peer.codec[kDecodeLink] = [](const Message& message) {
    return WalkAttributes(message, NLMSG_HDRLEN + sizeof(ifinfomsg));
  };
  peer.listen = [told] {
    *told = std::make_unique<Raw>(NETLINK_ROUTE);
    const int group = RTNLGRP_NEIGH;
    setsockopt((*told)->fd(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group));
  };
  peer.run[kNotifications] = [told] {
    for (size_t i = 0; i < kTogether; ++i) (*told)->Receive();
    return size_t{0};
  };
  if (const uint16_t mptcp = FamilyId(*generic, "mptcp_pm"); mptcp != 0) {
    const Message limits = Finish(Generic(mptcp, NLM_F_ACK, MPTCP_PM_CMD_GET_LIMITS));
    peer.run[kBatch] = [generic, limits] {
      for (size_t i = 0; i < kTogether; ++i) {
        generic->Send(limits);
        generic->ReceiveReplyAndAck();
      }
      return size_t{0};
    };
  }
  return peer;
}

}  // namespace bench
