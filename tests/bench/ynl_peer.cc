#include "tests/bench/ynl_peer.h"

#include <dlfcn.h>

#include "tests/bench/peers.h"

namespace bench {

Peer MakeYnl(const char* path) {
  void* object = dlopen(path, RTLD_NOW);
  Check(object != nullptr, path);
  const auto open = reinterpret_cast<ynl_peer_open*>(dlsym(object, "open_ynl_peer"));
  Check(open != nullptr, "open_ynl_peer");
  const ynl_peer* ynl = open();
  Check(ynl != nullptr, "a socket of YNL");
  const auto checked = [](size_t (*run)()) {
    return [run] {
      const size_t values = run();
      Check(values != 0, "YNL");
      return values;
    };
  };
  Peer peer{.name = "YNL's C"};
  peer.run[kRequest] = checked(ynl->request);
  peer.run[kDumpFamilies] = checked(ynl->dump_families);
  peer.run[kDumpLinks] = checked(ynl->dump_links);
  peer.run[kNotifications] = checked(ynl->notifications);
  const auto header = [](const Message& message) {
    return reinterpret_cast<const nlmsghdr*>(message.data());
  };
  peer.codec[kEncodeRequest] = [ynl](const Message&) { return ynl->encode_request(); };
  peer.codec[kDecodeFamily] = [ynl, header](const Message& message) {
    return ynl->decode_family(header(message));
  };
  peer.codec[kDecodeLink] = [ynl, header](const Message& message) {
    return ynl->decode_link(header(message));
  };
  peer.listen = [ynl] { Check(ynl->listen() != 0, "YNL's socket for notifications"); };
  return peer;
}

}  // namespace bench
