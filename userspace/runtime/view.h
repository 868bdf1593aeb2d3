// A message where it was received, of which only what is asked for is read.
//
//   genl::View<rt_link::GetlinkReply> link;
//   genl::Dump<rt_link::GetlinkReply> dump = client->GetlinkDump();
//   while (dump.Next(&link)) {
//     Use(link.Get<&rt_link::GetlinkReply::ifname>().value_or(""));
//   }
//
// Members have the names and types of the struct, but that strings and bytes are views, too. A view
// owns nothing: it holds until the next object of the dump, or as long as the bytes it was given.
// What is malformed is told by whoever looks at it: where the struct is filled as a whole, all is.
#ifndef GENL_VIEW_H_
#define GENL_VIEW_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "genl/layout.h"
#include "genl/reader.h"

namespace genl {

// The part that does not know the type of the message.
class ViewBase {
 public:
  // Looks at each attribute once, and into no nest. DataLoss, as Decode() says it, where they do
  // not add up, an integer has not the width of its type, or a required attribute is missing.
  absl::Status Read(const Layout& layout, Bytes bytes);

 protected:
  struct Place {
    const Field* field;
    std::optional<Bytes> payload;  // nothing: it is absent
  };
  // Of the member at `offset` in the struct, which is not the fixed header.
  Place Find(size_t offset) const;

  static void GetInteger(const Place& place, void* value, size_t width);
  static absl::string_view GetText(Bytes payload);
  void GetHeader(size_t offset, void* header) const;
  absl::Status DecodeMember(size_t offset, void* member) const;
  // The nest in the payload of `field`.
  static absl::Status ReadNest(const Field& field, Bytes payload, ViewBase& nest);
  // Calls `visit(field, payload)` for each element of a list of nests until one is not OK.
  using Visit = absl::FunctionRef<absl::Status(const Field& field, Bytes payload)>;
  absl::Status ForEachElement(size_t offset, Visit visit) const;

 private:
  const Layout* layout_ = nullptr;
  Bytes header_;
  Bytes attributes_;
  // Of each row of the layout: where the payload of its attribute stands in `attributes_`; 0: it
  // is absent. Of several the last.
  absl::InlinedVector<uint32_t, 80> places_;
};

namespace view_internal {

template <typename M>
constexpr bool kIsOptional = false;
template <typename M>
constexpr bool kIsOptional<std::optional<M>> = true;

// What is in an optional, a Box or a list.
template <typename M>
struct Inside {
  using Type = M;
};
template <typename M>
requires requires { typename M::value_type; }
struct Inside<M> {
  using Type = typename M::value_type;
};

}  // namespace view_internal

// Of `T`, a struct of generated code: a message, or a nest in one.
template <typename T>
class View : public ViewBase {
  template <typename M, typename S>
  static M TypeOf(M S::*);
  template <auto kMember>
  using Member = decltype(TypeOf(kMember));
  // A pointer to a member is its offset (Itanium C++ ABI, 2.3.1).
  template <auto kMember>
  static size_t OffsetOf() {
    return static_cast<size_t>(std::bit_cast<std::ptrdiff_t>(kMember));
  }

  template <auto kMember>
  using Nested = View<typename view_internal::Inside<Member<kMember>>::Type>;

 public:
  // An integer, an enumeration, a flag, a string (absl::string_view), bytes (Bytes), and the fixed
  // header; std::optional where the member is.
  template <auto kMember>
  auto Get() const {
    using M = Member<kMember>;
    if constexpr (std::is_class_v<M> && std::is_trivially_copyable_v<M> &&
                  !view_internal::kIsOptional<M>) {
      M header = {};
      GetHeader(OffsetOf<kMember>(), &header);
      return header;
    } else if constexpr (view_internal::kIsOptional<M>) {
      using Value = decltype(As<typename M::value_type>(Place()));
      const Place place = Find(OffsetOf<kMember>());
      return place.payload ? std::optional<Value>(As<typename M::value_type>(place)) : std::nullopt;
    } else {
      return As<M>(Find(OffsetOf<kMember>()));
    }
  }

  // Any member, as Decode() of the whole message fills it.
  template <auto kMember>
  absl::Status Decode(Member<kMember>* member) const {
    return DecodeMember(OffsetOf<kMember>(), member);
  }

  // A nest. NotFound where it is absent, DataLoss as Read().
  template <auto kMember>
  absl::StatusOr<Nested<kMember>> Nest() const {
    const Place place = Find(OffsetOf<kMember>());
    if (!place.payload) return absl::NotFoundError(place.field->attribute->name);
    Nested<kMember> nest;
    const absl::Status status = ReadNest(*place.field, *place.payload, nest);
    if (!status.ok()) return status;
    return nest;
  }

  // Calls `use(nest)` for each of a list of nests. DataLoss as Read(), and then not for all.
  template <auto kMember, typename F>
  absl::Status ForEach(F use) const {
    return ForEachElement(OffsetOf<kMember>(), [&](const Field& field, Bytes payload) {
      Nested<kMember> nest;
      const absl::Status status = ReadNest(field, payload, nest);
      if (status.ok()) use(nest);
      return status;
    });
  }

 private:
  template <typename M>
  static auto As(const Place& place) {
    if constexpr (std::is_same_v<M, bool>) {
      return place.payload.has_value();
    } else if constexpr (member_internal::kIsScalar<M>) {
      M value = {};
      if (place.payload) GetInteger(place, &value, sizeof(value));
      return value;
    } else if constexpr (std::is_same_v<M, std::string>) {
      return place.payload ? GetText(*place.payload) : absl::string_view();
    } else {
      static_assert(std::is_same_v<M, std::vector<uint8_t>>, "see Nest(), ForEach() and Decode()");
      return place.payload.value_or(Bytes());
    }
  }
};

}  // namespace genl

#endif  // GENL_VIEW_H_
