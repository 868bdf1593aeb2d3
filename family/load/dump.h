// The raw tree as text, for `genlc inspect --phase=raw` and for goldens.
//
//   name: thermo @3:7
//   definitions:
//     - @11:5
//       type: const @11:11
//
// One line a key, in the order of the schema; behind the `@` line and column of the value.
// Text that is not one plain word is quoted.
#ifndef GENLC_FAMILY_LOAD_DUMP_H_
#define GENLC_FAMILY_LOAD_DUMP_H_

#include <string>

#include "family/load/raw.h"

namespace genlc {

std::string DumpRaw(const RawFamily& family);
std::string DumpRaw(const RawProfile& profile);

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_DUMP_H_
