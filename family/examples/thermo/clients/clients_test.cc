// Runs the examples where the module is loaded, and reads what they print.
#include <array>
#include <cstdio>
#include <string>

// Not for itself: the examples need the libraries that this brings into the VM.
#include "family/examples/thermo/thermo.genl.h"
#include "gtest/gtest.h"

namespace {

// What it prints; empty where it fails.
std::string OutputOf(const std::string& name) {
  const std::string program = "/family/examples/thermo/clients/" + name;
  FILE* pipe = popen(program.c_str(), "r");
  if (pipe == nullptr) return "";
  std::string output;
  std::array<char, 4096> buffer;
  while (const size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), size);
  }
  return pclose(pipe) == 0 ? output : "";
}

TEST(Clients, GoodRequest) {
  ASSERT_TRUE(thermo::Client::Connect().ok());
  EXPECT_EQ(OutputOf("request"),
            "boiler: infrared, slot 12\n"
            "threshold[1].hysteresis must be at most 20000\n"
            "OK\n"
            "NOT_FOUND\n");
}

TEST(Clients, GoodDump) {
  EXPECT_EQ(OutputOf("dump"), "333 are infrared\nsensor 0\n0 are infrared\n");
}

TEST(Clients, GoodEvents) { EXPECT_EQ(OutputOf("events"), "oven is new\noven: critical\n"); }

TEST(Clients, GoodEpoll) { EXPECT_EQ(OutputOf("epoll"), "500 made, heard of and removed\n"); }

TEST(Clients, GoodThreads) { EXPECT_EQ(OutputOf("threads"), "800 right answers\n"); }

TEST(Clients, GoodWatch) {
  EXPECT_EQ(OutputOf("watch"),
            "+ boiler\n+ oven\nin step, 2 sensors\n~ oven: 20000 to 215000\n- boiler\n- oven\n");
}

}  // namespace
