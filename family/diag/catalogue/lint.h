// GL09xx: right, but the kernel's maintainers advise against it. All are warnings, and a profile
// can say of each that it is on purpose (`allow-lint`). What they advise stands in the kernel's
// Documentation/userspace-api/netlink/specs.rst and intro.rst.
#ifndef GENLC_FAMILY_DIAG_CATALOGUE_LINT_H_
#define GENLC_FAMILY_DIAG_CATALOGUE_LINT_H_

#include "absl/numeric/int128.h"
#include "family/diag/diagnostic.h"

namespace genlc {

// Attribute, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLintSmallInteger{
    "GL0901", Severity::kWarning, "`$0` of type `$1` takes as much room as a `u32`",
    "Attributes are padded to 4 bytes, so a smaller integer saves nothing, and its range is the "
    "first thing that turns out to be too small."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kLintIndexedArray{
    "GL0902", Severity::kWarning, "`$0` is an `indexed-array`",
    "The extra nest of an indexed array carries nothing but a count. New families repeat the "
    "attribute with `multi-attr`."};

// Kind, name.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLintUnused{
    "GL0903", Severity::kWarning, "nothing uses the $0 `$1`",
    "What is declared and never used is often a misspelt reference elsewhere, and once it is in "
    "the uAPI header it has to stay."};

// Operation.
inline constexpr DiagnosticDef<absl::string_view> kLintNoGroup{
    "GL0904", Severity::kWarning, "the notification `$0` has no multicast group",
    "Without `mcgrp` nobody can join to hear it: it reaches the sockets that the module knows, one "
    "by one."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kLintPad{
    "GL0905", Severity::kWarning, "`$0` is padding that nothing needs",
    "`pad` aligns the 64-bit attributes of its set. A set without any, or one that uses `uint`, "
    "needs no number for it."};

// Operation.
inline constexpr DiagnosticDef<absl::string_view> kLintEvent{
    "GL0906", Severity::kWarning, "`$0` is an event of its own and no notification",
    "A notification (`notify`) carries the object as its `get` answers it, so that who listens and "
    "who asks read the same message. An `event` is for what is no state of an object."};

// Attribute.
inline constexpr DiagnosticDef<absl::string_view> kLintUndocumented{
    "GL0907", Severity::kWarning, "`$0` has no `doc`",
    "The spec is the documentation of the family, and of the headers and clients that are "
    "generated. "
    "Only `genlc check --pedantic` asks for it."};

// Enumeration.
inline constexpr DiagnosticDef<absl::string_view> kLintSparseEnum{
    "GL0908", Severity::kWarning, "the values of the enumeration `$0` have gaps",
    "Its policy is a function instead of a range, which the kernel cannot tell to user space, and "
    "not "
    "every tool supports it. Values that were given to nothing can be entries with a name of their "
    "own."};

// Attribute, type.
inline constexpr DiagnosticDef<absl::string_view, absl::string_view> kLintUnbounded{
    "GL0909", Severity::kWarning,
    "requests may carry a `$0` of any length: a `$1` without `checks`",
    "What has no limit in the policy has to be limited by each handler. Only `genlc check "
    "--pedantic` "
    "asks for it."};

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_CATALOGUE_LINT_H_
