#include "kernel/generator/types.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"
#include "kernel/generator/structures.h"
#include "kernel/generator/uapi_header.h"
#include "kernel/generator/values.h"

namespace genlc::kernel {
namespace {

std::string ConstPointer(const Composite& composite, absl::string_view name) {
  return absl::StrCat("const struct ", composite.tag, " *", name);
}

// The lines that declare one member.
std::vector<std::string> Declarations(const Composite& composite, const Member& member) {
  const std::string value = ValueDeclaration(member);
  if (composite.in && member.is_list_in()) {
    return {absl::StrCat("struct ", member.list_tag, " ", member.name, ";")};
  }
  if (member.list) {
    const std::string pointer =
        value.back() == '*' ? absl::StrCat(value, "const *") : absl::StrCat("const ", value, "*");
    return {absl::StrCat(pointer, member.name, ";"),
            absl::StrCat("unsigned int n_", member.name, ";")};
  }
  if (member.indirect) return {absl::StrCat("const ", value, "*", member.name, ";")};
  if (member.shape == Shape::kArray) {
    return {absl::StrCat(value, member.name, ";"),
            absl::StrCat("unsigned int n_", member.name, ";")};
  }
  return {absl::StrCat(value, member.name, ";")};
}

void EmitHasBits(Printer& p, const Composite& composite) {
  std::vector<std::string> bits;
  for (const Member& member : composite.members) {
    if (member.has_bit()) bits.push_back(absl::StrCat("\tu32 ", member.name, ":1;"));
  }
  if (bits.empty()) return;
  p.Line("struct {");
  for (const std::string& bit : bits) p.Line(bit);
  p.Line("} has;");
}

void EmitLevels(Printer& p, const Composite& composite) {
  p.Blank();
  p.Emit({{"tag", composite.tag},
          {"levels",
           [&] {
             for (const std::string& level : composite.levels) {
               p.Line(absl::StrCat("u16 ", level, ";"));
             }
           }},
          {"innermost",
           absl::StrCat("struct ", composite.innermost->tag, " ", composite.innermost_name, ";")}},
         R"(
    struct $tag$ {
    	$levels$
    	$innermost$
    };
  )");
}

void EmitStruct(Printer& p, const Composite& composite) {
  if (!composite.levels.empty()) return EmitLevels(p, composite);
  const Struct* header = composite.fixed_header;
  const bool empty = composite.members.empty() && header == nullptr;
  p.Blank();
  if (empty) {
    // C has no empty structs; the set may grow.
    p.Line("/* No attribute yet. */");
  }
  p.Emit({{"tag", composite.tag},
          {"has", [&] { EmitHasBits(p, composite); }},
          {"members",
           [&] {
             if (header != nullptr) {
               p.Line(absl::StrCat("struct ", header->c_name, " fixed_header;"));
             }
             for (const Member& member : composite.members) {
               for (const std::string& line : Declarations(composite, member)) p.Line(line);
             }
             if (empty) p.Line("u8 unused;");
           }}},
         R"(
    struct $tag$ {
    	$has$
    	$members$
    };
  )");
}

// The lists of a struct that have no type yet.
void EmitListTypes(Printer& p, const Composite& composite, std::set<std::string>& seen) {
  if (!composite.in) return;
  for (const Member& member : composite.members) {
    if (!member.is_list_in() || !seen.insert(member.list_tag).second) continue;
    p.Blank();
    p.Emit({{"tag", member.list_tag}}, R"(
      struct $tag$ {
      	unsigned int count;
      	struct genlc_elements rest;
      };
    )");
  }
}

void EmitTypes(Printer& p, const Plan& plan) {
  std::set<std::string> seen;
  for (const Composite* composite : plan.composites()) {
    EmitListTypes(p, *composite, seen);
    EmitStruct(p, *composite);
  }
}

void EmitPrototype(Printer& p, absl::string_view returns, absl::string_view name,
                   const std::vector<std::string>& parameters) {
  p.Emit({{"prototype", Function(returns, name, parameters, ");")}}, "$prototype$\n");
}

void EmitListReaders(Printer& p, const Plan& plan) {
  std::set<std::string> seen;
  for (const Composite* composite : plan.composites()) {
    if (!composite->in) continue;
    for (const Member& member : composite->members) {
      if (!member.is_list_in() || !seen.insert(member.list_tag).second) continue;
      if (seen.size() == 1) {
        p.Blank();
        p.Line("/* Read the next element of a list; false after the last. */");
      }
      EmitPrototype(p, "bool", member.list_next,
                    {absl::StrCat("struct ", member.list_tag, " *list"),
                     absl::StrCat(ValueDeclaration(member), "*value")});
    }
  }
}

void EmitReplies(Printer& p, const Plan& plan) {
  for (const OperationPlan& operation : plan.operations()) {
    const auto& do_side = operation.do_side;
    const auto& dump_side = operation.dump_side;
    if (do_side && do_side->reply != nullptr) {
      p.Blank();
      EmitPrototype(p, "size_t", absl::StrCat(do_side->reply->tag, "_size"),
                    {ConstPointer(*do_side->reply, "rsp")});
      EmitPrototype(
          p, "int", absl::StrCat(operation.name, "_reply"),
          {"struct genlc_reply *reply", ConstPointer(*do_side->reply, "rsp"), "gfp_t gfp"});
    }
    if (dump_side) {
      if (!do_side || do_side->reply == nullptr) p.Blank();
      std::vector<std::string> parameters = {"struct genlc_dump *dump"};
      if (dump_side->reply != nullptr) {
        parameters.push_back(ConstPointer(*dump_side->reply, "rsp"));
      }
      EmitPrototype(p, "int", absl::StrCat(operation.name, "_dump_put"), parameters);
    }
  }
}

void EmitSenders(Printer& p, const Plan& plan) {
  if (!plan.has_async()) return;
  p.Blank();
  p.Emit(R"(
    /*
     * Notifications, from any context but an NMI. A group without listeners costs
     * nothing. Where interrupts are off a message leaves a moment later, and what
     * then becomes of it is not told; else a port that is closed is -ECONNREFUSED.
     */
  )");
  for (const OperationPlan& operation : plan.operations()) {
    if (!operation.operation->is_async()) continue;
    const auto emit = [&](absl::string_view suffix, std::vector<std::string> parameters) {
      if (operation.async != nullptr) parameters.push_back(ConstPointer(*operation.async, "value"));
      parameters.push_back("gfp_t gfp");
      EmitPrototype(p, "int", absl::StrCat(operation.name, suffix), parameters);
    };
    p.Blank();
    p.Emit({{"comment",
             Comment(absl::StrCat(operation.operation->name, ": ", operation.operation->doc))}},
           "$comment$\n");
    if (operation.operation->group != nullptr) {
      emit("_send", {"struct net *net"});
      if (plan.family().module.netnsok) emit("_send_allns", {});
    }
    emit("_unicast", {"struct net *net", "u32 portid"});
  }
}

// What handlers call; a family that only acknowledges has nothing of it.
void EmitCallees(Printer& p, const Plan& plan) {
  Printer callees;
  EmitListReaders(callees, plan);
  EmitReplies(callees, plan);
  EmitSenders(callees, plan);
  if (callees.text().empty()) return;
  p.Blank();
  p.Line("/* What it calls. */");
  p.Blank();
  p.Emit({{"callees", absl::StripSuffix(callees.text(), "\n")}}, "$callees$\n");
}

void EmitHandlers(Printer& p, const Plan& plan) {
  for (const Handler& handler : Handlers(plan)) {
    p.Blank();
    p.Emit({{"comment", handler.comment}}, "$comment$\n");
    EmitPrototype(p, handler.returns, handler.name, handler.parameters);
  }
}

std::vector<std::string> KernelHeaders(const Family& family) {
  std::vector<std::string> lines;
  std::set<std::string> seen;
  const auto add = [&](const std::string& header) {
    if (header.empty() || !seen.insert(header).second) return;
    lines.push_back(absl::StrCat("#include <", header, ">"));
  };
  for (const std::string& header : family.kernel_headers) add(header);
  for (const auto& definition : family.definitions) {
    std::visit(
        [&](const auto* d) {
          if (d->scope != Scope::kUser) add(d->header);
        },
        definition);
  }
  for (const auto& set : family.sets) add(set->header);
  return lines;
}

// Definitions that only the kernel sees.
void EmitKernelDefinitions(Printer& p, const Family& family) {
  const std::string constants = ScopedConstants(family, Scope::kKernel);
  if (!constants.empty()) {
    p.Blank();
    p.Emit({{"constants", constants}}, "$constants$\n");
  }
  for (const auto& enumeration : family.enums) {
    if (enumeration->scope != Scope::kKernel || !enumeration->header.empty()) continue;
    p.Blank();
    p.Emit({{"definition", EnumDefinition(*enumeration)}}, "$definition$\n");
  }
}

void AddHook(std::vector<Handler>& handlers, std::set<std::string>& seen,
             const std::string& spelling, Handler handler) {
  handler.name = Lower(spelling);
  if (spelling.empty() || !seen.insert(handler.name).second) return;
  handlers.push_back(std::move(handler));
}

// The hooks round one side of an operation; `first` is their first parameter.
void AddHooksOf(std::vector<Handler>& handlers, std::set<std::string>& seen,
                const Exchange& exchange, bool is_dump) {
  const std::string first = is_dump ? "struct netlink_callback *cb" : "struct genl_info *info";
  std::vector<std::string> pre = {first};
  std::vector<std::string> post = {first};
  if (!exchange.object.empty()) {
    pre.push_back(absl::StrCat(exchange.object, " **object"));
    post.push_back(absl::StrCat(exchange.object, " *object"));
  }
  AddHook(handlers, seen, exchange.pre,
          {is_dump ? "/* Runs before a dump, and can refuse it. */"
                   : "/* Runs before a handler, and can refuse the request. */",
           "int", "", pre});
  AddHook(handlers, seen, exchange.post,
          {is_dump ? "/* Runs after the end of a dump. */" : "/* Runs after a handler. */",
           is_dump ? "int" : "void", "", post});
}

void AddHooks(std::vector<Handler>& handlers, const Plan& plan) {
  std::set<std::string> seen;
  for (const OperationPlan& operation : plan.operations()) {
    if (operation.do_side) AddHooksOf(handlers, seen, *operation.do_side->exchange, false);
    if (operation.dump_side) AddHooksOf(handlers, seen, *operation.dump_side->exchange, true);
  }
  const Family& family = plan.family();
  if (family.sock_priv.empty()) return;
  const std::vector<std::string> priv = {absl::StrCat(family.sock_priv, " *priv")};
  handlers.push_back({"/* Begin and end of what is kept for a socket. */", "void",
                      absl::StrCat(family.c_name, "_nl_sock_priv_init"), priv});
  handlers.push_back({"", "void", absl::StrCat(family.c_name, "_nl_sock_priv_destroy"), priv});
}

void AddObject(std::vector<std::string>& parameters, const ExchangePlan& side) {
  if (side.exchange->object.empty()) return;
  parameters.push_back(absl::StrCat(side.exchange->object, " *object"));
}

// The structs that hooks find; what is in them is the handlers' business.
void EmitObjects(Printer& p, const Plan& plan) {
  std::set<std::string> seen;
  for (const OperationPlan& operation : plan.operations()) {
    for (const auto* side : {&operation.do_side, &operation.dump_side}) {
      if (!*side || !absl::StartsWith((*side)->exchange->object, "struct ")) continue;
      if (!seen.insert((*side)->exchange->object).second) continue;
      if (seen.size() == 1) p.Blank();
      p.Line(absl::StrCat((*side)->exchange->object, ";"));
    }
  }
}

}  // namespace

std::vector<Handler> Handlers(const Plan& plan) {
  const std::string& family = plan.family().c_name;
  std::vector<Handler> handlers = {
      {"/* Before the first request can arrive; an error keeps the module out. */",
       "int",
       absl::StrCat(family, "_start"),
       {}},
      {"/* After the last. */", "void", absl::StrCat(family, "_stop"), {}}};
  AddHooks(handlers, plan);
  for (const OperationPlan& operation : plan.operations()) {
    std::string comment =
        Comment(absl::StrCat(operation.operation->name, ": ", operation.operation->doc));
    if (operation.do_side) {
      std::vector<std::string> parameters = {"struct genl_info *info"};
      AddObject(parameters, *operation.do_side);
      if (const Composite* request = operation.do_side->request) {
        parameters.push_back(ConstPointer(*request, "req"));
      }
      if (operation.do_side->reply != nullptr) parameters.push_back("struct genlc_reply *reply");
      handlers.push_back({std::move(comment), "int", operation.name, parameters});
      comment.clear();
    }
    if (operation.dump_side) {
      std::vector<std::string> parameters = {"struct genlc_dump *dump"};
      AddObject(parameters, *operation.dump_side);
      if (const Composite* request = operation.dump_side->request) {
        parameters.push_back(ConstPointer(*request, "req"));
      }
      handlers.push_back({comment, "int", absl::StrCat(operation.name, "_dump"), parameters});
    }
  }
  return handlers;
}

std::string ModuleHeader(const Plan& plan) {
  const Family& family = plan.family();
  Printer p;
  p.Emit(
      {{"license", family.license},
       {"banner", BlockComment(Banner(family, "--kernel_out"))},
       {"guard", absl::StrCat("_", Upper(family.c_name), "_NL_H")},
       {"family", family.c_name},
       {"headers",
        [&] {
          // Some need what the core's headers include.
          if (KernelHeaders(family).empty()) return;
          p.Blank();
          for (const std::string& line : KernelHeaders(family)) p.Line(line);
          p.Blank();
        }},
       {"definitions", [&] { EmitKernelDefinitions(p, family); }},
       {"classic", family.is_generic() ? "" : "#define GENLC_CLASSIC\n"},
       {"hdrsize", plan.fixed_header() == nullptr
                       ? ""
                       : absl::StrCat("#define GENLC_HDRSIZE\t", plan.fixed_header()->size, "\n")},
       {"structures", [&] { EmitStructures(p, plan); }},
       {"types",
        [&] {
          EmitTypes(p, plan);
          EmitObjects(p, plan);
        }},
       {"handlers", [&] { EmitHandlers(p, plan); }},
       {"callees", [&] { EmitCallees(p, plan); }}},
      R"(
    /* SPDX-License-Identifier: $license$ */
    $banner$
    #ifndef $guard$
    #define $guard$

    $classic$
    $hdrsize$
    #include "genlc.h"
    $headers$
    #include "$family$_uapi.h"
    $definitions$
    $structures$
    $types$

    /* What $family$_handlers.c defines. */
    $handlers$
    $callees$

    #endif /* $guard$ */
  )");
  return p.Take();
}

}  // namespace genlc::kernel
