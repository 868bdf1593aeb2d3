// Writes a corpus for the fuzz targets that are about messages: of each family the message that
// holds most, with a random value, as bytes and as JSON.
//   seed FOLDER           FOLDER/decode/NAME, FOLDER/json/NAME
// The files depend on the list of families, as their first bytes are a number in it.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "genl/encode.h"
#include "genl/json/json.h"
#include "tests/fuzz/message_input.h"
#include "tests/round_trip/random_value.h"

namespace genlc {
namespace {

using genl::test::AllMessages;
using genl::test::MessageType;

// Fuzzers like them small.
constexpr size_t kLongest = 256;

std::string Choice(size_t index) {
  std::string bytes;
  for (size_t i = 0; i < kChoice; ++i) bytes += static_cast<char>(index >> (8 * i));
  return bytes;
}

// A message of this type, the longest of some that are not too long.
std::string RandomMessage(const MessageType& type) {
  genl::test::RandomValue random(*type.layout, 1);
  std::string longest;
  for (int i = 0; i < 100; ++i) {
    const std::shared_ptr<void> value = type.make();
    random.Fill(value.get());
    genl::Writer writer;
    if (!Encode(*type.layout, value.get(), writer).ok()) continue;
    const size_t size = writer.bytes().size();
    if (size <= kLongest && size > longest.size()) {
      longest.assign(reinterpret_cast<const char*>(writer.bytes().data()), size);
    }
  }
  return longest;
}

bool Write(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  return static_cast<bool>(file << content << std::flush);
}

bool WriteSeeds(const std::filesystem::path& folder, size_t index) {
  const MessageType& type = AllMessages()[index];
  const std::string bytes = RandomMessage(type);
  const absl::StatusOr<std::string> json =
      ToJson(TableOf(type), {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
  return json.ok() && Write(folder / "decode" / type.name, Choice(index) + bytes) &&
         Write(folder / "json" / type.name, Choice(index) + *json);
}

// By the name of the family: the number of its message with the most members.
std::map<std::string, size_t> LargestMessages() {
  std::map<std::string, size_t> largest;
  for (size_t i = 0; i < AllMessages().size(); ++i) {
    const MessageType& type = AllMessages()[i];
    const auto [found, is_new] = largest.emplace(type.name.substr(0, type.name.find('.')), i);
    const MessageType& best = AllMessages()[found->second];
    if (type.layout->fields.size() > best.layout->fields.size()) found->second = i;
  }
  return largest;
}

}  // namespace
}  // namespace genlc

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: seed FOLDER\n", 2;
  for (const auto& [family, index] : genlc::LargestMessages()) {
    if (!genlc::WriteSeeds(argv[1], index)) return std::cerr << "no seed of " << family << "\n", 1;
  }
}
