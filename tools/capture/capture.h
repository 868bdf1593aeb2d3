// Netlink datagrams out of whatever they were recorded with.
#ifndef GENLC_TOOLS_CAPTURE_CAPTURE_H_
#define GENLC_TOOLS_CAPTURE_CAPTURE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc {

// A datagram: one message or several.
struct Packet {
  std::string place;                 // in the capture, for people: "packet 3", "line 12"
  std::optional<int> protocol = {};  // NETLINK_ROUTE and so on; empty: the capture does not say
  std::string bytes = {};
  size_t missing = 0;       // bytes behind these, which the capture has left out
  std::string remedy = {};  // how to capture them
};

struct Capture {
  std::vector<Packet> packets;
  // Numbers that stand for names of generic families in `packets`, where the capture has names.
  std::map<uint16_t, std::string> families;
  // What could not be read, each with its place.
  std::vector<std::string> problems;
};

// Of any of the formats below; which one, the input says itself.
Capture ReadCapture(absl::string_view input);

// pcap and pcapng of an nlmon device (link type 253), written in either byte order.
Capture ReadPcap(absl::string_view input);
bool IsPcap(absl::string_view input);

// What `strace -xx` prints of system calls. It shows some messages in its own words and then not
// as bytes, unless `-e read=all -e write=all` adds them.
Capture ReadStrace(absl::string_view input);
bool IsStrace(absl::string_view input);

// Hexadecimal text as people and programs write it, xxd and hexdump -C among them. A datagram ends
// at an empty line, and where a line is a message.
Capture ReadHex(absl::string_view input);

}  // namespace genlc

#endif  // GENLC_TOOLS_CAPTURE_CAPTURE_H_
