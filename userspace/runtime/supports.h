// Whether the running kernel knows an operation, and an attribute in its requests. A program that
// is newer than its kernel asks before it sends what would be refused:
//
//   client->Supports(thermo::operation::kSensorSet, "threshold.hysteresis");
//   client->Supports(thermo::operation::kSensorSet, &thermo::SensorSetRequest::threshold,
//                    &thermo::Threshold::hysteresis);
//
// The answer comes from what the kernel says of its policies (policy.h). It is read once for each
// client, and again when the family has come back under another number.
#ifndef GENL_SUPPORTS_H_
#define GENL_SUPPORTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "genl/box.h"
#include "genl/client.h"
#include "genl/operation.h"

namespace genl {

enum class Support {
  kNo,
  kYes,
  // Classic netlink, kernels before 5.8, operations without a policy, nests that the policy does
  // not look into, and attributes of big endian, which a policy may have and not tell.
  kNotSaid,
};

enum class Use { kDo, kDump };

// `path` names attributes of the operation's request, those inside others behind dots:
// "threshold.hysteresis". Empty: the operation itself. InvalidArgument where the request has no
// such attribute; Unavailable where the family is gone.
absl::StatusOr<Support> Supports(Client& client, const Operation& operation, Use use,
                                 absl::string_view path);

// The same for the members at these offsets, each in the struct that the one before holds.
absl::StatusOr<Support> Supports(Client& client, const Operation& operation, Use use,
                                 absl::Span<const size_t> members);

namespace supports_internal {

// The struct that a member holds, or holds many of.
template <typename T>
struct Held {
  using type = T;
};
template <typename T>
struct Held<std::optional<T>> : Held<T> {};
template <typename T>
struct Held<Box<T>> : Held<T> {};
template <typename T>
struct Held<std::vector<T>> : Held<T> {};

template <typename Struct, typename Member>
size_t OffsetOf(Member Struct::*member) {
  const Struct any = {};
  return static_cast<size_t>(reinterpret_cast<const char*>(&(any.*member)) -
                             reinterpret_cast<const char*>(&any));
}

template <typename Struct>
void AppendOffsets(std::vector<size_t>&) {}

template <typename Struct, typename Member, typename... Inner>
void AppendOffsets(std::vector<size_t>& offsets, Member Struct::*member, Inner... inner) {
  offsets.push_back(OffsetOf(member));
  AppendOffsets<typename Held<Member>::type>(offsets, inner...);
}

}  // namespace supports_internal

// From the outermost attribute to the innermost, `&Struct::member` each.
template <typename Request, typename Member, typename... Inner>
absl::StatusOr<Support> Supports(Client& client, const Operation& operation, Use use,
                                 Member Request::*member, Inner... inner) {
  std::vector<size_t> offsets;
  supports_internal::AppendOffsets<Request>(offsets, member, inner...);
  return Supports(client, operation, use, absl::Span<const size_t>(offsets));
}

}  // namespace genl

#endif  // GENL_SUPPORTS_H_
