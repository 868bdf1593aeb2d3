#include "kernel/generator/encode.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

constexpr char kAudienceParameter[] = "enum genlc_audience audience";

bool HasSecrets(const Member& member) { return member.nest != nullptr && member.nest->has_secrets; }

class Encoder {
 public:
  Encoder(Printer& p, const Composite& composite)
      : p_(p), composite_(composite), value_(composite.nested ? "value" : "rsp") {}

  // Where a set contains itself, its functions are declared before their use.
  void Declare(absl::string_view qualifiers);
  void EmitArrays();
  void EmitSize(absl::string_view qualifiers);
  void EmitPut(absl::string_view qualifiers);
  // The same of nests whose attribute types are values.
  void EmitLevelsSize(absl::string_view qualifiers);
  void EmitLevelsPut(absl::string_view qualifiers);

 private:
  std::string Place(const Member& member) const { return absl::StrCat(value_, "->", member.name); }
  std::string Count(const Member& member) const {
    return absl::StrCat(value_, "->n_", member.name);
  }
  std::string Parameter() const {
    return absl::StrCat("const struct ", composite_.tag, " *", value_);
  }
  // Of an element of a nest-type-value: the nests round that of the set.
  size_t OuterNests() const { return composite_.levels.size() - 1; }
  std::string OuterNest(size_t i) const {
    return OuterNests() == 1 ? "nest" : absl::StrCat("nests[", i, "]");
  }
  std::string Innermost() const { return absl::StrCat("value->", composite_.innermost_name); }
  bool has_list() const {
    return std::any_of(composite_.members.begin(), composite_.members.end(),
                       [](const Member& m) { return m.list; });
  }

  std::string Presence(const Member& member) const;
  // The condition under which the reader may be told; empty: always.
  static std::string Permission(const Member& member);
  std::string SizeHead(absl::string_view qualifiers, absl::string_view tail) const;
  std::string PutHead(absl::string_view qualifiers, absl::string_view tail) const;
  std::string Put(const Member& member) const;
  void EmitLevelStarts();
  void EmitLevelEnds();
  void EmitListSize(const Member& member);
  void EmitMemberSize(const Member& member);
  void EmitMemberPut(const Member& member, bool first);

  Printer& p_;
  const Composite& composite_;
  const std::string value_;
};

// The condition under which an optional value is there; empty: always.
std::string Encoder::Presence(const Member& member) const {
  if (member.list) return Count(member);
  if (member.indirect || member.shape == Shape::kFlag) return Place(member);
  if (member.has_bit()) return absl::StrCat(value_, "->has.", member.name);
  if (member.required) return "";
  switch (member.shape) {
    case Shape::kString:
    case Shape::kArray:
      return Place(member);
    case Shape::kBinary:
      return absl::StrCat(Place(member), ".data");
    default:
      return "";
  }
}

std::string Encoder::Permission(const Member& member) {
  const Audience audience = member.attribute->audience();
  if (audience == Audience::kAnyone) return "";
  return absl::StrCat("audience >= ", AudienceName(audience));
}

void Encoder::EmitListSize(const Member& member) {
  const std::string element = absl::StrCat(Place(member), "[i]");
  if (member.indexed) {
    p_.Line(absl::StrCat("if (", Count(member), ")"));
    p_.Line("\tsize += genlc_payload_size(0);");
  }
  p_.Line(absl::StrCat("for (i = 0; i < ", Count(member), "; i++)"));
  p_.Emit({{"sum", Assign("size +=", SizeOfValue(member, element), 2)}}, "\t$sum$\n");
}

void Encoder::EmitMemberSize(const Member& member) {
  if (member.list) return EmitListSize(member);
  const std::string presence = Presence(member);
  const int depth = presence.empty() ? 1 : 2;
  const std::string sum =
      member.shape == Shape::kArray
          ? Wrap("size += genlc_array_size(",
                 {Count(member), absl::StrCat("sizeof(*", Place(member), ")")}, ");", depth)
          : Assign("size +=", SizeOfValue(member, Place(member)), depth);
  if (!presence.empty()) p_.Line(absl::StrCat("if (", presence, ")"));
  p_.Emit({{"sum", sum}}, presence.empty() ? "$sum$\n" : "\t$sum$\n");
}

std::string Encoder::SizeHead(absl::string_view qualifiers, absl::string_view tail) const {
  return Function(absl::StrCat(composite_.size_is_public ? "size_t" : "static size_t", qualifiers),
                  absl::StrCat(composite_.tag, "_size"), {Parameter()}, tail);
}

std::string Encoder::PutHead(absl::string_view qualifiers, absl::string_view tail) const {
  std::vector<std::string> parameters = {"struct sk_buff *skb"};
  if (composite_.nested && composite_.levels.empty()) parameters.push_back("int type");
  parameters.push_back(Parameter());
  return Function(absl::StrCat("static int", qualifiers), absl::StrCat(composite_.tag, "_put"),
                  PutArguments(composite_, parameters, kAudienceParameter), tail);
}

void Encoder::Declare(absl::string_view qualifiers) {
  p_.Blank();
  p_.Emit({{"size", SizeHead(qualifiers, ");")}, {"put", PutHead(qualifiers, ");")}}, R"(
    $size$
    $put$
  )");
}

void Encoder::EmitSize(absl::string_view qualifiers) {
  // A nest counts its own header.
  const char* first = composite_.nested ? "nla_total_size(0)"
                      : composite_.fixed_header != nullptr
                          ? "NLMSG_ALIGN(sizeof(rsp->fixed_header))"
                          : "0";
  std::vector<std::string> locals = {absl::StrCat("size_t size = ", first, ";")};
  if (has_list()) locals.push_back("unsigned int i;");
  p_.Blank();
  p_.Emit({{"head", SizeHead(qualifiers, ")")},
           {"locals", Locals(locals)},
           {"members",
            [&] {
              for (const Member& member : composite_.members) EmitMemberSize(member);
            }}},
          R"(
    $head$
    {
    	$locals$

    	$members$
    	return size;
    }
  )");
}

// The call that puts a member, or an element of a list.
std::string Encoder::Put(const Member& member) const {
  const std::string& type = member.attribute->c_name;
  if (member.indexed) {
    return absl::StrCat(composite_.tag, "_", member.name, "_put(skb, ", value_,
                        HasSecrets(member) ? ", audience)" : ")");
  }
  if (member.shape == Shape::kArray) {
    return absl::StrCat("genlc_put_array(skb, ", type, ", ", Place(member), ", ", Count(member),
                        ", sizeof(*", Place(member), "))");
  }
  return PutValue(member, type,
                  member.list ? absl::StrCat(Place(member), "[i]") : Place(member));
}

// `err = f(a, b);`, wrapped.
std::string Assignment(const std::string& call, int depth) {
  const size_t open = call.find('(');
  std::vector<std::string> arguments;
  std::string argument;
  int nesting = 0;
  for (char c : call.substr(open + 1, call.size() - open - 2)) {
    if (c == '(') ++nesting;
    if (c == ')') --nesting;
    if (c == ',' && nesting == 0) {
      arguments.push_back(argument);
      argument.clear();
    } else if (c != ' ' || !argument.empty()) {
      argument.push_back(c);
    }
  }
  arguments.push_back(argument);
  return Wrap(absl::StrCat("err = ", call.substr(0, open + 1)), arguments, ");", depth);
}

void Encoder::EmitMemberPut(const Member& member, bool first) {
  const std::string call = Put(member);
  const std::string permission = Permission(member);
  if (member.list && !member.indexed) {
    const std::string head = absl::StrCat("for (i = 0; !err && i < ", Count(member), "; i++)");
    if (permission.empty()) {
      p_.Line(head);
      p_.Emit({{"call", Assignment(call, 2)}}, "\t$call$\n");
    } else {
      p_.Line(absl::StrCat("if (", permission, ")"));
      p_.Line(absl::StrCat("\t", head));
      p_.Emit({{"call", Assignment(call, 3)}}, "\t\t$call$\n");
    }
    return;
  }
  std::vector<std::string> terms;
  const std::string presence = Presence(member);
  if (!first) terms.push_back("!err");
  if (!permission.empty()) terms.push_back(permission);
  if (!presence.empty()) terms.push_back(presence);
  if (terms.empty()) {
    p_.Emit({{"call", Assignment(call, 1)}}, "$call$\n");
    return;
  }
  p_.Emit({{"condition", Condition(terms, 1)}, {"call", Assignment(call, 2)}},
          "$condition$\n\t$call$\n");
}

void Encoder::EmitPut(absl::string_view qualifiers) {
  if (composite_.members.empty() && !composite_.nested) {
    p_.Blank();
    p_.Emit({{"head", PutHead(qualifiers, ")")}}, R"(
      $head$
      {
      	return 0;
      }
    )");
    return;
  }
  // The first value, if it is always there, sets the error; else it may be none.
  const bool sets_err = !composite_.members.empty() && !composite_.members[0].list &&
                        Presence(composite_.members[0]).empty() &&
                        Permission(composite_.members[0]).empty();
  std::vector<std::string> locals = {sets_err ? "int err;" : "int err = 0;"};
  const bool has_index =
      std::any_of(composite_.members.begin(), composite_.members.end(),
                  [](const Member& m) { return m.list && !m.indexed; });
  if (composite_.nested) {
    locals.push_back("struct nlattr *nest = nla_nest_start(skb, type);");
  }
  if (has_index) locals.push_back("unsigned int i;");
  p_.Blank();
  p_.Emit({{"head", PutHead(qualifiers, ")")},
           {"locals", Locals(locals)},
           {"start",
            [&] {
              if (!composite_.nested) return;
              p_.Line("if (!nest)");
              p_.Line("\treturn -EMSGSIZE;");
            }},
           {"members",
            [&] {
              bool first = true;
              for (const Member& member : composite_.members) {
                EmitMemberPut(member, first);
                first = false;
              }
            }},
           {"result", composite_.nested ? "genlc_nest_end(skb, nest, err)" : "err"}},
          R"(
    $head$
    {
    	$locals$

    	$start$
    	$members$
    	return $result$;
    }
  )");
}

void Encoder::EmitLevelsSize(absl::string_view qualifiers) {
  std::string size = absl::StrCat(composite_.innermost->tag, "_size(&", Innermost(), ")");
  for (size_t i = 0; i < OuterNests(); ++i) size.insert(0, "nla_total_size(0) + ");
  p_.Blank();
  p_.Emit({{"head", SizeHead(qualifiers, ")")}, {"size", size}}, R"(
    $head$
    {
    	return $size$;
    }
  )");
}

// The nests round that of the set: started, and ended or taken back.
void Encoder::EmitLevelStarts() {
  for (size_t i = 0; i < OuterNests(); ++i) {
    p_.Line(
        absl::StrCat(OuterNest(i), " = nla_nest_start(skb, value->", composite_.levels[i], ");"));
    p_.Line(absl::StrCat("if (!", OuterNest(i), ")"));
    p_.Line(i == 0 ? "\treturn -EMSGSIZE;" : "\treturn genlc_nest_end(skb, nests[0], -EMSGSIZE);");
  }
}

void Encoder::EmitLevelEnds() {
  for (size_t i = OuterNests(); i-- > 0;) {
    p_.Line(absl::StrCat(i == 0 ? "return " : "err = ", "genlc_nest_end(skb, ", OuterNest(i),
                         ", err);"));
  }
}

void Encoder::EmitLevelsPut(absl::string_view qualifiers) {
  const bool outer = OuterNests() > 0;
  p_.Blank();
  p_.Emit(
      {{"head", PutHead(qualifiers, ")")},
       {"locals",
        [&] {
          if (!outer) return;
          const size_t count = OuterNests();
          p_.Line(absl::StrCat("struct nlattr *", count == 1 ? "nest" : OuterNest(count), ";"));
          p_.Line("int err;");
          p_.Blank();
        }},
       {"checks",
        [&] {
          for (const std::string& level : composite_.levels) {
            p_.Line(absl::StrCat("if (value->", level, " & ~NLA_TYPE_MASK)"));
            p_.Line("\treturn -EINVAL;");
          }
        }},
       {"starts", [&] { EmitLevelStarts(); }},
       {"put", Wrap(absl::StrCat(outer ? "err = " : "return ", composite_.innermost->tag, "_put("),
                    PutArguments(*composite_.innermost,
                                 {"skb", absl::StrCat("value->", composite_.levels.back()),
                                  absl::StrCat("&", Innermost())},
                                 "audience"),
                    ");", 1)},
       {"ends", [&] { EmitLevelEnds(); }}},
      R"(
    $head$
    {
    	$locals$
    	$checks$
    	$starts$
    	$put$
    	$ends$
    }
  )");
}

// Indexed arrays: a nest around the elements, which count from 1; those of nest-type-value know
// their numbers.
void Encoder::EmitArrays() {
  for (const Member& member : composite_.members) {
    if (!member.indexed) continue;
    std::vector<std::string> parameters = {"struct sk_buff *skb", Parameter()};
    if (HasSecrets(member)) parameters.push_back(kAudienceParameter);
    p_.Blank();
    p_.Emit({{"head", Function("static int", absl::StrCat(composite_.tag, "_", member.name, "_put"),
                               parameters, ")")},
             {"start", Wrap("array = nla_nest_start(", {"skb", member.attribute->c_name}, ");", 1)},
             {"count", Count(member)},
             {"put", Assignment(PutValue(member, "i + 1", absl::StrCat(Place(member), "[i]")), 2)}},
            R"(
      $head$
      {
      	struct nlattr *array;
      	unsigned int i;
      	int err = 0;

      	$start$
      	if (!array)
      		return -EMSGSIZE;
      	for (i = 0; !err && i < $count$; i++)
      		$put$
      	return genlc_nest_end(skb, array, err);
      }
    )");
  }
}

}  // namespace

void EmitEncoders(Printer& p, const Plan& plan) {
  const std::string unused = plan.has_conditions() ? " __maybe_unused" : "";
  const auto qualifiers = [&](const Composite& composite) -> absl::string_view {
    return composite.nested ? absl::string_view(unused) : absl::string_view();
  };
  for (const Composite* composite : plan.composites()) {
    if (composite->out && composite->nested && composite->set->recursive) {
      Encoder(p, *composite).Declare("");
    }
  }
  for (const Composite* composite : plan.composites()) {
    if (!composite->out) continue;
    Encoder encoder(p, *composite);
    if (!composite->levels.empty()) {
      encoder.EmitLevelsSize(unused);
      encoder.EmitLevelsPut(unused);
      continue;
    }
    encoder.EmitSize(qualifiers(*composite));
    encoder.EmitArrays();
    encoder.EmitPut(unused);
  }
}

}  // namespace genlc::kernel
