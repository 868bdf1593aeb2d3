#include <algorithm>
#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/capture/capture.h"
#include "tools/capture/strace_message.h"
#include "tools/capture/strace_syntax.h"

namespace genlc {
namespace {

using strace::Call;
using strace::Value;

constexpr absl::string_view kCalls[] = {"socket",   "sendto",  "sendmsg", "sendmmsg",
                                        "recvfrom", "recvmsg", "recvmmsg"};

// The call of interest in a line, without what -f and -t print before it; empty: there is none.
absl::string_view FindCall(absl::string_view line) {
  for (const absl::string_view name : kCalls) {
    const size_t at = line.find(absl::StrCat(name, "("));
    if (at != line.npos && (at == 0 || line[at - 1] == ' ')) return line.substr(at);
  }
  return "";
}

// Of `[pid 123] ` or `123 ` in front; empty: one process was traced.
std::string Process(absl::string_view line) {
  absl::ConsumePrefix(&line, "[pid");
  line = absl::StripLeadingAsciiWhitespace(line);
  size_t digits = 0;
  while (digits < line.size() && absl::ascii_isdigit(line[digits])) ++digits;
  const absl::string_view behind = line.substr(digits, 1);
  return behind == "]" || behind == " " ? std::string(line.substr(0, digits)) : "";
}

// A buffer of a call and how many bytes were in it.
struct Buffer {
  std::vector<const Value*> parts;
  int64_t length = 0;
};

int64_t Integer(const Value* value) {
  int64_t number = -1;
  return value != nullptr && absl::SimpleAtoi(value->text, &number) ? number : -1;
}

std::vector<const Value*> Parts(const Value& header) {
  std::vector<const Value*> parts;
  const Value* vector = header.Find("msg_iov");
  if (vector == nullptr) return parts;
  for (const Value& element : vector->items) {
    if (const Value* base = element.Find("iov_base")) parts.push_back(base);
  }
  return parts;
}

// Those of a call that went well.
std::vector<Buffer> Buffers(const Call& call, int64_t result) {
  if (call.arguments.size() < 3 || result < 0) return {};
  const Value& second = call.arguments[1];
  if (absl::EndsWith(call.name, "msg") && !absl::EndsWith(call.name, "mmsg")) {
    return {{Parts(second), result}};
  }
  if (!absl::EndsWith(call.name, "mmsg")) return {{{&second}, result}};
  std::vector<Buffer> buffers;
  for (const Value& datagram : second.items) {
    const Value* header = datagram.Find("msg_hdr");
    if (header == nullptr || static_cast<int64_t>(buffers.size()) == result) break;
    buffers.push_back({Parts(*header), Integer(datagram.Find("msg_len"))});
  }
  return buffers;
}

class Reader {
 public:
  void Read(absl::string_view line) {
    ++line_;
    if (absl::StartsWith(line, " | ") || absl::StartsWith(line, " * ") ||
        absl::StartsWith(line, " = ")) {
      return ReadDump(line);
    }
    const std::string process = Process(line);
    const size_t resumed = line.find(" resumed>");
    if (resumed != line.npos && unfinished_.contains(process)) {
      const std::string whole = unfinished_[process] + std::string(line.substr(resumed + 9));
      unfinished_.erase(process);
      return ReadCall(whole, process);
    }
    const absl::string_view call = FindCall(line);
    if (call.empty()) return;
    const size_t unfinished = call.find(" <unfinished ...>");
    if (unfinished == call.npos) return ReadCall(call, process);
    unfinished_[process] = std::string(call.substr(0, unfinished));
  }

  Capture Take() {
    Finish();
    capture_.families = families_.names();
    return std::move(capture_);
  }

 private:
  void ReadCall(absl::string_view text, const std::string& process) {
    Finish();
    const std::optional<Call> call = strace::ParseCall(text);
    if (!call || call->arguments.empty()) return;
    if (call->name == "socket") return ReadSocket(*call, process);
    const std::optional<int> protocol = Protocol(call->arguments[0].text, process);
    const bool said =
        absl::StrContains(text, "sa_family=AF_NETLINK") || absl::StrContains(text, "nlmsg_len=");
    const bool peek = absl::StrContains(call->arguments.back().text, "MSG_PEEK") ||
                      (call->name == "recvfrom" && call->arguments.size() > 3 &&
                       absl::StrContains(call->arguments[3].text, "MSG_PEEK"));
    if ((!protocol && !said) || peek) return;
    int64_t result = -1;
    const std::string number = call->result.substr(0, call->result.find(' '));
    if (!absl::SimpleAtoi(number, &result)) return;
    for (const Buffer& buffer : Buffers(*call, result)) Add(buffer, protocol);
  }

  void Add(const Buffer& buffer, std::optional<int> protocol) {
    Packet packet{.place = absl::StrCat("line ", line_), .protocol = protocol};
    for (const Value* part : buffer.parts) {
      if (!strace::AppendBytes(*part, families_, packet.bytes)) break;
    }
    const size_t length = buffer.length < 0 ? 0 : static_cast<size_t>(buffer.length);
    if (packet.bytes.size() > length) packet.bytes.resize(length);
    packet.missing = length - packet.bytes.size();
    packets_.push_back(std::move(packet));
  }

  // socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3
  void ReadSocket(const Call& call, const std::string& process) {
    if (call.arguments.size() != 3) return;
    const std::string descriptor = call.result.substr(0, call.result.find_first_of(" <"));
    absl::string_view name = call.arguments[2].text;
    const bool netlink = absl::EndsWith(call.arguments[0].text, "AF_NETLINK") &&
                         absl::ConsumePrefix(&name, "NETLINK_");
    sockets_[{process, descriptor}] = netlink ? strace::ProtocolByName(name) : -1;
  }

  // Of a descriptor, as `3`, or `3<NETLINK:[GENERIC:77]>` where -yy was asked for.
  std::optional<int> Protocol(absl::string_view descriptor, const std::string& process) const {
    const size_t named = descriptor.find("<NETLINK:[");
    int protocol = -1;
    if (named != descriptor.npos) {
      const absl::string_view name = descriptor.substr(named + 10);
      protocol = strace::ProtocolByName(name.substr(0, name.find_first_of(":]")));
    }
    const std::string number(descriptor.substr(0, descriptor.find('<')));
    // Threads share their descriptors.
    auto known = sockets_.find({process, number});
    if (known == sockets_.end()) {
      known = std::find_if(sockets_.begin(), sockets_.end(),
                           [&](const auto& socket) { return socket.first.second == number; });
    }
    if (protocol < 0 && known != sockets_.end()) protocol = known->second;
    return protocol < 0 ? std::nullopt : std::optional<int>(protocol);
  }

  // What -e read and -e write add: ` | 00010  ed ff ff ff 20 00 00 00  10 00  .... ... |`
  void ReadDump(absl::string_view line) {
    if (absl::StartsWith(line, " = ") || dumps_.empty()) dumps_.emplace_back();
    if (!absl::StartsWith(line, " | ") || line.size() < 60) return;
    std::string digits;
    for (const char c : line.substr(10, 49)) {
      if (c != ' ') digits.push_back(c);
    }
    dumps_.back() += absl::HexStringToBytes(digits);
  }

  // Nothing more comes for the last call.
  void Finish() {
    dumps_.erase(std::remove(dumps_.begin(), dumps_.end(), ""), dumps_.end());
    const bool dumped = dumps_.size() == packets_.size();
    for (size_t i = 0; i < packets_.size(); ++i) {
      Packet& packet = packets_[i];
      if (dumped) {
        packet.missing = 0;
        packet.bytes = dumps_[i];
      } else if (packet.missing > 0) {
        packet.remedy = "trace it with -s 65536 -e read=all -e write=all";
      }
      capture_.packets.push_back(std::move(packet));
    }
    packets_.clear();
    dumps_.clear();
  }

  int line_ = 0;
  std::map<std::string, std::string> unfinished_;               // by process
  std::map<std::pair<std::string, std::string>, int> sockets_;  // process, descriptor
  strace::FamilyNumbers families_;
  std::vector<Packet> packets_;  // of the last call; the dump of their bytes may still follow
  std::vector<std::string> dumps_;
  Capture capture_;
};

}  // namespace

bool IsStrace(absl::string_view input) {
  for (const absl::string_view name : kCalls) {
    if (absl::StrContains(input, absl::StrCat(name, "("))) return true;
  }
  return false;
}

Capture ReadStrace(absl::string_view input) {
  Reader reader;
  for (const absl::string_view line : absl::StrSplit(input, '\n')) reader.Read(line);
  return reader.Take();
}

}  // namespace genlc
