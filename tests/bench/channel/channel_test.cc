// All channels lead to one slate: what is written by one is read by each, and a change made by one
// is told by each. Runs as root in a VM where the modules are loaded.
#include "tests/bench/channel/channel.h"

#include <absl/time/clock.h>
#include <absl/time/time.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/channel/measure.h"
#include "tests/bench/channel/module/slate_ioctl.h"

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

}  // namespace
}  // namespace channel
