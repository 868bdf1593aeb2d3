// Where the keys of an object stand in the spec, for diagnostics about one of them.
#ifndef GENLC_FAMILY_MODEL_PLACES_H_
#define GENLC_FAMILY_MODEL_PLACES_H_

#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "family/source/source.h"

namespace genlc {

class Places {
 public:
  // `key` outlives this: it is a word of the schema.
  void Add(absl::string_view key, SourceSpan value) { places_.emplace_back(key, value); }

  bool Has(absl::string_view key) const {
    for (const auto& [name, span] : places_) {
      if (name == key) return true;
    }
    return false;
  }

  // The place of the key's value, of a list its first item; `otherwise` where the spec does
  // not have the key.
  SourceSpan Of(absl::string_view key, SourceSpan otherwise) const {
    for (const auto& [name, span] : places_) {
      if (name == key) return span;
    }
    return otherwise;
  }

  // Of a list: the places of its items.
  std::vector<SourceSpan> All(absl::string_view key) const {
    std::vector<SourceSpan> spans;
    for (const auto& [name, span] : places_) {
      if (name == key) spans.push_back(span);
    }
    return spans;
  }

 private:
  std::vector<std::pair<absl::string_view, SourceSpan>> places_;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_MODEL_PLACES_H_
