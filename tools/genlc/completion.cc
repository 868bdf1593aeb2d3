#include "tools/genlc/completion.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/genlc/complete_path.h"
#include "tools/genlc/live_family.h"
#include "tools/genlc/spec_path.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

std::vector<std::string> Names(const std::vector<std::unique_ptr<Command>>& commands) {
  std::vector<std::string> names = {"help"};
  for (const auto& command : commands) names.push_back(command->manual().name);
  return names;
}

std::vector<std::string> CompleteFlag(Command& command, absl::string_view word) {
  bool help = false;
  std::vector<Flag> flags = command.Flags();
  flags.emplace_back("help", "", "", &help);
  std::vector<std::string> words;
  for (const Flag& flag : flags) {
    const std::string name = absl::StrCat("--", flag.name(), flag.is_switch() ? "" : "=");
    words.push_back(name);
    if (!absl::StrContains(word, '=')) continue;
    for (const std::string& value : flag.Words()) words.push_back(name + value);
  }
  return words;
}

// The word of a manual for the argument at this position: "FAMILY" of "FAMILY [OPERATION]". The
// last one may stand for all that follow.
std::string Placeholder(const Manual& manual, size_t position) {
  const std::string plain = absl::StrReplaceAll(
      manual.arguments, {{"[", ""}, {"]", ""}, {"...", ""}, {"JSON | ", ""}, {" | ", "|"}});
  const std::vector<std::string> places = absl::StrSplit(plain, ' ', absl::SkipEmpty());
  if (places.empty()) return "";
  if (position < places.size()) return places[position];
  return absl::StrContains(manual.arguments, "...") ? places.back() : "";
}

class ArgumentCompletion {
 public:
  // `words`: those of the command line that are no flags, the last one not finished.
  ArgumentCompletion(const std::vector<std::string>& words, Environment& env)
      : words_(words), env_(env) {}

  std::vector<std::string> Operations() {
    std::vector<std::string> names;
    if (!Load()) return names;
    for (const auto& operation : family_->operations) {
      if (words_[0] == "describe" || ExchangeOf(*operation) != nullptr) {
        names.push_back(operation->name);
      }
    }
    return names;
  }

  std::vector<std::string> Groups() {
    std::vector<std::string> names;
    if (!Load()) return names;
    for (const auto& group : family_->groups) names.push_back(group->name);
    return names;
  }

  std::vector<std::string> Paths() {
    if (!Load()) return {};
    const Operation* operation = family_->FindOperation(words_[2]);
    const Exchange* exchange = operation != nullptr ? ExchangeOf(*operation) : nullptr;
    if (exchange == nullptr) return {};
    const WireTables tables(*family_);
    OwnedSet rows;
    return CompletePath(tables.List(exchange->request, rows),
                        {words_.begin() + 3, words_.end() - 1}, words_.back());
  }

 private:
  bool Load() {
    family_ = LoadLiveFamily(words_[1], env_, manager_);
    return family_ != nullptr;
  }

  const Exchange* ExchangeOf(const Operation& operation) const {
    return FindExchange(*family_, operation, words_[0] == "dump");
  }

  const std::vector<std::string>& words_;
  Environment& env_;
  SourceManager manager_;
  std::unique_ptr<const Family> family_;
};

std::vector<std::string> CompleteArgument(const std::vector<std::unique_ptr<Command>>& commands,
                                          const Manual& manual,
                                          const std::vector<std::string>& words, Environment& env) {
  const std::string place = Placeholder(manual, words.size() - 2);
  if (place == "FAMILY" || place == "SPEC" || place == "OLD" || place == "NEW" || place == "NAME") {
    return SpecNames(env);
  }
  if (place == "COMMAND") return Names(commands);
  if (place == "OPERATION") return ArgumentCompletion(words, env).Operations();
  if (place == "GROUP") return ArgumentCompletion(words, env).Groups();
  if (place == "PATH=VALUE") return ArgumentCompletion(words, env).Paths();
  // Words that stand for themselves: "bash|zsh".
  if (absl::StrContains(place, '|')) return absl::StrSplit(place, '|');
  return {};
}

std::vector<std::string> Candidates(const std::vector<std::unique_ptr<Command>>& commands,
                                    const std::vector<std::string>& words, Environment& env) {
  if (words.size() <= 1) {
    std::vector<std::string> names = Names(commands);
    names.insert(names.end(), {"--help", "--version"});
    return names;
  }
  if (words[0] == "help") return Names(commands);
  const auto command = std::find_if(commands.begin(), commands.end(), [&](const auto& candidate) {
    return words[0] == candidate->manual().name;
  });
  if (command == commands.end()) return {};
  if (absl::StartsWith(words.back(), "-")) return CompleteFlag(**command, words.back());
  std::vector<std::string> arguments;
  for (const std::string& word : words) {
    if (!absl::StartsWith(word, "-")) arguments.push_back(word);
  }
  return CompleteArgument(commands, (*command)->manual(), arguments, env);
}

}  // namespace

std::vector<std::string> Complete(const std::vector<std::unique_ptr<Command>>& commands,
                                  const std::vector<std::string>& words, Environment& env) {
  std::vector<std::string> found = Candidates(commands, words, env);
  const std::string word = words.empty() ? "" : words.back();
  found.erase(std::remove_if(
                  found.begin(), found.end(),
                  [&](const std::string& candidate) { return !absl::StartsWith(candidate, word); }),
              found.end());
  std::sort(found.begin(), found.end());
  return found;
}

const char kBashCompletion[] = R"(# bash completion of genlc: source <(genlc completion bash)
_genlc() {
  local line=${COMP_LINE:0:COMP_POINT} words word
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=${words[-1]}
  mapfile -t COMPREPLY < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
  # Of a word, bash replaces only what follows the last `=` or `:`.
  COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*[=:]}"}"}")
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=./,] ]]; then compopt -o nospace; fi
}
complete -o default -F _genlc genlc
)";

const char kZshCompletion[] = R"(#compdef genlc
# zsh completion of genlc: source <(genlc completion zsh)
_genlc() {
  local -a found
  found=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  found=(${found:#})
  if (( ! ${#found} )); then
    _files
    return
  fi
  compadd -Q -S '' -- ${(M)found:#*[=./,]}
  compadd -Q -- ${found:#*[=./,]}
}
if [[ ${funcstack[1]} == _genlc ]]; then _genlc "$@"; else compdef _genlc genlc; fi
)";

}  // namespace genlc
