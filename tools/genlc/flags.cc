#include "tools/genlc/flags.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "family/diag/suggest.h"

namespace genlc {
namespace {

// "; did you mean `x`?", or nothing.
std::string Hint(absl::string_view word, const std::vector<std::string>& candidates) {
  const std::string hint = DidYouMean(word, {candidates.begin(), candidates.end()});
  return hint.empty() ? "" : absl::StrCat("; ", hint);
}

// `word` is "--name".
absl::StatusOr<const Flag*> Find(const std::vector<Flag>& flags, absl::string_view word) {
  std::vector<std::string> names;
  for (const Flag& flag : flags) {
    names.push_back(absl::StrCat("--", flag.name()));
    if (names.back() == word) return &flag;
  }
  return absl::InvalidArgumentError(Unknown("flag", word, names));
}

}  // namespace

std::vector<std::string> Flag::Words() const {
  if (!absl::StrContains(value_, '|')) return {};
  return absl::StrSplit(value_, '|');
}

std::string Flag::Spelling() const {
  return absl::StrCat("--", name_, is_switch() ? "" : "=", value_);
}

absl::Status Flag::Set(absl::string_view text) const {
  std::string error;
  if (!text.empty() && set_(text, &error)) return absl::OkStatus();
  std::string hint = Hint(text, Words());
  if (hint.empty() && !error.empty()) hint = absl::StrCat("; ", error);
  const std::string problem =
      text.empty() ? "has an empty value" : absl::StrCat("cannot be `", text, "`", hint);
  return absl::InvalidArgumentError(absl::StrCat("`", Spelling(), "` ", problem));
}

absl::StatusOr<std::vector<std::string>> ParseFlags(const std::vector<Flag>& flags,
                                                    const std::vector<std::string>& words) {
  std::vector<std::string> arguments;
  for (size_t i = 0; i < words.size(); ++i) {
    const absl::string_view word = words[i];
    if (word == "--") {
      arguments.insert(arguments.end(), words.begin() + static_cast<ptrdiff_t>(i) + 1, words.end());
      break;
    }
    if (word.size() < 2 || word[0] != '-') {
      arguments.emplace_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const absl::StatusOr<const Flag*> flag = Find(flags, word.substr(0, equals));
    if (!flag.ok()) return flag.status();
    absl::string_view value = "true";
    if (equals != word.npos) {
      value = word.substr(equals + 1);
    } else if (!(*flag)->is_switch()) {
      if (i + 1 == words.size() || absl::StartsWith(words[i + 1], "--")) {
        return absl::InvalidArgumentError(
            absl::StrCat("`", (*flag)->Spelling(), "` needs a value"));
      }
      value = words[++i];
    }
    if (absl::Status set = (*flag)->Set(value); !set.ok()) return set;
  }
  return arguments;
}

std::string Unknown(absl::string_view what, absl::string_view word,
                    const std::vector<std::string>& candidates) {
  return absl::StrCat("unknown ", what, " `", word, "`", Hint(word, candidates));
}

}  // namespace genlc
