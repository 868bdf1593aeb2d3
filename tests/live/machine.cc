#include "tests/live/machine.h"

#include <net/if.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace live {
namespace {

// Where administrators' programs are, which a test's own PATH may leave out.
constexpr char kPath[] = "PATH=$PATH:/usr/sbin:/sbin; ";

struct Outcome {
  int status = 0;  // of wait(2)
  std::string output = {};
};

Outcome Execute(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen(absl::StrCat(kPath, command).c_str(), "re");
  if (pipe == nullptr) return {.status = -1};
  char buffer[4096];
  while (const size_t size = fread(buffer, 1, sizeof buffer, pipe)) {
    outcome.output.append(buffer, size);
  }
  outcome.status = pclose(pipe);
  return outcome;
}

}  // namespace

std::string Shell(const std::string& command) {
  Outcome outcome = Execute(command);
  EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.output;
  return std::move(outcome.output);
}

std::vector<std::string> ShellLines(const std::string& command) {
  const std::string output = Shell(command);
  return absl::StrSplit(output, '\n', absl::SkipEmpty());
}

nlohmann::json ShellJson(const std::string& command) {
  const std::string output = Shell(command);
  nlohmann::json json = nlohmann::json::parse(output, nullptr, /*allow_exceptions=*/false);
  EXPECT_FALSE(json.is_discarded()) << command << "\n" << output;
  return json.is_discarded() ? nlohmann::json() : json;
}

nlohmann::json ShellJsonObject(const std::string& command) {
  const nlohmann::json json = ShellJson(command);
  const bool one = json.is_array() && json.size() == 1;
  EXPECT_TRUE(one) << command << "\n" << json;
  return one ? json[0] : nlohmann::json::object();
}

uint32_t IndexOf(const char* device) {
  const uint32_t index = if_nametoindex(device);
  EXPECT_NE(index, 0) << device;
  return index;
}

void NetworkTest::SetUp() {
  if (geteuid() != 0) GTEST_SKIP() << "network namespaces need root";
  for (const std::string& program : programs_) {
    if (Execute(absl::StrCat("command -v ", program)).status != 0) {
      GTEST_SKIP() << "no program " << program << " (run tools/setup)";
    }
  }
  if (unshare(CLONE_NEWNET) != 0) {
    GTEST_SKIP() << "no network namespace of its own: " << std::strerror(errno);
  }
  // Addresses that the kernel makes come some time later, between two looks.
  Shell("f=/proc/sys/net/ipv6/conf/default/addr_gen_mode; [ ! -e $f ] || echo 1 >$f");
  Shell("ip link set lo up");
}

}  // namespace live
