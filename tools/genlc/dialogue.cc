#include "tools/genlc/dialogue.h"

#include <linux/genetlink.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "genl/json/json.h"
#include "genl/kernel_error.h"
#include "genl/message.h"

namespace genlc {
namespace {

using genl::Bytes;

// Requests that are remembered for their errors; a long capture must not fill the memory.
constexpr size_t kMaxRequests = 10000;

Bytes BytesOf(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

absl::string_view TextOf(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string Hex(Bytes bytes) {
  return absl::StrCat("{\"#hex\":\"", absl::BytesToHexString(TextOf(bytes)), "\"}");
}

size_t HeadersOf(int protocol) {
  return NLMSG_HDRLEN + (protocol == NETLINK_GENERIC ? GENL_HDRLEN : 0);
}

// The beginning of a payload that is a header and whole attributes.
size_t WholeSize(Bytes payload, size_t header) {
  if (payload.size() < header) return 0;
  genl::AttributeReader reader(payload.subspan(header));
  while (reader.Next()) continue;
  return payload.size() - reader.rest().size();
}

// An attribute starts at `rest`, and is none.
std::string WhyNot(Bytes rest) {
  if (rest.size() < NLA_HDRLEN) return absl::StrCat(rest.size(), " bytes that are no attribute");
  const uint16_t length = genl::LoadBytes<uint16_t>(rest.data());
  const uint16_t type = genl::LoadBytes<uint16_t>(rest.data() + 2) & NLA_TYPE_MASK;
  return absl::StrCat("attribute ", type, " says it has ", length, " bytes where ", rest.size(),
                      " are left");
}

// The length of the message at `rest` cannot be right.
std::string WhyNoMessage(Bytes rest, size_t left) {
  const uint32_t length = genl::LoadBytes<uint32_t>(rest.data());
  const uint32_t swapped = __builtin_bswap32(length);
  if (swapped >= NLMSG_HDRLEN && swapped <= left) {
    return "a message in the byte order of another kind of machine; decode it on such a one, or "
           "with `genlc compile --dissector_out`";
  }
  return absl::StrCat("a message says it has ", length, " bytes where ", left, " are left");
}

const char* TypeName(uint16_t type) {
  switch (type) {
    case NLMSG_NOOP: return "noop";
    case NLMSG_DONE: return "done";
    case NLMSG_OVERRUN: return "overrun";
    default: return "control";
  }
}

}  // namespace

void Dialogue::Hear(const Packet& packet, std::vector<Spoken>& messages,
                    std::vector<Damage>& damages) {
  const int protocol = packet.protocol.value_or(families_.DefaultProtocol());
  Bytes rest = BytesOf(packet.bytes);
  const size_t size = rest.size();
  while (!rest.empty()) {
    const size_t offset = size - rest.size();
    if (rest.size() < NLMSG_HDRLEN) {
      if (packet.missing == 0) {
        damages.push_back({offset, absl::StrCat(rest.size(), " bytes that are no message")});
      }
      break;
    }
    const size_t length = genl::LoadBytes<uint32_t>(rest.data());
    const bool cut = length > rest.size() && packet.missing >= length - rest.size();
    if (length < NLMSG_HDRLEN || (length > rest.size() && !cut)) {
      damages.push_back({offset, WhyNoMessage(rest, rest.size() + packet.missing)});
      break;
    }
    const size_t first = damages.size();
    messages.push_back(
        Read(protocol, rest.subspan(0, std::min(length, rest.size())), cut, damages));
    messages.back().offset = offset;
    for (size_t i = first; i < damages.size(); ++i) damages[i].offset += offset;
    rest.remove_prefix(std::min<size_t>(NLMSG_ALIGN(length), rest.size()));
  }
  if (packet.missing > 0) {
    damages.push_back(
        {size, absl::StrCat("the capture has not the ", packet.missing, " bytes behind",
                            packet.remedy.empty() ? "" : "; ", packet.remedy)});
  }
}

Spoken Dialogue::Read(int protocol, Bytes message, bool cut, std::vector<Damage>& damages) {
  Spoken spoken;
  std::memcpy(&spoken.header, message.data(), sizeof spoken.header);
  const uint16_t type = spoken.header.nlmsg_type;
  if (type >= NLMSG_MIN_TYPE) {
    ReadBody(protocol, message, cut, spoken, damages);
  } else if ((type == NLMSG_ERROR || type == NLMSG_DONE) && !cut) {
    ReadVerdict(protocol, message, spoken, damages);
  } else {
    spoken.type = type == NLMSG_ERROR ? "error" : TypeName(type);
  }
  return spoken;
}

std::optional<Dialogue::Request> Dialogue::AsRequest(int protocol, Bytes message) const {
  const size_t headers = HeadersOf(protocol);
  if (message.size() < headers) return std::nullopt;
  const uint16_t type = genl::LoadBytes<uint16_t>(message.data() + 4);
  const uint16_t flags = genl::LoadBytes<uint16_t>(message.data() + 6);
  const uint32_t command = protocol == NETLINK_GENERIC ? message[NLMSG_HDRLEN] : type;
  Request request;
  request.meaning = families_.Find(protocol, type, command, (flags & NLM_F_REQUEST) != 0);
  request.bytes = std::string(TextOf(message));
  request.header = headers;
  if (request.meaning.message != nullptr) {
    request.header +=
        genl::HeaderSize(request.meaning.family->tables.All(*request.meaning.message).header);
  }
  return request;
}

void Dialogue::ReadBody(int protocol, Bytes message, bool cut, Spoken& spoken,
                        std::vector<Damage>& damages) {
  const bool is_request = (spoken.header.nlmsg_flags & NLM_F_REQUEST) != 0;
  spoken.type = is_request ? "request" : "reply";
  const bool generic = protocol == NETLINK_GENERIC;
  if (generic) spoken.family = families_.NameOf(spoken.header.nlmsg_type);
  const std::optional<Request> read = AsRequest(protocol, message);
  if (!read) {
    if (!cut) damages.push_back({NLMSG_HDRLEN, "a message without its header of generic netlink"});
    return;
  }
  const Meaning& meaning = read->meaning;
  Bytes payload = message.subspan(HeadersOf(protocol));
  if (meaning.family != nullptr && (generic || meaning.message != nullptr)) {
    spoken.family = meaning.family->family->name;
  }
  if (spoken.family == "nlctrl" && !is_request) LearnFamily(payload);
  if (meaning.message == nullptr) {
    // strace has a name for the message, though not its bytes.
    spoken.operation = generic ? absl::StrCat("#", message[NLMSG_HDRLEN])
                               : families_.NameOf(spoken.header.nlmsg_type);
    if (!cut || !payload.empty()) spoken.body = Hex(payload);
    return;
  }
  spoken.operation = meaning.operation->name;
  if (!is_request && meaning.operation->is_async()) spoken.type = "notification";
  const size_t header = read->header - HeadersOf(protocol);
  const size_t whole = WholeSize(payload, header);
  if (payload.size() < header && !cut && !is_request) {
    damages.push_back({message.size() - payload.size(),
                       absl::StrCat(payload.size(), " bytes where a header has ", header)});
  } else if (payload.size() >= header && whole < payload.size() && !cut) {
    damages.push_back({message.size() - payload.size() + whole, WhyNot(payload.subspan(whole))});
  }
  const genl::MessageTable table = meaning.family->tables.All(*meaning.message);
  // A message that ends within its fixed header is no such message at all; the kernel takes
  // requests for a dump that are as short as a struct rtgenmsg.
  const absl::Status status =
      genl::AppendJson(table, payload.subspan(0, whole), genl::JsonStyle::kCompact, spoken.body);
  if (!status.ok()) spoken.body = Hex(payload);
  if (!is_request) return;
  if (requests_.size() >= kMaxRequests) requests_.erase(requests_.begin());
  requests_[spoken.header.nlmsg_seq] = *read;
}

std::optional<Dialogue::Request> Dialogue::Answered(int protocol, Bytes message) const {
  const uint32_t sequence = genl::LoadBytes<uint32_t>(message.data() + 8);
  const auto seen = requests_.find(sequence);
  if (seen != requests_.end()) return seen->second;
  constexpr size_t kRepeated = NLMSG_HDRLEN + sizeof(int32_t);
  if (message.size() < kRepeated + NLMSG_HDRLEN) return std::nullopt;
  const uint16_t flags = genl::LoadBytes<uint16_t>(message.data() + 6);
  if ((flags & NLM_F_CAPPED) != 0) return std::nullopt;
  const Bytes repeated = message.subspan(kRepeated);
  const size_t length = genl::LoadBytes<uint32_t>(repeated.data());
  if (length < NLMSG_HDRLEN || length > repeated.size()) return std::nullopt;
  return AsRequest(protocol, repeated.subspan(0, length));
}

void Dialogue::ReadVerdict(int protocol, Bytes message, Spoken& spoken,
                           std::vector<Damage>& damages) {
  const bool done = spoken.header.nlmsg_type == NLMSG_DONE;
  spoken.type = done ? "done" : "error";
  const genl::RawMessage raw{spoken.header, message.subspan(NLMSG_HDRLEN)};
  const std::optional<genl::Verdict> verdict = genl::ReadVerdict(raw);
  if (!verdict) {
    damages.push_back({NLMSG_HDRLEN, absl::StrCat("`", spoken.type, "` without its number")});
    return;
  }
  const bool error = spoken.header.nlmsg_type == NLMSG_ERROR;
  const std::optional<Request> request =
      error || verdict->error != 0 ? Answered(protocol, message) : std::nullopt;
  genl::RequestContext context{.family = "?", .operation = "?", .message = {}};
  if (request && request->meaning.message != nullptr) {
    const Meaning& meaning = request->meaning;
    spoken.family = meaning.family->family->name;
    spoken.operation = meaning.operation->name;
    context = {.family = spoken.family,
               .operation = spoken.operation,
               .set = meaning.family->tables.All(*meaning.message).set,
               .message = BytesOf(request->bytes),
               .header = request->header};
  }
  if (verdict->error == 0) {
    if (error) spoken.type = "ack";
    return;
  }
  spoken.type = "error";
  spoken.error = verdict->error;
  const absl::Status status = genl::KernelErrorStatus(verdict->error, verdict->extack, context);
  if (const std::optional<genl::KernelError> known = genl::GetKernelError(status)) {
    spoken.attribute = known->attribute;
    spoken.missing = known->missing_attribute;
  }
  // Behind the names of family and operation, which the message has already.
  const std::string text(status.message());
  spoken.text = text.substr(std::min(text.size(), text.find(": ") + 2));
}

void Dialogue::LearnFamily(Bytes attributes) {
  std::optional<uint16_t> number;
  std::string name;
  genl::AttributeReader reader(attributes);
  while (const std::optional<genl::RawAttribute> attribute = reader.Next()) {
    if (attribute->number == CTRL_ATTR_FAMILY_ID && attribute->payload.size() == sizeof *number) {
      number = genl::LoadBytes<uint16_t>(attribute->payload.data());
    } else if (attribute->number == CTRL_ATTR_FAMILY_NAME) {
      name = std::string(TextOf(attribute->payload));
      name = name.substr(0, name.find('\0'));
    }
  }
  if (number && !name.empty()) families_.Learn(*number, name);
}

}  // namespace genlc
