// The program of the example under strace: its greeting returns at once, and answers come for
// seconds.
#include <array>
#include <cstdio>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "family/examples/hello/vm.h"
#include "gmock/gmock.h"

namespace hello {
namespace {

// Of the trace: "1700000000.123456 sendto(4, ...) = 36 <0.000123>".
struct Call {
  double begin;  // in seconds
  std::string name;
  int result;
  double duration;  // in seconds
};

std::vector<Call> ReadTrace(const char* path) {
  const std::regex call(R"(^(\d+\.\d+) (\w+)\(.* = (-?\d+).* <(\d+\.\d+)>$)");
  std::vector<Call> calls;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::smatch part;
    if (!std::regex_match(line, part, call)) continue;
    calls.push_back({std::stod(part[1]), part[2], std::stoi(part[3]), std::stod(part[4])});
  }
  return calls;
}

std::string OutputOf(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer;
  while (const size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), size);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

TEST(StraceTest, SendReturnsAtOnceAndAnswersComeLater) {
  constexpr int kAnswers = 10;
  constexpr double kPause = 3;
  SetConversations(kAnswers, 3000);
  std::string expected;
  for (int i = 1; i <= kAnswers; ++i) expected += std::to_string(i) + ": I am from kernel!\n";
  EXPECT_EQ(OutputOf(std::string("strace -ttt -T -e trace=network -o /tmp/trace ") + kMain),
            expected);

  std::vector<Call> sends;
  std::vector<double> heard;  // when what was received after the greeting had come
  for (const Call& call : ReadTrace("/tmp/trace")) {
    if (call.name.rfind("send", 0) == 0) sends.push_back(call);
    if (call.name.rfind("recv", 0) == 0 && call.result > 0 && !sends.empty()) {
      heard.push_back(call.begin + call.duration);
    }
  }
  ASSERT_EQ(sends.size(), 1u) << "the greeting";
  EXPECT_GT(sends[0].result, 0);
  EXPECT_LT(sends[0].duration, 0.05);
  ASSERT_GE(heard.size(), size_t{kAnswers});
  EXPECT_GE(heard.back() - sends[0].begin, (kAnswers - 1) * kPause);
  for (size_t i = heard.size() - kAnswers + 1; i < heard.size(); ++i) {
    EXPECT_GE(heard[i] - heard[i - 1], kPause / 2) << "answers are apart";
  }
  Client client = *Client::Connect();
  EXPECT_TRUE(Conversations(client).empty());
}

}  // namespace
}  // namespace hello
