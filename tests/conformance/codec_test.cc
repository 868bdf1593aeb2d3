// The table of cases through the C++ codec: a client and a kernel of this process.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/conformance/cases.h"

namespace conformance {
namespace {

using testing::HasSubstr;

using Bytes = std::vector<uint8_t>;

// The fixed header of every message, and its bytes.
constexpr Point kHeader = {.x = 258, .y = -2};
const Bytes kHeaderBytes = {0x01, 0x02, 0xfe, 0xff};

Bytes BehindHeader(const Bytes& attributes) {
  Bytes bytes = kHeaderBytes;
  bytes.insert(bytes.end(), attributes.begin(), attributes.end());
  return bytes;
}

// Sends `request` to a kernel that answers `answer`; `*sent` is what reached it.
absl::StatusOr<EchoReply> Echo(EchoRequest request, const Bytes& answer, Bytes* sent = nullptr) {
  request.header = kHeader;
  genl::test::FakeKernel kernel([&](const genl::test::FakeRequest& got) {
    if (sent != nullptr) sent->assign(got.attributes.begin(), got.attributes.end());
    const genl::test::ByteString bytes(answer.begin(), answer.end());
    return std::vector{genl::test::Reply(got, bytes), genl::test::Ack(got)};
  });
  absl::StatusOr<Client> client = Client::Connect({.transport = &kernel});
  if (!client.ok()) return client.status();
  return client->Echo(request);
}

class PlacedTest : public testing::TestWithParam<Placed> {};

TEST_P(PlacedTest, GoodValueAndBytesAreTheSame) {
  const Bytes bytes = BehindHeader(GetParam().bytes);
  Bytes sent;
  absl::StatusOr<EchoReply> reply = Echo(GetParam().request, bytes, &sent);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(sent, bytes);
  EchoReply expected = GetParam().reply;
  expected.header = kHeader;
  EXPECT_EQ(*reply, expected);
}

INSTANTIATE_TEST_SUITE_P(All, PlacedTest, testing::ValuesIn(AllPlaces()),
                         [](const auto& info) { return info.param.name; });

TEST(Damages, BadBytesAreRefusedByNameOrReadLeniently) {
  for (const Damage& damage : Damages()) {
    SCOPED_TRACE(damage.name);
    const absl::Status status = Echo({}, BehindHeader(FromHex(damage.bytes))).status();
    if (*damage.decode_error == '\0') {
      EXPECT_TRUE(status.ok()) << status;
    } else {
      EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
      EXPECT_THAT(std::string(status.message()), HasSubstr(damage.decode_error));
    }
  }
}

TEST(Headers, BadMessageThatIsShorterThanItsHeader) {
  EXPECT_EQ(Echo({}, {1, 2}).status().code(), absl::StatusCode::kDataLoss);
}

TEST(Unfits, BadValuesAreNotSent) {
  for (const Unfit& unfit : Unfits()) {
    if (*unfit.encode_error == '\0') continue;
    SCOPED_TRACE(unfit.name);
    EchoRequest request;
    unfit.fill.request(request);
    const absl::Status status = Echo(request, kHeaderBytes).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(unfit.encode_error));
  }
}

}  // namespace
}  // namespace conformance
