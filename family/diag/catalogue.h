// Every diagnostic that genlc can give.
//
// The definitions stand in catalogue/, one header for each hundred of numbers. A number is
// never used for anything else; one that is no longer given moves to RetiredDiagnostics().
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_H_

#include <vector>

#include "family/diag/catalogue/backends.h"
#include "family/diag/catalogue/breaking_allowed.h"
#include "family/diag/catalogue/breaking_api.h"
#include "family/diag/catalogue/breaking_policy.h"
#include "family/diag/catalogue/breaking_uapi.h"
#include "family/diag/catalogue/breaking_wire.h"
#include "family/diag/catalogue/kernel_differs.h"
#include "family/diag/catalogue/kernel_lacks.h"
#include "family/diag/catalogue/kernel_more.h"
#include "family/diag/catalogue/kernel_silent.h"
#include "family/diag/catalogue/keys.h"
#include "family/diag/catalogue/lint.h"
#include "family/diag/catalogue/names.h"
#include "family/diag/catalogue/numbers.h"
#include "family/diag/catalogue/operations.h"
#include "family/diag/catalogue/policies.h"
#include "family/diag/catalogue/profile.h"
#include "family/diag/catalogue/uapi.h"
#include "family/diag/catalogue/yaml.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// All definitions, ordered by number.
const std::vector<const DiagnosticInfo*>& Catalogue();

// The definition with that number in any case ("gl0203"); null where there is none.
const DiagnosticInfo* FindDiagnostic(absl::string_view id);

// Whether `genlc breaking` says it, and not `genlc check`.
bool IsBreak(const DiagnosticInfo& info);
// Whether `genlc verify` does.
bool IsAboutKernel(const DiagnosticInfo& info);

// Whether it is advice, which a profile or a flag can silence.
bool IsLint(const DiagnosticInfo& info);

// Numbers that were given once.
const std::vector<absl::string_view>& RetiredDiagnostics();

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_H_
