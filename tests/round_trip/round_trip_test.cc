// Random values of every message of the families of BUILD, through its generated client's
// codec: what comes back is the same value, and the same bytes when it is sent again.
#include "tests/round_trip/round_trip.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/writer.h"
#include "gtest/gtest.h"
#include "tests/round_trip/random_value.h"

namespace genl::test {

// By which GoogleTest shows the parameter of a test.
static void PrintTo(const MessageType& type, std::ostream* out) { *out << type.name; }

namespace {

constexpr int kRoundTrips = 2000;

// Far more for a run by hand: --test_env=GENLC_ROUND_TRIPS=100000.
int RoundTrips() {
  const char* wanted = std::getenv("GENLC_ROUND_TRIPS");
  return wanted == nullptr ? kRoundTrips : std::atoi(wanted);
}

std::vector<uint8_t> Copy(genl::Bytes bytes) { return {bytes.begin(), bytes.end()}; }

class RoundTripTest : public testing::TestWithParam<MessageType> {};

TEST_P(RoundTripTest, GoodRandomValuesComeBackAsTheyWere) {
  const MessageType& type = GetParam();
  const std::shared_ptr<void> received = type.make();
  RandomValue random(*type.layout, 1);
  size_t longest = 0;
  for (int i = 0; i < RoundTrips(); ++i) {
    const std::shared_ptr<void> sent = type.make();
    random.Fill(sent.get());
    Writer first, second;
    ASSERT_EQ(Encode(*type.layout, sent.get(), first), absl::OkStatus());
    // The value that is filled is used again and again, as clients do.
    ASSERT_EQ(Decode(*type.layout, first.bytes(), received.get()), absl::OkStatus());
    ASSERT_TRUE(type.equal(sent.get(), received.get())) << "round " << i;
    ASSERT_EQ(Encode(*type.layout, received.get(), second), absl::OkStatus());
    ASSERT_EQ(Copy(first.bytes()), Copy(second.bytes())) << "round " << i;
    longest = std::max(longest, first.bytes().size());
  }
  EXPECT_TRUE(longest > 0 || type.layout->fields.empty());
}

INSTANTIATE_TEST_SUITE_P(Families, RoundTripTest, testing::ValuesIn(AllMessages()),
                         [](const auto& info) {
                           std::string name = info.param.name;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

TEST(RoundTripData, GoodKernelSpecsAreThere) {
  const bool there = std::any_of(AllMessages().begin(), AllMessages().end(), [](const auto& type) {
    return type.name.rfind("nlctrl.", 0) == 0;
  });
  if (!there) GTEST_SKIP() << "no specs of the kernel (run tools/setup)";
  EXPECT_GE(AllMessages().size(), 300);
}

}  // namespace
}  // namespace genl::test
