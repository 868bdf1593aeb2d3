// Damages good messages and texts, the same way in every run; see fuzz.cc for what must hold.
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "genl/json/json.h"
#include "genl/json/test_tables.h"
#include "genl/test_envelope.h"
#include "gtest/gtest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace genl {
namespace {

constexpr int kRounds = 20000;

const char* const kSeeds[] = {
    R"({"u8":255,"port":443,"id":7,"u64":18446744073709551615,"s8":-128,"uint":4294967296})",
    R"({"label":"d\"\u00e9","serial":"00c0ffee","muted":true,"severity":"critical","sint":-1})",
    R"({"features":["calibrated","redundant"],"handle":"0xdeadbeef","mac":"00:1b:21:3a:7c:55"})",
    R"({"bus-address":"192.0.2.1","address":"2001:db8::1","gateway":"fe80::42","names":["a","b"]})",
    R"({"uuid":"0b3c1f6e-8f52-4d0a-9c51-3d2f7a1b4e60","#63":["01","02"],"id":{"#hex":"00"}})",
    R"({"threshold":[{"severity":"warning"},{"inner":{"point":{"temperature":5}}}],"ids":[1,2]})",
    R"({"samples":[1,2,3],"queues":[10,11],"points":[{},{"severity":"notice"}]})",
    R"({"policy":[{"policy-id":5,"attr-id":1,"temperature":1},{"#hex":"ff"}],"point":{}})",
    R"({"change":{"value":["latching"],"selector":["latching",8]},"states":["last"],"phase":-1})",
};

// Of the message with a header, structures and sub-messages.
const char* const kEnvelopeSeeds[] = {
    R"({"header":{"family":2,"index":4660},"kind":"part","options":{"number":5,"note":"x"}})",
    R"({"kind":"rate","options":{"level":7,"mode":"fast","key":"00:1b:21","#rest":"c0ff"}})",
    R"({"options":{"header":{"index":9},"loss":9},"kind":"netem","many":[{"loss":1},"c0ff"]})",
    R"({"kind":"wrap","options":{"kind":"wrap","options":{"kind":"part","options":{}}}})",
    R"({"rates":[{"inner":{"be32":3}},{"name":"abcd","#size":18}],"indexed":[{"s32":-1}]})",
    R"({"mode":"fast","stats":{"app":"c0ffee","by-mode":{"number":5}},"header":{"#rest":"ff"}})",
    R"({"kind":"none","options":{},"many":[{},{"#hex":"01"}],"rate":{"#hex":"07123402ff"}})",
};

class Mutator {
 public:
  explicit Mutator(uint32_t seed) : random_(seed) {}

  void Damage(std::vector<uint8_t>& bytes) {
    for (size_t edits = 1 + Below(4); edits > 0; --edits) Edit(bytes);
  }
  size_t Below(size_t end) { return random_() % end; }
  template <size_t kSize>
  const char* Pick(const char* const (&seeds)[kSize]) {
    return seeds[Below(kSize)];
  }

 private:
  void Edit(std::vector<uint8_t>& bytes) {
    if (bytes.empty()) bytes.push_back(0);
    const size_t at = Below(bytes.size());
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (Below(6)) {
      case 0: bytes[at] = static_cast<uint8_t>(random_()); break;
      case 1: bytes[at] ^= static_cast<uint8_t>(1u << Below(8)); break;
      case 2: bytes.resize(at); break;
      case 3: bytes.insert(place, static_cast<uint8_t>(random_())); break;
      case 4: bytes.erase(place); break;
      default: {  // a part of it once more, somewhere else
        const size_t size = Below(bytes.size() - at) + 1;
        const std::vector<uint8_t> part(place, place + static_cast<std::ptrdiff_t>(size));
        const auto to = bytes.begin() + static_cast<std::ptrdiff_t>(Below(bytes.size()));
        bytes.insert(to, part.begin(), part.end());
      }
    }
  }

  std::mt19937 random_;
};

std::vector<uint8_t> Tagged(uint8_t tag, std::vector<uint8_t> bytes) {
  bytes.insert(bytes.begin(), tag);
  return bytes;
}

// `tag`: as fuzz.cc reads it.
void DamageBytes(Mutator& mutator, uint8_t tag, const MessageTable& message, const char* seed) {
  Writer writer;
  ASSERT_EQ(FromJson(message, seed, writer), absl::OkStatus());
  std::vector<uint8_t> bytes(writer.bytes().begin(), writer.bytes().end());
  mutator.Damage(bytes);
  bytes = Tagged(tag, std::move(bytes));
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void DamageText(Mutator& mutator, uint8_t tag, absl::string_view seed) {
  std::vector<uint8_t> bytes(seed.begin(), seed.end());
  mutator.Damage(bytes);
  bytes = Tagged(tag, std::move(bytes));
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

TEST(MutationTest, GoodHostileBytesAreShownOrRefused) {
  Mutator mutator(20240611);
  const MessageTable envelope(test::kEnvelopeSet, &test::kHeadStructure);
  for (int round = 0; round < kRounds; ++round) {
    DamageBytes(mutator, 0, kEverything, mutator.Pick(kSeeds));
    DamageBytes(mutator, 2, envelope, mutator.Pick(kEnvelopeSeeds));
  }
}

TEST(MutationTest, GoodHostileTextIsReadOrRefused) {
  Mutator mutator(20250312);
  for (int round = 0; round < kRounds; ++round) {
    DamageText(mutator, 1, mutator.Pick(kSeeds));
    DamageText(mutator, 3, mutator.Pick(kEnvelopeSeeds));
  }
}

TEST(MutationTest, GoodRandomBytesAreShownOrRefused) {
  Mutator mutator(7);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<uint8_t> bytes(4 * mutator.Below(24));
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(mutator.Below(256));
    // Lengths and types that lead somewhere.
    for (size_t i = 0; i + 3 < bytes.size(); i += 4 * (1 + mutator.Below(3))) {
      bytes[i] = static_cast<uint8_t>(4 + mutator.Below(28));
      bytes[i + 1] = 0;
      bytes[i + 2] = static_cast<uint8_t>(mutator.Below(30));
      bytes[i + 3] = mutator.Below(2) == 0 ? 0x80 : 0;
    }
    bytes = Tagged(round % 2 == 0 ? 0 : 2, std::move(bytes));
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
}

}  // namespace
}  // namespace genl
