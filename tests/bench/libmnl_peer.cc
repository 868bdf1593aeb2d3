// By hand with libmnl, as its examples do it.
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "tests/bench/peers.h"

namespace bench {
namespace {

// Calls `use(attribute)` for all attributes at an offset in a message, and in a nest.
template <typename F>
int ForEach(const nlmsghdr* message, size_t offset, F use) {
  return mnl_attr_parse(
      message, static_cast<unsigned>(offset),
      [](const nlattr* attribute, void* data) {
        (*static_cast<F*>(data))(attribute);
        return MNL_CB_OK;
      },
      &use);
}
template <typename F>
int ForEachIn(const nlattr* nest, F use) {
  return mnl_attr_parse_nested(
      nest,
      [](const nlattr* attribute, void* data) {
        (*static_cast<F*>(data))(attribute);
        return MNL_CB_OK;
      },
      &use);
}

template <size_t N>
void Copy(const nlattr* attribute, uint8_t (&to)[N]) {
  std::memcpy(to, mnl_attr_get_payload(attribute),
              std::min<size_t>(N, mnl_attr_get_payload_len(attribute)));
}

void ReadOperation(const nlattr* nest, Family& family) {
  Family::Operation& operation = family.operations.emplace_back();
  ForEachIn(nest, [&](const nlattr* a) {
    if (mnl_attr_validate(a, MNL_TYPE_U32) < 0) return;
    if (mnl_attr_get_type(a) == CTRL_ATTR_OP_ID) operation.id = mnl_attr_get_u32(a);
    if (mnl_attr_get_type(a) == CTRL_ATTR_OP_FLAGS) operation.flags = mnl_attr_get_u32(a);
  });
}

void ReadGroup(const nlattr* nest, Family& family) {
  Family::Group& group = family.groups.emplace_back();
  ForEachIn(nest, [&](const nlattr* a) {
    switch (mnl_attr_get_type(a)) {
      case CTRL_ATTR_MCAST_GRP_ID:
        if (mnl_attr_validate(a, MNL_TYPE_U32) == 0) group.id = mnl_attr_get_u32(a);
        break;
      case CTRL_ATTR_MCAST_GRP_NAME:
        if (mnl_attr_validate(a, MNL_TYPE_NUL_STRING) == 0) group.name = mnl_attr_get_str(a);
        break;
    }
  });
}

int ReadFamily(const nlmsghdr* message, Family& family) {
  family.Clear();
  return ForEach(message, sizeof(genlmsghdr), [&](const nlattr* a) {
    const auto is = [a](mnl_attr_data_type type) { return mnl_attr_validate(a, type) == 0; };
    switch (mnl_attr_get_type(a)) {
      case CTRL_ATTR_FAMILY_ID:
        if (is(MNL_TYPE_U16)) family.id = mnl_attr_get_u16(a);
        break;
      case CTRL_ATTR_FAMILY_NAME:
        if (is(MNL_TYPE_NUL_STRING)) family.name = mnl_attr_get_str(a);
        break;
      case CTRL_ATTR_VERSION:
        if (is(MNL_TYPE_U32)) family.version = mnl_attr_get_u32(a);
        break;
      case CTRL_ATTR_HDRSIZE:
        if (is(MNL_TYPE_U32)) family.header_size = mnl_attr_get_u32(a);
        break;
      case CTRL_ATTR_MAXATTR:
        if (is(MNL_TYPE_U32)) family.max_attribute = mnl_attr_get_u32(a);
        break;
      case CTRL_ATTR_OPS:
        ForEachIn(a, [&](const nlattr* nest) { ReadOperation(nest, family); });
        break;
      case CTRL_ATTR_MCAST_GROUPS:
        ForEachIn(a, [&](const nlattr* nest) { ReadGroup(nest, family); });
        break;
    }
  });
}

int ReadLink(const nlmsghdr* message, Link& link) {
  const auto* header = static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message));
  link.index = header->ifi_index;
  link.flags = header->ifi_flags;
  return ForEach(message, sizeof(ifinfomsg), [&](const nlattr* a) {
    const auto is = [a](mnl_attr_data_type type) { return mnl_attr_validate(a, type) == 0; };
    switch (mnl_attr_get_type(a)) {
      case IFLA_IFNAME:
        if (is(MNL_TYPE_NUL_STRING)) link.name = mnl_attr_get_str(a);
        break;
      case IFLA_QDISC:
        if (is(MNL_TYPE_NUL_STRING)) link.discipline = mnl_attr_get_str(a);
        break;
      case IFLA_ADDRESS: Copy(a, link.address); break;
      case IFLA_BROADCAST: Copy(a, link.broadcast); break;
      case IFLA_STATS64: Copy(a, link.statistics); break;
      case IFLA_MTU:
        if (is(MNL_TYPE_U32)) link.mtu = mnl_attr_get_u32(a);
        break;
      case IFLA_TXQLEN:
        if (is(MNL_TYPE_U32)) link.queue_length = mnl_attr_get_u32(a);
        break;
      case IFLA_GROUP:
        if (is(MNL_TYPE_U32)) link.group = mnl_attr_get_u32(a);
        break;
      case IFLA_OPERSTATE:
        if (is(MNL_TYPE_U8)) link.state = mnl_attr_get_u8(a);
        break;
      case IFLA_LINKMODE:
        if (is(MNL_TYPE_U8)) link.mode = mnl_attr_get_u8(a);
        break;
    }
  });
}

int ReadNeighbour(const nlmsghdr* message, NeighbourEntry& entry) {
  const auto* header = static_cast<const ndmsg*>(mnl_nlmsg_get_payload(message));
  entry.index = header->ndm_ifindex;
  entry.state = header->ndm_state;
  return ForEach(message, sizeof(ndmsg), [&](const nlattr* a) {
    switch (mnl_attr_get_type(a)) {
      case NDA_DST: Copy(a, entry.address); break;
      case NDA_LLADDR: Copy(a, entry.link_address); break;
      case NDA_CACHEINFO: Copy(a, entry.cache_info); break;
      case NDA_PROBES:
        if (mnl_attr_validate(a, MNL_TYPE_U32) == 0) entry.probes = mnl_attr_get_u32(a);
        break;
    }
  });
}

class Mnl {
 public:
  explicit Mnl(int protocol) : socket_(mnl_socket_open(protocol)) {
    Check(socket_ != nullptr && mnl_socket_bind(socket_, 0, MNL_SOCKET_AUTOPID) == 0,
          "a socket of libmnl");
    const int size = 1 << 20;
    setsockopt(mnl_socket_get_fd(socket_), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
  }
  Mnl(const Mnl&) = delete;
  ~Mnl() { mnl_socket_close(socket_); }

  nlmsghdr* Begin(uint16_t type, uint16_t flags) {
    nlmsghdr* message = mnl_nlmsg_put_header(buffer_);
    message->nlmsg_type = type;
    message->nlmsg_flags = NLM_F_REQUEST | flags;
    message->nlmsg_seq = ++sequence_;
    return message;
  }
  nlmsghdr* BeginFamily(uint16_t flags) {
    nlmsghdr* message = Begin(GENL_ID_CTRL, flags);
    auto* header =
        static_cast<genlmsghdr*>(mnl_nlmsg_put_extra_header(message, sizeof(genlmsghdr)));
    header->cmd = CTRL_CMD_GETFAMILY;
    header->version = 1;
    return message;
  }
  void Send(const nlmsghdr* message) {
    Check(mnl_socket_sendto(socket_, message, message->nlmsg_len) > 0, "mnl_socket_sendto");
  }
  // Calls `use(message)` for all messages until an acknowledgement or the end of a dump.
  template <typename F>
  void Receive(F use) {
    for (int state = MNL_CB_OK; state == MNL_CB_OK;) state = ReceiveSome(use);
  }
  template <typename F>
  int ReceiveSome(F& use) {
    const ssize_t size = mnl_socket_recvfrom(socket_, buffer_, sizeof(buffer_));
    Check(size > 0, "mnl_socket_recvfrom");
    const int state = mnl_cb_run(
        buffer_, static_cast<size_t>(size), 0, 0,
        [](const nlmsghdr* message, void* data) { return (*static_cast<F*>(data))(message); },
        &use);
    Check(state >= 0, "mnl_cb_run");
    return state;
  }
  void Join(int group) {
    Check(mnl_socket_setsockopt(socket_, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) == 0,
          "a group");
  }

 private:
  mnl_socket* socket_;
  uint32_t sequence_ = 0;
  uint8_t buffer_[32768];  // what libmnl advises for dumps
};

struct State {
  Mnl generic{NETLINK_GENERIC};
  Mnl route{NETLINK_ROUTE};
  std::unique_ptr<Mnl> told;
  Family family;
  Link link;
  NeighbourEntry entry;

  size_t GetFamily(uint16_t flags) {
    nlmsghdr* message = generic.BeginFamily(flags);
    mnl_attr_put_strz(message, CTRL_ATTR_FAMILY_NAME, "nlctrl");
    generic.Send(message);
    const bool acknowledged = flags & NLM_F_ACK;
    generic.Receive([&](const nlmsghdr* reply) {
      ReadFamily(reply, family);
      return acknowledged ? MNL_CB_OK : MNL_CB_STOP;
    });
    return family.operations.size() + family.groups.size();
  }
  size_t DumpFamilies() {
    size_t count = 0;
    generic.Send(generic.BeginFamily(NLM_F_DUMP));
    generic.Receive([&](const nlmsghdr* message) {
      ++count;
      return ReadFamily(message, family);
    });
    return count;
  }
  size_t DumpLinks() {
    size_t count = 0;
    nlmsghdr* message = route.Begin(RTM_GETLINK, NLM_F_DUMP);
    mnl_nlmsg_put_extra_header(message, sizeof(ifinfomsg));
    route.Send(message);
    route.Receive([&](const nlmsghdr* reply) {
      ++count;
      return ReadLink(reply, link);
    });
    return count;
  }
  size_t ReadNotifications() {
    size_t count = 0;
    auto read = [&](const nlmsghdr* message) {
      ++count;
      return ReadNeighbour(message, entry);
    };
    while (count < kTogether) told->ReceiveSome(read);
    return count;
  }
};

}  // namespace

Peer MakeLibmnl() {
  const auto state = std::make_shared<State>();
  Peer peer{.name = "libmnl, by hand"};
  peer.run[kRequest] = [state] { return state->GetFamily(NLM_F_ACK); };
  peer.run[kRequestWithoutAck] = [state] { return state->GetFamily(0); };
  peer.run[kDumpFamilies] = [state] { return state->DumpFamilies(); };
  peer.run[kDumpLinks] = [state] { return state->DumpLinks(); };
  peer.run[kNotifications] = [state] { return state->ReadNotifications(); };
  peer.codec[kEncodeRequest] = [state](const Message&) {
    nlmsghdr* request = state->generic.BeginFamily(0);
    mnl_attr_put_strz(request, CTRL_ATTR_FAMILY_NAME, "nlctrl");
    return size_t{request->nlmsg_len};
  };
  peer.codec[kDecodeFamily] = [state](const Message& message) {
    ReadFamily(reinterpret_cast<const nlmsghdr*>(message.data()), state->family);
    return state->family.operations.size() + state->family.groups.size();
  };
  peer.codec[kDecodeLink] = [state](const Message& message) {
    ReadLink(reinterpret_cast<const nlmsghdr*>(message.data()), state->link);
    return static_cast<size_t>(state->link.index);
  };
  peer.listen = [state] {
    state->told = std::make_unique<Mnl>(NETLINK_ROUTE);
    state->told->Join(RTNLGRP_NEIGH);
  };
  return peer;
}

}  // namespace bench
