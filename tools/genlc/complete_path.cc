#include "tools/genlc/complete_path.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace genlc {
namespace {

using genl::Kind;

// What stands behind a name: how it goes on, and the words that its value can be.
struct Choice {
  std::string name = {};
  bool inside = false;  // there are names below it, behind a dot
  bool value = true;    // there is a value, behind `=`
  const genl::Enum* enumeration = nullptr;
  const genl::SubMessage* chosen = nullptr;  // the sub-message whose format the value chooses
};

// Where a path has led to: attributes, the members of a structure, or both, with a fixed header.
struct Level {
  std::string path = {};  // with a dot behind it, unless it is empty
  const genl::AttributeSet* set = nullptr;
  const genl::Structure* header = nullptr;     // below the name `header`
  const genl::Structure* structure = nullptr;  // its members stand here
};

class PathCompletion {
 public:
  explicit PathCompletion(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  // One step further; nothing where there is no such name, or nothing below it.
  std::optional<Level> Enter(const Level& level, absl::string_view step) const;
  std::vector<Choice> Choices(const Level& level) const;

 private:
  std::optional<Level> Below(const Level& level, const genl::Attribute& attribute) const;
  const genl::Format* FormatOf(const Level& level, const genl::Attribute& attribute) const;
  absl::string_view ValueOf(absl::string_view path) const;

  const std::vector<std::string>& arguments_;
};

// Without an index: "threshold[0]" is "threshold".
absl::string_view NameOf(absl::string_view step) { return step.substr(0, step.find('[')); }

// Empty: it has not been given.
absl::string_view PathCompletion::ValueOf(absl::string_view path) const {
  for (const absl::string_view argument : arguments_) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(argument, absl::MaxSplits('=', 1));
    if (parts.first == path) return parts.second;
  }
  return "";
}

// The selector stands beside the sub-message, or further out.
const genl::Format* PathCompletion::FormatOf(const Level& level,
                                             const genl::Attribute& attribute) const {
  absl::string_view value;
  absl::string_view path = level.path;
  for (;;) {
    value = ValueOf(absl::StrCat(path, attribute.selector));
    if (!value.empty() || path.empty()) break;
    path.remove_suffix(1);
    path = path.substr(0, path.rfind('.') + 1);
  }
  for (const genl::Format& format : attribute.sub_message->formats) {
    if (format.value == value) return &format;
  }
  return nullptr;
}

std::optional<Level> PathCompletion::Below(const Level& level,
                                           const genl::Attribute& attribute) const {
  if (attribute.nested != nullptr) return Level{.set = attribute.nested};
  if (attribute.structure != nullptr) return Level{.structure = attribute.structure};
  if (attribute.kind != Kind::kSubMessage) return std::nullopt;
  const genl::Format* format = FormatOf(level, attribute);
  if (format == nullptr) return std::nullopt;
  if (format->set == nullptr) return Level{.structure = format->header};
  return Level{.set = format->set, .header = format->header};
}

std::optional<Level> PathCompletion::Enter(const Level& level, absl::string_view step) const {
  const absl::string_view name = NameOf(step);
  std::optional<Level> next;
  if (level.header != nullptr && name == "header") next = Level{.structure = level.header};
  if (level.set != nullptr) {
    for (const genl::Attribute& attribute : level.set->attributes) {
      if (attribute.name == name) next = Below(level, attribute);
    }
  }
  if (level.structure != nullptr) {
    for (const genl::StructMember& member : level.structure->members) {
      if (member.name == name && member.nested != nullptr) next = Level{.structure = member.nested};
    }
  }
  if (next) next->path = absl::StrCat(level.path, step, ".");
  return next;
}

std::vector<Choice> PathCompletion::Choices(const Level& level) const {
  std::vector<Choice> choices;
  if (level.header != nullptr) choices.push_back({.name = "header", .inside = true});
  if (level.structure != nullptr) {
    for (const genl::StructMember& member : level.structure->members) {
      if (member.kind == Kind::kUnused) continue;
      choices.push_back({.name = member.name,
                         .inside = member.nested != nullptr,
                         .enumeration = member.enumeration});
    }
  }
  if (level.set == nullptr) return choices;
  for (const genl::Attribute& attribute : level.set->attributes) {
    if (attribute.kind == Kind::kUnused) continue;
    const bool inside = attribute.nested != nullptr || attribute.structure != nullptr ||
                        attribute.kind == Kind::kSubMessage;
    Choice& choice = choices.emplace_back(Choice{.name = attribute.name,
                                                 .inside = inside,
                                                 .value = attribute.kind != Kind::kFlag,
                                                 .enumeration = attribute.enumeration});
    for (const genl::Attribute& other : level.set->attributes) {
      const bool chooses = other.selector != nullptr && choice.name == other.selector;
      if (chooses) choice.chosen = other.sub_message;
    }
  }
  return choices;
}

std::vector<std::string> Values(const Choice& choice, absl::string_view begun) {
  std::vector<std::string> values;
  if (choice.enumeration != nullptr) {
    // Flags that are there already stay.
    const std::string before(choice.enumeration->flags ? begun.substr(0, begun.rfind(',') + 1)
                                                       : "");
    for (const genl::EnumEntry& entry : choice.enumeration->entries) {
      values.push_back(before + entry.name);
    }
  } else if (choice.chosen != nullptr) {
    for (const genl::Format& format : choice.chosen->formats) values.emplace_back(format.value);
  }
  return values;
}

}  // namespace

std::vector<std::string> CompletePath(const genl::MessageTable& message,
                                      const std::vector<std::string>& arguments,
                                      absl::string_view word) {
  const PathCompletion completion(arguments);
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(word, absl::MaxSplits('=', 1));
  std::vector<absl::string_view> steps = absl::StrSplit(parts.first, '.');
  const absl::string_view last = steps.back();
  steps.pop_back();
  std::optional<Level> level = Level{.set = message.set, .header = message.header};
  for (const absl::string_view step : steps) {
    level = completion.Enter(*level, step);
    if (!level) return {};
  }
  std::vector<std::string> words;
  for (const Choice& choice : completion.Choices(*level)) {
    if (!absl::StrContains(word, '=')) {
      words.push_back(absl::StrCat(level->path, choice.name,
                                   choice.inside  ? "."
                                   : choice.value ? "="
                                                  : ""));
    } else if (choice.name == NameOf(last)) {
      for (const std::string& value : Values(choice, parts.second)) {
        words.push_back(absl::StrCat(parts.first, "=", value));
      }
    }
  }
  return words;
}

}  // namespace genlc
