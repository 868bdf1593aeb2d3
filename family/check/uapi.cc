// Names and paths as C sees them.
#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "family/check/rules.h"
#include "family/diag/catalogue/keys.h"
#include "family/diag/catalogue/uapi.h"

namespace genlc {
namespace {

bool IsWordCharacter(char c) { return absl::ascii_isalnum(c) || c == '_'; }

bool IsWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsWordCharacter);
}

bool IsKeyword(absl::string_view text) {
  static const auto& keywords = *new std::set<absl::string_view>{
      "asm",      "auto",   "break",    "case",     "char",   "const",   "continue", "default",
      "do",       "double", "else",     "enum",     "extern", "float",   "for",      "goto",
      "if",       "inline", "int",      "long",     "register", "restrict", "return", "short",
      "signed",   "sizeof", "static",   "struct",   "switch", "typedef", "typeof",   "union",
      "unsigned", "void",   "volatile", "while"};
  return keywords.contains(text);
}

// As the spec writes names that become C names: `thermo-pre-doit`.
bool IsDashedWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return IsWordCharacter(c) || c == '-'; });
}

// All identifiers that the uAPI header declares: macros and enumerators share one name space with
// those of every other header, tags of enumerations have their own.
class Identifiers {
 public:
  explicit Identifiers(Reporter& reporter) : reporter_(reporter) {}

  // Whether the text of a prefix is part of an identifier; one that is not is reported here
  // and not again for each name that begins with it.
  bool Prefix(const Places& places, absl::string_view key) {
    if (!places.Has(key)) return true;
    const SourceSpan span = places.Of(key, {});
    absl::string_view text = span.text();
    for (const absl::string_view quote : {"\"", "'"}) {
      if (absl::ConsumePrefix(&text, quote)) absl::ConsumeSuffix(&text, quote);
    }
    if (text.empty() || IsDashedWord(text)) return true;
    return reporter_.Report(kNotAnIdentifier, span, text, absl::StrCat("`", key, "`"));
  }

  // `what` says in words what has the name: "the attribute `id`".
  void Add(const std::string& c_name, SourceSpan span, const std::string& what) {
    if (!IsWord(c_name)) {
      reporter_.Report(kNotAnIdentifier, span, c_name, what);
    } else if (absl::ascii_isdigit(c_name.front())) {
      reporter_.Report(kNameBeginsWithDigit, span, c_name, what);
    } else if (IsKeyword(c_name)) {
      reporter_.Report(kKeyword, span, c_name, what);
    } else {
      const auto [first, inserted] = first_.emplace(c_name, Owner{span, what});
      if (inserted) return;
      reporter_.Report(kNameCollision, span, what, c_name, first->second.what)
          .Label(first->second.span, "declared here");
    }
  }

 private:
  struct Owner {
    SourceSpan span;
    std::string what;
  };

  Reporter& reporter_;
  std::map<std::string, Owner> first_;
};

std::string Quoted(absl::string_view kind, absl::string_view name) {
  return absl::StrCat("the ", kind, " `", name, "`");
}

// Equal names have been reported as such; that they are equal in C too is no news.
template <typename List>
auto FirstOfEachName(const List& list) {
  std::vector<decltype(&*list.front())> items;
  std::set<absl::string_view> names;
  for (const auto& item : list) {
    if (names.insert(item->name).second) items.push_back(&*item);
  }
  return items;
}

void AddEnum(const Enum& e, Identifiers& values, Identifiers& tags) {
  const std::string what = Quoted(e.flags ? "flags" : "enum", e.name);
  if (!e.c_name.empty()) tags.Add(e.c_name, e.places.Of("enum-name", e.span), what);
  if (!values.Prefix(e.places, "name-prefix")) return;
  // Before the entries: a name that the spec chose is easier to change.
  if (e.render_max) {
    const SourceSpan span = e.places.Of("render-max", e.span);
    values.Add(e.c_max_name, span, absl::StrCat("`render-max` of ", what));
    if (!e.flags) values.Add(e.c_count_name, span, absl::StrCat("`render-max` of ", what));
  }
  std::set<absl::string_view> names;
  for (const EnumEntry& entry : e.entries) {
    if (!names.insert(entry.name).second) continue;
    values.Add(entry.c_name, entry.span, Quoted("entry", entry.name));
  }
}

void AddSet(const AttributeSet& set, Identifiers& values, Identifiers& tags) {
  const std::string what = Quoted("attribute set", set.name);
  if (!set.c_name.empty()) tags.Add(set.c_name, set.places.Of("enum-name", set.span), what);
  if (!values.Prefix(set.places, "name-prefix")) return;
  const std::string max = absl::StrCat("the maximum of ", what);
  values.Add(set.c_count_name, set.places.Of("attr-cnt-name", set.span), max);
  values.Add(set.c_max_name, set.places.Of("attr-max-name", set.span), max);
  for (const Attribute* attribute : FirstOfEachName(set.attributes)) {
    values.Add(attribute->c_name, attribute->span, Quoted("attribute", attribute->name));
  }
}

void AddCommands(const Family& family, Identifiers& values, Identifiers& tags) {
  const Places& places = family.operations_places;
  if (!family.command_enum.empty()) {
    tags.Add(family.command_enum, places.Of("enum-name", family.span),
             "the enumeration of commands");
  }
  if (!family.async_enum.empty()) {
    tags.Add(family.async_enum, places.Of("async-enum", family.span),
             "the enumeration of notifications");
  }
  const bool prefixes_good = values.Prefix(places, "name-prefix");
  if (!values.Prefix(places, "async-prefix") || !prefixes_good) return;
  values.Add(family.command_count_name, family.span, "the maximum of the commands");
  values.Add(family.command_max_name, family.span, "the maximum of the commands");
  for (const Operation* operation : FirstOfEachName(family.operations)) {
    values.Add(operation->c_name, operation->span, Quoted("operation", operation->name));
  }
}

// Whether the generated header declares it. What another header declares may well be declared
// under the same name twice.
template <typename T>
bool Declared(const T& item) {
  return item.header.empty();
}

void Collisions(const Family& family, Reporter& reporter) {
  Identifiers values(reporter);
  Identifiers tags(reporter);
  values.Add(family.c_family_name, family.places.Of("c-family-name", family.span),
             "the name of the family");
  values.Add(family.c_version_name, family.places.Of("c-version-name", family.span),
             "the version of the family");
  for (const Constant* constant : FirstOfEachName(family.constants)) {
    if (!Declared(*constant) || !values.Prefix(constant->places, "name-prefix")) continue;
    values.Add(constant->c_name, constant->span, Quoted("constant", constant->name));
  }
  for (const Enum* e : FirstOfEachName(family.enums)) {
    if (Declared(*e)) AddEnum(*e, values, tags);
  }
  for (const AttributeSet* set : FirstOfEachName(family.sets)) {
    if (Declared(*set) && set->subset_of == nullptr && !set->places.Has("subset-of")) {
      AddSet(*set, values, tags);
    }
  }
  AddCommands(family, values, tags);
  for (const MulticastGroup* group : FirstOfEachName(family.groups)) {
    values.Add(group->c_name, group->span, Quoted("multicast group", group->name));
  }
}

bool IsHeaderPath(absl::string_view path) {
  if (!absl::EndsWith(path, ".h")) return false;
  for (const absl::string_view part : absl::StrSplit(path, '/')) {
    if (part.empty() || part == "." || part == ".." || part == ".h") return false;
    if (!std::all_of(part.begin(), part.end(), [](char c) {
          return IsWordCharacter(c) || c == '-' || c == '.' || c == '+';
        })) {
      return false;
    }
  }
  return true;
}

void HeaderPath(absl::string_view path, SourceSpan span, Reporter& reporter) {
  if (!IsHeaderPath(path)) reporter.Report(kHeaderPath, span, path);
}

void Headers(const Family& family, Reporter& reporter) {
  HeaderPath(family.uapi_header, family.places.Of("uapi-header", family.span), reporter);
  const auto definition = [&](const auto& item) {
    if (item.places.Has("header")) {
      HeaderPath(item.header, item.places.Of("header", item.span), reporter);
    }
  };
  for (const auto& d : family.definitions) {
    std::visit([&](const auto* item) { definition(*item); }, d);
  }
  for (const auto& set : family.sets) definition(*set);
  const std::vector<SourceSpan> spans = family.kernel_places.All("headers");
  for (size_t i = 0; i < family.kernel_headers.size() && i < spans.size(); ++i) {
    HeaderPath(family.kernel_headers[i], spans[i], reporter);
  }
}

void Identifier(absl::string_view text, absl::string_view key, SourceSpan span,
                Reporter& reporter) {
  if (text.empty()) {
    reporter.Report(kEmptyText, span, key);
  } else if (!IsDashedWord(text) || text.front() == '-' || absl::ascii_isdigit(text.front())) {
    reporter.Report(kNotAnIdentifier, span, text, absl::StrCat("`", key, "`"));
  } else if (IsKeyword(text)) {
    reporter.Report(kKeyword, span, text, absl::StrCat("`", key, "`"));
  }
}

// "struct list_head" or the name of a typedef.
void TypeText(const Family& family, Reporter& reporter) {
  if (!family.kernel_places.Has("sock-priv")) return;
  absl::string_view name = family.sock_priv;
  if (!absl::ConsumePrefix(&name, "struct ")) absl::ConsumePrefix(&name, "union ");
  Identifier(name, "sock-priv", family.kernel_places.Of("sock-priv", family.span), reporter);
}

void Hooks(const Operation& operation, Reporter& reporter) {
  if (operation.places.Has("config-cond")) {
    // Written behind CONFIG_, so it may begin with a digit.
    const SourceSpan span = operation.places.Of("config-cond", operation.span);
    if (operation.config_cond.empty()) {
      reporter.Report(kEmptyText, span, "config-cond");
    } else if (!IsDashedWord(operation.config_cond)) {
      reporter.Report(kNotAnIdentifier, span, operation.config_cond, "`config-cond`");
    } else if (absl::StartsWithIgnoreCase(operation.config_cond, "config_")) {
      reporter.Report(kConfigPrefix, span, operation.config_cond)
          .Hint(operation.config_cond.substr(absl::string_view("CONFIG_").size()));
    }
  }
  for (const auto* exchange : {&operation.do_exchange, &operation.dump}) {
    if (!*exchange) continue;
    for (const absl::string_view key : {"pre", "post"}) {
      if (!(*exchange)->places.Has(key)) continue;
      Identifier(key == "pre" ? (*exchange)->pre : (*exchange)->post, key,
                 (*exchange)->places.Of(key, operation.span), reporter);
    }
  }
}

void StringConstant(const Constant& constant, Reporter& reporter) {
  const std::string* text = std::get_if<std::string>(&constant.value);
  if (text == nullptr || std::all_of(text->begin(), text->end(), absl::ascii_isprint)) return;
  reporter.Report(kStringNotPrintable, constant.places.Of("value", constant.span),
                  Quoted("constant", constant.name));
}

}  // namespace

void CheckUapi(const Family& family, Reporter& reporter) {
  // Every name begins with the family's, so one message covers them all.
  if (!family.c_name.empty() && absl::ascii_isdigit(family.c_name.front())) {
    reporter.Report(kNameBeginsWithDigit, family.span, family.c_name,
                    Quoted("family", family.name));
  } else if (!IsOld(family)) {
    // The headers of old families are written by hand, and their specs give no full account.
    Collisions(family, reporter);
  }
  Headers(family, reporter);
  TypeText(family, reporter);
  for (const auto& operation : family.operations) Hooks(*operation, reporter);
  for (const auto& constant : family.constants) StringConstant(*constant, reporter);
}

}  // namespace genlc
