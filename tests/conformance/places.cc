#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/conformance/cases.h"

namespace conformance {
namespace {

// Numbers of the attributes that a case is wrapped in, as nests.
constexpr uint16_t kNest = 0x8000 | 33;
constexpr uint16_t kNestMany = 0x8000 | 46;
constexpr uint16_t kArrayNest = 0x8000 | 31;
constexpr uint16_t kFirst = 0x8000 | 1;
constexpr uint16_t kSecond = 0x8000 | 2;

// An attribute that contains `parts`, whose length is a multiple of four.
std::vector<uint8_t> Wrap(uint16_t number, const std::vector<std::vector<uint8_t>>& parts) {
  std::vector<uint8_t> bytes(4);
  for (const auto& part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
  bytes[0] = static_cast<uint8_t>(bytes.size());
  bytes[1] = static_cast<uint8_t>(bytes.size() >> 8);
  bytes[2] = static_cast<uint8_t>(number);
  bytes[3] = static_cast<uint8_t>(number >> 8);
  return bytes;
}

template <typename T>
void InNest(const Fill& fill, T& to) {
  fill.value(to.nest.emplace());
}

template <typename T>
void InNestInNest(const Fill& fill, T& to) {
  fill.value(to.nest.emplace().nest.emplace());
}

template <typename T>
void InRepeatedNests(const Fill& fill, T& to) {
  to.nest_many.resize(3);
  fill.value(to.nest_many[0]);
  fill.value(to.nest_many[2]);
}

template <typename T>
void InArray(const Fill& fill, T& to) {
  to.array_nest.resize(2);
  fill.value(to.array_nest[1]);
}

// Where a case is put, and how its JSON and its bytes look there.
struct Wrapping {
  const char* name;
  void (*request)(const Fill&, EchoRequest&);
  void (*reply)(const Fill&, EchoReply&);
  std::string (*json)(const std::string& object);
  std::vector<uint8_t> (*bytes)(const std::vector<uint8_t>& inner);
};

constexpr Wrapping kWrappings[] = {
    {"Alone", [](const Fill& fill, EchoRequest& to) { fill.request(to); },
     [](const Fill& fill, EchoReply& to) { fill.reply(to); },
     [](const std::string& object) { return object; },
     [](const std::vector<uint8_t>& inner) { return inner; }},
    {"InNest", InNest<EchoRequest>, InNest<EchoReply>,
     [](const std::string& object) { return absl::StrCat(R"({"nest":)", object, "}"); },
     [](const std::vector<uint8_t>& inner) { return Wrap(kNest, {inner}); }},
    {"InNestInNest", InNestInNest<EchoRequest>, InNestInNest<EchoReply>,
     [](const std::string& object) { return absl::StrCat(R"({"nest":{"nest":)", object, "}}"); },
     [](const std::vector<uint8_t>& inner) { return Wrap(kNest, {Wrap(kNest, {inner})}); }},
    {"InRepeatedNests", InRepeatedNests<EchoRequest>, InRepeatedNests<EchoReply>,
     [](const std::string& object) {
       return absl::StrCat(R"({"nest-many":[)", object, ",{},", object, "]}");
     },
     [](const std::vector<uint8_t>& inner) {
       std::vector<uint8_t> all;
       for (const auto& one :
            {Wrap(kNestMany, {inner}), Wrap(kNestMany, {}), Wrap(kNestMany, {inner})}) {
         all.insert(all.end(), one.begin(), one.end());
       }
       return all;
     }},
    {"InArray", InArray<EchoRequest>, InArray<EchoReply>,
     [](const std::string& object) { return absl::StrCat(R"({"array-nest":[{},)", object, "]}"); },
     [](const std::vector<uint8_t>& inner) {
       return Wrap(kArrayNest, {Wrap(kFirst, {}), Wrap(kSecond, {inner})});
     }},
};

}  // namespace

std::vector<uint8_t> FromHex(absl::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) digits.push_back(c);
  }
  const std::string bytes = absl::HexStringToBytes(digits);
  return {bytes.begin(), bytes.end()};
}

std::vector<Placed> AllPlaces() {
  std::vector<Placed> all;
  for (const Wrapping& wrapping : kWrappings) {
    for (const Case& one : Cases()) {
      Placed placed;
      placed.name = absl::StrCat(one.name, wrapping.name);
      wrapping.request(one.fill, placed.request);
      wrapping.reply(one.fill, placed.reply);
      placed.json = wrapping.json(absl::StrCat("{", one.json, "}"));
      placed.bytes = wrapping.bytes(FromHex(one.bytes));
      all.push_back(std::move(placed));
    }
  }
  return all;
}

void PrintTo(const Placed& placed, std::ostream* out) { *out << placed.name; }

}  // namespace conformance
