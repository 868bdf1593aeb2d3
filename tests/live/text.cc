#include "tests/live/text.h"

#include <arpa/inet.h>
#include <net/if.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

namespace live {
namespace {

int FamilyOfSize(size_t size) { return size == 4 ? AF_INET : AF_INET6; }

}  // namespace

std::string AddressText(uint32_t address) {
  return absl::StrFormat("%d.%d.%d.%d", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff,
                         address & 0xff);
}

std::string AddressText(const std::vector<uint8_t>& address) {
  if (address.size() == 6) {
    return absl::StrJoin(address, ":", [](std::string* text, uint8_t byte) {
      absl::StrAppendFormat(text, "%02x", byte);
    });
  }
  EXPECT_TRUE(address.size() == 4 || address.size() == 16) << address.size() << " bytes";
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(FamilyOfSize(address.size()), address.data(), text, sizeof text);
  return text;
}

std::vector<uint8_t> AddressBytes(const std::string& address) {
  std::vector<uint8_t> bytes(address.find(':') == std::string::npos ? 4 : 16);
  EXPECT_EQ(inet_pton(FamilyOfSize(bytes.size()), address.c_str(), bytes.data()), 1) << address;
  return bytes;
}

std::string DeviceName(uint32_t index) {
  char name[IF_NAMESIZE] = "";
  EXPECT_NE(if_indextoname(index, name), nullptr) << "device " << index;
  return name;
}

std::string FamilyName(uint8_t family) {
  EXPECT_TRUE(family == AF_INET || family == AF_INET6) << int{family};
  return family == AF_INET ? "inet" : "inet6";
}

std::string WordOr(const std::map<uint32_t, std::string>& words, uint32_t number) {
  const auto found = words.find(number);
  return found == words.end() ? absl::StrCat(number) : found->second;
}

std::string Lines(const nlohmann::json& json) { return json.dump(2); }

nlohmann::json Without(nlohmann::json object, const std::vector<const char*>& keys) {
  for (const char* key : keys) object.erase(key);
  return object;
}

}  // namespace live
