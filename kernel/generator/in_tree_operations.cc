#include "kernel/generator/in_tree_operations.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/in_tree_policies.h"
#include "kernel/generator/names.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {
namespace {

using Attributes = std::vector<const Attribute*>;
using Fields = std::vector<std::pair<std::string, std::string>>;

enum class Mode { kDo, kDump };

const char* ModeName(Mode mode) { return mode == Mode::kDo ? "do" : "dump"; }

const std::vector<std::string> kHookParameters = {"const struct genl_split_ops *ops",
                                                  "struct sk_buff *skb", "struct genl_info *info"};

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

template <typename Visit>
void ForEachOperation(const Family& family, Visit visit) {
  for (const auto& operation : family.operations) {
    if (operation->is_async()) continue;
    if (operation->do_exchange || operation->dump) visit(*operation);
  }
}

template <typename Visit>
void ForEachExchange(const Family& family, Visit visit) {
  ForEachOperation(family, [&](const Operation& operation) {
    if (operation.do_exchange) visit(operation, Mode::kDo, *operation.do_exchange);
    if (operation.dump) visit(operation, Mode::kDump, *operation.dump);
  });
}

std::string Callback(const Family& family, const Operation& operation, Mode mode) {
  return absl::StrCat(family.c_name, "_nl_", Lower(operation.name), "_", ModeName(mode), "it");
}

Attributes AttributesOf(const Message& message) {
  Attributes attributes;
  for (const Field& field : message.fields) attributes.push_back(field.attribute);
  return attributes;
}

// What either side of an operation takes, in the order of the set where both take something.
Attributes RequestAttributes(const Operation& operation) {
  const auto count = [](const std::optional<Exchange>& exchange) {
    return exchange ? exchange->request.fields.size() : 0;
  };
  if (count(operation.dump) == 0 && operation.do_exchange) {
    return AttributesOf(operation.do_exchange->request);
  }
  if (count(operation.do_exchange) == 0) return AttributesOf(operation.dump->request);
  return RequestedOf(operation);
}

std::string SplitPolicyName(const Family& family, const Operation& operation, Mode mode) {
  const bool dual = operation.do_exchange && operation.do_exchange->has_request && operation.dump &&
                    operation.dump->has_request;
  const std::string name = Prefixed(family, operation.name);
  return dual ? absl::StrCat(name, "_", ModeName(mode)) : name;
}

// The name that the family's policy would have as one of a nest.
std::string GlobalPolicyName(const Attributes& attributes, const Family& family) {
  return InTreeSetName(family, *attributes.front()->set);
}

// Each hook once, in the order of first use: before, after, dump start, dump end.
void EmitHooks(Printer& p, const Family& family) {
  const std::vector<std::string> callback = {"struct netlink_callback *cb"};
  const auto emit = [&](Mode wanted, std::string Exchange::*hook, absl::string_view returns,
                        const std::vector<std::string>& parameters) {
    std::set<std::string> seen;
    ForEachExchange(family, [&](const Operation&, Mode mode, const Exchange& exchange) {
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

void EmitPrototypes(Printer& p, const Family& family) {
  p.Blank();
  ForEachExchange(family, [&](const Operation& operation, Mode mode, const Exchange&) {
    const std::string second =
        mode == Mode::kDo ? "struct genl_info *info" : "struct netlink_callback *cb";
    p.Emit({{"prototype", Function("int", Callback(family, operation, mode),
                                   {"struct sk_buff *skb", second}, ");")}},
           "$prototype$\n");
  });
}

// `struct genl_small_ops fou_nl_ops[3]`; without the number where the family is beside it.
std::string OperationArray(const Family& family) {
  const char* type = family.kernel_policy == KernelPolicy::kGlobal         ? "genl_small_ops"
                     : family.kernel_policy == KernelPolicy::kPerOperation ? "genl_ops"
                                                                           : "genl_split_ops";
  int count = 0;
  if (family.kernel_policy == KernelPolicy::kSplit) {
    ForEachExchange(family, [&](const Operation&, Mode, const Exchange&) { ++count; });
  } else {
    ForEachOperation(family, [&](const Operation&) { ++count; });
  }
  return absl::StrCat("struct ", type, " ", family.c_name, "_nl_ops[",
                      HasInTreeFamily(family) ? "" : absl::StrCat(count), "]");
}

void AddValidation(const std::vector<std::string>& words, Fields& fields) {
  std::vector<std::string> flags;
  for (const std::string& word : words) {
    flags.push_back(absl::StrCat("GENL_DONT_VALIDATE_", Upper(word)));
  }
  if (!flags.empty()) fields.emplace_back("validate", absl::StrJoin(flags, " | "));
}

void AddPolicy(const std::string& name, const Attributes& attributes, Fields& fields) {
  if (attributes.empty()) return;
  fields.emplace_back("policy", absl::StrCat(name, "_nl_policy"));
  fields.emplace_back("maxattr", LastAttribute(attributes).c_name);
}

void AddFlags(const Operation& operation, const char* mode, Fields& fields) {
  std::vector<std::string> flags;
  if (operation.admin_perm) flags.push_back("GENL_ADMIN_PERM");
  if (operation.uns_admin_perm) flags.push_back("GENL_UNS_ADMIN_PERM");
  if (mode != nullptr) flags.push_back(mode);
  if (!flags.empty()) fields.emplace_back("flags", absl::StrJoin(flags, " | "));
}

Fields SplitEntry(const Family& family, const Operation& operation, Mode mode,
                  const Exchange& exchange) {
  const bool is_do = mode == Mode::kDo;
  Fields fields = {{"cmd", operation.c_name}};
  std::vector<std::string> validate;
  for (const std::string& word : operation.dont_validate) {
    if ((word == "strict") == is_do) validate.push_back(word);
  }
  AddValidation(validate, fields);
  if (!exchange.pre.empty()) {
    fields.emplace_back(is_do ? "pre_doit" : "start", Lower(exchange.pre));
  }
  fields.emplace_back(is_do ? "doit" : "dumpit", Callback(family, operation, mode));
  if (!exchange.post.empty()) {
    fields.emplace_back(is_do ? "post_doit" : "done", Lower(exchange.post));
  }
  AddPolicy(SplitPolicyName(family, operation, mode), AttributesOf(exchange.request), fields);
  AddFlags(operation, is_do ? "GENL_CMD_CAP_DO" : "GENL_CMD_CAP_DUMP", fields);
  return fields;
}

// An entry for both sides of an operation.
Fields WholeEntry(const Family& family, const Operation& operation) {
  Fields fields = {{"cmd", operation.c_name}};
  AddValidation(operation.dont_validate, fields);
  if (operation.do_exchange) fields.emplace_back("doit", Callback(family, operation, Mode::kDo));
  if (operation.dump) {
    const Exchange& dump = *operation.dump;
    if (!dump.pre.empty()) fields.emplace_back("start", Lower(dump.pre));
    fields.emplace_back("dumpit", Callback(family, operation, Mode::kDump));
    if (!dump.post.empty()) fields.emplace_back("done", Lower(dump.post));
  }
  if (family.kernel_policy == KernelPolicy::kPerOperation) {
    AddPolicy(Prefixed(family, operation.name), RequestAttributes(operation), fields);
  }
  AddFlags(operation, nullptr, fields);
  return fields;
}

void EmitEntry(Printer& p, const Fields& fields) {
  p.Emit({{"fields", Initializers(fields)}}, R"(
    	{
    		$fields$
    	},
  )");
}

}  // namespace

bool HasInTreeFamily(const Family& family) { return family.level == Level::kGenetlink; }

void EmitInTreeDeclarations(Printer& p, const Family& family) {
  const auto declare = [&](const std::string& name, const Attributes& attributes) {
    p.Emit({{"line", InTreePolicyDeclaration(name, attributes)}}, "$line$\n");
  };
  p.Blank();
  if (family.kernel_policy == KernelPolicy::kGlobal) {
    const Attributes attributes = RequestedOf(family);
    if (!attributes.empty()) {
      p.Line(absl::StrCat("/* Global operation policy for ", family.c_name, " */"));
      declare(GlobalPolicyName(attributes, family), attributes);
    }
  } else if (family.kernel_policy == KernelPolicy::kPerOperation) {
    ForEachOperation(family, [&](const Operation& operation) {
      const Attributes attributes = RequestAttributes(operation);
      if (!attributes.empty()) declare(Prefixed(family, operation.name), attributes);
    });
  }
  if (!HasInTreeFamily(family)) {
    p.Blank();
    p.Line(absl::StrCat("/* Ops table for ", family.c_name, " */"));
    p.Line(absl::StrCat("extern const ", OperationArray(family), ";"));
  }
  EmitHooks(p, family);
  EmitPrototypes(p, family);
}

void EmitInTreeOperationPolicies(Printer& p, const Family& family) {
  const auto emit = [&](const Operation& operation, Mode mode, const char* qualifiers,
                        const std::string& name, const Attributes& attributes) {
    if (attributes.empty()) return;
    p.Blank();
    p.Line(absl::StrCat("/* ", operation.c_name, " - ", ModeName(mode), " */"));
    ConfigBlock config(p);
    config.Enter(operation.config_cond);
    EmitInTreePolicy(p, family, qualifiers, name, attributes);
  };
  switch (family.kernel_policy) {
    case KernelPolicy::kSplit:
      return ForEachExchange(
          family, [&](const Operation& operation, Mode mode, const Exchange& exchange) {
            emit(operation, mode, "static const", SplitPolicyName(family, operation, mode),
                 AttributesOf(exchange.request));
          });
    case KernelPolicy::kPerOperation:
      return ForEachOperation(family, [&](const Operation& operation) {
        emit(operation, operation.do_exchange ? Mode::kDo : Mode::kDump, "const",
             Prefixed(family, operation.name), RequestAttributes(operation));
      });
    case KernelPolicy::kGlobal: {
      const Attributes attributes = RequestedOf(family);
      if (attributes.empty()) return;
      p.Blank();
      p.Line(absl::StrCat("/* Global operation policy for ", family.c_name, " */"));
      EmitInTreePolicy(p, family, "const", GlobalPolicyName(attributes, family), attributes);
    }
  }
}

void EmitInTreeOperationTable(Printer& p, const Family& family) {
  p.Blank();
  p.Line(absl::StrCat("/* Ops table for ", family.c_name, " */"));
  p.Line(absl::StrCat(HasInTreeFamily(family) ? "static " : "", "const ", OperationArray(family),
                      " = {"));
  {
    ConfigBlock config(p);
    if (family.kernel_policy == KernelPolicy::kSplit) {
      ForEachExchange(family, [&](const Operation& operation, Mode mode, const Exchange& exchange) {
        config.Enter(operation.config_cond);
        EmitEntry(p, SplitEntry(family, operation, mode, exchange));
      });
    } else {
      ForEachOperation(family, [&](const Operation& operation) {
        config.Enter(operation.config_cond);
        EmitEntry(p, WholeEntry(family, operation));
      });
    }
  }
  p.Line("};");
}

}  // namespace genlc::kernel
