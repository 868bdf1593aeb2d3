// Random messages that obey their tables.
//
//   RandomMessage random(seed);
//   random.Fill(message, writer);
#ifndef GENLC_TESTS_JSON_RANDOM_MESSAGE_H_
#define GENLC_TESTS_JSON_RANDOM_MESSAGE_H_

#include <cstdint>
#include <random>
#include <vector>

#include "genl/sub_message.h"
#include "genl/table.h"
#include "genl/writer.h"

namespace genlc {

class RandomMessage {
 public:
  explicit RandomMessage(uint64_t seed) : random_(seed) {}

  // Appends the header and some of the attributes, in any order, those that may be repeated up
  // to three times; now and then one of a number that no set uses. Payloads are as encoders
  // write them: strings with one NUL, `uint` as short as possible. Structures may have any
  // length. What says which format a sub-message has names one of the spec more often than not.
  void Fill(const genl::MessageTable& message, genl::Writer& writer);

 private:
  std::vector<const genl::Attribute*> Choose(const genl::AttributeSet& set);
  void Attributes(const genl::AttributeSet& set, genl::Writer& writer);
  void Add(const genl::Attribute& attribute, genl::Writer& writer);
  void Selector(const genl::AttributeSet& set, const genl::Attribute& attribute,
                genl::Writer& writer);
  void Header(const genl::Structure& header, genl::Writer& writer);
  std::vector<uint8_t> Structure(const genl::Structure& structure);
  std::vector<uint8_t> StructureOfAnyLength(const genl::Structure& structure);
  void SubMessage(const genl::Attribute& attribute, genl::Writer& writer);
  void Noise(size_t size, genl::Writer& writer);
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
  const genl::WireScope* scope_ = nullptr;  // the selectors around the attribute at hand
  int depth_ = 0;
};

}  // namespace genlc

#endif  // GENLC_TESTS_JSON_RANDOM_MESSAGE_H_
