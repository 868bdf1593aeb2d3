#include "kernel/generator/in_tree_backend.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/expressible.h"
#include "kernel/generator/in_tree_policies.h"
#include "kernel/generator/names.h"
#include "kernel/generator/uapi_header.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {
namespace {

enum class Mode { kDo, kDump };

const char* ModeName(Mode mode) { return mode == Mode::kDo ? "do" : "dump"; }

const std::vector<std::string> kHookParameters = {
    "const struct genl_split_ops *ops", "struct sk_buff *skb", "struct genl_info *info"};

// Surrounds what depends on a kernel option with #ifdef; neighbours share one.
class ConfigBlock {
 public:
  explicit ConfigBlock(Printer& p) : p_(p) {}
  ~ConfigBlock() { Enter(""); }

  void Enter(const std::string& option) {
    if (option == open_) return;
    if (!open_.empty()) p_.Line(absl::StrCat("#endif /* CONFIG_", Upper(open_), " */"));
    if (!option.empty()) p_.Line(absl::StrCat("#ifdef CONFIG_", Upper(option)));
    open_ = option;
  }

 private:
  Printer& p_;
  std::string open_;
};

std::vector<const Attribute*> AttributesOf(const Message& message) {
  std::vector<const Attribute*> attributes;
  for (const Field& field : message.fields) attributes.push_back(field.attribute);
  return attributes;
}

std::vector<const Attribute*> AttributesOf(const AttributeSet& set) {
  std::vector<const Attribute*> attributes;
  for (const auto& attribute : set.attributes) attributes.push_back(attribute.get());
  return attributes;
}

// Prints the two files of one family.
class InTreeFiles {
 public:
  explicit InTreeFiles(const Family& family) : family_(family), usage_(family) {
    for (const auto& set : family.sets) {
      if (usage_.InRequest(*set)) nests_.push_back(set.get());
    }
    std::sort(nests_.begin(), nests_.end(),
              [](const AttributeSet* a, const AttributeSet* b) { return a->name < b->name; });
  }

  std::string stem() const { return absl::StrCat(family_.name, "-nl-gen"); }
  std::string Header();
  std::string Source();

 private:
  template <typename Visit>
  void ForEachOperation(Visit visit) {
    for (const auto& operation : family_.operations) {
      if (operation->is_async()) continue;
      if (operation->do_exchange) visit(*operation, Mode::kDo, *operation->do_exchange);
      if (operation->dump) visit(*operation, Mode::kDump, *operation->dump);
    }
  }

  std::string Callback(const Operation& operation, Mode mode) const {
    return absl::StrCat(family_.c_name, "_nl_", Lower(operation.name), "_", ModeName(mode), "it");
  }
  std::string PolicyName(const Operation& operation, Mode mode) const;

  void EmitIncludes(Printer& p);
  void EmitHooks(Printer& p);
  void EmitPrototypes(Printer& p);
  void EmitPolicies(Printer& p);
  void EmitOperation(Printer& p, const Operation& operation, Mode mode, const Exchange& exchange);
  void EmitOperations(Printer& p);
  void EmitGroups(Printer& p);
  void EmitSockPriv(Printer& p);
  void EmitFamily(Printer& p);

  const Family& family_;
  const Usage usage_;
  std::vector<const AttributeSet*> nests_;
};

std::string InTreeFiles::PolicyName(const Operation& operation, Mode mode) const {
  const bool dual = operation.do_exchange && operation.do_exchange->has_request &&
                    operation.dump && operation.dump->has_request;
  const std::string name = Prefixed(family_, operation.name);
  return dual ? absl::StrCat(name, "_", ModeName(mode)) : name;
}

void InTreeFiles::EmitIncludes(Printer& p) {
  std::vector<std::string> headers = {absl::StrCat("uapi/", family_.uapi_header)};
  const auto add = [&](const std::string& header) {
    if (header.empty() || std::count(headers.begin(), headers.end(), header) > 0) return;
    headers.push_back(header);
  };
  for (const std::string& header : family_.kernel_headers) add(header);
  for (const auto& definition : family_.definitions) {
    std::visit([&](const auto* d) { if (d->scope != Scope::kUser) add(d->header); }, definition);
  }
  for (const auto& set : family_.sets) add(set->header);
  for (const std::string& header : headers) p.Line(absl::StrCat("#include <", header, ">"));
}

// Each hook once, in the order of first use: before, after, dump start, dump end.
void InTreeFiles::EmitHooks(Printer& p) {
  const std::vector<std::string> callback = {"struct netlink_callback *cb"};
  const auto emit = [&](Mode wanted, std::string Exchange::*hook, absl::string_view returns,
                        const std::vector<std::string>& parameters) {
    std::set<std::string> seen;
    ForEachOperation([&](const Operation&, Mode mode, const Exchange& exchange) {
      const std::string& name = exchange.*hook;
      if (mode != wanted || name.empty() || !seen.insert(name).second) return;
      p.Emit({{"prototype", Function(returns, Lower(name), parameters, ");")}}, "$prototype$\n");
    });
  };
  p.Blank();
  emit(Mode::kDo, &Exchange::pre, "int", kHookParameters);
  emit(Mode::kDo, &Exchange::post, "void", kHookParameters);
  emit(Mode::kDump, &Exchange::pre, "int", callback);
  emit(Mode::kDump, &Exchange::post, "int", callback);
}

void InTreeFiles::EmitPrototypes(Printer& p) {
  p.Blank();
  ForEachOperation([&](const Operation& operation, Mode mode, const Exchange&) {
    const std::string second =
        mode == Mode::kDo ? "struct genl_info *info" : "struct netlink_callback *cb";
    p.Emit({{"prototype", Function("int", Callback(operation, mode),
                                   {"struct sk_buff *skb", second}, ");")}},
           "$prototype$\n");
  });
}

std::string InTreeFiles::Header() {
  const std::string guard = absl::StrCat("_LINUX_", Upper(family_.c_name), "_GEN_H");
  Printer p;
  p.Emit({{"license", family_.license},
          {"banner", BlockComment(Banner(family_, "--kernel_style=in-tree --kernel_out"))},
          {"guard", guard},
          {"includes", [&] { EmitIncludes(p); }}},
         R"(
    /* SPDX-License-Identifier: $license$ */
    $banner$

    #ifndef $guard$
    #define $guard$

    #include <net/netlink.h>
    #include <net/genetlink.h>

    $includes$
  )");
  const std::string constants = ScopedConstants(family_, Scope::kKernel);
  p.Blank();
  p.Emit({{"constants", constants}}, "$constants$\n");
  if (!nests_.empty()) {
    p.Blank();
    p.Line("/* Common nested types */");
  }
  for (const AttributeSet* set : nests_) {
    p.Line(absl::StrCat("extern const struct nla_policy ",
                        InTreePolicyArray(InTreeSetName(family_, *set), AttributesOf(*set)), ";"));
  }
  EmitHooks(p);
  EmitPrototypes(p);
  if (!family_.groups.empty()) {
    p.Blank();
    p.Line("enum {");
    for (const auto& group : family_.groups) {
      p.Line(absl::StrCat("\t", GroupIndex(family_, *group), ","));
    }
    p.Line("};");
  }
  p.Blank();
  p.Line(absl::StrCat("extern struct genl_family ", family_.c_name, "_nl_family;"));
  if (!family_.sock_priv.empty()) {
    p.Blank();
    for (const char* when : {"init", "destroy"}) {
      p.Line(absl::StrCat("void ", family_.c_name, "_nl_sock_priv_", when, "(",
                          family_.sock_priv, " *priv);"));
    }
  }
  p.Blank();
  p.Line(absl::StrCat("#endif /* ", guard, " */"));
  return p.Take();
}

void InTreeFiles::EmitPolicies(Printer& p) {
  EmitInTreeRanges(p, family_, usage_);
  EmitInTreeValidators(p, family_, usage_);
  bool first = true;
  for (const AttributeSet* set : nests_) {
    p.Blank();
    if (first) p.Line("/* Common nested types */");
    first = false;
    EmitInTreePolicy(p, family_, "const", InTreeSetName(family_, *set), AttributesOf(*set));
  }
  ForEachOperation([&](const Operation& operation, Mode mode, const Exchange& exchange) {
    if (exchange.request.fields.empty()) return;
    p.Blank();
    p.Line(absl::StrCat("/* ", operation.c_name, " - ", ModeName(mode), " */"));
    ConfigBlock config(p);
    config.Enter(operation.config_cond);
    EmitInTreePolicy(p, family_, "static const", PolicyName(operation, mode),
                     AttributesOf(exchange.request));
  });
}

void InTreeFiles::EmitOperation(Printer& p, const Operation& operation, Mode mode,
                                const Exchange& exchange) {
  const bool is_do = mode == Mode::kDo;
  std::vector<std::pair<std::string, std::string>> fields = {{"cmd", operation.c_name}};
  std::vector<std::string> validate;
  for (const std::string& word : operation.dont_validate) {
    if ((word == "strict") == is_do) {
      validate.push_back(absl::StrCat("GENL_DONT_VALIDATE_", Upper(word)));
    }
  }
  if (!validate.empty()) fields.emplace_back("validate", absl::StrJoin(validate, " | "));
  if (!exchange.pre.empty()) {
    fields.emplace_back(is_do ? "pre_doit" : "start", Lower(exchange.pre));
  }
  fields.emplace_back(is_do ? "doit" : "dumpit", Callback(operation, mode));
  if (!exchange.post.empty()) {
    fields.emplace_back(is_do ? "post_doit" : "done", Lower(exchange.post));
  }
  if (!exchange.request.fields.empty()) {
    fields.emplace_back("policy", absl::StrCat(PolicyName(operation, mode), "_nl_policy"));
    fields.emplace_back("maxattr", LastAttribute(AttributesOf(exchange.request)).c_name);
  }
  std::vector<std::string> flags;
  if (operation.admin_perm) flags.push_back("GENL_ADMIN_PERM");
  if (operation.uns_admin_perm) flags.push_back("GENL_UNS_ADMIN_PERM");
  flags.push_back(is_do ? "GENL_CMD_CAP_DO" : "GENL_CMD_CAP_DUMP");
  fields.emplace_back("flags", absl::StrJoin(flags, " | "));
  p.Emit({{"fields", Initializers(fields)}}, R"(
    	{
    		$fields$
    	},
  )");
}

void InTreeFiles::EmitOperations(Printer& p) {
  p.Blank();
  p.Line(absl::StrCat("/* Ops table for ", family_.c_name, " */"));
  p.Line(absl::StrCat("static const struct genl_split_ops ", family_.c_name, "_nl_ops[] = {"));
  {
    ConfigBlock config(p);
    ForEachOperation([&](const Operation& operation, Mode mode, const Exchange& exchange) {
      config.Enter(operation.config_cond);
      EmitOperation(p, operation, mode, exchange);
    });
  }
  p.Line("};");
}

void InTreeFiles::EmitGroups(Printer& p) {
  if (family_.groups.empty()) return;
  p.Blank();
  p.Line(absl::StrCat("static const struct genl_multicast_group ", family_.c_name,
                      "_nl_mcgrps[] = {"));
  for (const auto& group : family_.groups) {
    const std::string index = GroupIndex(family_, *group);
    const std::string name = StringLiteral(group->name);
    if (!group->uns_admin_perm) {
      p.Line(absl::StrCat("\t[", index, "] = { ", name, ", },"));
      continue;
    }
    p.Emit({{"index", index},
            {"fields", Initializers({{"name", name}, {"flags", "GENL_MCAST_CAP_NET_ADMIN"}})}},
           R"(
      	[$index$] = {
      		$fields$
      	},
    )");
  }
  p.Line("};");
}

// The core hands over untyped memory; indirect calls need functions of exactly that type.
void InTreeFiles::EmitSockPriv(Printer& p) {
  if (family_.sock_priv.empty()) return;
  for (const char* when : {"init", "destroy"}) {
    p.Blank();
    p.Emit({{"function", absl::StrCat(family_.c_name, "_nl_sock_priv_", when)}}, R"(
      static void __$function$(void *priv)
      {
      	$function$(priv);
      }
    )");
  }
}

void InTreeFiles::EmitFamily(Printer& p) {
  const std::string ops = absl::StrCat(family_.c_name, "_nl_ops");
  const std::string groups = absl::StrCat(family_.c_name, "_nl_mcgrps");
  const std::string sock_priv = absl::StrCat("__", family_.c_name, "_nl_sock_priv_");
  std::vector<std::pair<std::string, std::string>> fields = {
      {"name", family_.c_family_name},
      {"version", family_.c_version_name},
      {"netnsok", "true"},
      {"parallel_ops", "true"},
      {"module", "THIS_MODULE"},
      {"split_ops", ops},
      {"n_split_ops", absl::StrCat("ARRAY_SIZE(", ops, ")")}};
  if (!family_.groups.empty()) {
    fields.emplace_back("mcgrps", groups);
    fields.emplace_back("n_mcgrps", absl::StrCat("ARRAY_SIZE(", groups, ")"));
  }
  if (!family_.sock_priv.empty()) {
    fields.emplace_back("sock_priv_size", absl::StrCat("sizeof(", family_.sock_priv, ")"));
    fields.emplace_back("sock_priv_init", absl::StrCat(sock_priv, "init"));
    fields.emplace_back("sock_priv_destroy", absl::StrCat(sock_priv, "destroy"));
  }
  p.Blank();
  p.Emit({{"family", family_.c_name}, {"fields", Initializers(fields)}}, R"(
    struct genl_family $family$_nl_family __ro_after_init = {
    	$fields$
    };
  )");
}

std::string InTreeFiles::Source() {
  Printer p;
  p.Emit({{"license", family_.license},
          {"banner", BlockComment(Banner(family_, "--kernel_style=in-tree --kernel_out"))},
          {"header", absl::StrCat(stem(), ".h")},
          {"includes", [&] { EmitIncludes(p); }}},
         R"(
    // SPDX-License-Identifier: $license$
    $banner$

    #include <net/netlink.h>
    #include <net/genetlink.h>

    #include "$header$"

    $includes$
  )");
  EmitPolicies(p);
  EmitOperations(p);
  EmitGroups(p);
  EmitSockPriv(p);
  EmitFamily(p);
  return p.Take();
}

}  // namespace

bool InTreeBackend::Generate(const Family& family, OutputFiles& files, Reporter& reporter) const {
  if (!CheckInTree(family, reporter)) return false;
  InTreeFiles printed(family);
  files.Add(absl::StrCat(printed.stem(), ".h"), printed.Header());
  files.Add(absl::StrCat(printed.stem(), ".c"), printed.Source());
  return true;
}

}  // namespace genlc::kernel
