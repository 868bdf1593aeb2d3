// Who makes a request of a service, and what its handler says beside the reply.
#ifndef GENL_CALLER_H_
#define GENL_CALLER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "genl/kernel_error.h"
#include "genl/layout.h"
#include "genl/member_type.h"
#include "genl/request_flags.h"

namespace genl {

// Where a request comes from.
struct Sender {
  uint32_t port = 0;
  // Has CAP_NET_ADMIN. Of other processes: their effective user is root.
  bool administrator = true;
};

class Caller {
 public:
  // `request`, of the layout, is what the handler is given; null: nothing.
  Caller(const Sender& sender, RequestFlags flags, const Layout* layout)
      : sender_(sender), flags_(flags), layout_(layout) {}

  // The socket that asks; events can be sent to it alone.
  uint32_t port() const { return sender_.port; }
  bool is_administrator() const { return sender_.administrator; }
  // Those of classic netlink: kCreate, kExclusive, ...
  RequestFlags flags() const { return flags_; }

  // Tells a text with the acknowledgement of a request that is fulfilled all the same.
  void Warn(absl::string_view text) { warning_ = std::string(text); }
  const std::string& warning() const { return warning_; }

  // The path of a member of the request, for KernelError::attribute:
  //
  //   return genl::Refuse({.error = EINVAL,
  //                        .message = "temperature below absolute zero",
  //                        .attribute = caller.PathOf(&request.threshold[1].temperature)});
  //
  // Empty where it is no member of the request.
  template <typename T>
  std::string PathOf(const T* member) const {
    return PathOf(member, *kMember<T>);
  }

  // Where the request lies, once it has been read.
  void set_request(const void* request) { request_ = request; }

 private:
  std::string PathOf(const void* member, const MemberType& type) const;

  Sender sender_;
  RequestFlags flags_;
  const Layout* layout_;
  const void* request_ = nullptr;
  std::string warning_;
};

}  // namespace genl

#endif  // GENL_CALLER_H_
