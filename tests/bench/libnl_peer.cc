// By hand with libnl, as most programs do it: a callback for valid messages, nla_parse() and the
// policy that it checks.
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "tests/bench/peers.h"

namespace bench {
namespace {

// The headers of this machine may name more attributes than it has kernels to send them.
template <size_t N>
using Table = std::array<nlattr*, N + 1>;

nla_policy familyPolicy[CTRL_ATTR_MAX + 1];
nla_policy groupPolicy[CTRL_ATTR_MCAST_GRP_MAX + 1];
nla_policy operationPolicy[CTRL_ATTR_OP_MAX + 1];
nla_policy linkPolicy[IFLA_MAX + 1];
nla_policy neighbourPolicy[NDA_MAX + 1];

void FillPolicies() {
  familyPolicy[CTRL_ATTR_FAMILY_ID].type = NLA_U16;
  familyPolicy[CTRL_ATTR_FAMILY_NAME].type = NLA_STRING;
  for (int i : {CTRL_ATTR_VERSION, CTRL_ATTR_HDRSIZE, CTRL_ATTR_MAXATTR}) {
    familyPolicy[i].type = NLA_U32;
  }
  for (int i : {CTRL_ATTR_OPS, CTRL_ATTR_MCAST_GROUPS}) familyPolicy[i].type = NLA_NESTED;
  groupPolicy[CTRL_ATTR_MCAST_GRP_ID].type = NLA_U32;
  groupPolicy[CTRL_ATTR_MCAST_GRP_NAME].type = NLA_STRING;
  for (int i : {CTRL_ATTR_OP_ID, CTRL_ATTR_OP_FLAGS}) operationPolicy[i].type = NLA_U32;
  for (int i : {IFLA_MTU, IFLA_TXQLEN, IFLA_GROUP}) linkPolicy[i].type = NLA_U32;
  for (int i : {IFLA_OPERSTATE, IFLA_LINKMODE}) linkPolicy[i].type = NLA_U8;
  for (int i : {IFLA_IFNAME, IFLA_QDISC}) linkPolicy[i].type = NLA_STRING;
  neighbourPolicy[NDA_PROBES].type = NLA_U32;
}

template <size_t N>
void Copy(const nlattr* attribute, uint8_t (&to)[N]) {
  if (attribute == nullptr) return;
  std::memcpy(to, nla_data(attribute),
              std::min<size_t>(N, static_cast<size_t>(nla_len(attribute))));
}
void Copy(const nlattr* attribute, uint32_t& to) {
  if (attribute != nullptr) to = nla_get_u32(attribute);
}
void Copy(const nlattr* attribute, std::string& to) {
  if (attribute != nullptr) to = nla_get_string(const_cast<nlattr*>(attribute));
}

void ReadFamily(nlmsghdr* message, Family& family) {
  family.Clear();
  Table<CTRL_ATTR_MAX> table;
  Check(genlmsg_parse(message, 0, table.data(), CTRL_ATTR_MAX, familyPolicy) == 0, "a family");
  if (table[CTRL_ATTR_FAMILY_ID] != nullptr) family.id = nla_get_u16(table[CTRL_ATTR_FAMILY_ID]);
  Copy(table[CTRL_ATTR_FAMILY_NAME], family.name);
  Copy(table[CTRL_ATTR_VERSION], family.version);
  Copy(table[CTRL_ATTR_HDRSIZE], family.header_size);
  Copy(table[CTRL_ATTR_MAXATTR], family.max_attribute);
  nlattr* nest;
  int rest;
  if (table[CTRL_ATTR_OPS] != nullptr) {
    nla_for_each_nested(nest, table[CTRL_ATTR_OPS], rest) {
      Table<CTRL_ATTR_OP_MAX> inside;
      Check(nla_parse_nested(inside.data(), CTRL_ATTR_OP_MAX, nest, operationPolicy) == 0, "an op");
      Family::Operation& operation = family.operations.emplace_back();
      Copy(inside[CTRL_ATTR_OP_ID], operation.id);
      Copy(inside[CTRL_ATTR_OP_FLAGS], operation.flags);
    }
  }
  if (table[CTRL_ATTR_MCAST_GROUPS] == nullptr) return;
  nla_for_each_nested(nest, table[CTRL_ATTR_MCAST_GROUPS], rest) {
    Table<CTRL_ATTR_MCAST_GRP_MAX> inside;
    Check(nla_parse_nested(inside.data(), CTRL_ATTR_MCAST_GRP_MAX, nest, groupPolicy) == 0,
          "group");
    Family::Group& group = family.groups.emplace_back();
    Copy(inside[CTRL_ATTR_MCAST_GRP_ID], group.id);
    Copy(inside[CTRL_ATTR_MCAST_GRP_NAME], group.name);
  }
}

void ReadLink(nlmsghdr* message, Link& link) {
  const auto* header = static_cast<const ifinfomsg*>(nlmsg_data(message));
  link.index = header->ifi_index;
  link.flags = header->ifi_flags;
  Table<IFLA_MAX> table;
  Check(nlmsg_parse(message, sizeof(ifinfomsg), table.data(), IFLA_MAX, linkPolicy) == 0, "a link");
  Copy(table[IFLA_IFNAME], link.name);
  Copy(table[IFLA_QDISC], link.discipline);
  Copy(table[IFLA_ADDRESS], link.address);
  Copy(table[IFLA_BROADCAST], link.broadcast);
  Copy(table[IFLA_STATS64], link.statistics);
  Copy(table[IFLA_MTU], link.mtu);
  Copy(table[IFLA_TXQLEN], link.queue_length);
  Copy(table[IFLA_GROUP], link.group);
  if (table[IFLA_OPERSTATE] != nullptr) link.state = nla_get_u8(table[IFLA_OPERSTATE]);
  if (table[IFLA_LINKMODE] != nullptr) link.mode = nla_get_u8(table[IFLA_LINKMODE]);
}

void ReadNeighbour(nlmsghdr* message, NeighbourEntry& entry) {
  const auto* header = static_cast<const ndmsg*>(nlmsg_data(message));
  entry.index = header->ndm_ifindex;
  entry.state = header->ndm_state;
  Table<NDA_MAX> table;
  Check(nlmsg_parse(message, sizeof(ndmsg), table.data(), NDA_MAX, neighbourPolicy) == 0, "neigh");
  Copy(table[NDA_DST], entry.address);
  Copy(table[NDA_LLADDR], entry.link_address);
  Copy(table[NDA_CACHEINFO], entry.cache_info);
  Copy(table[NDA_PROBES], entry.probes);
}

class Nl {
 public:
  explicit Nl(int protocol) : socket_(nl_socket_alloc()) {
    Check(nl_connect(socket_, protocol) == 0, "a socket of libnl");
    nl_socket_set_buffer_size(socket_, 1 << 20, 0);
    // How a dump ends, or an acknowledgement; libnl calls both of them.
    nl_socket_modify_cb(socket_, NL_CB_FINISH, NL_CB_CUSTOM, &Nl::End, this);
    nl_socket_modify_cb(socket_, NL_CB_ACK, NL_CB_CUSTOM, &Nl::End, this);
  }
  Nl(const Nl&) = delete;
  ~Nl() { nl_socket_free(socket_); }

  nl_sock* get() { return socket_; }

  // Calls `use(message)` for each message.
  template <typename F>
  void OnMessage(F& use) {
    nl_socket_modify_cb(
        socket_, NL_CB_VALID, NL_CB_CUSTOM,
        [](nl_msg* message, void* data) {
          (*static_cast<F*>(data))(nlmsg_hdr(message));
          return int{NL_OK};
        },
        &use);
  }
  // Sends the message, frees it, and receives until `done` or the end that the kernel says.
  void Exchange(nl_msg* message, const bool& done) {
    Check(nl_send_auto(socket_, message) >= 0, "nl_send_auto");
    nlmsg_free(message);
    ended_ = false;
    while (!ended_ && !done) Receive();
  }
  void Receive() { Check(nl_recvmsgs_default(socket_) >= 0, "nl_recvmsgs"); }

 private:
  static int End(nl_msg*, void* data) {
    static_cast<Nl*>(data)->ended_ = true;
    return NL_STOP;
  }

  nl_sock* socket_;
  bool ended_ = false;
};

nl_msg* MakeRequest() {
  nl_msg* message = nlmsg_alloc();
  genlmsg_put(message, NL_AUTO_PORT, NL_AUTO_SEQ, GENL_ID_CTRL, 0, 0, CTRL_CMD_GETFAMILY, 1);
  nla_put_string(message, CTRL_ATTR_FAMILY_NAME, "nlctrl");
  return message;
}

struct State {
  Nl generic{NETLINK_GENERIC};
  Nl route{NETLINK_ROUTE};
  std::unique_ptr<Nl> told;
  Family family;
  Link link;
  NeighbourEntry entry;

  size_t GetFamily(bool acknowledged) {
    bool done = false;
    auto read = [&](nlmsghdr* message) {
      ReadFamily(message, family);
      done = !acknowledged;
    };
    generic.OnMessage(read);
    // nl_send_auto() asks for the acknowledgement unless the socket is told not to.
    acknowledged ? nl_socket_enable_auto_ack(generic.get())
                 : nl_socket_disable_auto_ack(generic.get());
    generic.Exchange(MakeRequest(), done);
    return family.operations.size() + family.groups.size();
  }
  size_t DumpFamilies() {
    size_t count = 0;
    auto read = [&](nlmsghdr* message) {
      ReadFamily(message, family);
      ++count;
    };
    generic.OnMessage(read);
    nl_socket_disable_auto_ack(generic.get());
    nl_msg* message = nlmsg_alloc();
    genlmsg_put(message, NL_AUTO_PORT, NL_AUTO_SEQ, GENL_ID_CTRL, 0, NLM_F_DUMP, CTRL_CMD_GETFAMILY,
                1);
    generic.Exchange(message, false);
    return count;
  }
  size_t DumpLinks() {
    size_t count = 0;
    auto read = [&](nlmsghdr* message) {
      ReadLink(message, link);
      ++count;
    };
    route.OnMessage(read);
    nl_socket_disable_auto_ack(route.get());
    nl_msg* message = nlmsg_alloc_simple(RTM_GETLINK, NLM_F_DUMP);
    const ifinfomsg header = {};
    nlmsg_append(const_cast<nl_msg*>(message), const_cast<ifinfomsg*>(&header), sizeof(header), 0);
    route.Exchange(message, false);
    return count;
  }
  size_t ReadNotifications() {
    size_t count = 0;
    auto read = [&](nlmsghdr* message) {
      ReadNeighbour(message, entry);
      ++count;
    };
    told->OnMessage(read);
    while (count < kTogether) told->Receive();
    return count;
  }
};

}  // namespace

Peer MakeLibnl() {
  FillPolicies();
  const auto state = std::make_shared<State>();
  Peer peer{.name = "libnl, by hand"};
  peer.run[kRequest] = [state] { return state->GetFamily(true); };
  peer.run[kRequestWithoutAck] = [state] { return state->GetFamily(false); };
  peer.run[kDumpFamilies] = [state] { return state->DumpFamilies(); };
  peer.run[kDumpLinks] = [state] { return state->DumpLinks(); };
  peer.run[kNotifications] = [state] { return state->ReadNotifications(); };
  peer.codec[kEncodeRequest] = [](const Message&) {
    nl_msg* request = MakeRequest();
    const size_t size = nlmsg_hdr(request)->nlmsg_len;
    nlmsg_free(request);
    return size;
  };
  peer.codec[kDecodeFamily] = [state](Message& message) {
    ReadFamily(reinterpret_cast<nlmsghdr*>(message.data()), state->family);
    return state->family.operations.size() + state->family.groups.size();
  };
  peer.codec[kDecodeLink] = [state](Message& message) {
    ReadLink(reinterpret_cast<nlmsghdr*>(message.data()), state->link);
    return static_cast<size_t>(state->link.index);
  };
  peer.listen = [state] {
    state->told = std::make_unique<Nl>(NETLINK_ROUTE);
    nl_socket_disable_seq_check(state->told->get());
    nl_socket_add_membership(state->told->get(), RTNLGRP_NEIGH);
  };
  return peer;
}

}  // namespace bench
