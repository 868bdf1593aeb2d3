#include "kernel/generator/expressible.h"

#include <map>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "family/diag/catalogue/backends.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {
namespace {

// Collects refusals; each names the place that asks for what is missing.
class Refusals {
 public:
  explicit Refusals(Reporter& reporter) : reporter_(reporter) {}

  void Add(SourceSpan span, absl::string_view what, absl::string_view hint = "") {
    reporter_.Report(kNotExpressible, span, "kernel", what).Hint(hint);
    any_ = true;
  }
  bool any() const { return any_; }

 private:
  Reporter& reporter_;
  bool any_ = false;
};

bool IsGeneric(const Family& family, Refusals& refusals) {
  if (family.is_generic()) return true;
  refusals.Add(family.places.Of("protocol", family.span), "a family of classic netlink",
               "the kernel's own generator has none; --kernel_out without a style makes a module");
  return false;
}

// A module cannot have a protocol that the kernel has always, nor messages that all protocols have
// (include/uapi/linux/netlink.h).
bool HasItsOwnProtocol(const Family& family, Refusals& refusals) {
  static constexpr std::pair<int, const char*> kTaken[] = {
      {0, "NETLINK_ROUTE"},      {2, "NETLINK_USERSOCK"},        {4, "NETLINK_SOCK_DIAG"},
      {6, "NETLINK_XFRM"},       {9, "NETLINK_AUDIT"},           {10, "NETLINK_FIB_LOOKUP"},
      {12, "NETLINK_NETFILTER"}, {15, "NETLINK_KOBJECT_UEVENT"}, {16, "NETLINK_GENERIC"}};
  constexpr uint32_t kFirstType = 16;  // NLMSG_MIN_TYPE
  if (family.is_generic()) return true;
  if (!family.protocol_number) {
    refusals.Add(family.places.Of("protocol", family.span),
                 "a family of classic netlink without `protonum`");
    return false;
  }
  for (const auto& [number, name] : kTaken) {
    if (family.protocol_number != number) continue;
    refusals.Add(family.places.Of("protonum", family.span),
                 absl::StrCat("protocol ", number, ", which is the kernel's ", name),
                 "its uAPI header alone can be made: --uapi_out instead of --kernel_out");
    return false;
  }
  for (const auto& operation : family.operations) {
    if (operation->number >= kFirstType) continue;
    refusals.Add(operation->places.Of("value", operation->span),
                 absl::StrCat("the message type ", operation->number,
                              ", which netlink has for itself as all below ", kFirstType));
  }
  for (const auto& group : family.groups) {
    if (group->number) continue;
    refusals.Add(group->span, "a multicast group of classic netlink without a number", "value: 1");
  }
  return true;
}

// Its own header would declare anew what every module has from the core's.
bool IsApartFromTheCore(const Family& family, Refusals& refusals) {
  if (family.uapi_header != "linux/genetlink.h") return true;
  refusals.Add(family.places.Of("uapi-header", family.span),
               "a family whose header every module includes already, as a module");
  return false;
}

// Old specs name some things twice. C takes a name once, and so both have to mean one number.
class Numbers {
 public:
  explicit Numbers(Refusals& refusals) : refusals_(refusals) {}

  void Add(const std::string& c_name, Integer value, SourceSpan span) {
    const auto [found, is_new] = first_.emplace(c_name, value);
    if (is_new || found->second == value) return;
    refusals_.Add(span, absl::StrCat("two numbers that C would call `", c_name, "`"));
  }

 private:
  Refusals& refusals_;
  std::map<std::string, Integer> first_;
};

void CheckNumbers(const Family& family, Refusals& refusals) {
  Numbers numbers(refusals);
  for (const auto& constant : family.constants) {
    const Integer* value = std::get_if<Integer>(&constant->value);
    if (value == nullptr || !constant->header.empty()) continue;
    numbers.Add(constant->c_name, *value, constant->span);
  }
  for (const auto& enumeration : family.enums) {
    if (!enumeration->header.empty()) continue;
    for (const EnumEntry& entry : enumeration->entries) {
      numbers.Add(entry.c_name, entry.value, entry.span);
    }
  }
  for (const auto& set : family.sets) {
    if (set->subset_of != nullptr || !set->header.empty()) continue;
    for (const auto& attribute : set->attributes) {
      numbers.Add(attribute->c_name, attribute->number, attribute->span);
    }
  }
  for (const auto& operation : family.operations) {
    numbers.Add(operation->c_name, operation->number, operation->span);
  }
}

// Whether C can name a structure and those in it.
void CheckStructureNames(const Struct& structure, SourceSpan span, Refusals& refusals) {
  if (structure.c_name.empty()) {
    refusals.Add(span,
                 absl::StrCat("the structure `", structure.name, "`, which C has no name for"));
  }
  if (!structure.header.empty()) return;
  for (const StructMember& member : structure.members) {
    if (member.structure == nullptr) continue;
    CheckStructureNames(*member.structure, member.places.Of("struct", member.span), refusals);
  }
}

// A policy holds lengths in 16 bits with a sign.
void CheckStructure(const Attribute& attribute, Refusals& refusals) {
  constexpr uint32_t kLongest = 32767;
  const Struct& structure = *attribute.structure;
  const SourceSpan span = attribute.places.Of("struct", attribute.span);
  CheckStructureNames(structure, span, refusals);
  if (structure.size <= kLongest) return;
  refusals.Add(span,
               absl::StrCat("a structure of ", structure.size, " bytes, more than ", kLongest));
}

// The core knows one length of header for a family.
void CheckFixedHeaders(const Family& family, Refusals& refusals) {
  const Operation* first = nullptr;
  for (const auto& operation : family.operations) {
    if (!operation->do_exchange && !operation->dump && !operation->is_async()) continue;
    if (first == nullptr) {
      first = operation.get();
      if (first->fixed_header != nullptr) {
        CheckStructureNames(*first->fixed_header, first->fixed_header->span, refusals);
      }
    }
    if (operation->fixed_header == first->fixed_header) continue;
    refusals.Add(
        operation->places.Of("fixed-header", operation->span),
        absl::StrCat("a fixed header that not all operations have; `", first->name, "` has ",
                     first->fixed_header == nullptr
                         ? "none"
                         : absl::StrCat("`", first->fixed_header->name, "`")));
  }
}

// Attributes that a handler would get or give and that have no C type yet.
void CheckAttribute(const Attribute& attribute, Refusals& refusals) {
  const auto refuse = [&](absl::string_view key, absl::string_view what) {
    refusals.Add(attribute.places.Of(key, attribute.span), what);
  };
  if (attribute.structure != nullptr) CheckStructure(attribute, refusals);
  switch (attribute.type) {
    case AttributeType::kNestTypeValue:
      if (attribute.nested == nullptr || attribute.type_values.empty()) {
        refuse("type", "a `nest-type-value` without `type-value` and `nested-attributes`");
      } else if (attribute.nested->recursive) {
        refuse("nested-attributes", "a `nest-type-value` of a set that contains itself");
      }
      if (attribute.multi) refuse("multi-attr", "a `nest-type-value` that is repeated");
      return;
    case AttributeType::kUint:
    case AttributeType::kSint:
      if (attribute.byte_order != ByteOrder::kHost) {
        refuse("byte-order", "a byte order of an integer whose width varies");
      }
      return;
    case AttributeType::kBinary:
      if (attribute.has_sub_type && attribute.multi) refuse("multi-attr", "repeated C arrays");
      if (attribute.has_sub_type && attribute.sub_type != AttributeType::kU8 &&
          BitWidth(attribute.sub_type) == 0) {
        refuse("sub-type", "a C array of such elements");
      }
      return;
    case AttributeType::kFlag:
      if (attribute.multi) refuse("multi-attr", "a flag that is repeated");
      return;
    case AttributeType::kNest:
      if (attribute.nested == nullptr) refuse("type", "a nest without `nested-attributes`");
      return;
    case AttributeType::kIndexedArray:
      if (attribute.multi) refuse("multi-attr", "an indexed array that is repeated");
      if (attribute.sub_type == AttributeType::kNest
              ? attribute.nested == nullptr
              : BitWidth(attribute.sub_type) == 0 && attribute.sub_type != AttributeType::kBinary &&
                    attribute.sub_type != AttributeType::kString) {
        refuse("sub-type", "an indexed array of such elements");
      }
      return;
    default: return;
  }
}

// Those that messages carry, directly or nested.
void CheckAttributes(const Family& family, Refusals& refusals) {
  std::set<const Attribute*> seen;
  const auto check = [&](const Attribute& attribute) {
    if (seen.insert(&attribute).second) CheckAttribute(attribute, refusals);
  };
  for (const auto& messages : {Requests(family), Replies(family)}) {
    for (const Message* message : messages) {
      for (const Field& field : message->fields) check(*field.attribute);
    }
  }
  const Usage usage(family);
  for (const AttributeSet* set : usage.nests()) {
    for (const auto& attribute : set->attributes) check(*attribute);
  }
}

// One policy can only stand for one set.
void CheckGlobalPolicy(const Family& family, Refusals& refusals) {
  if (family.kernel_policy != KernelPolicy::kGlobal) return;
  const AttributeSet* first = nullptr;
  for (const auto& operation : family.operations) {
    if (operation->is_async() || operation->set == nullptr) continue;
    if (first == nullptr) first = operation->set;
    if (operation->set == first) continue;
    refusals.Add(operation->places.Of("attribute-set", operation->span),
                 "operations of several sets under one policy (`kernel-policy: global`)");
  }
}

// Tables for whole operations have no place for hooks round `do`, small ones for none at all.
void CheckInTreeHooks(const Family& family, Refusals& refusals) {
  if (family.kernel_policy == KernelPolicy::kSplit) return;
  const auto check = [&](const std::optional<Exchange>& exchange) {
    if (!exchange) return;
    for (const char* key : {"pre", "post"}) {
      if (!exchange->places.Has(key)) continue;
      refusals.Add(exchange->places.Of(key, exchange->span),
                   absl::StrCat("`", key,
                                "` without a policy for each of `do` and `dump`, in the "
                                "in-tree style"));
    }
  };
  for (const auto& operation : family.operations) {
    check(operation->do_exchange);
    if (family.kernel_policy == KernelPolicy::kGlobal) check(operation->dump);
  }
}

// A hook is one function, whatever operations it is for.
class HookKinds {
 public:
  explicit HookKinds(Refusals& refusals) : refusals_(refusals) {}

  void Add(const Exchange& exchange, bool is_dump) {
    for (const char* key : {"pre", "post"}) {
      if (!exchange.places.Has(key)) continue;
      const bool is_pre = key == absl::string_view("pre");
      const std::string& name = is_pre ? exchange.pre : exchange.post;
      const Kind kind(is_dump, is_pre, exchange.object);
      const auto [found, is_new] = kinds_.emplace(name, kind);
      if (is_new || found->second == kind) continue;
      refusals_.Add(exchange.places.Of(key, exchange.span),
                    absl::StrCat("the hook `", name, "` in two roles or with two objects"));
    }
  }

 private:
  using Kind = std::tuple<bool, bool, std::string>;

  Refusals& refusals_;
  std::map<std::string, Kind> kinds_;
};

void CheckHooks(const Family& family, Refusals& refusals) {
  HookKinds kinds(refusals);
  for (const auto& operation : family.operations) {
    if (operation->do_exchange) kinds.Add(*operation->do_exchange, false);
    if (operation->dump) kinds.Add(*operation->dump, true);
  }
}

}  // namespace

bool CheckUapi(const Family& family, Reporter& reporter) {
  Refusals refusals(reporter);
  CheckNumbers(family, refusals);
  return !refusals.any();
}

bool CheckInTree(const Family& family, Reporter& reporter) {
  Refusals refusals(reporter);
  if (!IsGeneric(family, refusals)) return false;
  for (const auto& group : family.groups) {
    if (group->admin_perm) {
      refusals.Add(group->places.Of("flags", group->span),
                   "`admin-perm` of a group, which the kernel's own table has no flag for");
    }
  }
  CheckGlobalPolicy(family, refusals);
  CheckInTreeHooks(family, refusals);
  return !refusals.any();
}

bool CheckModule(const Family& family, Reporter& reporter) {
  Refusals refusals(reporter);
  if (!HasItsOwnProtocol(family, refusals) || !IsApartFromTheCore(family, refusals)) return false;
  CheckNumbers(family, refusals);
  CheckFixedHeaders(family, refusals);
  CheckGlobalPolicy(family, refusals);
  CheckAttributes(family, refusals);
  CheckHooks(family, refusals);
  for (const auto& operation : family.operations) {
    if (operation->is_async() && operation->async_message() == nullptr) {
      refusals.Add(operation->places.Of("notify", operation->span),
                   "a notification about an operation without a reply");
    }
  }
  return !refusals.any();
}

}  // namespace genlc::kernel
