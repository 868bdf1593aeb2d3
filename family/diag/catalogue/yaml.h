// GL01xx: the text of a file and the YAML in it.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_YAML_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_YAML_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

inline constexpr DiagnosticDef<> kEmptyFile{
    "GL0101", Severity::kError, "the file has no content",
    "A spec is one YAML mapping with at least `name`, `doc`, `attribute-sets` and `operations`. "
    "An empty file is more often an interrupted write than an intention, so it is not read as "
    "a family without operations."};

inline constexpr DiagnosticDef<absl::string_view> kNotUtf8{
    "GL0102", Severity::kError, "the byte 0x$0 does not belong to any UTF-8 character",
    "Names and documentation of a spec end up in C comments, C++ strings and manual pages, all of "
    "which are UTF-8. Text in another encoding would arrive there damaged."};

inline constexpr DiagnosticDef<absl::string_view> kYamlSyntax{
    "GL0103", Severity::kError, "this is not YAML: $0",
    "The text cannot be read as YAML. The place is where the reader gave up; the cause is often a "
    "line or two above: a bracket or quote that was not closed, a tab in the indentation, or a "
    "text with a colon that needs quotes."};

inline constexpr DiagnosticDef<> kSeveralDocuments{
    "GL0104", Severity::kError, "a second document starts here",
    "One file describes one family. What follows a second `---` would be ignored by some readers "
    "and replace the first document in others."};

inline constexpr DiagnosticDef<absl::int128> kTooDeep{
    "GL0105", Severity::kError, "nested deeper than $0 levels",
    "The spec language needs fewer than a dozen levels. A limit keeps a damaged or hostile file "
    "from exhausting the stack of the compiler."};

inline constexpr DiagnosticDef<absl::int128> kTooManyNodes{
    "GL0106", Severity::kError, "the document expands to more than $0 nodes",
    "An alias stands for a copy of what its anchor names. A few lines of aliases to aliases can "
    "expand to billions of nodes; the limit is far above any real spec."};

inline constexpr DiagnosticDef<absl::string_view> kDuplicateKey{
    "GL0107", Severity::kError, "the key `$0` is given twice",
    "YAML readers disagree about which of two equal keys counts, and most drop one of them in "
    "silence. Either way something that was written has no effect."};

inline constexpr DiagnosticDef<absl::string_view> kUnknownAnchor{
    "GL0108", Severity::kError, "no anchor `$0` stands before this alias",
    "An alias `*name` repeats what an anchor `&name` has marked earlier in the same file."};

inline constexpr DiagnosticDef<absl::string_view> kAnchorOfItself{
    "GL0109", Severity::kError, "the anchor `$0` contains itself",
    "An alias inside the node that its own anchor marks describes an endless document."};

inline constexpr DiagnosticDef<absl::string_view> kTagNotAllowed{
    "GL0110", Severity::kError, "the tag `$0` has no meaning in a spec",
    "The types of a spec follow from its keys. An explicit tag is read differently, or refused, by "
    "other tools that read the same spec."};

inline constexpr DiagnosticDef<absl::int128, absl::int128> kFileTooLarge{
    "GL0111", Severity::kError, "the file has $0 bytes; the limit is $1",
    "The largest spec of the kernel has about 200 kB. A file far above that is not a spec."};

inline constexpr DiagnosticDef<> kNoSpdxLine{
    "GL0112", Severity::kWarning, "the first line is not an SPDX licence tag",
    "Generated files inherit the licence of their spec, and the kernel takes no spec without a tag "
    "in the first line. Without one the output is marked as `GPL-2.0 OR BSD-3-Clause`, like most "
    "specs of the kernel."};

inline constexpr DiagnosticDef<absl::string_view> kControlCharacter{
    "GL0113", Severity::kError, "the control character 0x$0 may not stand in YAML",
    "YAML is printable text. A zero byte or another control character is a sign of a binary or "
    "damaged file."};

inline constexpr DiagnosticDef<absl::string_view> kKeyNotScalar{
    "GL0114", Severity::kError, "$0 stands where a key is expected",
    "The keys of a spec are words. YAML allows whole lists and mappings as keys; nothing in the "
    "spec language uses that."};

inline constexpr DiagnosticDef<absl::int128> kTooManyDiagnostics{
    "GL0115", Severity::kError, "there is more to say than $0 things; the rest is left out",
    "A file with so many errors is not a spec with errors but something else, or one mistake with "
    "many consequences. What stands above is where to begin."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_YAML_H_
