// The table of cases through the code of a generated module, which sends back what it gets.
// Runs as root where the module is loaded.
#include <optional>
#include <string>
#include <vector>

#include "genl/dynamic/exchange.h"
#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/conformance/cases.h"

namespace conformance {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr Point kHeader = {.x = 258, .y = -2};
const Bytes kHeaderBytes = {0x01, 0x02, 0xfe, 0xff};

Client& Kernel() {
  static Client& client = *new Client(*Client::Connect({.timeout = kPatience}));
  return client;
}

// What the kernel answers to these very bytes behind the fixed header.
absl::StatusOr<Bytes> Answer(const Bytes& attributes) {
  Bytes payload = kHeaderBytes;
  payload.insert(payload.end(), attributes.begin(), attributes.end());
  const genl::Operation& echo = operation::kEcho;
  Bytes answer;
  const absl::Status status =
      genl::Exchange({.family = {"conformance", 1},
                      .operation = echo.name,
                      .command = echo.command,
                      .set = echo.request->set,
                      .payload = payload,
                      .header_size = kHeaderBytes.size()},
                     {.timeout = kPatience}, [&answer](const genl::FamilyMessage& reply) {
                       answer.assign(reply.payload.begin(), reply.payload.end());
                       return absl::OkStatus();
                     });
  if (!status.ok()) return status;
  return answer;
}

class PlacedTest : public testing::TestWithParam<Placed> {};

TEST_P(PlacedTest, GoodValueComesBack) {
  EchoRequest request = GetParam().request;
  request.header = kHeader;
  const absl::StatusOr<EchoReply> reply = Kernel().Echo(request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EchoReply expected = GetParam().reply;
  expected.header = kHeader;
  EXPECT_EQ(*reply, expected);
}

TEST_P(PlacedTest, GoodBytesComeBack) {
  const absl::StatusOr<Bytes> answer = Answer(GetParam().bytes);
  ASSERT_TRUE(answer.ok()) << answer.status();
  Bytes expected = kHeaderBytes;
  expected.insert(expected.end(), GetParam().bytes.begin(), GetParam().bytes.end());
  EXPECT_EQ(*answer, expected);
}

INSTANTIATE_TEST_SUITE_P(All, PlacedTest, testing::ValuesIn(AllPlaces()),
                         [](const auto& info) { return info.param.name; });

TEST(Damages, BadBytesAreRefusedByName) {
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    const absl::Status status = Answer(FromHex(damage.bytes)).status();
    if (damage.kernel_error == 0) {
      EXPECT_TRUE(status.ok()) << status;
      continue;
    }
    const std::optional<genl::KernelError> error = genl::GetKernelError(status);
    ASSERT_TRUE(error.has_value()) << status;
    EXPECT_EQ(error->error, damage.kernel_error) << status;
    EXPECT_EQ(error->attribute, damage.kernel_attribute) << status;
  }
}

}  // namespace
}  // namespace conformance
