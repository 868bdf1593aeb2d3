// The machine that runs the tests: its own programs (ip, ethtool, ...), whose words the clients'
// replies are compared with, and network namespaces for both.
#ifndef TESTS_LIVE_MACHINE_H_
#define TESTS_LIVE_MACHINE_H_

#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "genl/dump.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace live {

// What a shell command writes to standard output. The test fails where the command does.
std::string Shell(const std::string& command);
std::vector<std::string> ShellLines(const std::string& command);

// The same, read as JSON; null where it is not JSON.
nlohmann::json ShellJson(const std::string& command);

// The only object in what a command writes: `[{...}]`.
nlohmann::json ShellJsonObject(const std::string& command);

// The number by which the kernel knows a network device.
uint32_t IndexOf(const char* device);

// All that a dump yields. The test fails where the dump does.
template <typename T>
std::vector<T> All(genl::Dump<T> dump) {
  absl::StatusOr<std::vector<T>> objects = dump.Collect();
  EXPECT_TRUE(objects.ok()) << objects.status();
  return objects.ok() ? *std::move(objects) : std::vector<T>{};
}

// Each test has a network namespace of its own, in which commands run and clients connect. Only
// `lo` is up, and devices get no IPv6 address by themselves. The test is skipped without root, or
// where the machine lacks one of the programs.
class NetworkTest : public testing::Test {
 protected:
  explicit NetworkTest(std::vector<std::string> programs) : programs_(std::move(programs)) {}
  void SetUp() override;

 private:
  std::vector<std::string> programs_;
};

// A network test with a client; skipped where the kernel does not have the family.
template <typename Client>
class ClientTest : public NetworkTest {
 protected:
  using NetworkTest::NetworkTest;

  void SetUp() override {
    NetworkTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    absl::StatusOr<Client> client = Client::Connect();
    if (absl::IsNotFound(client.status())) GTEST_SKIP() << client.status();
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
  }

  std::optional<Client> client_;
};

}  // namespace live

#endif  // TESTS_LIVE_MACHINE_H_
