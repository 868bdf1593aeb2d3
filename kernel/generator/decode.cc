#include "kernel/generator/decode.h"

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/decode_lists.h"
#include "kernel/generator/integer_policies.h"
#include "kernel/generator/stack.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

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
    return member.required && !member.is_list_in() && !ShowsPresence(member.shape);
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
    if (NeedsScratch(member) && !IsLargeElement(*member.nest)) {
      locals.push_back(absl::StrCat("struct ", member.nest->tag, " one_", member.name, ";"));
    }
    has_err = has_err || member.shape == Shape::kNest || member.indexed ||
              NeedsValidator(*member.attribute);
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
    p_.Emit({{"call", ElementCheck(*member.nest, absl::StrCat("&one_", member.name), 3)}},
            "$call$\n");
    EmitReturnOnError(p_);
  } else {
    EmitLengthChecks(p_, member);
    EmitValidation(p_, member, 3);
  }
  if (member.indirect) {
    p_.Emit({{"clear",
              Wrap("memset(", {absl::StrCat("&", list), "0", absl::StrCat("sizeof(", list, ")")},
                   ");", 3)}},
            "$clear$\n");
  }
  p_.Emit(
      {{"call",
        Wrap("genlc_elements_add(",
             {absl::StrCat("&", list, ".rest"), "attr", "rem", member.attribute->c_name}, ");", 3)},
       {"list", list}},
      R"(
    $call$
    $list$.count++;
  )");
}

void Decoder::EmitValue(const Member& member) {
  const std::string place = Place(member);
  EmitLengthChecks(p_, member);
  EmitValidation(p_, member, 3);
  switch (member.shape) {
    case Shape::kFlag: p_.Line(absl::StrCat(place, " = true;")); break;
    case Shape::kInteger:
    case Shape::kBitfield:
    case Shape::kStruct:
    case Shape::kString:
    case Shape::kBinary: p_.Emit({{"read", ReadInto(member, place, 3)}}, "$read$\n"); break;
    case Shape::kArray:
      if (BitWidth(member.attribute->sub_type) > 8) {
        p_.Line(absl::StrCat("if (nla_len(attr) % sizeof(*", place, "))"));
        p_.Line("\treturn genlc_bad_length(&attrs, attr);");
      }
      p_.Line(absl::StrCat(place, " = nla_data(attr);"));
      p_.Emit({{"count", Assign(absl::StrCat(value_, "->n_", member.name, " ="),
                                absl::StrCat("nla_len(attr) / sizeof(*", place, ")"), 3)}},
              "$count$\n");
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

void EmitFixedHeader(Printer& p) {
  p.Emit(
      {{"copy", Wrap("memcpy(",
                     {"&req->fixed_header", "genlc_fixed_header(nlh)", "sizeof(req->fixed_header)"},
                     ");", 1)}},
      "$copy$\n");
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
           {"header",
            [&] {
              if (composite_.fixed_header != nullptr) EmitFixedHeader(p_);
            }},
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
    	$header$
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

// A request that is its fixed header.
void EmitHeaderDecoder(Printer& p, const Composite& request, bool rejects) {
  p.Blank();
  p.Emit({{"head", Function("static int", absl::StrCat(request.tag, "_decode"),
                            {"const struct nlmsghdr *nlh", "struct netlink_ext_ack *extack",
                             absl::StrCat("struct ", request.tag, " *req")},
                            ")")},
          {"header", [&] { EmitFixedHeader(p); }},
          {"result", rejects ? "genlc_reject_all(nlh, extack)" : "0"}},
         R"(
    $head$
    {
    	$header$
    	return $result$;
    }
  )");
}

// Whether a list that is read has elements of the type, and they are large.
bool NeedsCheck(const Plan& plan, const Composite& composite) {
  if (!IsLargeElement(composite)) return false;
  for (const Composite* other : plan.composites()) {
    if (!other->in) continue;
    for (const Member& member : other->members) {
      if (member.nest == &composite && member.is_list_in()) return true;
    }
  }
  return false;
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
    if (NeedsCheck(plan, *composite)) {
      p.Emit({{"head", ElementCheckHead(*composite, unused, ");")}}, "$head$\n");
    }
  }
  for (const Composite* composite : plan.composites()) {
    if (!composite->in || !composite->nested) continue;
    if (!composite->levels.empty()) {
      EmitLevelsDecoder(p, plan.family(), *composite, unused);
    } else {
      EmitArrayDecoders(p, *composite);
      Decoder(p, *composite, false).Emit(unused);
    }
    if (NeedsCheck(plan, *composite)) EmitElementCheck(p, *composite, unused);
  }
  EmitListReaders(p, plan);
}

void EmitRequestDecoder(Printer& p, const Composite& request, bool rejects) {
  if (request.members.empty()) return EmitHeaderDecoder(p, request, rejects);
  EmitArrayDecoders(p, request);
  Decoder(p, request, rejects).Emit("");
}

}  // namespace genlc::kernel
