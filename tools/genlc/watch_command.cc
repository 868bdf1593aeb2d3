// genlc watch: what a live family tells without being asked.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "genl/events.h"
#include "genl/json/json.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/kernel_family.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/live_flags.h"
#include "tools/genlc/reply_format.h"
#include "tools/genlc/request_text.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "watch",
    .purpose = "print what a family tells its listeners",
    .arguments = "FAMILY [GROUP ...]",
    .min_arguments = 1,
    .description =
        "Joins the multicast groups, or all that the spec has, and prints each notification when "
        "it arrives: {\"name\":\"sensor-new-ntf\",\"msg\":{...}}, where `msg` is as `genlc do` "
        "prints it. FAMILY is the file of a spec, or the name of one (GENLC_SPEC_PATH). What comes "
        "under a number that the spec does not have is {\"name\":\"#9\",\"msg\":{\"#hex\":...}}. "
        "Where notifications come faster than they are read, the kernel drops some: that is "
        "{\"overrun\":true}, and watching goes on; whoever keeps a copy should read it anew. So "
        "it should after {\"restarted\":true}: the family went and came back. SIGINT (Ctrl-C) and "
        "SIGTERM end it with status 0, as do --count and --timeout.",
    .wrong_input =
        "the spec is wrong, the kernel refused, or the time was over before --count had come",
    .examples = {{"what happens to the network devices", "genlc watch rt-link rtnlgrp-link"},
                 {"all groups of a family, for a minute", "genlc watch rt-link --timeout=1m"}},
};

std::string Hex(genl::Bytes bytes) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

class WatchCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        output_.stream_format(),
        output_.pretty(),
        namespace_.flag(),
        {"count", "N", "end after N notifications; default: never", &count_},
        {"timeout", "DURATION", "end after this time; default: never", &timeout_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override;

 private:
  ExitStatus Watch(genl::EventStream stream, const Family& family, Environment& env) const;
  std::string Line(const genl::EventStream::Told& told, const Family& family,
                   const WireTables& tables, const Environment& env) const;
  // The line for a message; also for one that cannot be read.
  std::string Line(const genl::FamilyMessage& message, const Family& family,
                   const WireTables& tables, const Environment& env) const;
  ExitStatus Fail(const absl::Status& status, Environment& env) const {
    Fail(status.message(), env);
    env.Err(Advice(status));
    return ExitStatus::kWrongInput;
  }
  ExitStatus Fail(absl::string_view text, Environment& env) const {
    env.Err(absl::StrCat("genlc watch: ", text, "\n"));
    return ExitStatus::kWrongInput;
  }

  ReplyFlags output_;
  NetworkNamespace namespace_;
  uint64_t count_ = 0;  // 0: no end
  absl::Duration timeout_ = absl::InfiniteDuration();
};

ExitStatus WatchCommand::Run(const std::vector<std::string>& arguments, Environment& env) {
  SourceManager manager;
  const std::unique_ptr<const Family> family =
      LoadFamily(arguments[0], namespace_.Options(env), env, manager);
  if (family == nullptr) return ExitStatus::kWrongInput;
  std::vector<absl::string_view> known;
  for (const auto& group : family->groups) known.push_back(group->name);
  if (known.empty()) {
    return Fail(absl::StrCat("the spec of `", family->name, "` has no multicast groups"), env);
  }

  std::vector<absl::string_view> names(arguments.begin() + 1, arguments.end());
  if (names.empty()) names = known;
  std::vector<genl::MulticastGroup> groups;
  for (const absl::string_view name : names) {
    const MulticastGroup* group = family->FindGroup(name);
    if (group == nullptr) return Fail(NotThere(*family, "group", name, known), env);
    groups.push_back({group->name.c_str(), group->number.value_or(0)});
  }

  absl::StatusOr<genl::Client> client =
      genl::Client::Connect(WireFamily(*family), namespace_.Options(env));
  if (!client.ok()) return Fail(client.status(), env);
  absl::StatusOr<genl::EventStream> stream = genl::EventStream::Open(*client, groups);
  if (!stream.ok()) return Fail(stream.status(), env);
  return Watch(*std::move(stream), *family, env);
}

ExitStatus WatchCommand::Watch(genl::EventStream stream, const Family& family,
                               Environment& env) const {
  const WireTables tables(family);
  genl::Deadline deadline(timeout_);
  for (uint64_t seen = 0;;) {
    genl::Deadline now(absl::ZeroDuration());
    const absl::StatusOr<genl::EventStream::Told> told = stream.Next(now);
    const bool idle = absl::IsDeadlineExceeded(told.status());
    if (told.ok()) {
      env.Out(Line(*told, family, tables, env));
      if (told->kind == genl::EventStream::Kind::kMessage && ++seen == count_) {
        return ExitStatus::kDone;
      }
    } else if (absl::IsDataLoss(told.status())) {
      Fail(told.status().message(), env);
    } else if (!idle) {
      return Fail(told.status().message(), env);
    }
    if (idle && !env.Flush()) return ExitStatus::kWrongInput;
    // A stream that never rests can be ended all the same.
    const Wake wake = env.Wait(stream.fd(), idle ? deadline : now);
    if (wake == Wake::kInterrupted) return ExitStatus::kDone;
    const bool over = idle ? wake == Wake::kTimeout : deadline.RemainingMilliseconds() == 0;
    if (over && count_ == 0) return ExitStatus::kDone;
    if (over) return Fail(absl::StrCat(seen, " of ", count_, " notifications came in time"), env);
  }
}

std::string WatchCommand::Line(const genl::EventStream::Told& told, const Family& family,
                               const WireTables& tables, const Environment& env) const {
  switch (told.kind) {
    case genl::EventStream::Kind::kOverrun: return output_.printer(env).Add("{\"overrun\":true}");
    case genl::EventStream::Kind::kRestarted:
      return output_.printer(env).Add("{\"restarted\":true}");
    case genl::EventStream::Kind::kMessage: break;
  }
  return Line(told.message, family, tables, env);
}

std::string WatchCommand::Line(const genl::FamilyMessage& message, const Family& family,
                               const WireTables& tables, const Environment& env) const {
  ReplyPrinter printer = output_.printer(env);
  std::string name = absl::StrCat("#", message.command);
  std::string body;
  if (const std::optional<KnownMessage> known = FindMessage(family, message.command)) {
    name = known->operation->name;
    // What is no such message leaves the body empty.
    genl::AppendJson(tables.All(*known->message), message.payload, printer.style(), body)
        .IgnoreError();
  }
  if (body.empty()) body = absl::StrCat("{\"#hex\":\"", Hex(message.payload), "\"}");
  if (printer.style() == genl::JsonStyle::kCompact) {
    return printer.Add(absl::StrCat("{\"name\":\"", name, "\",\"msg\":", body, "}"));
  }
  return printer.Add(absl::StrCat("{\n  \"name\": \"", name, "\",\n  \"msg\": ",
                                  absl::StrReplaceAll(body, {{"\n", "\n  "}}), "\n}"));
}

}  // namespace

std::unique_ptr<Command> MakeWatchCommand() { return std::make_unique<WatchCommand>(); }

}  // namespace genlc
