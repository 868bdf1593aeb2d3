#include "kernel/generator/decode_lists.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/integer_policies.h"
#include "kernel/generator/names.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/stack.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

// An indexed array: a nest whose attributes are the elements. The core checks those of
// nests only.
void EmitArrayDecoder(Printer& p, const Composite& composite, const Member& member) {
  const bool nests = member.nest != nullptr;
  const bool validates = NeedsValidator(*member.attribute);
  std::vector<std::string> locals = {
      "const struct genlc_attrs attrs = genlc_nest_attrs(nest, extack);",
      "const struct nlattr *attr;", "int rem;"};
  if (nests && !IsLargeElement(*member.nest)) {
    locals.push_back(absl::StrCat("struct ", member.nest->tag, " element;"));
  }
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
               p.Emit({{"call", ElementCheck(*member.nest, "&element", 2)}}, "$call$\n");
               EmitReturnOnError(p);
             } else if (member.shape == Shape::kInteger && type != AttributeType::kUint &&
                        type != AttributeType::kSint) {
               // An enumeration is wider in C than it may be on the wire.
               p.Line(absl::StrCat("if (nla_len(attr) != sizeof(", Lower(TypeName(type)), "))"));
               p.Line("\treturn genlc_bad_length(&attrs, attr);");
             } else if (member.shape == Shape::kInteger && !validates) {
               p.Line("if (genlc_validate_auto(attr, extack))");
               p.Line("\treturn -EINVAL;");
             }
             EmitLengthChecks(p, member);
             EmitValidation(p, member, 2);
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
    	return genlc_check_end(&attrs, rem);
    }
  )");
}

void EmitListReader(Printer& p, const Member& member) {
  p.Blank();
  const std::string head = Function("bool", member.list_next,
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
  p.Emit({{"head", head}, {"read", ReadInto(member, "value", 1, true)}},
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

void EmitReturnOnError(Printer& p) {
  p.Emit(R"(
    if (err)
    	return err;
  )");
}

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
  const bool is_bytes = member.shape == Shape::kBinary || member.shape == Shape::kArray ||
                        member.shape == Shape::kStruct;
  if (!is_string && !is_bytes) return;
  if (element && member.shape == Shape::kStruct && !checks.HasLength()) {
    refuse(
        absl::StrCat("nla_len(attr) != sizeof(struct ", member.attribute->structure->c_name, ")"));
  }
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

void EmitValidation(Printer& p, const Member& member, int depth) {
  if (!NeedsValidator(*member.attribute)) return;
  p.Emit({{"call", Wrap(absl::StrCat("err = ", ValidatorName(*member.attribute), "("),
                        {"attr", "extack"}, ");", depth)}},
         "$call$\n");
  EmitReturnOnError(p);
}

void EmitArrayDecoders(Printer& p, const Composite& composite) {
  for (const Member& member : composite.members) {
    if (member.indexed) EmitArrayDecoder(p, composite, member);
  }
}

void EmitLevelsDecoder(Printer& p, const Family& family, const Composite& composite,
                       absl::string_view qualifiers) {
  const std::string policy = PolicyName(family, *composite.set);
  const bool deep = composite.levels.size() > 1;
  const auto level = [&](const std::string& name) {
    p.Line(absl::StrCat("value->", name, " = nla_type(nest);"));
  };
  p.Blank();
  p.Emit({{"head",
           Function(absl::StrCat("static int", qualifiers), absl::StrCat(composite.tag, "_decode"),
                    {"const struct nlattr *nest", "struct netlink_ext_ack *extack",
                     absl::StrCat("struct ", composite.tag, " *value")},
                    ")")},
          {"locals",
           [&] {
             if (!deep) return;
             p.Line("int err;");
             p.Blank();
           }},
          {"first", [&] { level(composite.levels.front()); }},
          {"others",
           [&] {
             for (size_t i = 1; i < composite.levels.size(); ++i) {
               p.Line("nest = genlc_only_attr(nest, extack);");
               p.Line("if (!nest)");
               p.Line("\treturn -EINVAL;");
               level(composite.levels[i]);
             }
           }},
          {"validate",
           [&] {
             if (!deep) return;
             p.Emit(
                 {{"call", Wrap("err = nla_validate_nested(",
                                {"nest", PolicyEnd(*composite.set), policy, "extack"}, ");", 1)}},
                 "$call$\n");
             EmitReturnOnError(p);
           }},
          {"decode",
           Wrap(absl::StrCat("return ", composite.innermost->tag, "_decode("),
                {"nest", "extack", absl::StrCat("&value->", composite.innermost_name)}, ");", 1)}},
         R"(
    $head$
    {
    	$locals$
    	$first$
    	$others$
    	$validate$
    	$decode$
    }
  )");
}

void EmitListReaders(Printer& p, const Plan& plan) {
  std::set<std::string> seen;
  for (const Composite* composite : plan.composites()) {
    if (!composite->in) continue;
    for (const Member& member : composite->members) {
      if (member.is_list_in() && seen.insert(member.list_tag).second) EmitListReader(p, member);
    }
  }
}

}  // namespace genlc::kernel
