#include "tools/dissector/dissector_backend.h"

#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "tools/dissector/code.h"
#include "tools/dissector/messages.h"
#include "tools/dissector/tables.h"

namespace genlc {
namespace {

void EmitComment(Printer& printer, const std::vector<std::string>& lines) {
  for (const std::string& line : lines)
    printer.Line(line.empty() ? "--" : absl::StrCat("-- ", line));
}

void EmitTop(Printer& printer, const Family& family) {
  printer.Line(absl::StrCat("-- SPDX-License-Identifier: ", family.license));
  EmitComment(printer, Banner(family, "--dissector_out"));
  printer.Line("--");
  EmitComment(printer, WrapText(family.doc, 95));
  printer.Emit({{"name", family.name}}, R"(
    --
    -- For Wireshark and tshark 4.0 and newer: in the folder of personal Lua plugins, or with
    --   tshark -X lua_script:$name$.lua -r capture.pcap -V
  )");
}

}  // namespace

bool DissectorBackend::Generate(const Family& family, OutputFiles& files,
                                Reporter& reporter) const {
  if (!dissector::CheckExpressible(family, reporter)) return false;
  const std::optional<dissector::Messages> messages = dissector::CollectMessages(family, reporter);
  if (!messages) return false;
  Printer printer;
  EmitTop(printer, family);
  dissector::EmitTables(printer, family);
  dissector::EmitMessages(printer, *messages);
  files.Add(absl::StrCat(family.name, ".lua"),
            absl::StrCat(printer.text(), dissector::kFieldsCode, dissector::kMessagesCode,
                         family.is_generic() ? dissector::kGenericCode : dissector::kClassicCode));
  return true;
}

}  // namespace genlc
