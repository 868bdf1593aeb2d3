// Random messages that obey their tables.
//
//   RandomMessage random(seed);
//   random.Fill(set, writer);
#ifndef GENLC_TESTS_JSON_RANDOM_MESSAGE_H_
#define GENLC_TESTS_JSON_RANDOM_MESSAGE_H_

#include <cstdint>
#include <random>
#include <vector>

#include "genl/table.h"
#include "genl/writer.h"

namespace genlc {

class RandomMessage {
 public:
  explicit RandomMessage(uint64_t seed) : random_(seed) {}

  // Appends some of the attributes, in any order, those that may be repeated up to three
  // times; now and then one of a number that no set uses. Payloads are as encoders write them:
  // strings with one NUL, `uint` as short as possible.
  void Fill(const genl::AttributeSet& set, genl::Writer& writer);

 private:
  void Add(const genl::Attribute& attribute, genl::Writer& writer);
  void Unknown(genl::Writer& writer);
  void Payload(const genl::Attribute& attribute, genl::Kind kind, genl::Writer& writer);
  void String(const genl::Limits& limits, genl::Writer& writer);
  void Binary(const genl::Attribute& attribute, genl::Writer& writer);
  void Integer(const genl::Attribute& attribute, genl::Kind kind, genl::Writer& writer);
  uint64_t Value(const genl::Attribute& attribute, genl::Kind kind);
  void Array(const genl::Attribute& attribute, genl::Writer& writer);
  void IndexedArray(const genl::Attribute& attribute, genl::Writer& writer);
  void TypeValues(const genl::Attribute& attribute, genl::Writer& writer);

  size_t Length(const genl::Limits& limits, size_t likely);
  uint64_t Below(uint64_t end) { return random_() % end; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

  std::mt19937_64 random_;
  int depth_ = 0;
};

}  // namespace genlc

#endif  // GENLC_TESTS_JSON_RANDOM_MESSAGE_H_
