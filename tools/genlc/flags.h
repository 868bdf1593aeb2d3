// The flags of a command as a table.
//
//   std::vector<Flag> flags = {
//       {"kernel_out", "DIR", "write the kernel module below DIR", &kernel_out_},
//       {"check", "", "write nothing; show what would change", &check_},
//   };
//   absl::StatusOr<std::vector<std::string>> arguments = ParseFlags(flags, words);
//
// Parsing, `--help` and did-you-mean all read this one table. Values go through Abseil's
// marshalling, so every type with an AbslParseFlag() can be a destination. Abseil's own
// command line does not serve: its flags belong to the process, so that two commands could
// not be tested in one, and it ends the process with status 1 where usage is status 2.
#ifndef GENLC_TOOLS_GENLC_FLAGS_H_
#define GENLC_TOOLS_GENLC_FLAGS_H_

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/flags/marshalling.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace genlc {

class Flag {
 public:
  // `value` names the value in the help: "DIR". Empty for a switch, whose destination is a
  // bool. `destination` outlives the flag.
  template <typename T>
  Flag(absl::string_view name, absl::string_view value, absl::string_view help, T* destination)
      : name_(name), value_(value), help_(help) {
    set_ = [destination](absl::string_view text, std::string* error) {
      return absl::ParseFlag(text, destination, error);
    };
  }

  // One of several words, "module|in-tree": the enumeration has them in this order.
  template <typename E>
  requires std::is_enum_v<E> Flag(absl::string_view name, absl::string_view value,
                                  absl::string_view help, E* destination)
      : name_(name), value_(value), help_(help) {
    set_ = [destination, words = Words()](absl::string_view text, std::string*) {
      const auto found = std::find(words.begin(), words.end(), text);
      if (found == words.end()) return false;
      *destination = static_cast<E>(found - words.begin());
      return true;
    };
  }

  const std::string& name() const { return name_; }
  const std::string& value() const { return value_; }
  const std::string& help() const { return help_; }
  bool is_switch() const { return value_.empty(); }
  // What a flag with a list of words accepts; empty: anything that its type can be.
  std::vector<std::string> Words() const;
  // "--kernel_out=DIR"
  std::string Spelling() const;

  // InvalidArgument says what was found and what is accepted.
  absl::Status Set(absl::string_view text) const;

 private:
  std::string name_;
  std::string value_;
  std::string help_;
  std::function<bool(absl::string_view, std::string*)> set_;
};

// Sets the destinations and returns the words that are not flags, in order. Flags may stand
// anywhere; `--name=value` and `--name value` are the same; of a flag given twice the last
// counts; `--` ends the flags.
absl::StatusOr<std::vector<std::string>> ParseFlags(const std::vector<Flag>& flags,
                                                    const std::vector<std::string>& words);

// "unknown flag `--chek`; did you mean `--check`?"
std::string Unknown(absl::string_view what, absl::string_view word,
                    const std::vector<std::string>& candidates);

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_FLAGS_H_
