// genlc decode: captured bytes as named, typed messages.
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "genl/dynamic/exchange.h"
#include "genl/json/printer.h"
#include "tools/capture/capture.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/dialogue.h"
#include "tools/genlc/families.h"
#include "tools/genlc/message_flags.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "decode",
    .purpose = "show captured messages with their names and types",
    .arguments = "[FILE|-] [SPEC ...]",
    .description =
        "FILE, or else standard input, is a capture of an nlmon device (pcap or pcapng, by "
        "tcpdump, "
        "tshark or dumpcap -i nlmon0), what strace prints (strace -xx -s 65536 -e trace=network "
        "-e read=all -e write=all), messages as hexadecimal text (xxd, hexdump -C, an array of C), "
        "or as they are.\n"
        "\n"
        "Specs are those named, by file or family, and beyond them the ones that are found for the "
        "names and protocols in the capture (GENLC_SPEC_PATH). Numbers of generic families are "
        "learned from the answers of nlctrl in the capture; others come from --family-id or, with "
        "--live, from the running kernel. What nobody says is taken to be of the spec, where one "
        "is named.\n"
        "\n"
        "A line has the place of a message, the family, the operation, what the message is, and "
        "its attributes as `genlc do` prints them. An error has the path of the attribute that "
        "the kernel points at in the request before it. Bytes that are no message are told on "
        "standard error, with their offset in the packet, and the next packet follows.",
    .wrong_input = "a file cannot be read, a spec is wrong, or some bytes could not be decoded",
    .examples = {{"a message as hexadecimal text", "genlc decode request.hex thermo.yaml"},
                 {"what a program says, found by strace", "genlc decode trace.txt thermo.yaml"},
                 {"for programs", "genlc decode request.hex thermo.yaml --format=json"}},
};

// "thermo=28,psp=29"
struct FamilyNumbers {
  std::map<uint16_t, std::string> names;
};

bool AbslParseFlag(absl::string_view text, FamilyNumbers* to, std::string* error) {
  for (const absl::string_view pair : absl::StrSplit(text, ',')) {
    const std::vector<std::string> parts = absl::StrSplit(pair, '=');
    uint32_t number = 0;
    if (parts.size() != 2 || parts[0].empty() || !absl::SimpleAtoi(parts[1], &number) ||
        number < NLMSG_MIN_TYPE || number > UINT16_MAX) {
      *error = "it is NAME=NUMBER, with a number from 16 to 65535";
      return false;
    }
    to->names[static_cast<uint16_t>(number)] = parts[0];
  }
  return true;
}

FlagUse UseOf(const Spoken& message) {
  if (message.header.nlmsg_type < NLMSG_MIN_TYPE) return FlagUse::kAnswer;
  if (absl::StrContains(message.operation, "get")) return FlagUse::kGet;
  if (absl::StrContains(message.operation, "del")) return FlagUse::kDelete;
  const bool dump = (message.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  return dump ? FlagUse::kGet : FlagUse::kMake;
}

class DecodeCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"format", "text|json", "lines to read, or one JSON object for each message", &format_},
        {"family-id", "NAME=NUMBER", "numbers of generic families; several with commas", &numbers_},
        {"live", "", "families have the numbers that the running kernel gives them", &live_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override;

 private:
  enum class Format { kText, kJson };

  // False after saying why.
  bool AskKernel(Dialogue& dialogue, Environment& env) const;
  std::string Text(const Packet& packet, const Spoken& message) const;
  std::string Json(const Packet& packet, const Spoken& message) const;
  void Fail(absl::string_view text, Environment& env) const {
    env.Err(absl::StrCat("genlc decode: ", text, "\n"));
  }

  Format format_ = Format::kText;
  FamilyNumbers numbers_;
  bool live_ = false;
};

ExitStatus DecodeCommand::Run(const std::vector<std::string>& arguments, Environment& env) {
  const std::string name = arguments.empty() ? "-" : arguments[0];
  const absl::StatusOr<std::string> input = env.files().Read(name == "-" ? "/dev/stdin" : name);
  if (!input.ok()) {
    Fail(absl::StrCat(name, ": ", input.status().message()), env);
    return ExitStatus::kWrongInput;
  }
  Families families(env);
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (!families.Add(arguments[i])) return ExitStatus::kWrongInput;
  }
  Dialogue dialogue(families);
  if (live_ && !AskKernel(dialogue, env)) return ExitStatus::kWrongInput;
  const Capture capture = ReadCapture(*input);
  for (const auto& [number, family] : capture.families) families.Learn(number, family);
  for (const auto& [number, family] : numbers_.names) families.Learn(number, family);

  bool whole = capture.problems.empty() && !capture.packets.empty();
  for (const Packet& packet : capture.packets) {
    std::vector<Spoken> messages;
    std::vector<Damage> damages;
    dialogue.Hear(packet, messages, damages);
    for (const Spoken& message : messages) {
      env.Out(format_ == Format::kJson ? Json(packet, message) : Text(packet, message));
    }
    for (const Damage& damage : damages) {
      Fail(absl::StrCat(packet.place, ", offset ", damage.offset, ": ", damage.text), env);
    }
    whole = whole && damages.empty();
  }
  for (const std::string& problem : capture.problems) Fail(problem, env);
  if (capture.packets.empty() && capture.problems.empty()) Fail("there is no message", env);
  return whole ? ExitStatus::kDone : ExitStatus::kWrongInput;
}

bool DecodeCommand::AskKernel(Dialogue& dialogue, Environment& env) const {
  const genl::RawRequest request{.family = {"nlctrl", 2},
                                 .operation = "getfamily",
                                 .command = CTRL_CMD_GETFAMILY,
                                 .dump = true};
  const absl::Status status = genl::Exchange(request, {.transport = env.kernel()},
                                             [&dialogue](const genl::FamilyMessage& message) {
                                               dialogue.LearnFamily(message.payload);
                                               return absl::OkStatus();
                                             });
  if (!status.ok()) Fail(status.message(), env);
  return status.ok();
}

std::string DecodeCommand::Text(const Packet& packet, const Spoken& message) const {
  const nlmsghdr& header = message.header;
  std::string line = packet.place;
  if (message.offset > 0) absl::StrAppend(&line, "+", message.offset);
  absl::StrAppend(&line, ":");
  const bool named = !message.family.empty() || header.nlmsg_type < NLMSG_MIN_TYPE ||
                     (!message.operation.empty() && message.operation[0] != '#');
  for (const std::string& word : {named ? message.family : absl::StrCat("#", header.nlmsg_type),
                                  message.operation, message.type}) {
    if (!word.empty()) absl::StrAppend(&line, " ", word);
  }
  absl::StrAppend(&line, " seq=", header.nlmsg_seq, " pid=", header.nlmsg_pid);
  const std::string flags = absl::StrJoin(FlagWords(header.nlmsg_flags, UseOf(message)), ",");
  if (!flags.empty()) absl::StrAppend(&line, " flags=", flags);
  if (!message.text.empty()) absl::StrAppend(&line, " ", message.text);
  if (!message.body.empty()) absl::StrAppend(&line, " ", message.body);
  return line + "\n";
}

std::string DecodeCommand::Json(const Packet& packet, const Spoken& message) const {
  std::string line;
  genl::JsonPrinter printer(line, /*pretty=*/false);
  const auto text = [&](absl::string_view key, absl::string_view value) {
    if (value.empty()) return;
    printer.Key(key);
    printer.String(value);
  };
  const auto number = [&](absl::string_view key, int64_t value) {
    printer.Key(key);
    printer.Literal(absl::StrCat(value));
  };
  printer.BeginObject();
  text("place", packet.place);
  number("offset", static_cast<int64_t>(message.offset));
  text("family", message.family);
  text("name", message.operation);
  text("kind", message.type);
  number("type", message.header.nlmsg_type);
  printer.Key("flags");
  printer.BeginArray();
  for (const std::string& word : FlagWords(message.header.nlmsg_flags, UseOf(message))) {
    printer.String(word);
  }
  printer.EndArray();
  number("seq", message.header.nlmsg_seq);
  number("pid", message.header.nlmsg_pid);
  if (message.error != 0) number("error", message.error);
  text("text", message.text);
  text("attribute", message.attribute);
  text("missing", message.missing);
  if (!message.body.empty()) {
    printer.Key("msg");
    printer.Literal(message.body);
  }
  printer.EndObject();
  return line + "\n";
}

}  // namespace

std::unique_ptr<Command> MakeDecodeCommand() { return std::make_unique<DecodeCommand>(); }

}  // namespace genlc
