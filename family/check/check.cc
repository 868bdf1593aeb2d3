#include "family/check/check.h"

#include "family/check/rules.h"

namespace genlc {

bool Check(const Family& family, Reporter& reporter) {
  const int before = reporter.error_count();
  CheckNames(family, reporter);
  CheckNumbers(family, reporter);
  CheckAttributes(family, reporter);
  CheckPolicies(family, reporter);
  CheckOperations(family, reporter);
  CheckUapi(family, reporter);
  CheckProfile(family, reporter);
  // A misspelt reference leaves what it meant unused; one message about that is enough.
  if (!reporter.has_errors_in(family.span.file)) CheckLint(family, reporter);
  return reporter.error_count() == before;
}

}  // namespace genlc
