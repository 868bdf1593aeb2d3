#include "tools/doc/doc_backend.h"

#include "absl/strings/str_cat.h"
#include "tools/doc/family_page.h"

namespace genlc {

bool DocBackend::Generate(const Family& family, OutputFiles& files, Reporter& reporter) const {
  const std::optional<cpp::Plan> plan = cpp::MakePlan(family, reporter);
  if (!plan) return false;
  const Document page = FamilyPage(family, *plan);
  files.Add(absl::StrCat(family.name, ".md"), ToMarkdown(page));
  files.Add(absl::StrCat(family.name, ".html"), ToHtml(page));
  return true;
}

}  // namespace genlc
