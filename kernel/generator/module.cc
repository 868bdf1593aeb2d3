#include "kernel/generator/module.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/classic.h"
#include "kernel/generator/decode.h"
#include "kernel/generator/encode.h"
#include "kernel/generator/integer_policies.h"
#include "kernel/generator/names.h"
#include "kernel/generator/notify.h"
#include "kernel/generator/operations.h"
#include "kernel/generator/policies.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/types.h"

namespace genlc::kernel {
namespace {

void EmitOperations(Printer& p, const Plan& plan) {
  for (const OperationPlan& operation : plan.operations()) {
    if (!operation.do_side && !operation.dump_side) continue;
    const std::string& condition = operation.operation->config_cond;
    p.Blank();
    p.Line(absl::StrCat("/* ", operation.operation->name, " */"));
    EmitReplyFunctions(p, plan, operation);
    if (!condition.empty()) {
      p.Blank();
      p.Line(absl::StrCat("#ifdef CONFIG_", Upper(condition)));
    }
    EmitCallbacks(p, plan, operation);
    if (!condition.empty()) p.Blank();
    if (!condition.empty()) p.Line(absl::StrCat("#endif /* CONFIG_", Upper(condition), " */"));
  }
}

// What the core keeps for each socket; it hands over untyped memory.
void EmitSockPriv(Printer& p, const Family& family) {
  if (family.sock_priv.empty()) return;
  p.Blank();
  p.Line("#ifndef GENLC_HAVE_SOCK_PRIV");
  p.Line(absl::StrCat("#error \"", family.name, " needs sock_priv_size of Linux 6.8\""));
  p.Line("#else");
  for (const char* when : {"init", "destroy"}) {
    p.Emit({{"function", absl::StrCat(family.c_name, "_nl_sock_priv_", when)}}, R"(
      static void __$function$(void *priv)
      {
      	$function$(priv);
      }
    )");
    p.Blank();
  }
  p.Line("#endif /* GENLC_HAVE_SOCK_PRIV */");
}

// The last operation with exceptions from validation; null: none has any.
const Operation* LastLaxOperation(const Plan& plan) {
  const Operation* last = nullptr;
  for (const OperationPlan& of_one : plan.operations()) {
    const Operation& operation = *of_one.operation;
    if (operation.dont_validate.empty()) continue;
    if (last == nullptr || operation.number > last->number) last = &operation;
  }
  return last;
}

std::vector<std::pair<std::string, std::string>> FamilyFields(const Plan& plan) {
  const Family& family = plan.family();
  const std::string ops = absl::StrCat(family.c_name, "_nl_ops");
  const std::string groups = absl::StrCat(family.c_name, "_nl_groups");
  std::vector<std::pair<std::string, std::string>> fields = {{"name", family.c_family_name},
                                                             {"version", family.c_version_name}};
  if (plan.fixed_header() != nullptr) {
    fields.emplace_back("hdrsize",
                        absl::StrCat("sizeof(struct ", plan.fixed_header()->c_name, ")"));
  }
  if (family.module.netnsok) fields.emplace_back("netnsok", "true");
  if (family.module.parallel_ops) fields.emplace_back("parallel_ops", "true");
  fields.emplace_back("module", "THIS_MODULE");
  if (!plan.policy().empty()) {
    fields.emplace_back("policy", absl::StrCat(family.c_name, "_nl_policy"));
    fields.emplace_back("maxattr", LastAttribute(plan.policy()).c_name);
  }
  if (HasRequests(plan)) {
    const std::string list = HasSmallTable(plan) ? "small_ops" : "ops";
    fields.emplace_back(list, ops);
    fields.emplace_back(absl::StrCat("n_", list), absl::StrCat("ARRAY_SIZE(", ops, ")"));
  }
  if (!family.groups.empty()) {
    fields.emplace_back("mcgrps", groups);
    fields.emplace_back("n_mcgrps", absl::StrCat("ARRAY_SIZE(", groups, ")"));
  }
  return fields;
}

// Fields that the core has in some kernels only, behind the condition.
void EmitFieldsIf(Printer& p, absl::string_view condition,
                  const std::vector<std::pair<std::string, std::string>>& fields) {
  p.Line(absl::StrCat("#ifdef ", condition));
  p.Emit({{"fields", Initializers(fields)}}, "\t$fields$\n");
  p.Line("#endif");
}

void EmitFamily(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  if (!family.is_generic()) return EmitClassicFamily(p, plan);
  const std::string sock_priv = absl::StrCat("__", family.c_name, "_nl_sock_priv_");
  // Newer kernels allow exceptions only to operations that they are told are old.
  const Operation* lax = LastLaxOperation(plan);
  p.Blank();
  p.Line(
      absl::StrCat("static struct genl_family ", family.c_name, "_nl_family __ro_after_init = {"));
  p.Emit({{"fields", Initializers(FamilyFields(plan))}}, "\t$fields$\n");
  if (lax != nullptr) {
    EmitFieldsIf(p, "GENLC_HAVE_RESV_START_OP",
                 {{"resv_start_op", absl::StrCat(lax->c_name, " + 1")}});
  }
  if (!family.sock_priv.empty()) {
    EmitFieldsIf(p, "GENLC_HAVE_SOCK_PRIV",
                 {{"sock_priv_size", absl::StrCat("sizeof(", family.sock_priv, ")")},
                  {"sock_priv_init", absl::StrCat(sock_priv, "init")},
                  {"sock_priv_destroy", absl::StrCat(sock_priv, "destroy")}});
  }
  p.Line("};");
}

std::string Description(const Family& family) {
  if (!family.module.description.empty()) return family.module.description;
  return absl::StrCat(family.is_generic() ? "Generic netlink family " : "Netlink family ",
                      family.name);
}

// What differs between the two kinds of family in how a module begins and ends.
struct Registration {
  explicit Registration(const Family& family)
      : prefix(family.is_generic() ? "genl" : "genlc"),
        alias(family.is_generic()
                  ? absl::StrCat("MODULE_ALIAS_GENL_FAMILY(", family.c_family_name, ");")
                  : absl::StrCat("MODULE_ALIAS_NET_PF_PROTO(PF_NETLINK, ", ProtocolName(family),
                                 ");")) {}

  std::string prefix;
  std::string alias;
};

void EmitInit(Printer& p, const Plan& plan) {
  const Family& family = plan.family();
  const bool has_async = plan.has_async();
  const Registration registration(family);
  const std::string outbox = absl::StrCat("(&", family.c_name, "_nl_outbox);");
  p.Blank();
  p.Emit({{"family", family.c_name},
          {"open", has_async ? absl::StrCat("genlc_outbox_open", outbox) : ""},
          {"close", has_async ? absl::StrCat("genlc_outbox_close", outbox) : ""},
          {"core", registration.prefix},
          {"alias", registration.alias},
          {"author",
           [&] {
             if (family.module.author.empty()) return;
             p.Line(absl::StrCat("MODULE_AUTHOR(", StringLiteral(family.module.author), ");"));
           }},
          {"description", StringLiteral(Description(family))},
          {"license", StringLiteral(family.module.license)}},
         R"(
    static int __init $family$_nl_init(void)
    {
    	int err;

    	err = $family$_start();
    	if (err)
    		return err;
    	err = $core$_register_family(&$family$_nl_family);
    	if (err) {
    		$family$_stop();
    		return err;
    	}
    	$open$
    	return 0;
    }

    static void __exit $family$_nl_exit(void)
    {
    	$close$
    	$core$_unregister_family(&$family$_nl_family);
    	$family$_stop();
    }

    module_init($family$_nl_init);
    module_exit($family$_nl_exit);

    $alias$
    $author$
    MODULE_DESCRIPTION($description$);
    MODULE_LICENSE($license$);
  )");
}

}  // namespace

std::string ModuleSource(const Plan& plan) {
  const Family& family = plan.family();
  Printer p;
  p.Emit({{"license", family.license},
          {"banner", BlockComment(Banner(family, "--kernel_out"))},
          {"family", family.c_name},
          {"struct", family.is_generic() ? "genl_family" : "genlc_family"},
          {"send", plan.has_async() ? "#include \"genlc_send.h\"" : ""},
          {"outbox", [&] { EmitOutbox(p, plan); }},
          {"groups", [&] { EmitGroupIndices(p, plan); }},
          {"helpers", [&] { EmitPolicyHelpers(p, plan); }},
          {"sizes", [&] { EmitStructureSizes(p, plan); }},
          {"policies",
           [&] {
             EmitNestPolicies(p, plan);
             EmitGlobalPolicy(p, plan);
           }},
          {"decoders", [&] { EmitNestDecoders(p, plan); }},
          {"encoders", [&] { EmitEncoders(p, plan); }},
          {"operations", [&] { EmitOperations(p, plan); }},
          {"senders", [&] { EmitSenders(p, plan); }},
          {"table", [&] { EmitOperationTable(p, plan); }},
          {"group_table", [&] { EmitGroupTable(p, plan); }},
          {"sock_priv", [&] { EmitSockPriv(p, family); }},
          {"entries",
           [&] {
             if (!family.is_generic()) EmitClassicEntries(p, plan);
           }},
          {"family_struct", [&] { EmitFamily(p, plan); }},
          {"init", [&] { EmitInit(p, plan); }}},
         R"(
    // SPDX-License-Identifier: $license$
    $banner$

    #include <linux/init.h>
    #include <linux/module.h>

    #include "$family$_nl.h"
    #include "genlc_frame.h"
    $send$

    static struct $struct$ $family$_nl_family;
    $outbox$
    $groups$
    $sizes$
    $helpers$
    $policies$
    $decoders$
    $encoders$
    $operations$
    $senders$
    $table$
    $group_table$
    $sock_priv$
    $entries$
    $family_struct$
    $init$
  )");
  return p.Take();
}

std::string HandlersSkeleton(const Plan& plan) {
  const Family& family = plan.family();
  Printer p;
  p.Emit({{"license", family.license}, {"family", family.c_name}}, R"(
    // SPDX-License-Identifier: $license$
    /* What $family$ does. genlc has written this file once; it is yours. */

    #include "$family$_nl.h"
  )");
  for (const Handler& handler : Handlers(plan)) {
    const bool starts = handler.name == absl::StrCat(family.c_name, "_start");
    p.Blank();
    p.Emit({{"comment", handler.comment},
            {"head", Function(handler.returns, handler.name, handler.parameters, ")")},
            {"result", handler.returns == "void" ? ""
                       : starts                  ? "\treturn 0;"
                                                 : "\treturn -EOPNOTSUPP;"}},
           R"(
      $comment$
      $head$
      {
      $result$
      }
    )");
  }
  return p.Take();
}

}  // namespace genlc::kernel
