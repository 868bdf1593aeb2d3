// What fuzz targets hold the project to.
#ifndef GENLC_TESTS_FUZZ_DEMAND_H_
#define GENLC_TESTS_FUZZ_DEMAND_H_

#include "absl/strings/string_view.h"

namespace genlc {

// Ends the program where a promise is broken; libFuzzer then keeps the input.
void Demand(bool kept, const char* promise, absl::string_view detail = {});

}  // namespace genlc

#endif  // GENLC_TESTS_FUZZ_DEMAND_H_
