// Captures netlink traffic of its own making on an `nlmon` device, in a VM with thermo and bridge,
// and prints the capture file in hexadecimal lines.
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/escaping.h"
#include "family/examples/thermo/thermo.genl.h"

namespace {

void Check(bool good, const char* what) {
  if (good) return;
  std::perror(what);
  std::exit(1);
}

void Shell(const char* command) { Check(std::system(command) == 0, command); }

template <typename T>
void Append(T value, std::string& to) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

int OpenMonitor() {
  Shell("ip link add nlmon0 type nlmon && ip link set nlmon0 up");
  const int monitor = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL));
  Check(monitor >= 0, "packet socket");
  sockaddr_ll address = {};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(if_nametoindex("nlmon0"));
  Check(bind(monitor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "bind");
  return monitor;
}

// pcap's file header, in the byte order of the machine (libpcap's pcap-savefile(5)).
std::string FileHeader() {
  constexpr uint32_t kLinkTypeNetlink = 253;
  std::string header;
  for (const uint32_t word : {0xa1b2c3d4u, 0x00040002u, 0u, 0u, 0x40000u, kLinkTypeNetlink}) {
    Append(word, header);
  }
  return header;
}

// A record with the header that libpcap puts before a packet of a netlink device
// (LINKTYPE_NETLINK): type of packet, type of device, 10 bytes of nothing, protocol.
std::string Record(const sockaddr_ll& from, const std::string& packet) {
  timeval now;
  gettimeofday(&now, nullptr);
  std::string record;
  Append(static_cast<uint32_t>(now.tv_sec), record);
  Append(static_cast<uint32_t>(now.tv_usec), record);
  for (int i = 0; i < 2; ++i) Append(static_cast<uint32_t>(packet.size() + 16), record);
  Append(htons(from.sll_pkttype), record);
  Append(htons(from.sll_hatype), record);
  record.append(10, '\0');
  Append(from.sll_protocol, record);
  return record + packet;
}

void Print(const std::string& bytes) { std::printf("%s\n", absl::BytesToHexString(bytes).c_str()); }

void PrintCapture(int monitor) {
  Print(FileHeader());
  pollfd wait = {monitor, POLLIN, 0};
  while (poll(&wait, 1, 300) == 1) {
    std::string packet(1 << 16, '\0');
    sockaddr_ll from = {};
    socklen_t size = sizeof from;
    const ssize_t got = recvfrom(monitor, packet.data(), packet.size(), 0,
                                 reinterpret_cast<sockaddr*>(&from), &size);
    Check(got >= 0, "recvfrom");
    packet.resize(static_cast<size_t>(got));
    Print(Record(from, packet));
  }
}

void TalkToThermo() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  Check(client.ok(), "connect");
  const absl::StatusOr<thermo::SensorNewReply> made = client->SensorNew(
      {.label = "boiler",
       .kind = thermo::Kind::kInfrared,
       .features = thermo::Feature::kCalibrated | thermo::Feature::kRedundant,
       .serial = std::vector<uint8_t>{1, 0, 2, 255, 4, 5, 6, 7},
       .bus_address = 0xc0000201,
       .temperature = -40000,
       .interval_ms = 3600000,
       .location = thermo::Location{.rack = 7, .slot = 48, .note = "behind the pump"},
       .threshold = {{.severity = thermo::Severity::kWarning, .temperature = 60000},
                     {.severity = thermo::Severity::kCritical, .temperature = 90000}},
       .muted = true});
  Check(made.ok(), "sensor-new");
  Check(client->SensorGet({.id = made->id}).ok(), "sensor-get");
  Check(!client->SensorGet({.id = made->id + 1}).ok(), "sensor-get of none");
}

}  // namespace

int main() {
  const int monitor = OpenMonitor();
  TalkToThermo();
  Shell("ip link add br7 type bridge forward_delay 400 stp_state 1");
  Shell("ip link show br7 >/dev/null && ip addr add 192.0.2.1/24 dev br7");
  PrintCapture(monitor);
  close(monitor);
  Shell("ip link del br7 && ip link del nlmon0");
}
