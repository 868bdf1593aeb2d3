#include <algorithm>
#include <limits>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/diag/catalogue/keys.h"
#include "family/diag/catalogue/policies.h"
#include "family/diag/catalogue/numbers.h"
#include "family/diag/suggest.h"
#include "family/load/object_loader.h"

namespace genlc {
namespace {

constexpr absl::string_view kLevelNames[] = {"genetlink", "genetlink-c", "genetlink-legacy",
                                             "netlink-raw"};

// YAML 1.1, which the kernel's own tools read, takes more words for booleans than 1.2.
std::optional<bool> AsBool(absl::string_view text) {
  for (absl::string_view word : {"true", "yes", "on"}) {
    if (absl::EqualsIgnoreCase(text, word)) return true;
  }
  for (absl::string_view word : {"false", "no", "off"}) {
    if (absl::EqualsIgnoreCase(text, word)) return false;
  }
  return std::nullopt;
}

bool LooksLikeNumber(absl::string_view text) {
  if (absl::StartsWith(text, "-") || absl::StartsWith(text, "+")) text.remove_prefix(1);
  if (text.empty() || !absl::ascii_isdigit(text.front())) return false;
  if (absl::StartsWith(text, "0x")) {
    return text.size() > 2 && std::all_of(text.begin() + 2, text.end(), absl::ascii_isxdigit);
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(c) || c == '_' || c == '.';
  });
}

// `0o17`, `0b11` and `1:30`: numbers to some readers of YAML and text to others.
bool LooksLikeOddNumber(absl::string_view text) {
  if (absl::StartsWith(text, "-") || absl::StartsWith(text, "+")) text.remove_prefix(1);
  if (text.empty() || !absl::ascii_isdigit(text.front())) return false;
  if (absl::StartsWith(text, "0o") || absl::StartsWith(text, "0b")) {
    return text.size() > 2 && std::all_of(text.begin() + 2, text.end(), absl::ascii_isdigit);
  }
  return absl::StrContains(text, ":") && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || c == ':';
         });
}

// `2026-11-21`, which YAML 1.1 takes for a date.
bool LooksLikeDate(absl::string_view text) {
  constexpr absl::string_view kShape = "dddd-dd-dd";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
           return shape == 'd' ? absl::ascii_isdigit(c) : c == shape;
         });
}

// Decimal or 0x, with a sign; what fits into s64 or u64. `odd` where the spelling means
// different numbers to different readers (a leading zero, an underscore).
std::optional<Integer> AsInteger(absl::string_view text, bool& odd) {
  const bool negative = absl::StartsWith(text, "-");
  if (negative || absl::StartsWith(text, "+")) text.remove_prefix(1);
  if (text.empty() || !absl::ascii_isdigit(text.front())) return std::nullopt;
  uint64_t magnitude = 0;
  const bool hex = absl::StartsWith(text, "0x") || absl::StartsWith(text, "0X");
  if (hex) {
    if (!absl::SimpleHexAtoi(text, &magnitude)) return std::nullopt;
  } else {
    odd = (text.size() > 1 && text.front() == '0') || absl::StrContains(text, "_");
    if (odd || !absl::SimpleAtoi(text, &magnitude)) return std::nullopt;
  }
  const Integer value = negative ? -Integer(magnitude) : Integer(magnitude);
  if (value < std::numeric_limits<int64_t>::min()) return std::nullopt;
  return value;
}

std::string Describe(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kSequence) return "a list";
  if (node.kind == YamlNode::Kind::kMapping) return "a mapping";
  if (node.is_null()) return "nothing";
  if (node.plain && (LooksLikeNumber(node.value) || LooksLikeOddNumber(node.value))) {
    return "a number";
  }
  if (node.plain && LooksLikeDate(node.value)) return "a date";
  if (node.plain && AsBool(node.value)) return "a boolean";
  return "text";
}

// "`genetlink-legacy` and `netlink-raw`"
std::string LevelList(Levels levels) {
  std::vector<std::string> names;
  for (size_t i = 0; i < std::size(kLevelNames); ++i) {
    if (levels & (1u << i)) names.push_back(absl::StrCat("`", kLevelNames[i], "`"));
  }
  return absl::StrJoin(names, " and ");
}

}  // namespace

bool ValueLoader::Load(const YamlNode& node, const KeyInfo& key, Spanned<std::string>& out) {
  if (node.is_null() && LegalHere(key.rule.nullable)) {
    out = {"", node.span};
    return true;
  }
  if (node.kind != YamlNode::Kind::kScalar || node.is_null()) return WrongType(node, key, "a text");
  if (!key.rule.words.empty()) {
    if (!CheckWord(node, key)) return false;
  } else if (node.plain && Describe(node) != "text") {
    reporter_.Report(kAmbiguousScalar, node.span, node.value, Describe(node))
        .Hint(absl::StrCat("\"", node.value, "\""));
    return false;
  }
  if (LegalHere(key.rule.name) && !CheckName(node, key.rule)) return false;
  out = {node.value, node.span};
  return true;
}

bool ValueLoader::Load(const YamlNode& node, const KeyInfo& key, Spanned<Integer>& out) {
  if (node.kind == YamlNode::Kind::kScalar && node.plain && LooksLikeOddNumber(node.value)) {
    return reporter_.Report(kOddInteger, node.span, node.value);
  }
  if (node.kind != YamlNode::Kind::kScalar || !node.plain || !LooksLikeNumber(node.value) ||
      absl::StrContains(node.value, ".")) {
    return WrongType(node, key, "an integer");
  }
  bool odd = false;
  const std::optional<Integer> value = AsInteger(node.value, odd);
  if (odd) return reporter_.Report(kOddInteger, node.span, node.value);
  if (!value) return reporter_.Report(kNumberTooLong, node.span, node.value);
  if (key.rule.non_negative && *value < 0) {
    return reporter_.Report(kNumberOutOfRange, node.span, key.name, *value, 0, 0xffff);
  }
  out = {*value, node.span};
  return true;
}

bool ValueLoader::Load(const YamlNode& node, const KeyInfo& key, Spanned<RawNumber>& out) {
  if (node.kind != YamlNode::Kind::kScalar || node.is_null()) {
    return WrongType(node, key, "an integer or a name");
  }
  if (node.plain && (LooksLikeNumber(node.value) || LooksLikeOddNumber(node.value))) {
    Spanned<Integer> number;
    if (!Load(node, KeyInfo{key.name, Rule()}, number)) return false;
    if (key.rule.non_negative && number.value < 0) {
      return reporter_.Report(kNegativeLimit, node.span, key.name, number.value);
    }
    out = {{number.value, node.value}, node.span};
    return true;
  }
  out = {{node.value, node.value}, node.span};
  return true;
}

bool ValueLoader::Load(const YamlNode& node, const KeyInfo& key, Spanned<bool>& out) {
  const std::optional<bool> value =
      node.kind == YamlNode::Kind::kScalar && node.plain ? AsBool(node.value) : std::nullopt;
  if (!value) return WrongType(node, key, "a boolean");
  out = {*value, node.span};
  return true;
}

bool ValueLoader::CheckWord(const YamlNode& node, const KeyInfo& key) {
  std::vector<absl::string_view> legal;
  for (const Word& word : key.rule.words) {
    if (LegalHere(word.levels)) legal.push_back(word.text);
    if (node.value != word.text) continue;
    if (LegalHere(word.levels)) return true;
    return reporter_.Report(kWordOfOtherLevel, node.span, node.value, key.name, LevelName())
        .Hint(absl::StrCat("it belongs to ", LevelList(word.levels)));
  }
  return reporter_.Report(kUnknownWord, node.span, node.value, key.name)
      .Hint(DidYouMeanOneOf(node.value, legal));
}

bool ValueLoader::CheckName(const YamlNode& node, const Rule& rule) {
  const bool capitals = rule.capitals && level_ == Level::kNetlinkRaw;
  const auto legal = [&](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-' ||
           (capitals && absl::ascii_isupper(c));
  };
  const auto old = [&](char c) { return legal(c) || c == '_' || c == ' '; };
  if (!node.value.empty() && std::all_of(node.value.begin(), node.value.end(), legal)) return true;
  std::string repaired = absl::AsciiStrToLower(node.value);
  std::replace_if(
      repaired.begin(), repaired.end(), [&](char c) { return !legal(c); }, '-');
  if (!node.value.empty() && std::all_of(node.value.begin(), node.value.end(), old)) {
    reporter_.Report(kOldName, node.span, node.value).Hint(repaired);
    return true;
  }
  const auto report = reporter_.Report(kBadName, node.span, node.value,
                                       capitals ? "letters, digits and `-`"
                                                : "lower-case letters, digits and `-`");
  if (!repaired.empty()) report.Hint(repaired);
  return false;
}

absl::string_view ValueLoader::LevelName() const { return kLevelNames[static_cast<int>(level_)]; }

bool ValueLoader::WrongType(const YamlNode& node, const KeyInfo& key, absl::string_view wanted) {
  return reporter_.Report(kWrongType, node.span, key.name, wanted, Describe(node));
}

bool ValueLoader::IsSequence(const YamlNode& node, const KeyInfo& key) {
  return node.kind == YamlNode::Kind::kSequence || WrongType(node, key, "a list");
}

bool ValueLoader::IsMapping(const YamlNode& node, const KeyInfo& key) {
  return node.kind == YamlNode::Kind::kMapping || WrongType(node, key, "a mapping");
}

void ValueLoader::UnknownKey(const YamlNode& key, absl::string_view what,
                             const std::vector<absl::string_view>& known) {
  reporter_.Report(kUnknownKey, key.span, key.value, what).Hint(DidYouMean(key.value, known));
}

void ValueLoader::KeyOfOtherLevel(const YamlNode& key, absl::string_view what, Levels levels) {
  reporter_.Report(kKeyOfOtherLevel, key.span, key.value, what, LevelName())
      .Hint(absl::StrCat("it belongs to ", LevelList(levels)));
}

void ValueLoader::MissingKey(const YamlNode& object, absl::string_view what,
                             absl::string_view key) {
  reporter_.Report(kMissingKey, object.span, what, key);
}

}  // namespace genlc
