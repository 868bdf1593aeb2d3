// Values of replies in the words of the machine's programs.
#ifndef TESTS_LIVE_TEXT_H_
#define TESTS_LIVE_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace live {

// An IPv4 address: 0xc0000201 is 192.0.2.1.
std::string AddressText(uint32_t address);

// An IPv4 or IPv6 address of 4 or 16 bytes, or a link-layer address of 6.
std::string AddressText(const std::vector<uint8_t>& address);

// An IPv4 or IPv6 address in network byte order, as attributes carry it.
std::vector<uint8_t> AddressBytes(const std::string& address);

// The name of a network device.
std::string DeviceName(uint32_t index);

}  // namespace live

#endif  // TESTS_LIVE_TEXT_H_
