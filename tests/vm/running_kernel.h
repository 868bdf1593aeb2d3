// What a test has to know of the kernel on which it runs.
#ifndef GENLC_TESTS_VM_RUNNING_KERNEL_H_
#define GENLC_TESTS_VM_RUNNING_KERNEL_H_

#include <sys/utsname.h>

#include <cstdio>
#include <utility>

namespace genlc {

inline bool RunningKernelIsAtLeast(int major, int minor) {
  utsname name = {};
  std::pair<int, int> running;
  return uname(&name) == 0 &&
         std::sscanf(name.release, "%d.%d", &running.first, &running.second) == 2 &&
         running >= std::pair(major, minor);
}

// Whether the kernel tells which attribute is missing (NLMSGERR_ATTR_MISS_TYPE). One that does not
// says only that one is, and in which nest.
inline bool RunningKernelNamesMissingAttributes() { return RunningKernelIsAtLeast(6, 1); }

}  // namespace genlc

#endif  // GENLC_TESTS_VM_RUNNING_KERNEL_H_
