#include "genl/socket.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gtest/gtest.h"

namespace genl {
namespace {

class AdoptedSocket : public testing::Test {
 protected:
  AdoptedSocket() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends_), 0); }
  ~AdoptedSocket() override { close(ends_[1]); }

  void Tell(size_t size) {
    const std::vector<uint8_t> bytes(size, 7);
    ASSERT_EQ(send(ends_[1], bytes.data(), size, 0), static_cast<ssize_t>(size));
  }

  int ends_[2];
};

TEST_F(AdoptedSocket, GoodDatagramsBothWays) {
  Socket socket = Socket::Adopt(ends_[0], 1);
  const uint8_t bytes[] = {1, 2, 3};
  ASSERT_TRUE(socket.Send(bytes).ok());
  uint8_t buffer[8];
  EXPECT_EQ(recv(ends_[1], buffer, sizeof(buffer), 0), 3);
  Tell(5);
  Tell(6);
  Deadline deadline(absl::Seconds(10));
  EXPECT_EQ(socket.Receive(deadline)->size(), 5);
  EXPECT_EQ(socket.Receive(deadline)->size(), 6);
}

TEST_F(AdoptedSocket, BadDatagramLongerThanTheBufferIsNoticedAndMakesItGrow) {
  Socket socket = Socket::Adopt(ends_[0], 1, /*capacity=*/64);
  Deadline deadline(absl::Seconds(10));
  Tell(64);
  EXPECT_EQ(socket.Receive(deadline)->size(), 64);
  Tell(100);
  EXPECT_EQ(socket.Receive(deadline).status().code(), absl::StatusCode::kResourceExhausted);
  Tell(100);
  EXPECT_EQ(socket.Receive(deadline)->size(), 100);
}

TEST_F(AdoptedSocket, GoodSeveralDatagramsFromOneSystemCall) {
  Socket socket = Socket::Adopt(ends_[0], 1);
  Deadline deadline(absl::Seconds(10));
  for (const size_t size : {5, 6, 7}) Tell(size);
  EXPECT_EQ(socket.Receive(deadline, 2)->size(), 5);
  uint8_t left[8];
  EXPECT_EQ(recv(ends_[0], left, sizeof(left), MSG_PEEK | MSG_DONTWAIT), 7) << "two are taken";
  EXPECT_EQ(socket.Receive(deadline, 2)->size(), 6);
  EXPECT_EQ(socket.Receive(deadline, 2)->size(), 7);
}

TEST_F(AdoptedSocket, BadLongDatagramDoesNotHideThoseBehindIt) {
  Socket socket = Socket::Adopt(ends_[0], 1, /*capacity=*/64);
  Deadline deadline(absl::Seconds(10));
  for (const size_t size : {5, 100, 7}) Tell(size);
  EXPECT_EQ(socket.Receive(deadline, Inbox::kSlots)->size(), 5);
  EXPECT_TRUE(absl::IsResourceExhausted(socket.Receive(deadline).status()));
  EXPECT_EQ(socket.Receive(deadline)->size(), 7);
}

TEST_F(AdoptedSocket, BadSilence) {
  Socket socket = Socket::Adopt(ends_[0], 1);
  Deadline deadline(absl::Milliseconds(20));
  EXPECT_EQ(socket.Receive(deadline).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(AdoptedSocket, GoodMoveLeavesOneOwner) {
  Socket socket = Socket::Adopt(ends_[0], 1);
  Socket moved = std::move(socket);
  EXPECT_EQ(moved.fd(), ends_[0]);
  Tell(5);
  Deadline deadline(absl::Seconds(10));
  EXPECT_EQ(moved.Receive(deadline)->size(), 5);
}

TEST(OpenSocket, GoodOptions) {
  absl::StatusOr<Socket> socket = Socket::Open(NETLINK_GENERIC);
  ASSERT_TRUE(socket.ok()) << socket.status();
  EXPECT_NE(socket->port(), 0);
  EXPECT_TRUE(fcntl(socket->fd(), F_GETFD) & FD_CLOEXEC);
  for (const int option : {NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK}) {
    int value = 0;
    socklen_t size = sizeof(value);
    ASSERT_EQ(getsockopt(socket->fd(), SOL_NETLINK, option, &value, &size), 0);
    EXPECT_EQ(value, 1) << option;
  }
}

TEST(OpenSocket, GoodReceiveBufferOfTheWantedSize) {
  for (const int bytes : {8192, 1 << 16, 1 << 17}) {
    absl::StatusOr<Socket> socket = Socket::Open(NETLINK_GENERIC, {.receive_buffer = bytes});
    ASSERT_TRUE(socket.ok()) << socket.status();
    int size = 0;
    socklen_t length = sizeof(size);
    ASSERT_EQ(getsockopt(socket->fd(), SOL_SOCKET, SO_RCVBUF, &size, &length), 0);
    EXPECT_EQ(size, 2 * bytes) << "the kernel doubles it for its bookkeeping";
  }
}

// Anybody may send to a netlink socket; only the kernel is believed.
TEST(OpenSocket, GoodForeignDatagramIsIgnored) {
  absl::StatusOr<Socket> socket = Socket::Open(NETLINK_GENERIC);
  absl::StatusOr<Socket> stranger = Socket::Open(NETLINK_GENERIC);
  ASSERT_TRUE(socket.ok() && stranger.ok());
  sockaddr_nl address = {};
  address.nl_family = AF_NETLINK;
  address.nl_pid = socket->port();
  const uint8_t bytes[64] = {64};
  const ssize_t sent = sendto(stranger->fd(), bytes, sizeof(bytes), 0,
                              reinterpret_cast<sockaddr*>(&address), sizeof(address));
  if (sent < 0) GTEST_SKIP() << "this kernel does not let processes send to each other";
  Deadline deadline(absl::Milliseconds(50));
  EXPECT_EQ(socket->Receive(deadline).status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace genl
