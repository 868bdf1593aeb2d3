#include "genl/message.h"

#include <linux/genetlink.h>

#include "genl/fake_kernel.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

TEST(MessageReader, GoodSeveralMessagesInADatagram) {
  const ByteString datagram = Join({Event(1, Attr(1, {1})), Event(2, {})});
  MessageReader reader(datagram);
  const auto first = reader.Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->header.nlmsg_type, kFakeFamilyId);
  EXPECT_EQ(first->payload.size(), GENL_HDRLEN + 8);
  EXPECT_EQ(reader.Next()->payload.size(), GENL_HDRLEN);
  EXPECT_FALSE(reader.Next().has_value());
  EXPECT_TRUE(reader.ok());
}

TEST(MessageReader, BadLengths) {
  for (const uint8_t length : {0, 15, 21, 255}) {
    ByteString datagram = Event(1, {});  // 20 bytes
    datagram[0] = length;
    MessageReader reader(datagram);
    EXPECT_FALSE(reader.Next().has_value()) << int{length};
    EXPECT_FALSE(reader.ok()) << int{length};
  }
  ByteString cut = Event(1, {});
  cut.resize(10);
  MessageReader reader(cut);
  EXPECT_FALSE(reader.Next().has_value());
  EXPECT_FALSE(reader.ok());
}

// Of a message that stands alone in its datagram.
std::optional<Verdict> VerdictOf(const ByteString& datagram) {
  MessageReader reader(datagram);
  return ReadVerdict(*reader.Next());
}

TEST(ReadVerdict, GoodErrorsAndTheirExplanation) {
  const FakeRequest request;
  EXPECT_EQ(VerdictOf(Ack(request))->error, 0);
  EXPECT_EQ(VerdictOf(Ack(request, 34))->error, 34);
  EXPECT_EQ(VerdictOf(Done(request))->error, 0);
  EXPECT_EQ(VerdictOf(Done(request, 5))->error, 5);
  const ByteString extack = Attr(1, {'x', 0});
  const ByteString refused = Ack(request, 34, extack);
  const Bytes found = VerdictOf(refused)->extack;
  EXPECT_EQ(ByteString(found.begin(), found.end()), extack);
}

TEST(ReadVerdict, GoodRequestThatIsQuotedInFull) {
  FakeRequest request;
  request.header.nlmsg_len = 24;
  const ByteString extack = Attr(1, {'x', 0});
  ByteString quoted = Ack(request, 34, Join({ByteString(8), extack}));
  quoted[6] = 0;  // NLM_F_ACK_TLVS without NLM_F_CAPPED
  quoted[7] = NLM_F_ACK_TLVS >> 8;
  const Bytes found = VerdictOf(quoted)->extack;
  EXPECT_EQ(ByteString(found.begin(), found.end()), extack);
}

TEST(ReadVerdict, BadMessagesThatAreTooShort) {
  EXPECT_FALSE(VerdictOf(Message(NLMSG_ERROR, 0, 1, 1, {1, 2})).has_value());
  EXPECT_FALSE(VerdictOf(Message(NLMSG_ERROR, 0, 1, 1, ByteString(12))).has_value());
  EXPECT_FALSE(VerdictOf(Message(NLMSG_DONE, 0, 1, 1, {})).has_value());
  FakeRequest request;
  request.header.nlmsg_len = 4000;
  ByteString quoted = Ack(request, 34);
  quoted[7] = 0;  // claims to quote 4000 bytes
  EXPECT_FALSE(VerdictOf(quoted).has_value());
}

}  // namespace
}  // namespace genl::test
