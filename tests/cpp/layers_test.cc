// Generated C++ of headers, structures and sub-messages, there and back through a fake kernel.
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cpp/layers.genl.h"

namespace layers {
namespace {

using genl::test::Ack;
using genl::test::Attr;
using genl::test::ByteString;
using genl::test::Done;
using genl::test::FakeKernel;
using genl::test::FakeRequest;
using genl::test::Join;
using genl::test::ReplyAs;
using testing::ElementsAre;
using testing::SizeIs;

class LayersTest : public testing::Test {
 protected:
  LayersTest() : kernel_([this](const FakeRequest& request) { return Echo(request); }) {
    client_.emplace(*Client::Connect({.transport = &kernel_}));
  }

  // Sends back what it gets, as the command that the spec gives replies.
  std::vector<ByteString> Echo(const FakeRequest& request) {
    sent_ = request.attributes;
    const ByteString reply =
        ReplyAs(static_cast<uint16_t>(request.command + 1), request, request.attributes);
    if ((request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
      return {reply, reply, Done(request)};
    }
    return {reply, Ack(request)};
  }

  void ExpectBack(const EchoRequest& request) {
    const absl::StatusOr<EchoReply> reply = client_->Echo(request);
    ASSERT_TRUE(reply.ok()) << reply.status();
    EXPECT_EQ(reply->header, request.header);
    EXPECT_EQ(reply->kind, request.kind);
    EXPECT_EQ(reply->options, request.options);
    EXPECT_EQ(reply->mode, request.mode);
    EXPECT_EQ(reply->stats, request.stats);
    EXPECT_EQ(reply->shape, request.shape);
    EXPECT_EQ(reply->points, request.points);
    EXPECT_EQ(reply->actions, request.actions);
    EXPECT_EQ(reply->header2, request.header2);
  }

  ByteString sent_;
  FakeKernel kernel_;
  std::optional<Client> client_;
};

const Shape kShape = {.mac = {2, 0, 0, 0, 0, 1},
                      .label = {'a', 'b'},
                      .center = {.x = -2, .state = State::kUp | State::kDown}};
const ByteString kShapeBytes = {2, 0, 0, 0, 0, 1, 'a', 'b', 0, 0, 0xff, 0xfe, 3, 0};
const Head kHeader = {.mode = Mode::kFast, .index = 0x01020304};
const ByteString kHeaderBytes = {1, 4, 3, 2, 1, 0, 0, 0};  // 7 bytes and one of padding

TEST_F(LayersTest, GoodHeaderAndStructuresAsTheirBytes) {
  ExpectBack({.header = kHeader, .shape = kShape, .points = {{.x = 1}, {.x = 2}}, .header2 = 7});
  EXPECT_EQ(sent_, Join({kHeaderBytes, Attr(5, kShapeBytes), Attr(6, {0, 1, 0, 0}),
                         Attr(6, {0, 2, 0, 0}), Attr(8, {7})}));
}

TEST_F(LayersTest, GoodFormatsOfASubMessage) {
  ExpectBack({.kind = "leaf", .options = Leaf{.weight = 1}});
  ExpectBack({.kind = "leaf-too", .options = Leaf{.weight = 1}});
  ExpectBack({.kind = "shape", .options = kShape});
  ExpectBack({.kind = "both", .options = LeafWithHeader{.header = {.x = 1}, .weight = 2}});
  ExpectBack({.kind = "nothing", .options = ByteString{}});
  ExpectBack({.kind = "from the future", .options = ByteString{1, 2, 3}});
}

TEST_F(LayersTest, GoodSubMessageInItself) {
  ExpectBack({.kind = "branch",
              .options = Branch{.kind = "branch",
                                .more = Branch{.kind = "leaf", .more = Leaf{.weight = 3}}}});
}

TEST_F(LayersTest, GoodSelectorFurtherOut) {
  ExpectBack({.kind = "leaf",
              .mode = Mode::kFast,
              .stats = Stats{.by_kind = Leaf{.weight = 1}, .by_mode = Leaf{.weight = 2}},
              .actions = {{.kind = "shape", .options = kShape}, {.options = Leaf{.weight = 4}}}});
}

TEST_F(LayersTest, GoodMessageOfNothingButItsHeader) {
  const absl::StatusOr<PingReply> reply = client_->Ping({.header = kHeader});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->header, kHeader);
  EXPECT_EQ(sent_, kHeaderBytes);
}

TEST_F(LayersTest, GoodDumpAndEventHaveTheHeader) {
  const absl::StatusOr<std::vector<EchoReply>> objects =
      client_->EchoDump({.header = kHeader}).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_THAT(*objects, SizeIs(2));
  EXPECT_EQ(objects->back().header, kHeader);

  absl::StatusOr<Events> events = client_->Subscribe({Group::kEchoes});
  ASSERT_TRUE(events.ok()) << events.status();
  kernel_.Tell(genl::test::Message(17, 0, 0, 0, kHeaderBytes));
  const absl::StatusOr<Event> event = events->Next(absl::Seconds(10));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(std::get<EchoNtf>(*event).header, kHeader);
}

TEST_F(LayersTest, BadFormatThatIsNotTheSelectors) {
  const absl::Status status =
      client_->Echo({.kind = "shape", .options = Leaf{.weight = 1}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("`options`"));
}

}  // namespace
}  // namespace layers
