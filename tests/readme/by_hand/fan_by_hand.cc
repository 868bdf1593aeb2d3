// The README's client as it is written with libnl alone. It learns the errno of a refusal, but not
// the kernel's words, nor which attribute they are about.
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>

#include "tests/readme/by_hand/fan.h"

namespace {

int Read(nl_msg* message, void* data) {
  nla_policy policy[FAN_A_MAX + 1] = {};
  policy[FAN_A_RPM].type = NLA_U32;
  nlattr* attributes[FAN_A_MAX + 1];
  const int error = genlmsg_parse(nlmsg_hdr(message), 0, attributes, FAN_A_MAX, policy);
  if (error < 0) return error;
  if (attributes[FAN_A_RPM] == nullptr) return -NLE_MISSING_ATTR;
  *static_cast<std::optional<uint32_t>*>(data) = nla_get_u32(attributes[FAN_A_RPM]);
  return NL_OK;
}

int Fail(int error) {
  std::cerr << nl_geterror(error) << "\n";
  return 1;
}

}  // namespace

int main() {
  const std::unique_ptr<nl_sock, void (*)(nl_sock*)> socket(nl_socket_alloc(), nl_socket_free);
  if (socket == nullptr) return Fail(-NLE_NOMEM);
  int error = genl_connect(socket.get());
  if (error < 0) return Fail(error);
  const int family = genl_ctrl_resolve(socket.get(), FAN_FAMILY_NAME);
  if (family < 0) return Fail(family);

  const std::unique_ptr<nl_msg, void (*)(nl_msg*)> request(nlmsg_alloc(), nlmsg_free);
  if (request == nullptr) return Fail(-NLE_NOMEM);
  if (genlmsg_put(request.get(), NL_AUTO_PORT, NL_AUTO_SEQ, family, 0, 0, FAN_CMD_GET,
                  FAN_FAMILY_VERSION) == nullptr) {
    return Fail(-NLE_MSGSIZE);
  }
  error = nla_put_u32(request.get(), FAN_A_ID, 1);
  if (error < 0) return Fail(error);
  error = nl_send_auto(socket.get(), request.get());
  if (error < 0) return Fail(error);

  std::optional<uint32_t> rpm;
  nl_socket_modify_cb(socket.get(), NL_CB_VALID, NL_CB_CUSTOM, Read, &rpm);
  error = nl_recvmsgs_default(socket.get());
  if (error < 0) return Fail(error);
  error = nl_wait_for_ack(socket.get());
  if (error < 0) return Fail(error);
  if (!rpm) return Fail(-NLE_MSG_TOOSHORT);
  std::cout << *rpm << " rpm\n";
}
