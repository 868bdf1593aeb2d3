// How much memory a process has had at most.
#ifndef GENLC_TESTS_SERVICE_MEMORY_H_
#define GENLC_TESTS_SERVICE_MEMORY_H_

#include <sys/types.h>

#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace genl {

// What may come and go beside the objects: a million of them would be 60 times that.
#ifdef __SANITIZE_ADDRESS__
// The address sanitizer keeps what is freed for a while, up to 256 MiB: there is nothing to measure.
inline constexpr size_t kMemorySlack = size_t{300} << 20;
#else
inline constexpr size_t kMemorySlack = size_t{4} << 20;
#endif

// Peak resident memory in bytes (VmHWM of proc(5)); 0 where the process is not there.
inline size_t PeakMemory(pid_t process) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string line; std::getline(status, line);) {
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    size_t kib = 0;
    if (words.size() > 1 && words[0] == "VmHWM:" && absl::SimpleAtoi(words[1], &kib)) {
      return kib << 10;
    }
  }
  return 0;
}

}  // namespace genl

#endif  // GENLC_TESTS_SERVICE_MEMORY_H_
