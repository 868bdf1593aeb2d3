// All channels lead to one slate: what is written by one is read by each, and a change made by one
// is told by each. Runs as root in a VM where the modules are loaded.
#include "tests/bench/channel/channel.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/bench/channel/measure.h"
#include "tests/bench/channel/module/slate_ioctl.h"
#include "tests/vm/module.h"

namespace channel {
namespace {

using Channels = std::vector<std::unique_ptr<Channel>>;

std::vector<uint8_t> Pattern(size_t size, uint8_t seed) {
  std::vector<uint8_t> bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(seed + i * 7 + (i >> 8));
  return bytes;
}

TEST(ChannelTest, TheNumberThatOneSetsAllGet) {
  const Channels channels = All();
  uint32_t number = 3'999'999'990;
  for (const auto& writer : channels) {
    writer->Set(++number);
    for (const auto& reader : channels) {
      EXPECT_EQ(reader->Get(), number) << writer->name() << " to " << reader->name();
    }
  }
}

void ExpectReads(Channel& reader, const Channel& writer, const std::vector<uint8_t>& written) {
  std::vector<uint8_t> read(written.size());
  reader.Read(read);
  EXPECT_TRUE(read == written) << read.size() << " " << writer.name() << " to " << reader.name();
}

TEST(ChannelTest, WhatOneWritesAllRead) {
  const Channels channels = All();
  uint8_t seed = 0;
  for (const size_t size : {1, 4096, 65521}) {
    for (const auto& writer : channels) {
      const std::vector<uint8_t> written = Pattern(size, ++seed);
      writer->Write(written);
      for (const auto& reader : channels) ExpectReads(*reader, *writer, written);
    }
  }
}

TEST(ChannelTest, TheWholeSlateThatOneWritesTheNextReads) {
  const Channels channels = All();
  for (size_t i = 0; i < channels.size(); ++i) {
    const std::vector<uint8_t> written = Pattern(SLATE_BYTES, static_cast<uint8_t>(i));
    channels[i]->Write(written);
    ExpectReads(*channels[(i + 1) % channels.size()], *channels[i], written);
  }
}

TEST(ChannelTest, AChangeByOneWakesWhoWaitsAtAnother) {
  const Channels writers = All();
  const Channels listeners = All();
  for (const auto& listener : listeners) {
    if (listener->tell() == 0) continue;
    Tell(listener->tell());
    uint32_t number = 0;
    for (const auto& writer : writers) {
      if (writer->tell() == 0) continue;  // memory tells nobody
      listener->Listen();
      uint32_t heard = 0;
      std::thread waits([&] { heard = listener->Wait(); });
      absl::SleepFor(absl::Milliseconds(2));
      writer->Set(++number);
      waits.join();
      EXPECT_EQ(heard, number) << writer->name() << " to " << listener->name();
    }
  }
  Tell(~uint32_t{0});
}

TEST(ChannelTest, AllHaveACostForAllThatTheyCanDo) {
  const Channels channels = All();
  std::set<std::string> costs;
  for (const Cost& cost : MeasureAll(channels, 1)) {
    EXPECT_GT(cost.median, 0) << cost.operation << " " << cost.channel;
    EXPECT_TRUE(costs.insert(cost.operation + " " + cost.channel).second);
  }
  // Six operations by each, events by all but memory, and a change that nobody is told of.
  EXPECT_EQ(costs.size(), 6 * channels.size() + (channels.size() - 1) + 1);
}

// Files of procfs, sysfs and sysctl do not keep the module that has made them.
class GoneTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    for (genlc::Module& module : modules_) ASSERT_EQ(module.Unload(), absl::OkStatus());
    ASSERT_EQ(slate_.Load(), absl::OkStatus());
  }
  void TearDown() override {
    EXPECT_EQ(slate_.Load(), absl::OkStatus());
    EXPECT_EQ(modules_[1].Load(), absl::OkStatus());
    EXPECT_EQ(modules_[0].Load(), absl::OkStatus());
  }

  genlc::Module slate_{"/genlc/modules/0.ko", "slate"};
  // As they are unloaded.
  genlc::Module modules_[3] = {
      {"/genlc/modules/2.ko", "slate_own"}, {"/genlc/modules/1.ko", "slate_generic"}, slate_};
};

TEST_P(GoneTest, WhoSleepsAtAFileWakesWhenTheModuleGoes) {
  const int fd = open(GetParam().c_str(), O_RDONLY | O_CLOEXEC);
  char text[16];
  ASSERT_GT(read(fd, text, sizeof text), 0);
  int woken = 0;
  std::thread waits([&] {
    // The other two are always readable.
    pollfd file = {.fd = fd, .events = POLLIN, .revents = 0};
    if (GetParam() != "/proc/slate/number") file.events = POLLPRI;
    woken = poll(&file, 1, 3000);
  });
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(slate_.Unload(), absl::OkStatus());
  waits.join();
  EXPECT_EQ(woken, 1);
  EXPECT_LE(read(fd, text, sizeof text), 0);
  close(fd);
}

INSTANTIATE_TEST_SUITE_P(Files, GoneTest,
                         testing::Values("/proc/slate/number", "/sys/kernel/slate/number",
                                         "/proc/sys/slate/number"));

}  // namespace
}  // namespace channel
