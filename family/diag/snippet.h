// The line of source under a diagnostic, with the range marked.
//
//      14 |         chekcs:
//         |         ^~~~~~
#ifndef GENLC_FAMILY_DIAG_SNIPPET_H_
#define GENLC_FAMILY_DIAG_SNIPPET_H_

#include <string>

#include "family/source/source.h"

namespace genlc {

// Two lines, or nothing for a span without a file or an empty file. A span over several
// lines is marked on its first. Tabs are drawn as blanks up to the next multiple of eight; what
// no terminal should be sent is drawn as `?`; a very long line is cut around the range.
std::string Snippet(SourceSpan span);

}  // namespace genlc

#endif  // GENLC_FAMILY_DIAG_SNIPPET_H_
