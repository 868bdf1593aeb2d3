// What a family is and can do, as generated code says it.
#ifndef GENL_OPERATION_H_
#define GENL_OPERATION_H_

#include <linux/netlink.h>

#include <cstdint>

#include "genl/layout.h"

namespace genl {

// Of generic netlink, found by its name; or of classic netlink, which has a protocol of its own
// (NETLINK_ROUTE, NETLINK_NETFILTER, ...) and whose messages have the command as their type.
struct Family {
  const char* name = "";
  uint8_t version = 1;  // of generic netlink
  int protocol = NETLINK_GENERIC;

  constexpr bool is_generic() const { return protocol == NETLINK_GENERIC; }
};

// A command, used one way: `do` or `dump`.
struct Operation {
  const char* name = "";
  uint16_t command = 0;
  const Layout* request = nullptr;  // null: neither header nor attributes
  // Of the answer, where there is one: RTM_GETLINK is answered by RTM_NEWLINK.
  uint16_t reply_command = 0;
  const Layout* reply = nullptr;  // null: an acknowledgement only
};

// A `do` with the structs of its request and reply; void: it has none. Generated code has one for
// each, `thermo::operation::kSensorGet`, for what takes operations of any kind, such as Batch.
template <typename Request, typename Reply>
struct TypedOperation : Operation {
  const Family* family = nullptr;  // whose it is; null: not looked at
};

// Whether the kernel always replies: an acknowledgement alone would miss what a reply must have.
inline bool AlwaysReplies(const Operation& operation) {
  if (operation.reply == nullptr) return false;
  for (const Field& field : operation.reply->fields) {
    if (field.presence == kRequired) return true;
  }
  return operation.reply->header != nullptr;
}

struct MulticastGroup {
  const char* name = "";
  uint32_t number = 0;  // of classic netlink; generic netlink gives it at run time
};

}  // namespace genl

#endif  // GENL_OPERATION_H_
