#include "genl/transport.h"

#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "absl/strings/str_cat.h"

namespace genl {
namespace {

absl::Status LibnlStatus(int error, absl::string_view what) {
  const std::string text = absl::StrCat(what, ": ", nl_geterror(error));
  switch (-error) {
    case NLE_PERM:
    case NLE_NOACCESS: return absl::PermissionDeniedError(text);
    case NLE_OBJ_NOTFOUND: return absl::NotFoundError(text);
    default: return absl::UnavailableError(text);
  }
}

std::string Describe(const Family& family, const MulticastGroup& group) {
  return absl::StrCat("multicast group `", group.name, "` of `", family.name, "`");
}

class KernelTransport : public Transport {
 public:
  absl::StatusOr<Socket> Open(int protocol, const SocketOptions& options,
                              int network_namespace) override {
    absl::StatusOr<Socket> socket = Socket::Open(protocol, options, network_namespace);
    if (!socket.ok()) return socket;
    const absl::Status connected = socket->ConnectToKernel();
    if (!connected.ok()) return connected;
    return socket;
  }

  absl::StatusOr<uint16_t> ResolveFamily(Socket& socket, const std::string& family) override {
    const int id = genl_ctrl_resolve(socket.libnl(), family.c_str());
    if (id >= 0) return static_cast<uint16_t>(id);
    return LibnlStatus(id, absl::StrCat("generic netlink family `", family,
                                        "` cannot be reached; is its module loaded?"));
  }

  absl::StatusOr<uint32_t> ResolveGroup(Socket& socket, const Family& family,
                                        const MulticastGroup& group) override {
    const int number = genl_ctrl_resolve_grp(socket.libnl(), family.name, group.name);
    if (number >= 0) return static_cast<uint32_t>(number);
    return LibnlStatus(number, absl::StrCat("cannot find ", Describe(family, group)));
  }

  absl::Status Join(Socket& socket, const Family& family, const MulticastGroup& group) override {
    socket.ExpectGroups();
    const int error = nl_socket_add_membership(socket.libnl(), static_cast<int>(group.number));
    if (error >= 0) return absl::OkStatus();
    return LibnlStatus(error, absl::StrCat("cannot join ", Describe(family, group)));
  }

  absl::Status Leave(Socket& socket, const Family& family, const MulticastGroup& group) override {
    const int error = nl_socket_drop_membership(socket.libnl(), static_cast<int>(group.number));
    if (error >= 0) return absl::OkStatus();
    return LibnlStatus(error, absl::StrCat("cannot leave ", Describe(family, group)));
  }
};

}  // namespace

Transport& Transport::Kernel() {
  static KernelTransport* const kernel = new KernelTransport;
  return *kernel;
}

}  // namespace genl
