#include "tools/capture/strace_message.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace genlc::strace {
namespace {

struct Name {
  absl::string_view name;
  uint32_t value;
};

constexpr Name kProtocols[] = {
    {"ROUTE", NETLINK_ROUTE},         {"USERSOCK", NETLINK_USERSOCK},
    {"SOCK_DIAG", NETLINK_SOCK_DIAG}, {"NFLOG", NETLINK_NFLOG},
    {"XFRM", NETLINK_XFRM},           {"SELINUX", NETLINK_SELINUX},
    {"ISCSI", NETLINK_ISCSI},         {"AUDIT", NETLINK_AUDIT},
    {"CONNECTOR", NETLINK_CONNECTOR}, {"NETFILTER", NETLINK_NETFILTER},
    {"GENERIC", NETLINK_GENERIC},     {"RDMA", NETLINK_RDMA},
    {"CRYPTO", NETLINK_CRYPTO},       {"SMC", NETLINK_SMC},
};
constexpr Name kTypes[] = {
    {"NLMSG_NOOP", NLMSG_NOOP},
    {"NLMSG_ERROR", NLMSG_ERROR},
    {"NLMSG_DONE", NLMSG_DONE},
    {"NLMSG_OVERRUN", NLMSG_OVERRUN},
};
constexpr Name kFlags[] = {
    {"NLM_F_REQUEST", NLM_F_REQUEST},
    {"NLM_F_MULTI", NLM_F_MULTI},
    {"NLM_F_ACK", NLM_F_ACK},
    {"NLM_F_ECHO", NLM_F_ECHO},
    {"NLM_F_DUMP_INTR", NLM_F_DUMP_INTR},
    {"NLM_F_DUMP_FILTERED", NLM_F_DUMP_FILTERED},
    {"NLM_F_ROOT", NLM_F_ROOT},
    {"NLM_F_MATCH", NLM_F_MATCH},
    {"NLM_F_ATOMIC", NLM_F_ATOMIC},
    {"NLM_F_DUMP", NLM_F_DUMP},
    {"NLM_F_REPLACE", NLM_F_REPLACE},
    {"NLM_F_EXCL", NLM_F_EXCL},
    {"NLM_F_CREATE", NLM_F_CREATE},
    {"NLM_F_APPEND", NLM_F_APPEND},
    {"NLM_F_NONREC", NLM_F_NONREC},
    {"NLM_F_BULK", 0x200},
    {"NLM_F_CAPPED", NLM_F_CAPPED},
    {"NLM_F_ACK_TLVS", NLM_F_ACK_TLVS},
};
constexpr Name kExtendedAcks[] = {
    {"NLMSGERR_ATTR_MSG", NLMSGERR_ATTR_MSG},
    {"NLMSGERR_ATTR_OFFS", NLMSGERR_ATTR_OFFS},
    {"NLMSGERR_ATTR_COOKIE", NLMSGERR_ATTR_COOKIE},
};

template <size_t kSize>
std::optional<uint32_t> Find(const Name (&names)[kSize], absl::string_view name) {
  for (const Name& known : names) {
    if (known.name == name) return known.value;
  }
  return std::nullopt;
}

// As strace writes them: 28, -1, 0x1c, with a comment behind.
std::optional<uint32_t> Number(const std::string& word) {
  char* end = nullptr;
  const long long value = std::strtoll(word.c_str(), &end, 0);
  if (end == word.c_str() || (*end != '\0' && *end != ' ')) return std::nullopt;
  return static_cast<uint32_t>(value);
}

// "-ENODEV" as the kernel has it: negative.
std::optional<int32_t> Errno(absl::string_view word) {
  if (const std::optional<uint32_t> number = Number(std::string(word))) {
    return static_cast<int32_t>(*number);
  }
  constexpr int kLast = 133;
  absl::ConsumePrefix(&word, "-");
  for (int error = 1; error <= kLast; ++error) {
    const char* name = strerrorname_np(error);
    if (name != nullptr && word == name) return -error;
  }
  return std::nullopt;
}

class Encoder {
 public:
  Encoder(FamilyNumbers& families, std::string& to) : families_(families), to_(to) {}

  bool Buffer(const Value& buffer) {
    if (buffer.is_string()) return String(buffer);
    if (IsHeader(buffer)) return Header(buffer).has_value();
    if (buffer.type != Value::Type::kList || buffer.items.empty()) return false;
    if (IsHeader(buffer.items[0])) return Message(buffer);
    return std::all_of(buffer.items.begin(), buffer.items.end(),
                       [this](const Value& message) { return Buffer(message); });
  }

 private:
  static bool IsHeader(const Value& value) { return value.Find("nlmsg_len") != nullptr; }

  template <typename T>
  void Append(T value) {
    to_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void Pad(size_t start) { to_.resize(start + NLMSG_ALIGN(to_.size() - start)); }

  bool String(const Value& value) {
    to_ += value.text;
    return !value.cut;
  }

  // Its type.
  std::optional<uint16_t> Header(const Value& value) {
    nlmsghdr header = {};
    for (const Value& member : value.items) {
      const std::optional<uint32_t> number = Number(member.text);
      if (member.name == "nlmsg_type") {
        header.nlmsg_type = Type(member.text);
      } else if (member.name == "nlmsg_flags") {
        for (const absl::string_view flag : absl::StrSplit(member.text, '|')) {
          header.nlmsg_flags = static_cast<uint16_t>(
              header.nlmsg_flags |
              Find(kFlags, flag).value_or(Number(std::string(flag)).value_or(0)));
        }
      } else if (!number) {
        return std::nullopt;
      } else if (member.name == "nlmsg_len") {
        header.nlmsg_len = *number;
      } else if (member.name == "nlmsg_seq") {
        header.nlmsg_seq = *number;
      } else if (member.name == "nlmsg_pid") {
        header.nlmsg_pid = *number;
      }
    }
    Append(header);
    return header.nlmsg_type;
  }

  uint16_t Type(const std::string& word) {
    if (const std::optional<uint32_t> known = Find(kTypes, word)) return *known;
    if (const std::optional<uint32_t> number = Number(word)) return *number;
    return families_.Of(word);
  }

  // [header, payload], where the payload may have several parts.
  bool Message(const Value& message) {
    const size_t start = to_.size();
    const std::optional<uint16_t> type = Header(message.items[0]);
    if (!type) return false;
    for (size_t i = 1; i < message.items.size(); ++i) {
      if (!Payload(*type, message.items[i])) return false;
    }
    Pad(start);
    return true;
  }

  bool Payload(uint16_t type, const Value& value) {
    if (value.is_string()) return String(value);
    if (type == NLMSG_DONE && value.is_word()) {
      const std::optional<int32_t> status = Errno(value.text);
      if (status) Append(*status);
      return status.has_value();
    }
    if (type == NLMSG_ERROR && value.Find("error") != nullptr) return Error(value);
    if ((type == NLMSG_ERROR || type == NLMSG_DONE) && value.type == Value::Type::kList) {
      return ExtendedAck(value);
    }
    return false;
  }

  bool Error(const Value& value) {
    const std::optional<int32_t> error = Errno(value.Find("error")->text);
    const Value* request = value.Find("msg");
    if (!error || request == nullptr) return false;
    Append(*error);
    return Buffer(*request);
  }

  // [{nla_len, nla_type}, value], or several of these.
  bool ExtendedAck(const Value& value) {
    if (value.items.empty()) return false;
    const Value* type = value.items[0].Find("nla_type");
    if (type == nullptr) {
      return std::all_of(value.items.begin(), value.items.end(),
                         [this](const Value& attribute) { return ExtendedAck(attribute); });
    }
    const std::optional<uint32_t> number = Find(kExtendedAcks, type->text);
    if (!number || value.items.size() != 2) return false;
    const Value& payload = value.items[1];
    const std::optional<uint32_t> integer = Number(payload.text);
    if (payload.cut || (!payload.is_string() && !integer)) return false;
    const size_t start = to_.size();
    const size_t size = payload.is_string() ? payload.text.size() : sizeof *integer;
    Append(static_cast<uint16_t>(NLA_HDRLEN + size));
    Append(static_cast<uint16_t>(*number));
    if (payload.is_string()) {
      to_ += payload.text;
    } else {
      Append(*integer);
    }
    Pad(start);
    return true;
  }

  FamilyNumbers& families_;
  std::string& to_;
};

}  // namespace

int ProtocolByName(absl::string_view name) {
  const std::optional<uint32_t> known = Find(kProtocols, name);
  return known ? static_cast<int>(*known) : -1;
}

uint16_t FamilyNumbers::Of(absl::string_view name) {
  constexpr uint16_t kFirst = 0x8000;  // the kernel gives numbers below 1024
  if (name == "nlctrl") return GENL_ID_CTRL;
  for (const auto& [number, known] : names_) {
    if (known == name) return number;
  }
  const uint16_t number = static_cast<uint16_t>(kFirst + names_.size());
  names_.emplace(number, name);
  return number;
}

bool AppendBytes(const Value& buffer, FamilyNumbers& families, std::string& to) {
  return Encoder(families, to).Buffer(buffer);
}

}  // namespace genlc::strace
