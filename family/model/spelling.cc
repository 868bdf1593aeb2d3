#include "family/model/spelling.h"

#include <sstream>

namespace genlc {

absl::string_view Spelling(Level level) {
  switch (level) {
    case Level::kGenetlink: return "genetlink";
    case Level::kGenetlinkC: return "genetlink-c";
    case Level::kGenetlinkLegacy: return "genetlink-legacy";
    case Level::kNetlinkRaw: return "netlink-raw";
  }
  return "";
}

absl::string_view Spelling(KernelPolicy policy) {
  switch (policy) {
    case KernelPolicy::kSplit: return "split";
    case KernelPolicy::kPerOperation: return "per-op";
    case KernelPolicy::kGlobal: return "global";
  }
  return "";
}

absl::string_view Spelling(Scope scope) {
  switch (scope) {
    case Scope::kUapi: return "uapi";
    case Scope::kKernel: return "kernel";
    case Scope::kUser: return "user";
  }
  return "";
}

absl::string_view Spelling(DisplayHint hint) {
  switch (hint) {
    case DisplayHint::kNone: return "";
    case DisplayHint::kHex: return "hex";
    case DisplayHint::kMac: return "mac";
    case DisplayHint::kFddi: return "fddi";
    case DisplayHint::kIpv4: return "ipv4";
    case DisplayHint::kIpv6: return "ipv6";
    case DisplayHint::kIpv4OrV6: return "ipv4-or-v6";
    case DisplayHint::kUuid: return "uuid";
  }
  return "";
}

absl::string_view Spelling(Audience audience) {
  switch (audience) {
    case Audience::kAnyone: return "";
    case Audience::kUnsAdmin: return "uns-admin-perm";
    case Audience::kAdmin: return "admin-perm";
  }
  return "";
}

absl::string_view Spelling(ByteOrder order) {
  switch (order) {
    case ByteOrder::kHost: return "";
    case ByteOrder::kLittle: return "little-endian";
    case ByteOrder::kBig: return "big-endian";
  }
  return "";
}

absl::string_view Spelling(StructMember::Kind kind) {
  constexpr absl::string_view kNames[] = {"u8",  "u16", "u32",    "u64",    "s8", "s16",
                                          "s32", "s64", "string", "binary", "pad"};
  return kNames[static_cast<size_t>(kind)];
}

std::string Text(Integer value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace genlc
