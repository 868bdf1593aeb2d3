// Tells a person who waits how far a long dump has come.
#ifndef GENLC_TOOLS_GENLC_PROGRESS_H_
#define GENLC_TOOLS_GENLC_PROGRESS_H_

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tools/genlc/environment.h"

namespace genlc {

// On standard error, where that is a terminal and the objects go elsewhere; a short dump leaves no
// trace.
class Progress {
 public:
  // Silent for the time of `patience`.
  explicit Progress(Environment& env, absl::Duration patience = absl::Milliseconds(500))
      : env_(env), on_(env.error_terminal() && !env.terminal()), next_(absl::Now() + patience) {}
  ~Progress() {
    if (shown_) env_.Err("\r\033[K");
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more object.
  void Count() {
    ++objects_;
    if (!on_ || absl::Now() < next_) return;
    env_.Err(absl::StrCat("\r", objects_, " objects"));
    shown_ = true;
    next_ = absl::Now() + absl::Milliseconds(200);
  }

  uint64_t objects() const { return objects_; }

 private:
  Environment& env_;
  const bool on_;
  bool shown_ = false;
  uint64_t objects_ = 0;
  absl::Time next_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_PROGRESS_H_
