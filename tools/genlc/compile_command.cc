// genlc compile: specs to files.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "family/ir/ir.h"
#include "kernel/generator/in_tree_backend.h"
#include "kernel/generator/module_backend.h"
#include "tools/dissector/dissector_backend.h"
#include "tools/doc/doc_backend.h"
#include "tools/genlc/commands.h"
#include "tools/genlc/output_tree.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/sources.h"
#include "tools/syzlang/syzlang_backend.h"
#include "userspace/generator/cpp_backend.h"

namespace genlc {
namespace {

const Manual kManual = {
    .name = "compile",
    .purpose = "turn specs into a uAPI header, a kernel module and a C++ client",
    .arguments = "SPEC...",
    .min_arguments = 1,
    .description =
        "Each SPEC is a YAML netlink spec. What only the module needs to know (required "
        "attributes, defaults, its licence) stands in a profile beside it: "
        "thermo.genlc.yaml belongs to thermo.yaml.\n"
        "\n"
        "Each --*_out flag asks for one kind of output. Directories are made where needed. "
        "A file is written only when its text changes, and none at all when any spec is "
        "wrong. The handlers of a module (thermo_handlers.c) are written where there are "
        "none, and are yours from then on. Of several specs, each module gets a folder of "
        "its own below --kernel_out, and so does a uAPI header whose path several name, "
        "below --uapi_out.",
    .wrong_input =
        "a spec is wrong, a file cannot be read or written, or --check found "
        "something to change",
    .examples =
        {{"the header, the module and the client of a family",
          "genlc compile thermo.yaml --uapi_out=include --kernel_out=module --cpp_out=client"},
         {"the tables as the kernel itself commits them",
          "genlc compile thermo.yaml --kernel_out=net/thermo --kernel_style=in-tree"},
         {"is what stands there still what the compiler makes? If not: how it differs",
          "genlc compile thermo.yaml --kernel_out=module --check"}},
};

class CompileCommand : public Command {
 public:
  const Manual& manual() const override { return kManual; }

  std::vector<Flag> Flags() override {
    return {
        {"uapi_out", "DIR", "the uAPI header, below DIR at the spec's uapi-header path",
         &uapi_out_},
        {"kernel_out", "DIR", "the kernel sources", &kernel_out_},
        {"kernel_style", "module|in-tree",
         "a folder that make builds into a module (this is the default), or the tables that "
         "the kernel commits",
         &kernel_style_},
        {"cpp_out", "DIR", "the C++ client", &cpp_out_},
        {"doc_out", "DIR", "the documentation, as Markdown and as one HTML page", &doc_out_},
        {"dissector_out", "DIR", "a Wireshark dissector of the family's messages, in Lua",
         &dissector_out_},
        {"syzlang_out", "DIR", "a description of the family's requests for syzkaller",
         &syzlang_out_},
        {"ir_out", "DIR", "the resolved family as JSON, for back ends of your own", &ir_out_},
        {"profile", "FILE", "the profile, where it is not the one beside the spec", &profile_},
        {"check", "", "write nothing; print what would change as a diff", &check_},
    };
  }

  ExitStatus Run(const std::vector<std::string>& arguments, Environment& env) override;

 private:
  // All back ends there are, those that the flags ask for.
  std::vector<Target> Targets(bool several_specs) const;
  std::unique_ptr<Backend> MakeKernelBackend() const;
  // Writes, or compares.
  ExitStatus Deliver(const OutputTree& tree, Environment& env) const;

  enum class KernelStyle { kModule, kInTree };

  std::string uapi_out_;
  std::string kernel_out_;
  std::string cpp_out_;
  std::string doc_out_;
  std::string dissector_out_;
  std::string syzlang_out_;
  std::string ir_out_;
  std::string profile_;
  KernelStyle kernel_style_ = KernelStyle::kModule;
  bool check_ = false;
};

std::vector<Target> CompileCommand::Targets(bool several_specs) const {
  std::vector<Target> targets;
  const auto add = [&](const std::string& directory, std::unique_ptr<Backend> backend,
                       bool folders = false) {
    if (!directory.empty()) targets.push_back({std::move(backend), directory, folders});
  };
  add(uapi_out_, std::make_unique<kernel::UapiBackend>());
  add(kernel_out_, MakeKernelBackend(), several_specs && kernel_style_ == KernelStyle::kModule);
  add(cpp_out_, MakeCppBackend());
  add(doc_out_, std::make_unique<DocBackend>());
  add(dissector_out_, std::make_unique<DissectorBackend>());
  add(syzlang_out_, std::make_unique<SyzlangBackend>());
  add(ir_out_, std::make_unique<IrBackend>());
  return targets;
}

std::unique_ptr<Backend> CompileCommand::MakeKernelBackend() const {
  if (kernel_style_ == KernelStyle::kInTree) return std::make_unique<kernel::InTreeBackend>();
  return std::make_unique<kernel::ModuleBackend>();
}

ExitStatus CompileCommand::Run(const std::vector<std::string>& arguments, Environment& env) {
  const std::vector<Target> targets = Targets(arguments.size() > 1);
  if (targets.empty()) {
    return WrongUsage("nothing to make; give --uapi_out, --kernel_out, --cpp_out or another", env);
  }
  if (!profile_.empty() && arguments.size() > 1) {
    return WrongUsage("--profile belongs to one spec, and there are several", env);
  }

  SourceManager manager;
  const auto sources = ReadSources(arguments, profile_, env, manager);
  if (!sources.has_value()) return ExitStatus::kWrongInput;

  OutputTree tree;
  std::vector<Diagnostic> diagnostics;
  bool ok = true;
  for (const Source& source : *sources) {
    Reporter reporter;
    ok = Compile(source, targets, tree, reporter) && ok;
    Append(reporter.Sorted(), diagnostics);
  }
  env.Err(Render(diagnostics, {.color = env.color()}));
  for (const std::string& problem : tree.problems())
    env.Err(absl::StrCat("genlc: ", problem, "\n"));
  if (!ok || !tree.problems().empty()) return ExitStatus::kWrongInput;
  return Deliver(tree, env);
}

ExitStatus CompileCommand::Deliver(const OutputTree& tree, Environment& env) const {
  absl::Status status;
  std::string diff;
  if (check_) {
    absl::StatusOr<std::string> difference = tree.Diff(env.files());
    status = difference.status();
    if (difference.ok()) diff = *std::move(difference);
  } else {
    status = tree.Write(env.files());
  }
  env.Out(diff);
  if (!status.ok()) env.Err(absl::StrCat("genlc: ", status.message(), "\n"));
  return status.ok() && diff.empty() ? ExitStatus::kDone : ExitStatus::kWrongInput;
}

}  // namespace

std::unique_ptr<Command> MakeCompileCommand() { return std::make_unique<CompileCommand>(); }

}  // namespace genlc
