// Random values for any message, by its layout: what a client could send or receive.
#ifndef GENLC_TESTS_ROUND_TRIP_RANDOM_VALUE_H_
#define GENLC_TESTS_ROUND_TRIP_RANDOM_VALUE_H_

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "genl/layout.h"
#include "genl/sub_message.h"

namespace genl::test {

class RandomValue {
 public:
  // The same seed gives the same values.
  explicit RandomValue(const Layout& layout, uint32_t seed) : layout_(layout), random_(seed) {
    FindSelectors(layout, 0);
  }

  // Fills `*value`, a new struct of the layout.
  void Fill(void* value) { Message(layout_, value, nullptr); }

 private:
  static constexpr int kMaxDepth = 6;

  // By the name of an attribute: what it may say about sub-messages.
  void FindSelectors(const Layout& layout, int depth);

  void Message(const Layout& layout, void* value, const ValueScope* outer);
  void Structure(const StructLayout& layout, void* value);
  void Member(const Field& field, void* member, const ValueScope& scope);
  void Value(const Field& field, Kind kind, const MemberType& type, void* value,
             const ValueScope& scope);
  void Sequence(const Field& field, Kind element, const MemberType& type, void* value,
                const ValueScope& scope);
  void TypeValue(const Field& field, void* element, const ValueScope& scope);
  void SubMessage(const Field& field, const MemberType& type, void* variant,
                  const ValueScope& scope);
  void Integer(Kind kind, void* to, size_t width);
  std::string String(const Attribute& attribute);
  std::vector<uint8_t> Bytes();

  uint64_t Below(uint64_t limit) { return random_() % limit; }

  const Layout& layout_;
  std::mt19937_64 random_;
  std::map<std::string, std::vector<std::string>> selectors_;
  int depth_ = 0;
};

}  // namespace genl::test

#endif  // GENLC_TESTS_ROUND_TRIP_RANDOM_VALUE_H_
