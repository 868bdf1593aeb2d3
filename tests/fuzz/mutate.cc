#include "tests/fuzz/mutate.h"

#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace genlc {
namespace {

constexpr absl::string_view kSeparators = " \t,:[]{}\"'";

// Words at which limits lie, and words that YAML takes for something else.
constexpr const char* kHardWords[] = {
    "0", "-1", "1", "255", "256", "65535", "65536", "16383", "16384", "4294967295", "4294967296",
    "18446744073709551615", "18446744073709551616", "-9223372036854775808", "0x7f", "010", "1.5",
    "~", "null", "yes", "off", "", "[]", "{}", "*x", "&x", "|", ">", "!!str", "\"", "- ", "? ",
    "#", "\t", "\xc3\xa4", "\xff", "u8", "u64", "s32", "nest", "binary", "string", "flag", "pad",
    "unused", "indexed-array", "nest-type-value", "genetlink-legacy", "netlink-raw", "big-endian"};

}  // namespace

Mutator::Mutator(const std::vector<std::string>& corpus, unsigned seed) : random_(seed) {
  std::set<std::string> words(std::begin(kHardWords), std::end(kHardWords));
  for (const std::string& text : corpus) {
    texts_.push_back(absl::StrSplit(text, '\n'));
    for (const std::string& line : texts_.back()) {
      lines_.push_back(line);
      for (absl::string_view word :
           absl::StrSplit(line, absl::ByAnyChar(kSeparators), absl::SkipEmpty())) {
        words.emplace(word);
      }
    }
  }
  words_.assign(words.begin(), words.end());
}

std::string Mutator::Next() {
  std::vector<std::string> lines = texts_[Below(texts_.size())];
  for (size_t changes = 1 + Below(4); changes > 0; --changes) Change(lines);
  return absl::StrJoin(lines, "\n");
}

void Mutator::Change(std::vector<std::string>& lines) {
  if (lines.empty()) lines.emplace_back();
  const size_t at = Below(lines.size());
  switch (Below(8)) {
    case 0:
      lines.erase(lines.begin() + at);
      break;
    case 1:
      lines.insert(lines.begin() + at, lines[Below(lines.size())]);
      break;
    case 2:
      std::swap(lines[at], lines[Below(lines.size())]);
      break;
    case 3:
      lines[at] = absl::StrCat(std::string(2 * Below(4), ' '), absl::StripLeadingAsciiWhitespace(lines[at]));
      break;
    case 4:
      lines.insert(lines.begin() + at, Pick(lines_));
      break;
    case 5:
      lines.resize(at + 1);
      lines[at].resize(Below(lines[at].size() + 1));
      break;
    default:
      ChangeWord(lines[at]);
  }
}

void Mutator::ChangeWord(std::string& line) {
  std::vector<std::pair<size_t, size_t>> words;  // begin, length
  for (size_t i = 0; i < line.size();) {
    const size_t begin = line.find_first_not_of(kSeparators.data(), i);
    if (begin == std::string::npos) break;
    const size_t end = std::min(line.find_first_of(kSeparators.data(), begin), line.size());
    words.emplace_back(begin, end - begin);
    i = end;
  }
  if (words.empty()) {
    line += Pick(words_);
    return;
  }
  const auto [begin, length] = words[Below(words.size())];
  line.replace(begin, length, Below(4) == 0 ? kHardWords[Below(std::size(kHardWords))] : Pick(words_));
}

}  // namespace genlc
