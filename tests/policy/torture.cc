#include "tests/policy/torture.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/posix.h"
#include "tools/genlc/sources.h"

namespace genlc::policy {
namespace {

bool Parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::pair<absl::string_view, absl::string_view> argument =
        absl::StrSplit(argv[i], absl::MaxSplits('=', 1));
    const std::string value(argument.second);
    if (argument.first == "--spec") {
      options.spec = value;
    } else if (argument.first == "--echo") {
      options.echoes.insert(value);
    } else if (argument.first == "--handler_says") {
      options.handler_says.insert(value);
    } else if (argument.first == "--without") {
      options.without.insert(value);
    } else {
      std::fprintf(stderr, "torture: unknown argument %s\n", argv[i]);
      return false;
    }
  }
  return !options.spec.empty();
}

}  // namespace

bool Torture::Run() {
  for (const Request& request : RequestsOf(family_)) {
    ForEachCase(family_, request, [&](const Case& one) { Ask(request, one); });
  }
  return Report();
}

void Torture::Ask(const Request& request, const Case& one) {
  constexpr int kMostToPrint = 40;
  ++counts_[static_cast<size_t>(one.kind)];
  const absl::StatusOr<Answer> answer = peer_.Ask(request, one.payload);
  const std::string wrong = answer.ok() ? Judge(request, one, *answer) : answer.status().ToString();
  if (wrong.empty() || ++failed_ > kMostToPrint) return;
  const absl::string_view bytes(reinterpret_cast<const char*>(one.payload.data()),
                                std::min<size_t>(one.payload.size(), 200));
  std::printf("%s\n  bytes:    %s\n%s", Describe(request, one).c_str(),
              absl::BytesToHexString(bytes).c_str(), wrong.c_str());
}

bool Torture::IsHandlers(const Verdict& verdict) const {
  return options_.handler_says.count(verdict.text) > 0 ||
         (verdict.error != 0 && options_.handler_says.count(strerrorname_np(verdict.error)) > 0);
}

std::string Torture::Judge(const Request& request, const Case& one, const Answer& answer) {
  const Context context{.kernel = kernel_,
                        .validation = request.validation,
                        .dump = request.dump,
                        .decoded = one.decoded};
  const Verdict expected = Expect(one.rule, one.culprit, context);
  const bool by_handler = expected.error == 0 && IsHandlers(answer.verdict);
  if (answer.verdict != expected && !by_handler) {
    return absl::StrCat("  expected: ", Describe(expected),
                        "\n  got:      ", Describe(answer.verdict), "\n");
  }
  return by_handler ? "" : JudgeSame(request, one, answer);
}

// Of two duplicates, which one the answer shows.
std::string Torture::JudgeSame(const Request& request, const Case& one, const Answer& answer) {
  if (one.unlike.empty() || request.dump || options_.echoes.count(request.operation->name) == 0) {
    return "";
  }
  const absl::StatusOr<Answer> same = peer_.Ask(request, one.same_as);
  const absl::StatusOr<Answer> unlike = peer_.Ask(request, one.unlike);
  if (!same.ok() || !unlike.ok()) return "  the requests with one of both had no answer\n";
  ++compared_;
  if (same->reply == unlike->reply) return "  the answer does not show which of both counts\n";
  if (answer.reply == same->reply) return "";
  return answer.reply == unlike->reply ? "  the first one counts\n" : "  neither of both counts\n";
}

bool Torture::Report() {
  int total = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    const char* name = Name(static_cast<Kind>(i));
    const bool wanted = options_.without.count(name) == 0;
    total += counts_[i];
    std::printf("%6d %s\n", counts_[i], name);
    if (wanted == (counts_[i] > 0)) continue;
    ++failed_;
    std::printf("       %s\n", wanted ? "none of them ran" : "not expected of this family");
  }
  std::printf("%6d cases, %d answers compared, %d wrong\n", total, compared_, failed_);
  if (!options_.echoes.empty() && compared_ == 0) std::printf("no answer was compared\n");
  return failed_ == 0 && (options_.echoes.empty() || compared_ > 0);
}

int TortureMain(int argc, char** argv, const Kernel& kernel,
                const std::function<absl::StatusOr<Peer>(const Family& family)>& connect) {
  Options options;
  if (!Parse(argc, argv, options)) return 2;
  PosixFiles files;
  PosixEnvironment env(files);
  SourceManager manager;
  const auto sources = ReadSources({options.spec}, "", env, manager);
  if (!sources.has_value()) return 1;
  Reporter reporter;
  const std::unique_ptr<const Family> family = Analyze(sources->front(), reporter);
  if (family == nullptr) {
    std::fprintf(stderr, "torture: %s is wrong\n", options.spec.c_str());
    return 1;
  }
  absl::StatusOr<Peer> peer = connect(*family);
  if (!peer.ok()) {
    std::fprintf(stderr, "torture: %s\n", peer.status().ToString().c_str());
    return 1;
  }
  return Torture(options, *family, *std::move(peer), kernel).Run() ? 0 : 1;
}

}  // namespace genlc::policy
