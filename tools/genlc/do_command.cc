// genlc do and genlc dump: requests to a live family.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "genl/dynamic/exchange.h"
#include "genl/json/json.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/kernel_family.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/live_flags.h"
#include "tools/genlc/message_flags.h"
#include "tools/genlc/progress.h"
#include "tools/genlc/refused_policy.h"
#include "tools/genlc/reply_format.h"
#include "tools/genlc/request_text.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

const Manual kDoManual = {
    .name = "do",
    .purpose = "make a request to a family and print the reply",
    .arguments = "FAMILY OPERATION [JSON | PATH=VALUE ...]",
    .min_arguments = 2,
    .description =
        "Checks the request against the spec, sends it to the kernel and prints the reply. "
        "FAMILY is the file of a spec, or the name of one (GENLC_SPEC_PATH). The request is one "
        "JSON "
        "object or words such as id=3, location.rack=7, threshold[0].severity=warning, "
        "features=latching,redundant; a flag stands alone. Enumerations and flags go by their "
        "names, binaries are hexadecimal, addresses as people write them. The members of a "
        "fixed header stand under `header`. An operation without a reply prints nothing. "
        "Where there is no spec, the names are made of the numbers that the running kernel tells, "
        "op-3 and attr-1, as `genlc describe` lists them. "
        "Families of classic netlink, such as rt-link, look at --flags: create, excl, replace, "
        "append, nonrec, bulk, and echo, which prints what the request changed.",
    .wrong_input = "the spec or the request is wrong, or the kernel refused it",
    .examples = {{"a request in words", "genlc do nlctrl getfamily family-name=nlctrl"},
                 {"in JSON", "genlc do rt-link getlink '{\"ifname\":\"lo\"}' --pretty"},
                 {"a change",
                  "genlc do rt-link newlink ifname=br7 linkinfo.kind=bridge --flags=create,excl"}},
};

const Manual kDumpManual = {
    .name = "dump",
    .purpose = "print all objects that a family has of one kind",
    .arguments = "FAMILY OPERATION [JSON | PATH=VALUE ...]",
    .min_arguments = 2,
    .description =
        "As `genlc do`, for operations that answer with many objects. Each is printed when it "
        "arrives. Status 1 also where objects changed meanwhile, so that some may be missing "
        "or double.",
    .wrong_input = "the spec or the request is wrong, the kernel refused it, or it was interrupted",
    .examples = {{"all network devices", "genlc dump rt-link getlink"},
                 {"their addresses, as a table", "genlc dump rt-addr getaddr --format=table"}},
};

class ExchangeCommand : public Command {
 public:
  explicit ExchangeCommand(bool dump) : dump_(dump) {}

  const Manual& manual() const override { return dump_ ? kDumpManual : kDoManual; }

  std::vector<Flag> Flags() override {
    std::vector<Flag> flags = {
        output_.format(),
        output_.pretty(),
        namespace_.flag(),
        {"timeout", "DURATION", "how long to wait for the kernel; default: 10s", &timeout_},
    };
    flags.emplace_back("policy", "", "of an attribute that the kernel refuses: what it accepts",
                       &policy_);
    if (dump_) {
      flags.emplace_back("count", "N", "end after N objects; default: when all have come", &count_);
    } else {
      flags.emplace_back("flags", "WORDS", "create,excl and the like: what the request may do",
                         &flags_);
    }
    return flags;
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override;

 private:
  const Exchange* FindExchange(const Family& family, const std::string& name,
                               Environment& env) const;
  // The table for a message of this command; nothing where the spec has none.
  using TableOf = std::function<std::optional<genl::MessageTable>(uint16_t command)>;
  ExitStatus Send(const genl::RawRequest& request, const RequestText& text, const TableOf& table_of,
                  Environment& env) const;
  ExitStatus Fail(absl::string_view text, Environment& env) const {
    env.Err(absl::StrCat("genlc ", manual().name, ": ", text));
    return ExitStatus::kWrongInput;
  }

  const bool dump_;
  ReplyFlags output_;
  NetworkNamespace namespace_;
  absl::Duration timeout_ = absl::Seconds(10);
  RequestFlagWords flags_;
  uint64_t count_ = 0;  // 0: all
  bool policy_ = false;
};

const Exchange* ExchangeCommand::FindExchange(const Family& family, const std::string& name,
                                              Environment& env) const {
  const Operation* operation = family.FindOperation(name);
  if (operation == nullptr) {
    std::vector<absl::string_view> names;
    for (const auto& candidate : family.operations) {
      const bool fits = genlc::FindExchange(family, *candidate, dump_) != nullptr;
      if (fits) names.push_back(candidate->name);
    }
    Fail(absl::StrCat(NotThere(family, "operation", name, names), "\n"), env);
    return nullptr;
  }
  const Exchange* wanted = genlc::FindExchange(family, *operation, dump_);
  if (wanted != nullptr) return wanted;
  const Exchange* other = genlc::FindExchange(family, *operation, !dump_);
  Fail(absl::StrCat("`", name, "` is not for `", manual().name, "`",
                    other != nullptr ? absl::StrCat(", but for `", dump_ ? "do" : "dump", "`")
                                     : ", it is a notification",
                    "\n"),
       env);
  return nullptr;
}

ExitStatus ExchangeCommand::Run(const std::vector<std::string>& arguments, Environment& env) {
  SourceManager manager;
  const std::unique_ptr<const Family> family =
      LoadFamily(arguments[0], namespace_.Options(env), env, manager);
  if (family == nullptr) return ExitStatus::kWrongInput;
  const Exchange* exchange = FindExchange(*family, arguments[1], env);
  if (exchange == nullptr) return ExitStatus::kWrongInput;

  const WireTables tables(*family);
  OwnedSet rows;
  const genl::MessageTable listed = tables.List(exchange->request, rows);
  const genl::MessageTable all = tables.All(exchange->request);
  const RequestText text({arguments.begin() + 2, arguments.end()},
                         absl::StrCat("genlc describe ", arguments[0], " ", arguments[1]));
  genl::Writer writer;
  if (const std::optional<std::string> wrong = text.Encode(listed, *all.set, writer)) {
    return Fail(*wrong, env);
  }

  genl::RawRequest request{.family = WireFamily(*family),
                           .operation = arguments[1].c_str(),
                           .command = static_cast<uint16_t>(exchange->request.number),
                           .dump = dump_,
                           .flags = flags_.flags,
                           .set = all.set,
                           .payload = writer.bytes(),
                           .header_size = genl::HeaderSize(all.header)};
  const auto table_of = [&](uint16_t command) -> std::optional<genl::MessageTable> {
    const Message* message = FindAnswer(*family, *exchange, command);
    if (message == nullptr) return std::nullopt;
    return tables.All(*message);
  };
  return Send(request, text, table_of, env);
}

// Replies are printed when all is well; a dump is too long to wait for its end.
ExitStatus ExchangeCommand::Send(const genl::RawRequest& request, const RequestText& text,
                                 const TableOf& table_of, Environment& env) const {
  ReplyPrinter printer = output_.printer(env);
  std::string replies;
  Progress progress(env);
  const auto print = [&](const genl::FamilyMessage& message) {
    const std::optional<genl::MessageTable> table = table_of(message.command);
    if (!table) {
      return absl::DataLossError(
          absl::StrCat("a message of command ", message.command, ", which the spec does not have"));
    }
    std::string json;
    absl::Status status = genl::AppendJson(*table, message.payload, printer.style(), json);
    if (!status.ok()) return status;
    replies.append(printer.Add(json));
    if (!dump_) return status;
    env.Out(replies);
    replies.clear();
    progress.Count();
    return progress.objects() == count_ ? absl::CancelledError("enough") : status;
  };
  genl::ConnectOptions options = namespace_.Options(env);
  options.timeout = timeout_;
  options.on_warning = [&](absl::string_view operation, const genl::KernelError& warning) {
    const std::string place =
        warning.attribute.empty() ? "" : absl::StrCat(" (attribute `", warning.attribute, "`)");
    Fail(absl::StrCat("warning: ", operation, ": ", warning.message, place, "\n"), env);
  };
  const absl::Status status = genl::Exchange(request, options, print);
  const bool enough = dump_ && count_ != 0 && progress.objects() == count_;
  if (!status.ok() && !enough) {
    return Fail(text.Explain(status) + (policy_ ? RefusedPolicy(request, status, options) : ""),
                env);
  }
  env.Out(absl::StrCat(replies, printer.End()));
  return ExitStatus::kDone;
}

}  // namespace

std::unique_ptr<Command> MakeDoCommand() { return std::make_unique<ExchangeCommand>(false); }
std::unique_ptr<Command> MakeDumpCommand() { return std::make_unique<ExchangeCommand>(true); }

}  // namespace genlc
