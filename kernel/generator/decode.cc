#include "kernel/generator/decode.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

void EmitReturnOnError(Printer& p) {
  p.Emit(R"(
    if (err)
    	return err;
  )");
}

// Prints the decoder of one struct; `value` is what the struct is called there.
class Decoder {
 public:
  Decoder(Printer& p, const Composite& composite, bool rejects)
      : p_(p),
        composite_(composite),
        rejects_(rejects),
        value_(composite.nested ? "value" : "req") {}

  void Emit(absl::string_view qualifiers);

 private:
  std::string Place(const Member& member) const { return absl::StrCat(value_, "->", member.name); }
  // Where the struct itself does not show whether a required value was there.
  static bool NeedsFlag(const Member& member) {
    return member.required && !member.is_list_in() &&
           (member.shape == Shape::kInteger || member.shape == Shape::kNest);
  }
  static bool DecodesNest(const Member& member) {
    return member.shape == Shape::kNest && !member.indexed;
  }
  // Repeated attributes are decoded once to see that it can be done.
  static bool NeedsScratch(const Member& member) {
    return DecodesNest(member) && member.is_list_in();
  }

  std::string LocalVariables() const;
  void EmitDefaults();
  void EmitCase(const Member& member);
  void EmitValue(const Member& member);
  void EmitListElement(const Member& member);
  void EmitMissing(const Member& member);

  Printer& p_;
  const Composite& composite_;
  const bool rejects_;
  const std::string value_;
};

std::string Decoder::LocalVariables() const {
  std::vector<std::string> locals = {"const struct nlattr *attr;", "int rem;"};
  locals.push_back(composite_.nested
                       ? "const struct genlc_attrs attrs = genlc_nest_attrs(nest, extack);"
                       : "const struct genlc_attrs attrs = genlc_message_attrs(nlh, extack);");
  bool has_err = false;
  for (const Member& member : composite_.members) {
    if (NeedsFlag(member)) locals.push_back(absl::StrCat("bool has_", member.name, " = false;"));
    if (NeedsScratch(member)) {
      locals.push_back(absl::StrCat("struct ", member.nest->tag, " one_", member.name, ";"));
    }
    has_err = has_err || member.shape == Shape::kNest || member.indexed;
  }
  if (has_err) locals.push_back("int err;");
  return Locals(locals);
}

void Decoder::EmitDefaults() {
  for (const Member& member : composite_.members) {
    const std::optional<Integer>& value = member.attribute->default_value;
    if (!value || member.shape != Shape::kInteger || member.list) continue;
    p_.Line(absl::StrCat(Place(member), " = ", IntegerConstant(*member.attribute, *value), ";"));
  }
}

// Lengths that the policy leaves open. `attr` is an element where the list is an array.
void EmitLengthChecks(Printer& p, const Member& member) {
  const Checks& checks = member.attribute->checks;
  const auto refuse = [&](const std::string& condition) {
    p.Line(absl::StrCat("if (", condition, ")"));
    p.Line("\treturn genlc_bad_length(&attrs, attr);");
  };
  const auto limit = [](const Limit& l) {
    const std::string text = LimitText(l);
    return text.find(' ') == std::string::npos ? text : absl::StrCat("(", text, ")");
  };
  const bool element = member.indexed;
  const bool is_string = member.shape == Shape::kString;
  const bool is_bytes = member.shape == Shape::kBinary || member.shape == Shape::kArray;
  if (!is_string && !is_bytes) return;
  if (element && is_string) refuse("!memchr(nla_data(attr), '\\0', nla_len(attr))");
  const std::string length = is_string ? "strlen(nla_data(attr))" : "nla_len(attr)";
  // Strings: the policy knows the longest only. Bytes: all that fits its 16 signed bits.
  const auto open = [&](const std::optional<Limit>& l) {
    return l && (element || is_string || member.attribute->type == AttributeType::kString ||
                 l->value > 32767);
  };
  if (open(checks.exact_len)) refuse(absl::StrCat(length, " != ", limit(*checks.exact_len)));
  if (checks.min_len && checks.min_len->value > 0 &&
      (open(checks.min_len) || (checks.max_len && checks.max_len->value > 32767))) {
    refuse(absl::StrCat(length, " < ", limit(*checks.min_len)));
  }
  if (element && checks.max_len) refuse(absl::StrCat(length, " > ", limit(*checks.max_len)));
}

void Decoder::EmitListElement(const Member& member) {
  const std::string list = Place(member);
  if (member.indexed) {
    p_.Emit({{"call", Wrap(absl::StrCat("err = ", composite_.tag, "_", member.name, "_decode("),
                           {"attr", "extack", absl::StrCat("&", list)}, ");", 3)}},
            "$call$\n");
    EmitReturnOnError(p_);
    return;
  }
  if (NeedsScratch(member)) {
    p_.Emit({{"call", Wrap(absl::StrCat("err = ", member.nest->tag, "_decode("),
                           {"attr", "extack", absl::StrCat("&one_", member.name)}, ");", 3)}},
            "$call$\n");
    EmitReturnOnError(p_);
  } else {
    EmitLengthChecks(p_, member);
  }
  if (member.indirect) p_.Line(absl::StrCat("memset(&", list, ", 0, sizeof(", list, "));"));
  p_.Emit({{"call", Wrap("genlc_elements_add(", {absl::StrCat("&", list, ".rest"), "attr", "rem",
                                                 member.attribute->c_name},
                         ");", 3)},
           {"list", list}},
          R"(
    $call$
    $list$.count++;
  )");
}

void Decoder::EmitValue(const Member& member) {
  const std::string place = Place(member);
  EmitLengthChecks(p_, member);
  switch (member.shape) {
    case Shape::kFlag:
      p_.Line(absl::StrCat(place, " = true;"));
      break;
    case Shape::kInteger:
      p_.Line(absl::StrCat(place, " = ", GetInteger(*member.attribute, "attr"), ";"));
      break;
    case Shape::kString:
      p_.Line(absl::StrCat(place, " = nla_data(attr);"));
      break;
    case Shape::kBinary:
      p_.Line(absl::StrCat(place, ".data = nla_data(attr);"));
      p_.Line(absl::StrCat(place, ".len = nla_len(attr);"));
      break;
    case Shape::kArray:
      if (BitWidth(member.attribute->sub_type) > 8) {
        p_.Line(absl::StrCat("if (nla_len(attr) % sizeof(*", place, "))"));
        p_.Line("\treturn genlc_bad_length(&attrs, attr);");
      }
      p_.Line(absl::StrCat(place, " = nla_data(attr);"));
      p_.Line(absl::StrCat(value_, "->n_", member.name, " = nla_len(attr) / sizeof(*", place,
                           ");"));
      break;
    case Shape::kNest:
      p_.Emit({{"call", Wrap(absl::StrCat("err = ", member.nest->tag, "_decode("),
                             {"attr", "extack", absl::StrCat("&", place)}, ");", 3)}},
              "$call$\n");
      EmitReturnOnError(p_);
      break;
  }
  if (NeedsFlag(member)) p_.Line(absl::StrCat("has_", member.name, " = true;"));
  if (member.has_bit()) p_.Line(absl::StrCat(value_, "->has.", member.name, " = true;"));
}

void Decoder::EmitCase(const Member& member) {
  p_.Emit({{"number", member.attribute->c_name},
           {"body",
            [&] {
              if (member.is_list_in()) {
                EmitListElement(member);
              } else {
                EmitValue(member);
              }
            }}},
          R"(
    case $number$:
    	$body$
    	break;
  )");
}

void Decoder::EmitMissing(const Member& member) {
  if (!member.required) return;
  std::string condition = absl::StrCat("!", Place(member));
  if (NeedsFlag(member)) {
    condition = absl::StrCat("!has_", member.name);
  } else if (member.is_list_in()) {
    absl::StrAppend(&condition, ".count");
  } else if (member.shape == Shape::kBinary) {
    absl::StrAppend(&condition, ".data");
  }
  p_.Line(absl::StrCat("if (", condition, ")"));
  p_.Line(absl::StrCat("\treturn genlc_missing(&attrs, ", member.attribute->c_name, ");"));
}

void Decoder::Emit(absl::string_view qualifiers) {
  const std::string source =
      composite_.nested ? "const struct nlattr *nest" : "const struct nlmsghdr *nlh";
  p_.Blank();
  p_.Emit({{"head", Function(absl::StrCat("static int", qualifiers),
                             absl::StrCat(composite_.tag, "_decode"),
                             {source, "struct netlink_ext_ack *extack",
                              absl::StrCat("struct ", composite_.tag, " *", value_)},
                             ")")},
           {"locals", LocalVariables()},
           {"value", value_},
           {"defaults", [&] { EmitDefaults(); }},
           {"cases",
            [&] {
              for (const Member& member : composite_.members) EmitCase(member);
              if (!rejects_) return;
              p_.Line("default:");
              p_.Line("\treturn genlc_unexpected(&attrs, attr);");
            }},
           {"missing",
            [&] {
              for (const Member& member : composite_.members) EmitMissing(member);
            }}},
          R"(
    $head$
    {
    	$locals$

    	memset($value$, 0, sizeof(*$value$));
    	$defaults$
    	nla_for_each_attr(attr, attrs.head, attrs.len, rem) {
    		switch (nla_type(attr)) {
    		$cases$
    		}
    	}
    	$missing$
    	return 0;
    }
  )");
}

// An indexed array: a nest whose attributes are the elements. The core checks those of
// nests only.
void EmitArrayDecoder(Printer& p, const Composite& composite, const Member& member) {
  const bool nests = member.nest != nullptr;
  const bool validates = NeedsValidator(*member.attribute);
  std::vector<std::string> locals = {
      "const struct genlc_attrs attrs = genlc_nest_attrs(nest, extack);",
      "const struct nlattr *attr;", "int rem;"};
  if (nests) locals.push_back(absl::StrCat("struct ", member.nest->tag, " element;"));
  if (nests || validates) locals.push_back("int err;");
  const AttributeType type = member.attribute->sub_type;
  p.Blank();
  p.Emit({{"head", Function("static int", absl::StrCat(composite.tag, "_", member.name, "_decode"),
                            {"const struct nlattr *nest", "struct netlink_ext_ack *extack",
                             absl::StrCat("struct ", member.list_tag, " *list")},
                            ")")},
          {"locals", Locals(locals)},
          {"checks",
           [&] {
             if (nests) {
               p.Emit({{"call", Wrap(absl::StrCat("err = ", member.nest->tag, "_decode("),
                                     {"attr", "extack", "&element"}, ");", 2)}},
                      "$call$\n");
               EmitReturnOnError(p);
             } else if (member.shape == Shape::kInteger && type != AttributeType::kUint &&
                        type != AttributeType::kSint) {
               p.Line(absl::StrCat("if (nla_len(attr) != sizeof(",
                                   IntegerType(*member.attribute), "))"));
               p.Line("\treturn genlc_bad_length(&attrs, attr);");
             } else if (member.shape == Shape::kInteger && !validates) {
               p.Line("if (genlc_validate_auto(attr, extack))");
               p.Line("\treturn -EINVAL;");
             }
             EmitLengthChecks(p, member);
             if (!validates) return;
             p.Line(absl::StrCat("err = ", ValidatorName(*member.attribute), "(attr, extack);"));
             EmitReturnOnError(p);
           }}},
         R"(
    $head$
    {
    	$locals$

    	memset(list, 0, sizeof(*list));
    	nla_for_each_attr(attr, attrs.head, attrs.len, rem) {
    		$checks$
    		genlc_elements_add(&list->rest, attr, rem, -1);
    		list->count++;
    	}
    	return 0;
    }
  )");
}

void EmitArrayDecoders(Printer& p, const Composite& composite) {
  for (const Member& member : composite.members) {
    if (member.indexed) EmitArrayDecoder(p, composite, member);
  }
}

void EmitListReader(Printer& p, const Member& member) {
  p.Blank();
  const std::string head =
      Function("bool", member.list_next,
               {absl::StrCat("struct ", member.list_tag, " *list"),
                absl::StrCat(ValueDeclaration(member), "*value")},
               ")");
  if (member.nest != nullptr) {
    p.Emit({{"head", head},
            {"result", Wrap(absl::StrCat("return attr && !", member.nest->tag, "_decode("),
                            {"attr", "NULL", "value"}, ");", 1)}},
           R"(
      $head$
      {
      	const struct nlattr *attr = genlc_elements_next(&list->rest);

      	$result$
      }
    )");
    return;
  }
  p.Emit({{"head", head},
          {"read",
           [&] {
             if (member.shape == Shape::kBinary) {
               p.Line("value->data = nla_data(attr);");
               p.Line("value->len = nla_len(attr);");
             } else if (member.shape == Shape::kString) {
               p.Line("*value = nla_data(attr);");
             } else {
               p.Line(absl::StrCat("*value = ", GetInteger(*member.attribute, "attr"), ";"));
             }
           }}},
         R"(
    $head$
    {
    	const struct nlattr *attr = genlc_elements_next(&list->rest);

    	if (!attr)
    		return false;
    	$read$
    	return true;
    }
  )");
}

}  // namespace

void EmitNestDecoders(Printer& p, const Plan& plan) {
  const std::string unused = plan.has_conditions() ? " __maybe_unused" : "";
  for (const Composite* composite : plan.composites()) {
    if (!composite->in || !composite->nested || !composite->set->recursive) continue;
    p.Blank();
    p.Emit({{"head", Function("static int", absl::StrCat(composite->tag, "_decode"),
                              {"const struct nlattr *nest", "struct netlink_ext_ack *extack",
                               absl::StrCat("struct ", composite->tag, " *value")},
                              ");")}},
           "$head$\n");
  }
  for (const Composite* composite : plan.composites()) {
    if (!composite->in || !composite->nested) continue;
    EmitArrayDecoders(p, *composite);
    Decoder(p, *composite, false).Emit(unused);
  }
  std::set<std::string> seen;
  for (const Composite* composite : plan.composites()) {
    if (!composite->in) continue;
    for (const Member& member : composite->members) {
      if (member.is_list_in() && seen.insert(member.list_tag).second) EmitListReader(p, member);
    }
  }
}

void EmitRequestDecoder(Printer& p, const Composite& request, bool rejects) {
  EmitArrayDecoders(p, request);
  Decoder(p, request, rejects).Emit("");
}

}  // namespace genlc::kernel
