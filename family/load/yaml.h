// YAML text to a tree of nodes with exact places. Knows nothing of netlink.
//
// Parsing is libyaml's, which gives the start and the end of every node; the tree adds
// what a compiler wants and a YAML library does not refuse: duplicate keys, several
// documents, tags, aliases that multiply or refer to themselves, and depth.
#ifndef GENLC_FAMILY_LOAD_YAML_H_
#define GENLC_FAMILY_LOAD_YAML_H_

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "family/diag/reporter.h"
#include "family/source/source.h"

namespace genlc {

struct YamlNode {
  enum class Kind { kScalar, kSequence, kMapping };

  Kind kind = Kind::kScalar;
  // Scalars: the value, and whether it stands there without quotes (so that `12` is a
  // number and `"12"` is text).
  std::string value;
  bool plain = false;
  std::vector<const YamlNode*> items;                             // of a sequence
  std::vector<std::pair<const YamlNode*, const YamlNode*>> entries;  // of a mapping, in order
  SourceSpan span;
  // Nodes below and including this one, each alias counted in full.
  uint64_t weight = 1;

  // A plain `~`, `null` or nothing at all.
  bool is_null() const;
};

// What may stand in one file; anything larger is a mistake or an attack.
inline constexpr size_t kMaxYamlBytes = 4 << 20;
inline constexpr int kMaxYamlDepth = 64;
inline constexpr uint64_t kMaxYamlNodes = 500'000;

// Owns its nodes. An alias is the same node as its anchor.
class YamlTree {
 public:
  // Null after the errors have been reported. Duplicate keys are reported, but the tree is
  // still usable: has_errors() of the reporter tells.
  static std::unique_ptr<YamlTree> Parse(const SourceFile& file, Reporter& reporter);

  const YamlNode& root() const { return *root_; }

 private:
  friend class YamlTreeBuilder;
  std::deque<YamlNode> nodes_;
  const YamlNode* root_ = nullptr;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_YAML_H_
