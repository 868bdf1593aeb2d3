#include "tests/fuzz/demand.h"

#include <cstdio>
#include <cstdlib>

namespace genlc {

void Demand(bool kept, const char* promise, absl::string_view detail) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s: %.*s\n", promise, static_cast<int>(detail.size()),
               detail.data());
  std::abort();
}

}  // namespace genlc
