// Values of replies in the words of the machine's programs.
#ifndef TESTS_LIVE_TEXT_H_
#define TESTS_LIVE_TEXT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"

namespace live {

// An IPv4 address: 0xc0000201 is 192.0.2.1.
std::string AddressText(uint32_t address);

// An IPv4 or IPv6 address of 4 or 16 bytes, or a link-layer address of 6.
std::string AddressText(const std::vector<uint8_t>& address);

// An IPv4 or IPv6 address in network byte order, as attributes carry it.
std::vector<uint8_t> AddressBytes(const std::string& address);

// The name of a network device.
std::string DeviceName(uint32_t index);

// An address family (AF_INET): inet or inet6.
std::string FamilyName(uint8_t family);

// The word for a number, or the number itself where there is none.
std::string WordOr(const std::map<uint32_t, std::string>& words, uint32_t number);

// The words of the bits that are set, without order.
template <typename Flags>
std::set<std::string> FlagWords(const std::map<Flags, std::string>& words, Flags flags) {
  std::set<std::string> result;
  for (const auto& [flag, word] : words) {
    if ((flags & flag) == flag) result.insert(word);
  }
  return result;
}

// Adds what is there, under the name that a program gives to it.
template <typename T>
void Put(nlohmann::json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

// JSON with a line for each member: where two texts differ, gtest shows the lines that do.
std::string Lines(const nlohmann::json& json);

// An object without some of its members: what changes with time, or what a spec leaves out.
nlohmann::json Without(nlohmann::json object, const std::vector<const char*>& keys);

}  // namespace live

#endif  // TESTS_LIVE_TEXT_H_
