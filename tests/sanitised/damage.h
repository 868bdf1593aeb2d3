// Damage to netlink messages, of the kind that finds what trusts them.
//
//   Damage damage(seed);
//   damage.Apply(message, kHeadersSize);
#ifndef GENLC_TESTS_SANITISED_DAMAGE_H_
#define GENLC_TESTS_SANITISED_DAMAGE_H_

#include <cstdint>
#include <random>
#include <vector>

#include "genl/reader.h"

namespace genlc {

class Damage {
 public:
  // The same seed does the same.
  explicit Damage(uint64_t seed) : random_(seed) {}

  // Changes a whole message, with `headers` bytes before its attributes: one to four changes to its
  // attributes (values, lengths, types, order, nesting, repetition), and now and then one to a
  // header, or to any byte, or an end too early. Lengths further out agree with what stands inside,
  // so that one change does not hide all others.
  void Apply(std::vector<uint8_t>& message, size_t headers);

 private:
  // An attribute: bytes, or further attributes.
  struct Piece {
    uint16_t type = 0;  // with the flags above the number
    std::vector<uint8_t> payload;
    std::vector<Piece> inside;
    int length_error = 0;  // what the length says beyond the truth
  };
  using Pieces = std::vector<Piece>;

  static Pieces Parse(genl::Bytes bytes);
  static void Print(const Pieces& pieces, std::vector<uint8_t>& to);
  // All lists that are not empty, `pieces` and those inside.
  static void Collect(Pieces& pieces, std::vector<Pieces*>& lists);

  void Change(Pieces& top);
  void ChangeValue(Piece& piece);
  void ChangeLength(Piece& piece);
  void ChangeType(Piece& piece);
  void Wrap(Piece& piece);
  Piece Unknown();
  void ChangeHeaders(std::vector<uint8_t>& message);
  void ChangeBytes(std::vector<uint8_t>& message);

  uint64_t Below(uint64_t end) { return random_() % end; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

  std::mt19937_64 random_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_SANITISED_DAMAGE_H_
