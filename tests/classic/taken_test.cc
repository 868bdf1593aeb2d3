// Two families want one netlink protocol. Runs as root where thermo is loaded and the module of the
// family `rival` is at hand.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "tests/classic/rival.genl.h"
#include "tests/classic/thermo.genl.h"
#include "tests/vm/module.h"

namespace {

using testing::HasSubstr;
using testing::Not;

// What the kernel says from now on.
class KernelLog {
 public:
  KernelLog() : fd_(open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
    EXPECT_GE(fd_, 0) << std::strerror(errno);
    lseek(fd_, 0, SEEK_END);
  }
  ~KernelLog() { close(fd_); }

  std::string Read() {
    std::string text;
    char record[8192];
    ssize_t size;
    while ((size = read(fd_, record, sizeof(record))) > 0) text.append(record, size);
    return text;
  }

 private:
  const int fd_;
};

std::string LoadedModules() {
  std::ifstream file("/proc/modules");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

bool ThermoAnswers() {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  return client.ok() && absl::IsNotFound(client->SensorGet({.id = 1000}).status());
}

bool RivalAnswers() {
  absl::StatusOr<rival::Client> client = rival::Client::Connect();
  if (!client.ok()) return false;
  const absl::StatusOr<rival::AskReply> reply = client->Ask({.number = 7});
  return reply.ok() && reply->number == 7;
}

class TakenTest : public testing::Test {
 protected:
  genlc::Module thermo_{"/genlc/modules/0.ko", "thermo"};
  genlc::Module rival_{"/modules/rival.ko", "rival"};
};

TEST_F(TakenTest, BadModuleWhoseProtocolIsTaken) {
  KernelLog log;
  const absl::Status refused = rival_.Load();
  EXPECT_THAT(refused.message(), HasSubstr(std::strerror(EADDRINUSE))) << refused;
  EXPECT_THAT(log.Read(), HasSubstr("family rival: netlink protocol 25 is already taken\n"));
}

TEST_F(TakenTest, BadModuleLeavesNothingBehind) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(rival_.Load().ok());
    EXPECT_THAT(LoadedModules(), Not(HasSubstr("rival ")));
    EXPECT_NE(access("/proc/rival", F_OK), 0) << "rival_stop() has not been called";
    EXPECT_TRUE(ThermoAnswers());
  }
}

TEST_F(TakenTest, GoodModuleOnceTheProtocolIsFree) {
  ASSERT_FALSE(rival_.Load().ok());
  ASSERT_EQ(thermo_.Unload(), absl::OkStatus());
  EXPECT_EQ(rival_.Load(), absl::OkStatus());
  EXPECT_TRUE(RivalAnswers());
  EXPECT_THAT(thermo_.Load().message(), HasSubstr(std::strerror(EADDRINUSE)));
  EXPECT_TRUE(RivalAnswers());
  ASSERT_EQ(rival_.Unload(), absl::OkStatus());
  ASSERT_EQ(thermo_.Load(), absl::OkStatus());
  EXPECT_TRUE(ThermoAnswers());
}

// A socket of the protocol keeps its module, and with it the protocol.
TEST_F(TakenTest, BadProtocolIsNotFreedUnderAClient) {
  absl::StatusOr<thermo::Client> client = thermo::Client::Connect();
  ASSERT_TRUE(client.ok()) << client.status();
  EXPECT_TRUE(absl::IsUnavailable(thermo_.Unload()));
  EXPECT_FALSE(rival_.Load().ok());
  EXPECT_TRUE(absl::IsNotFound(client->SensorGet({.id = 1000}).status()));
}

}  // namespace
