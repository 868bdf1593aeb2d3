// Unloads and loads a module while processes use it.
#ifndef GENLC_TESTS_CHURN_RELOAD_H_
#define GENLC_TESTS_CHURN_RELOAD_H_

#include "absl/status/status.h"
#include "tests/churn/traffic.h"
#include "tests/vm/module.h"

namespace churn {

// The module under test in the VM, where tools/vm/guest.py puts it.
inline constexpr char kModuleFile[] = "/genlc/modules/0.ko";

// Tries again while the module is in use, for half a minute.
absl::Status UnloadSoon(genlc::Module& module, int* refusals = nullptr);

// Two hundred times, after the traffic has had its part or, now and then, at once. Then the traffic
// ends. Reports what is wrong as failures of the test.
void ReloadUnder(Traffic& traffic, const char* name);

}  // namespace churn

#endif  // GENLC_TESTS_CHURN_RELOAD_H_
