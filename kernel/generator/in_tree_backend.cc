#include "kernel/generator/in_tree_backend.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/expressible.h"
#include "kernel/generator/in_tree_operations.h"
#include "kernel/generator/in_tree_policies.h"
#include "kernel/generator/names.h"
#include "kernel/generator/uapi_header.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {
namespace {

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
  void EmitIncludes(Printer& p);
  void EmitPolicies(Printer& p);
  void EmitGroupIndices(Printer& p);
  void EmitGroups(Printer& p);
  void EmitFamilyDeclaration(Printer& p);
  void EmitSockPriv(Printer& p);
  void EmitFamily(Printer& p);

  const Family& family_;
  const Usage usage_;
  std::vector<const AttributeSet*> nests_;
};

void InTreeFiles::EmitIncludes(Printer& p) {
  std::vector<std::string> headers = {absl::StrCat("uapi/", family_.uapi_header)};
  const auto add = [&](const std::string& header) {
    if (header.empty() || std::count(headers.begin(), headers.end(), header) > 0) return;
    headers.push_back(header);
  };
  for (const std::string& header : family_.kernel_headers) add(header);
  for (const auto& definition : family_.definitions) {
    std::visit(
        [&](const auto* d) {
          if (d->scope != Scope::kUser) add(d->header);
        },
        definition);
  }
  for (const auto& set : family_.sets) add(set->header);
  for (const std::string& header : headers) p.Line(absl::StrCat("#include <", header, ">"));
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
    p.Emit({{"line", InTreePolicyDeclaration(InTreeSetName(family_, *set), AttributesOf(*set))}},
           "$line$\n");
  }
  EmitInTreeDeclarations(p, family_);
  EmitGroupIndices(p);
  EmitFamilyDeclaration(p);
  p.Blank();
  p.Line(absl::StrCat("#endif /* ", guard, " */"));
  return p.Take();
}

void InTreeFiles::EmitGroupIndices(Printer& p) {
  if (family_.groups.empty()) return;
  p.Blank();
  p.Line("enum {");
  for (const auto& group : family_.groups) {
    p.Line(absl::StrCat("\t", GroupIndex(family_, *group), ","));
  }
  p.Line("};");
  if (HasInTreeFamily(family_)) return;
  p.Blank();
  p.Line(absl::StrCat("extern const struct genl_multicast_group ", family_.c_name, "_nl_mcgrps[",
                      family_.groups.size(), "];"));
}

void InTreeFiles::EmitFamilyDeclaration(Printer& p) {
  if (!HasInTreeFamily(family_)) return;
  p.Blank();
  p.Line(absl::StrCat("extern struct genl_family ", family_.c_name, "_nl_family;"));
  if (family_.sock_priv.empty()) return;
  p.Blank();
  for (const char* when : {"init", "destroy"}) {
    p.Line(absl::StrCat("void ", family_.c_name, "_nl_sock_priv_", when, "(", family_.sock_priv,
                        " *priv);"));
  }
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
  EmitInTreeOperationPolicies(p, family_);
}

void InTreeFiles::EmitGroups(Printer& p) {
  if (family_.groups.empty()) return;
  p.Blank();
  const bool exported = !HasInTreeFamily(family_);
  p.Line(absl::StrCat(exported ? "" : "static ", "const struct genl_multicast_group ",
                      family_.c_name, "_nl_mcgrps[",
                      exported ? absl::StrCat(family_.groups.size()) : "", "] = {"));
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
  if (!HasInTreeFamily(family_) || family_.sock_priv.empty()) return;
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
  if (!HasInTreeFamily(family_)) return;
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
  EmitInTreeOperationTable(p, family_);
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
