#include "tests/fuzz/compile_text.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "family/check/check.h"
#include "family/diag/render.h"
#include "family/ir/ir.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "genl/json/json.h"
#include "kernel/generator/in_tree_backend.h"
#include "kernel/generator/module_backend.h"
#include "tests/json/random_message.h"
#include "tools/doc/doc_backend.h"
#include "userspace/generator/cpp_backend.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

void Promise(bool kept, const char* what, const std::string& text) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s, for:\n%s\n", what, text.c_str());
  std::abort();
}

void CheckDiagnostics(const Reporter& reporter, const SourceFile& file) {
  for (const Diagnostic& diagnostic : reporter.Sorted()) {
    const SourceSpan span = diagnostic.span;
    const bool inside =
        span.file == &file && span.begin <= span.end && span.end <= file.text().size();
    Promise(inside, "a diagnostic has a place in the text", std::string(file.text()));
    Promise(!diagnostic.message.empty(), "a diagnostic says something", std::string(file.text()));
  }
}

void Generate(const Family& family) {
  const kernel::UapiBackend uapi;
  const kernel::ModuleBackend module;
  const kernel::InTreeBackend in_tree;
  const std::unique_ptr<Backend> cpp = MakeCppBackend();
  const DocBackend doc;
  const IrBackend ir;
  const Backend* const backends[] = {&uapi, &module, &in_tree, cpp.get(), &doc, &ir};
  for (const Backend* backend : backends) {
    OutputFiles files;
    Reporter reporter;
    const bool good = backend->Generate(family, files, reporter);
    Promise(good != reporter.has_errors(), "a back end that fails says why", family.name);
  }
}

// A message that obeys the tables of a good family goes to JSON and back.
void RoundTrip(const Message& message, const WireTables& tables, RandomMessage& random) {
  OwnedSet rows;
  const genl::MessageTable listed = tables.List(message, rows);
  genl::Writer writer;
  random.Fill(listed, writer);
  const absl::StatusOr<std::string> json = genl::ToJson(tables.All(message), writer.bytes());
  Promise(json.ok(), "a message can be shown", message.set != nullptr ? message.set->name : "");
  genl::Writer back;
  Promise(genl::FromJson(listed, *json, back).ok(), "what is shown can be read", *json);
  Promise(back.bytes() == writer.bytes(), "what is read is what was shown", *json);
}

void RoundTrips(const Family& family) {
  const WireTables tables(family);
  RandomMessage random(1);
  for (const auto& operation : family.operations) {
    for (const auto& exchange : {operation->do_exchange, operation->dump}) {
      if (!exchange) continue;
      RoundTrip(exchange->request, tables, random);
      if (exchange->reply) RoundTrip(*exchange->reply, tables, random);
    }
    if (operation->event) RoundTrip(*operation->event, tables, random);
  }
}

}  // namespace

bool CompileText(std::string text) {
  SourceManager sources;
  Reporter reporter;
  const SourceFile& file = *sources.Add("fuzz.yaml", std::move(text));
  const std::optional<RawFamily> raw = LoadSpec(file, reporter);
  Promise(raw.has_value() || reporter.has_errors(), "what cannot be read is reported",
          std::string(file.text()));
  if (raw) {
    const std::unique_ptr<Family> family = BuildFamily(*raw, nullptr, reporter);
    Check(*family, reporter);
    if (!reporter.has_errors()) {
      Generate(*family);
      RoundTrips(*family);
    }
  }
  CheckDiagnostics(reporter, file);
  return !reporter.has_errors();
}

}  // namespace genlc
