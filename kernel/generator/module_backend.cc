#include "kernel/generator/module_backend.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "kernel/generator/expressible.h"
#include "kernel/generator/kbuild.h"
#include "kernel/generator/module.h"
#include "kernel/generator/plan.h"
#include "kernel/generator/runtime_files.h"
#include "kernel/generator/types.h"
#include "kernel/generator/uapi_header.h"

namespace genlc::kernel {

bool ModuleBackend::Generate(const Family& family, OutputFiles& files, Reporter& reporter) const {
  if (!CheckModule(family, reporter)) return false;
  const int errors = reporter.error_count();
  const Plan plan(family, reporter);
  if (reporter.error_count() > errors) return false;

  const std::string& name = family.c_name;
  files.Add(absl::StrCat(name, "_uapi.h"), UapiHeader(family, "--kernel_out"));
  files.Add(absl::StrCat(name, "_nl.h"), ModuleHeader(plan));
  files.Add(absl::StrCat(name, "_nl.c"), ModuleSource(plan));
  files.AddOnce(absl::StrCat(name, "_handlers.c"), HandlersSkeleton(plan));
  for (const RuntimeFile& file : kRuntimeFiles) files.Add(file.name, file.text);
  AddBuildFiles(family, files);
  return true;
}

bool UapiBackend::Generate(const Family& family, OutputFiles& files, Reporter& reporter) const {
  if (!CheckUapi(family, reporter)) return false;
  files.Add(family.uapi_header, UapiHeader(family, "--uapi_out"));
  return true;
}

}  // namespace genlc::kernel
