// tcp_metrics against `ip tcp_metrics`: what the kernel remembers of connections made here.
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/families/tcp_metrics.genl.h"
#include "tests/live/machine.h"
#include "tests/live/text.h"

namespace tcp_metrics {
namespace {

using live::ShellJson;
using nlohmann::json;

// A connection from `address` to itself, whose client asks for a cookie of TCP Fast Open.
void Converse(const char* address) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  ASSERT_EQ(getaddrinfo(address, "4711", &hints, &found), 0);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> peer(found, freeaddrinfo);
  const int listener = socket(peer->ai_family, SOCK_STREAM, 0);
  const int client = socket(peer->ai_family, SOCK_STREAM, 0);
  const int one = 1;
  setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN, &one, sizeof one);
  ASSERT_EQ(bind(listener, peer->ai_addr, peer->ai_addrlen), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  char byte = 'x';
  ASSERT_EQ(sendto(client, &byte, 1, MSG_FASTOPEN, peer->ai_addr, peer->ai_addrlen), 1)
      << address << ": " << std::strerror(errno);
  const int server = accept(listener, nullptr, nullptr);
  ASSERT_EQ(read(server, &byte, 1), 1);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(write(client, &byte, 1), 1);
    ASSERT_EQ(read(server, &byte, 1), 1);
  }
  for (const int socket : {client, server, listener}) close(socket);
}

std::string Hex(const std::vector<uint8_t>& bytes) {
  std::string text;
  for (const uint8_t byte : bytes) absl::StrAppendFormat(&text, "%02x", byte);
  return text;
}

// The kernel counts round trips in eighths and their variance in quarters of a microsecond.
double Seconds(uint32_t microseconds) { return microseconds / 1e6; }

// Without the age, which changes between two looks.
json InWordsOfIp(const GetReply& reply) {
  json entry;
  entry["dst"] = reply.addr_ipv4 ? live::AddressText(*reply.addr_ipv4)
                                 : live::AddressText(reply.addr_ipv6.value());
  entry["source"] = reply.saddr_ipv4 ? live::AddressText(*reply.saddr_ipv4)
                                     : live::AddressText(reply.saddr_ipv6.value());
  const Metrics metrics = reply.vals.value_or(Metrics{});
  if (metrics.cwnd) entry["cwnd"] = *metrics.cwnd;
  if (metrics.ssthresh) entry["ssthresh"] = *metrics.ssthresh;
  if (metrics.reodering) entry["reordering"] = *metrics.reodering;
  if (metrics.rtt_us) entry["rtt"] = Seconds(*metrics.rtt_us >> 3);
  if (metrics.rttvar_us) entry["rttvar"] = Seconds(*metrics.rttvar_us >> 2);
  // So ip calls it.
  if (reply.fopen_mss) entry["fopen_miss"] = *reply.fopen_mss;
  if (reply.fopen_syn_drops) entry["fopen_syn_drops"] = *reply.fopen_syn_drops;
  if (reply.fopen_cookie) entry["fo_cookie"] = Hex(*reply.fopen_cookie);
  return entry;
}

class TcpMetricsTest : public live::ClientTest<Client> {
 protected:
  TcpMetricsTest() : ClientTest({"ip"}) {}

  void SetUp() override {
    ClientTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    live::Shell("ip addr add 192.0.2.1/32 dev lo && ip addr add 2001:db8::1/128 nodad dev lo");
    // An IPv6 address can be reached a moment after it was added.
    live::Shell(
        "until ip -6 route show table local 2001:db8::1 | grep -q local; do sleep 0.01; done");
    live::Shell("echo 3 >/proc/sys/net/ipv4/tcp_fastopen");
    for (const char* address : {"127.0.0.1", "192.0.2.1", "2001:db8::1"}) Converse(address);
  }
};

TEST_F(TcpMetricsTest, GoodWhatWasMeasuredOfEachPeer) {
  const json from_ip = ShellJson("ip -json tcp_metrics");
  const std::vector<GetReply> replies = live::All(client_->GetDump());
  ASSERT_EQ(replies.size(), 3);
  ASSERT_EQ(from_ip.size(), 3);
  for (size_t i = 0; i < replies.size(); ++i) {
    json expected = from_ip[i];
    const double age = expected["age"].get<double>();
    expected.erase("age");
    EXPECT_EQ(InWordsOfIp(replies[i]), expected);
    EXPECT_NEAR(replies[i].age.value() / 1e3, age, 5);
    EXPECT_EQ(replies[i].fopen_cookie.value().size(), 8);
  }
}

TEST_F(TcpMetricsTest, GoodOnePeerByItsAddress) {
  const absl::StatusOr<GetReply> by_ipv4 = client_->Get({.addr_ipv4 = 0xc0000201});
  ASSERT_TRUE(by_ipv4.ok()) << by_ipv4.status();
  EXPECT_EQ(by_ipv4->saddr_ipv4, 0xc0000201);
  const absl::StatusOr<GetReply> by_ipv6 =
      client_->Get({.addr_ipv6 = live::AddressBytes("2001:db8::1")});
  ASSERT_TRUE(by_ipv6.ok()) << by_ipv6.status();
  EXPECT_EQ(by_ipv6->saddr_ipv6, live::AddressBytes("2001:db8::1"));
}

TEST_F(TcpMetricsTest, GoodDeletedPeerIsForgotten) {
  const absl::Status status = client_->Del({.addr_ipv4 = 0x7f000001});
  EXPECT_TRUE(status.ok()) << status;
  const json left = ShellJson("ip -json tcp_metrics");
  ASSERT_EQ(left.size(), 2) << left;
  for (const json& entry : left) EXPECT_NE(entry["dst"], "127.0.0.1");
}

TEST_F(TcpMetricsTest, BadUnknownPeer) {
  const absl::StatusOr<GetReply> reply = client_->Get({.addr_ipv4 = 0xc0000202});
  EXPECT_TRUE(absl::IsNotFound(reply.status())) << reply.status();
}

}  // namespace
}  // namespace tcp_metrics
