// What a request of classic netlink says beside its command, attributes and header.
#ifndef GENL_REQUEST_FLAGS_H_
#define GENL_REQUEST_FLAGS_H_

#include <cstdint>

#include "genl/flags.h"

namespace genl {

// NLM_F_* of linux/netlink.h. Some numbers mean one thing where something is made and another
// where something is deleted.
enum class RequestFlags : uint16_t {
  // To make: whether the object may, must or must not exist already.
  kCreate = 0x400,     // make it if it does not exist
  kExclusive = 0x200,  // do not touch one that exists
  kReplace = 0x100,    // change one that exists
  kAppend = 0x800,     // put it behind those that exist
  // To delete.
  kNonRecursive = 0x100,  // but not what is inside
  kBulk = 0x200,          // all that match
  // Tell the sender, too, what its request changed.
  kEcho = 0x8,
};
GENL_FLAG_OPERATORS(RequestFlags)

}  // namespace genl

#endif  // GENL_REQUEST_FLAGS_H_
