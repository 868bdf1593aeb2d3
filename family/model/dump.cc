#include "family/model/dump.h"

#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
}

// One line as it grows: words, and facts that are there only when they say something.
class Facts {
 public:
  Facts& Word(absl::string_view word) {
    if (!word.empty()) absl::StrAppend(&line_, line_.empty() ? "" : " ", word);
    return *this;
  }
  Facts& Flag(absl::string_view name, bool set) { return set ? Word(name) : *this; }
  Facts& Fact(absl::string_view name, absl::string_view value) {
    return value.empty() ? *this : Word(name).Word(value);
  }
  // The name of a linked thing.
  template <typename T>
  Facts& Link(absl::string_view name, const T* target) {
    return target == nullptr ? *this : Word(name).Word(target->name);
  }
  const std::string& line() const { return line_; }

 private:
  std::string line_;
};

class ModelDumper {
 public:
  explicit ModelDumper(const Family& family) : family_(family) {}

  std::string Run() {
    Head();
    for (const auto& definition : family_.definitions) {
      std::visit([this](const auto* item) { Definition(*item); }, definition);
    }
    for (const auto& set : family_.sets) Set(*set);
    for (const auto& sub_message : family_.sub_messages) Formats(*sub_message);
    for (const auto& operation : family_.operations) DumpOperation(*operation);
    for (const auto& group : family_.groups) Group(*group);
    return std::move(text_);
  }

 private:
  // Indents what is printed while it lives.
  class Nested {
   public:
    explicit Nested(ModelDumper& dumper) : dumper_(dumper) { dumper_.indent_ += 2; }
    ~Nested() { dumper_.indent_ -= 2; }

   private:
    ModelDumper& dumper_;
  };

  void Line(const Facts& facts) {
    absl::StrAppend(&text_, std::string(indent_, ' '), facts.line(), "\n");
  }

  void Head();
  void Definition(const Constant& constant);
  void Definition(const Enum& enumeration);
  void Definition(const Struct& structure);
  void Set(const AttributeSet& set);
  void DumpAttribute(const Attribute& attribute);
  void Formats(const SubMessage& sub_message);
  void DumpOperation(const Operation& operation);
  void DumpWatch(const Watch& watch);
  void DumpExchange(absl::string_view name, const Exchange& exchange);
  void DumpMessage(absl::string_view name, const Message& message);
  void Group(const MulticastGroup& group);

  const Family& family_;
  std::string text_;
  size_t indent_ = 0;
};

void ModelDumper::Head() {
  const Family& f = family_;
  Line(Facts()
           .Fact("family", f.name)
           .Word(f.c_name)
           .Fact("level", Spelling(f.level))
           .Fact("version", absl::StrCat(f.version))
           .Fact("protocol", f.protocol_number ? absl::StrCat(*f.protocol_number) : ""));
  const Nested nested(*this);
  Line(Facts().Fact("license", Quoted(f.license)));
  Line(Facts()
           .Fact("uapi-header", f.uapi_header)
           .Word(f.c_family_name)
           .Word(f.c_version_name)
           .Flag("max-by-define", f.max_by_define));
  Line(Facts()
           .Fact("commands", f.command_prefix)
           .Fact("enum", f.command_enum)
           .Fact("max", f.command_max_name)
           .Fact("count", f.command_count_name)
           .Flag("directional", f.directional));
  if (f.has_async_enum)
    Line(Facts().Fact("notifications", f.async_prefix).Fact("enum", f.async_enum));
  Line(Facts()
           .Fact("kernel-policy", Spelling(f.kernel_policy))
           .Fact("sock-priv", f.sock_priv)
           .Fact("headers", absl::StrJoin(f.kernel_headers, " ")));
  const Module& m = f.module;
  Line(Facts()
           .Fact("module", m.name)
           .Fact("license", Quoted(m.license))
           .Fact("author", m.author.empty() ? "" : Quoted(m.author))
           .Fact("description", m.description.empty() ? "" : Quoted(m.description))
           .Flag("netnsok", m.netnsok)
           .Flag("parallel-ops", m.parallel_ops));
}

void ModelDumper::Definition(const Constant& constant) {
  const auto* number = std::get_if<Integer>(&constant.value);
  Line(Facts()
           .Fact("const", constant.name)
           .Word(constant.c_name)
           .Word("=")
           .Word(number != nullptr ? Text(*number) : Quoted(std::get<std::string>(constant.value)))
           .Word(Spelling(constant.scope))
           .Fact("header", constant.header));
}

void ModelDumper::Definition(const Enum& enumeration) {
  Line(Facts()
           .Fact(enumeration.flags ? "flags" : "enum", enumeration.name)
           .Word(enumeration.c_name)
           .Word(Spelling(enumeration.scope))
           .Fact("header", enumeration.header)
           .Flag("render-max", enumeration.render_max)
           .Fact("max", enumeration.c_max_name)
           .Fact("count", enumeration.c_count_name));
  const Nested nested(*this);
  for (const EnumEntry& entry : enumeration.entries) {
    const std::string value = enumeration.flags
                                  ? absl::StrFormat("%#x", static_cast<uint64_t>(entry.value))
                                  : Text(entry.value);
    Line(Facts().Word(value).Word(entry.name).Word(entry.c_name));
  }
}

void ModelDumper::Definition(const Struct& structure) {
  Line(Facts()
           .Fact("struct", structure.name)
           .Word(structure.c_name)
           .Word(Spelling(structure.scope))
           .Fact("header", structure.header)
           .Fact("size", absl::StrCat(structure.size)));
  const Nested nested(*this);
  for (const StructMember& member : structure.members) {
    Line(Facts()
             .Word(absl::StrCat("@", member.offset))
             .Word(member.name)
             .Word(Spelling(member.kind))
             .Fact("size", absl::StrCat(member.size))
             .Word(Spelling(member.byte_order))
             .Link(member.enum_as_flags ? "flags" : "enum", member.enumeration)
             .Link("struct", member.structure)
             .Fact("display", Spelling(member.display_hint)));
  }
}

void ModelDumper::Set(const AttributeSet& set) {
  std::vector<std::string> key;
  for (const Attribute* attribute : set.key) key.push_back(attribute->name);
  Line(Facts()
           .Fact("set", set.name)
           .Word(set.c_name)
           .Fact("max", set.c_max_name)
           .Fact("count", set.c_count_name)
           .Fact("header", set.header)
           .Link("subset-of", set.subset_of)
           .Flag("recursive", set.recursive)
           .Fact("key", absl::StrJoin(key, ",")));
  const Nested nested(*this);
  for (const auto& attribute : set.attributes) DumpAttribute(*attribute);
}

// What the value may be: a range, a mask or a length.
void AddLimits(const Attribute& attribute, Facts& facts) {
  if (const auto mask = attribute.ValueMask()) {
    facts.Fact("mask", absl::StrFormat("%#x", *mask));
  } else if (IsInteger(attribute.type)) {
    const IntegerRange range = attribute.Range();
    facts.Fact("range", absl::StrCat(Text(range.min), "..", Text(range.max)));
  }
  const Checks& checks = attribute.checks;
  if (checks.exact_len) facts.Fact("length", Text(checks.exact_len->value));
  if (checks.min_len || checks.max_len) {
    facts.Fact("length", absl::StrCat(checks.min_len ? Text(checks.min_len->value) : "0", "..",
                                      checks.max_len ? Text(checks.max_len->value) : ""));
  }
  facts.Flag("unterminated-ok", checks.unterminated_ok);
}

void ModelDumper::DumpAttribute(const Attribute& attribute) {
  Facts facts;
  facts.Word(absl::StrCat(attribute.number))
      .Word(attribute.name)
      .Word(attribute.c_name)
      .Word(TypeName(attribute.type))
      .Fact("of", attribute.has_sub_type ? TypeName(attribute.sub_type) : "")
      .Link("set", attribute.nested)
      .Fact("levels", absl::StrJoin(attribute.type_values, ","))
      .Flag("multi", attribute.multi)
      .Word(Spelling(attribute.byte_order))
      .Link(attribute.holds_flags() ? "flags" : "enum", attribute.enumeration)
      .Link("struct", attribute.structure)
      .Link("sub-message", attribute.sub_message)
      .Link("selector", attribute.selector)
      .Fact("display", Spelling(attribute.display_hint));
  AddLimits(attribute, facts);
  facts.Flag("required", attribute.required_in_nest);
  if (attribute.default_value) facts.Fact("default", Text(*attribute.default_value));
  facts.Fact("sensitive", Spelling(attribute.audience()));
  Line(facts);
}

void ModelDumper::Formats(const SubMessage& sub_message) {
  Line(Facts().Fact("sub-message", sub_message.name));
  const Nested nested(*this);
  for (const SubMessageFormat& format : sub_message.formats) {
    Line(Facts()
             .Word(format.value)
             .Link("fixed-header", format.fixed_header)
             .Link("set", format.set));
  }
}

void ModelDumper::DumpOperation(const Operation& operation) {
  Line(Facts()
           .Fact("operation", operation.name)
           .Word(absl::StrCat(operation.number))
           .Word(operation.c_name)
           .Link("set", operation.set)
           .Link("fixed-header", operation.fixed_header)
           .Flag("admin-perm", operation.admin_perm)
           .Flag("uns-admin-perm", operation.uns_admin_perm)
           .Flag("dont-validate-strict", operation.dont_validate_strict)
           .Flag("dont-validate-dump", operation.dont_validate_dump)
           .Flag("dont-validate-dump-strict", operation.dont_validate_dump_strict)
           .Fact("config-cond", operation.config_cond)
           .Link("notify", operation.notify)
           .Link("group", operation.group));
  const Nested nested(*this);
  if (operation.do_exchange) DumpExchange("do", *operation.do_exchange);
  if (operation.dump) DumpExchange("dump", *operation.dump);
  if (operation.event) DumpMessage("event", *operation.event);
  if (operation.watch) DumpWatch(*operation.watch);
}

void ModelDumper::DumpWatch(const Watch& watch) {
  const auto name_of = [](std::string* out, const auto* named) { out->append(named->name); };
  std::vector<std::string> key, only;
  for (const Watch::KeyPart& part : watch.key) {
    key.push_back(part.attribute != nullptr ? part.attribute->name : part.member->name);
  }
  for (const Watch::Condition& condition : watch.only) {
    only.push_back(absl::StrCat(condition.member->name, "=", Text(condition.value)));
  }
  Line(Facts()
           .Word("watch")
           .Fact("key", absl::StrJoin(key, ","))
           .Fact("changed", absl::StrJoin(watch.changed, ",", name_of))
           .Fact("removed", absl::StrJoin(watch.removed, ",", name_of))
           .Fact("groups", absl::StrJoin(watch.groups, ",", name_of))
           .Fact("only", absl::StrJoin(only, ",")));
}

void ModelDumper::DumpExchange(absl::string_view name, const Exchange& exchange) {
  Line(Facts()
           .Word(name)
           .Fact("pre", exchange.pre)
           .Fact("post", exchange.post)
           .Fact("object", exchange.object));
  const Nested nested(*this);
  DumpMessage("request", exchange.request);
  if (exchange.reply) DumpMessage("reply", *exchange.reply);
}

void ModelDumper::DumpMessage(absl::string_view name, const Message& message) {
  Line(Facts()
           .Word(name)
           .Word(absl::StrCat(message.number))
           .Link("fixed-header", message.fixed_header)
           .Link("set", message.set));
  const Nested nested(*this);
  for (const Field& field : message.fields) {
    Line(Facts().Word(field.attribute->name).Flag("required", field.required));
  }
}

void ModelDumper::Group(const MulticastGroup& group) {
  Line(Facts()
           .Fact("group", group.name)
           .Word(group.c_name)
           .Fact("number", group.number ? absl::StrCat(*group.number) : "")
           .Flag("admin-perm", group.admin_perm)
           .Flag("uns-admin-perm", group.uns_admin_perm));
}

}  // namespace

std::string DumpModel(const Family& family) { return ModelDumper(family).Run(); }

}  // namespace genlc
