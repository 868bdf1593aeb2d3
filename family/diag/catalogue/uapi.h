// GL06xx: the C names that a spec leads to, and the uAPI header that has them.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_UAPI_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_UAPI_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// What, C name, the other: ("the attribute `a-b`", "X_A_B", "the attribute `a_b`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view, absl::string_view>
    kNameCollision{"GL0601", Severity::kError, "$0 becomes `$1` in C, like $2",
                   "All names of a uAPI header share one name space. Upper case and underscores "
                   "make some names equal that differ in the spec; the header would not compile, "
                   "or worse, would."};

// Text, where it comes from: ("pre doit", "`pre`").
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kNotAnIdentifier{
    "GL0602", Severity::kError, "`$0` of $1 is not a C identifier",
    "The text is written into C as it stands: letters, digits and underscores, not beginning with "
    "a digit."};

// Text, where it comes from.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kKeyword{
    "GL0603", Severity::kError, "`$0` of $1 is a keyword of C",
    "A tag or a name that is a keyword does not compile."};

// Path.
inline constexpr DiagnosticDef<absl::string_view> kHeaderPath{
    "GL0604", Severity::kError, "`$0` is not the path of a header",
    "What a C program writes between the brackets of `#include` is a relative path that ends in "
    "`.h`, like `linux/thermo.h`. `uapi-header` is also where the header is written, so it must "
    "not lead out of the output directory."};

// C name, where it comes from.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kNameBeginsWithDigit{
    "GL0605", Severity::kError, "$1 becomes `$0` in C, which begins with a digit",
    "C identifiers begin with a letter or an underscore. A `name-prefix` helps where the name "
    "itself must stay."};

// Where: "the constant `motd`".
inline constexpr DiagnosticDef<absl::string_view> kStringNotPrintable{
    "GL0606", Severity::kError, "$0 has a character that a C string cannot show",
    "String constants are written into the uAPI header as C strings of one line, printable "
    "characters only."};

inline constexpr DiagnosticDef<absl::string_view> kConfigPrefix{
    "GL0607", Severity::kError, "`$0` of `config-cond` begins with `CONFIG_`",
    "The prefix is written in front of the name, as everywhere in Kconfig files. With both, the "
    "operation would depend on an option that does not exist, and never be compiled."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_UAPI_H_
