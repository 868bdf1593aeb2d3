// A message with a fixed header, binary structures and sub-messages.
#ifndef GENL_TEST_ENVELOPE_H_
#define GENL_TEST_ENVELOPE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genl/layout.h"
#include "genl/test_message.h"

namespace genl::test {

enum class Mode : uint8_t { kSlow = 1, kFast = 2 };

struct Inner {
  uint32_t be32 = 0;
  uint64_t u64 = 0;

  bool operator==(const Inner&) const = default;
};

// 30 bytes, in which nothing is where a compiler would put it.
struct Rate {
  uint8_t level = 0;
  uint16_t be16 = 0;
  Mode mode = {};
  int32_t s32 = 0;
  std::array<uint8_t, 3> key = {};
  std::array<char, 4> name = {};
  Inner inner = {};
  int16_t be_s16 = 0;

  bool operator==(const Rate&) const = default;
};

// 3 bytes, and so one of padding before what follows.
struct Head {
  uint8_t family = 0;
  uint16_t be_index = 0;

  bool operator==(const Head&) const = default;
};

struct Netem {
  Head header = {};
  std::optional<uint32_t> loss = {};

  bool operator==(const Netem&) const = default;
};

struct Wrap;
using Options = OneOf<Part, Rate, Netem, Wrap>;
using ByMode = OneOf<Part>;

// A format that contains the sub-message again.
struct Wrap {
  std::optional<std::string> kind = {};
  std::optional<Options> options = {};

  bool operator==(const Wrap&) const = default;
};

// Its sub-messages have their selectors in the set around it.
struct Stats {
  std::optional<Options> app = {};
  std::optional<ByMode> by_mode = {};

  bool operator==(const Stats&) const = default;
};

struct Envelope {
  Head header = {};
  std::optional<std::string> kind = {};
  std::optional<Mode> mode = {};
  std::optional<Rate> rate = {};
  std::vector<Rate> rates = {};
  std::vector<Rate> indexed = {};
  std::optional<Options> options = {};
  std::vector<Options> many = {};
  std::optional<Stats> stats = {};

  bool operator==(const Envelope&) const = default;
};

extern const Structure kRateStructure;
extern const Structure kHeadStructure;
extern const StructLayout kRateStruct;
extern const AttributeSet kEnvelopeSet;
extern const Layout kEnvelopeLayout;
// A header and nothing else.
extern const Layout kHeadLayout;

}  // namespace genl::test

#endif  // GENL_TEST_ENVELOPE_H_
