// The uAPI header of a family: what both sides of the system call boundary include.
//
// Names and values are those of the kernel's own headers; `include/uapi/linux/psp.h` can
// be replaced by this text.
#ifndef GENLC_KERNEL_GENERATOR_UAPI_HEADER_H_
#define GENLC_KERNEL_GENERATOR_UAPI_HEADER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "family/model/family.h"

namespace genlc::kernel {

// `flag` is the one that asks for the file; its banner names it.
std::string UapiHeader(const Family& family, absl::string_view flag);

// Constants of one scope, each with its value, as the lines of a header; empty: none.
std::string ScopedConstants(const Family& family, Scope scope);

// The body of an enumeration or of flags with its comment, for a header.
std::string EnumDefinition(const Enum& enumeration);

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_UAPI_HEADER_H_
