// Loads any raw structure from a YAML node by the tables of schema.h.
#ifndef GENLC_FAMILY_LOAD_OBJECT_LOADER_H_
#define GENLC_FAMILY_LOAD_OBJECT_LOADER_H_

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "family/diag/reporter.h"
#include "family/load/schema.h"
#include "family/load/yaml.h"

namespace genlc {

// Values: one overload for each type that a raw structure has members of. All report
// what is wrong and return false; `out` is then untouched.
class ValueLoader {
 public:
  ValueLoader(Level level, Reporter& reporter) : level_(level), reporter_(reporter) {}

  bool Load(const YamlNode& node, const KeyInfo& key, Spanned<std::string>& out);
  bool Load(const YamlNode& node, const KeyInfo& key, Spanned<Integer>& out);
  bool Load(const YamlNode& node, const KeyInfo& key, Spanned<RawNumber>& out);
  bool Load(const YamlNode& node, const KeyInfo& key, Spanned<bool>& out);

 protected:
  absl::string_view LevelName() const;
  bool LegalHere(Levels levels) const { return (levels & At(level_)) != 0; }
  bool WrongType(const YamlNode& node, const KeyInfo& key, absl::string_view wanted);
  // Whether `node` is a sequence (a mapping); reports where it is not.
  bool IsSequence(const YamlNode& node, const KeyInfo& key);
  bool IsMapping(const YamlNode& node, const KeyInfo& key);
  void UnknownKey(const YamlNode& key, absl::string_view what,
                  const std::vector<absl::string_view>& known);
  void KeyOfOtherLevel(const YamlNode& key, absl::string_view what, Levels levels);
  void MissingKey(const YamlNode& object, absl::string_view what, absl::string_view key);

  const Level level_;
  Reporter& reporter_;

 private:
  bool CheckWord(const YamlNode& node, const KeyInfo& key);
  bool CheckName(const YamlNode& node, const Rule& rule);
};

// Objects: walks the keys of Schema<T>.
class ObjectLoader : public ValueLoader {
 public:
  using ValueLoader::Load;
  using ValueLoader::ValueLoader;

  // A member that may be absent is loaded like one that may not.
  template <typename T>
  bool Load(const YamlNode& node, const KeyInfo& key, std::optional<T>& out) {
    T value{};
    if (!Load(node, key, value)) return false;
    out = std::move(value);
    return true;
  }

  // What can be loaded of a list is kept; its bad items are reported.
  template <typename T>
  bool Load(const YamlNode& node, const KeyInfo& key, std::vector<T>& out) {
    if (!IsSequence(node, key)) return false;
    bool good = true;
    out.reserve(node.items.size());
    for (const YamlNode* item : node.items) {
      T value{};
      if (Load(*item, key, value)) {
        out.push_back(std::move(value));
      } else {
        good = false;
      }
    }
    return good || !out.empty();
  }

  // An entry may be given as its name alone.
  bool Load(const YamlNode& node, const KeyInfo& key, RawEntry& out) {
    if (node.kind != YamlNode::Kind::kScalar) return Load<RawEntry>(node, key, out);
    out.span = node.span;
    return Load(node, key, out.name);
  }

  template <typename T>
    requires requires { Schema<T>::kKeys; }
  bool Load(const YamlNode& node, const KeyInfo& key, T& out) {
    if (!IsMapping(node, key)) return false;
    out.span = node.span;
    return std::apply(
        [&](const auto&... keys) { return LoadKeys(node, Schema<T>::kWhat, out, keys...); },
        Schema<T>::kKeys);
  }

 private:
  template <typename T, typename... Keys>
  bool LoadKeys(const YamlNode& node, absl::string_view what, T& out, const Keys&... keys) {
    // For each key of the schema: whether it was there, and whether its value was good.
    bool present[sizeof...(Keys)] = {};
    bool good[sizeof...(Keys)] = {};
    for (const auto& [key, value] : node.entries) {
      size_t index = 0;
      const auto load = [&, key = key, value = value](const auto& rule, size_t i) {
        if (key->value != rule.name) return false;
        present[i] = true;
        if (LegalHere(rule.rule.levels)) {
          good[i] = Load(*value, rule, out.*rule.member);
        } else {
          KeyOfOtherLevel(*key, what, rule.rule.levels);
        }
        return true;
      };
      const bool known = (load(keys, index++) || ...);
      if (!known) {
        std::vector<absl::string_view> names;
        ((LegalHere(keys.rule.levels) ? names.push_back(keys.name) : void()), ...);
        UnknownKey(*key, what, names);
      }
    }
    if constexpr (requires { out.incomplete; }) {
      out.incomplete = !std::equal(std::begin(present), std::end(present), std::begin(good));
    }
    size_t index = 0;
    bool complete = true;
    const auto require = [&](const KeyInfo& key, size_t i) {
      if (!key.rule.required) return;
      if (!present[i]) MissingKey(node, what, key.name);
      complete = complete && good[i];
    };
    (require(keys, index++), ...);
    return complete;
  }
};

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_OBJECT_LOADER_H_
