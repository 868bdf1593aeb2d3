#include "tools/genlc/message_flags.h"

#include <linux/netlink.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "family/diag/suggest.h"

namespace genlc {
namespace {

struct Word {
  uint16_t bits;
  const char* word;
};

constexpr Word kAlways[] = {
    {NLM_F_REQUEST, "request"},
    {NLM_F_MULTI, "multi"},
    {NLM_F_ACK, "ack"},
    {NLM_F_ECHO, "echo"},
    {NLM_F_DUMP_INTR, "dump-intr"},
    {NLM_F_DUMP_FILTERED, "dump-filtered"},
};
constexpr Word kMake[] = {{NLM_F_REPLACE, "replace"},
                          {NLM_F_EXCL, "excl"},
                          {NLM_F_CREATE, "create"},
                          {NLM_F_APPEND, "append"}};
constexpr Word kGet[] = {
    {NLM_F_DUMP, "dump"}, {NLM_F_ROOT, "root"}, {NLM_F_MATCH, "match"}, {NLM_F_ATOMIC, "atomic"}};
// NLM_F_BULK is younger than some headers.
constexpr Word kDelete[] = {{NLM_F_NONREC, "nonrec"}, {0x200, "bulk"}};
constexpr Word kAnswer[] = {{NLM_F_CAPPED, "capped"}, {NLM_F_ACK_TLVS, "ack-tlvs"}};

absl::Span<const Word> WordsOf(FlagUse use) {
  switch (use) {
    case FlagUse::kMake: return kMake;
    case FlagUse::kGet: return kGet;
    case FlagUse::kDelete: return kDelete;
    case FlagUse::kAnswer: return kAnswer;
  }
  return {};
}

}  // namespace

bool AbslParseFlag(absl::string_view text, RequestFlagWords* to, std::string* error) {
  static const std::map<absl::string_view, genl::RequestFlags> kWords = {
      {"create", genl::RequestFlags::kCreate},       {"excl", genl::RequestFlags::kExclusive},
      {"replace", genl::RequestFlags::kReplace},     {"append", genl::RequestFlags::kAppend},
      {"nonrec", genl::RequestFlags::kNonRecursive}, {"bulk", genl::RequestFlags::kBulk},
      {"echo", genl::RequestFlags::kEcho},
  };
  for (const absl::string_view word : absl::StrSplit(text, ',')) {
    const auto known = kWords.find(word);
    if (known == kWords.end()) {
      std::vector<absl::string_view> words;
      for (const auto& entry : kWords) words.push_back(entry.first);
      *error = DidYouMeanOneOf(word, words);
      return false;
    }
    to->flags |= known->second;
  }
  return true;
}

std::vector<std::string> FlagWords(uint16_t flags, FlagUse use) {
  std::vector<std::string> words;
  const auto take = [&](absl::Span<const Word> known) {
    for (const Word& word : known) {
      if ((flags & word.bits) != word.bits) continue;
      words.push_back(word.word);
      flags = static_cast<uint16_t>(flags & ~word.bits);
    }
  };
  take(kAlways);
  take(WordsOf(use));
  if (flags != 0) words.push_back(absl::StrCat("0x", absl::Hex(flags)));
  return words;
}

}  // namespace genlc
