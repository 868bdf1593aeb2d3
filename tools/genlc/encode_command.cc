// genlc encode: a request as the bytes that would be sent.
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "genl/framing.h"
#include "genl/writer.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/message_flags.h"
#include "tools/genlc/request_text.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "encode",
    .purpose = "print the bytes of a request, and send nothing",
    .arguments = "FAMILY OPERATION [JSON | PATH=VALUE ...]",
    .min_arguments = 2,
    .description =
        "The request is written as for `genlc do`, checked against the spec in the same way, and "
        "printed with all its headers. It asks for an acknowledgement, as `genlc do` does. What "
        "the kernel decides when it registers a generic family, the family's number, is "
        "--family-id. `genlc decode` is the way back.",
    .wrong_input = "the spec or the request is wrong",
    .examples = {{"hexadecimal text", "genlc encode thermo.yaml sensor-get id=3"},
                 {"the request for a dump, for C",
                  "genlc encode thermo.yaml sensor-get --dump --format=c --family-id=28"}},
};

class EncodeCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"format", "hex|raw|c|pcap",
         "hexadecimal text (this is the default), the bytes themselves, an array of C, or a "
         "capture file as of an nlmon device",
         &format_},
        {"dump", "", "the request for a dump of the operation", &dump_},
        {"flags", "WORDS", "create,excl and the like: what the request may do", &flags_},
        {"family-id", "NUMBER", "of the generic family; default: 19, the first there can be",
         &family_id_},
        {"seq", "NUMBER", "the sequence number; default: 1", &sequence_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override;

 private:
  enum class Format { kHex, kRaw, kC, kPcap };

  const Message* FindRequest(const Family& family, const std::string& name, Environment& env) const;
  std::string Print(absl::string_view bytes, int protocol) const;
  ExitStatus Fail(absl::string_view text, Environment& env) const {
    env.Err(absl::StrCat("genlc encode: ", text));
    return ExitStatus::kWrongInput;
  }

  Format format_ = Format::kHex;
  bool dump_ = false;
  RequestFlagWords flags_;
  uint16_t family_id_ = 19;  // GENL_START_ALLOC
  uint32_t sequence_ = 1;
};

template <typename T>
void Append(T value, std::string& to) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// As libpcap writes what it captures on an nlmon device, in the byte order of this machine: the
// headers of file and packet, and before the message that of LINKTYPE_NETLINK (253).
std::string PcapOf(absl::string_view message, int protocol) {
  std::string file;
  for (const uint32_t word : {0xa1b2c3d4u, 0x00040002u, 0u, 0u, 0x40000u, 253u}) Append(word, file);
  const auto size = static_cast<uint32_t>(message.size() + 16);
  for (const uint32_t word : {0u, 0u, size, size}) Append(word, file);
  constexpr uint16_t kOutgoing = 4;  // PACKET_OUTGOING
  constexpr uint16_t kArphrdNetlink = 824;
  for (const int half : {int{kOutgoing}, int{kArphrdNetlink}, 0, 0, 0, 0, 0, protocol}) {
    Append(static_cast<uint8_t>(half >> 8), file);
    Append(static_cast<uint8_t>(half), file);
  }
  return absl::StrCat(file, message);
}

std::string ArrayOf(absl::string_view bytes) {
  constexpr size_t kInARow = 12;
  std::string text = absl::StrCat("static const unsigned char message[", bytes.size(), "] = {");
  for (size_t i = 0; i < bytes.size(); ++i) {
    absl::StrAppend(&text, i % kInARow == 0 ? "\n\t" : " ", "0x",
                    absl::BytesToHexString(bytes.substr(i, 1)), ",");
  }
  return text + "\n};\n";
}

const Message* EncodeCommand::FindRequest(const Family& family, const std::string& name,
                                          Environment& env) const {
  const Operation* operation = family.FindOperation(name);
  if (operation == nullptr) {
    std::vector<absl::string_view> names;
    for (const auto& candidate : family.operations) names.push_back(candidate->name);
    Fail(absl::StrCat(NotThere(family, "operation", name, names), "\n"), env);
    return nullptr;
  }
  const Exchange* wanted = FindExchange(family, *operation, dump_);
  if (wanted != nullptr) return &wanted->request;
  const bool other = FindExchange(family, *operation, !dump_) != nullptr;
  Fail(absl::StrCat("`", name, "` ",
                    other ? (dump_ ? "cannot be dumped" : "can only be dumped: give --dump")
                          : "is a notification",
                    "\n"),
       env);
  return nullptr;
}

ExitStatus EncodeCommand::Run(const std::vector<std::string>& arguments, Environment& env) {
  SourceManager manager;
  const std::unique_ptr<const Family> family = LoadLiveFamily(arguments[0], env, manager);
  if (family == nullptr) return ExitStatus::kWrongInput;
  const Message* request = FindRequest(*family, arguments[1], env);
  if (request == nullptr) return ExitStatus::kWrongInput;

  const WireTables tables(*family);
  OwnedSet rows;
  const genl::MessageTable listed = tables.List(*request, rows);
  const RequestText text({arguments.begin() + 2, arguments.end()},
                         absl::StrCat("genlc describe ", arguments[0], " ", arguments[1]));
  const genl::Family wire = WireFamily(*family);
  const genl::Framing framing(wire, family->name == "nlctrl" ? GENL_ID_CTRL : family_id_);
  genl::Writer writer;
  const auto flags = static_cast<uint16_t>(NLM_F_REQUEST | NLM_F_ACK | (dump_ ? NLM_F_DUMP : 0) |
                                           static_cast<uint16_t>(flags_.flags));
  const genl::Writer::Mark mark =
      framing.Begin(writer, static_cast<uint16_t>(request->number), flags);
  const genl::AttributeSet& all = *tables.All(*request).set;
  if (const std::optional<std::string> wrong = text.Encode(listed, all, writer)) {
    return Fail(*wrong, env);
  }
  writer.FinishMessage(mark);
  framing.Stamp(writer, mark, sequence_);
  const genl::Bytes bytes = writer.bytes();
  env.Out(Print({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, wire.protocol));
  return ExitStatus::kDone;
}

std::string EncodeCommand::Print(absl::string_view bytes, int protocol) const {
  switch (format_) {
    case Format::kHex: return absl::StrCat(absl::BytesToHexString(bytes), "\n");
    case Format::kRaw: return std::string(bytes);
    case Format::kC: return ArrayOf(bytes);
    case Format::kPcap: return PcapOf(bytes, protocol);
  }
  return "";
}

}  // namespace

std::unique_ptr<Command> MakeEncodeCommand() { return std::make_unique<EncodeCommand>(); }

}  // namespace genlc
