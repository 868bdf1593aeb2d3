// Generated C++ of every kind of attribute, there and back through a fake kernel.
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cpp/shapes.genl.h"

namespace shapes {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::Done;
using genl::test::FakeKernel;
using genl::test::FakeRequest;
using testing::ElementsAre;

// Sends back what it gets.
std::vector<ByteString> Echo(const FakeRequest& request) {
  const ByteString reply = genl::test::Reply(request, request.attributes);
  if (request.header.nlmsg_flags & NLM_F_DUMP) return {reply, reply, Done(request)};
  return {reply, Ack(request)};
}

EchoRequest Everything() {
  return {.class_ = Class::k3d,
          .n2nd = 65535,
          .flags = Flags::kNone | Flags::kAll,
          .bits = ClassFlags::kDefault | ClassFlags::kA12,
          .wide = Wide::kBig,
          .be16 = 0x1234,
          .le64 = 0x123456789abcdef0,
          .be32s = {-1, INT32_MIN},
          .sint = INT64_MIN,
          .active = true,
          .text = "t",
          .texts = {"", "two"},
          .blob = std::vector<uint8_t>{},
          .blobs = {{1}, {}},
          .shorts = {-1, 2},
          .classes = {Class::kA1, static_cast<Class>(99)},
          .chunks = {{1, 2, 3}, {}},
          .point = Point{.x = 0},
          .points = {{.x = 1}, {.y = 2}},
          .corners = {{.x = 3}, {}},
          .grid = {{.row = 1, .class_ = 2, .value = {.x = -3}}},
          .tree = Tree{.left = Tree{.leaf = 1}, .children = {Tree{.leaf = 2}, Tree{}}},
          .hen = Hen{.eggs = {Egg{.hen = Hen{.eggs = {}, .name = "berta"}, .hens = {}}},
                     .name = "alma"},
          .empty = Empty{}};
}

class ShapesTest : public testing::Test {
 protected:
  ShapesTest() : kernel_(Echo) {
    absl::StatusOr<Client> client = Client::Connect({.transport = &kernel_});
    client_.emplace(*std::move(client));
  }

  FakeKernel kernel_;
  std::optional<Client> client_;
};

TEST_F(ShapesTest, GoodEverythingThereAndBack) {
  const EchoRequest request = Everything();
  const absl::StatusOr<EchoReply> reply = client_->Echo(request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->class_, request.class_);
  EXPECT_EQ(reply->n2nd, request.n2nd);
  EXPECT_EQ(reply->flags, request.flags);
  EXPECT_EQ(reply->bits, request.bits);
  EXPECT_EQ(reply->wide, request.wide);
  EXPECT_EQ(reply->be16, request.be16);
  EXPECT_EQ(reply->le64, request.le64);
  EXPECT_EQ(reply->be32s, request.be32s);
  EXPECT_EQ(reply->sint, request.sint);
  EXPECT_EQ(reply->active, request.active);
  EXPECT_EQ(reply->text, request.text);
  EXPECT_EQ(reply->texts, request.texts);
  EXPECT_EQ(reply->blob, request.blob);
  EXPECT_EQ(reply->blobs, request.blobs);
  EXPECT_EQ(reply->shorts, request.shorts);
  EXPECT_EQ(reply->classes, request.classes);
  EXPECT_EQ(reply->chunks, request.chunks);
  EXPECT_EQ(reply->point, request.point);
  EXPECT_EQ(reply->points, request.points);
  EXPECT_EQ(reply->corners, request.corners);
  EXPECT_EQ(reply->grid, request.grid);
  EXPECT_EQ(reply->tree, request.tree);
  EXPECT_EQ(reply->hen, request.hen);
  EXPECT_EQ(reply->empty, request.empty);
}

TEST_F(ShapesTest, GoodNothingThereAndBack) {
  const absl::StatusOr<EchoReply> reply = client_->Echo();
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(*reply, EchoReply{});
}

TEST_F(ShapesTest, GoodDumpWhoseObjectsDifferFromTheReply) {
  const absl::StatusOr<std::vector<EchoDumpReply>> objects = client_->EchoDump().Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  EXPECT_THAT(*objects, ElementsAre(EchoDumpReply{}, EchoDumpReply{}));
}

TEST_F(ShapesTest, GoodOperationsWithDifficultNames) {
  EXPECT_TRUE(client_->ClientCall().ok());
  EXPECT_TRUE(client_->ConnectCall().ok());
}

TEST_F(ShapesTest, GoodBatchOfOperationsOfEveryKind) {
  genl::Batch batch = client_->NewBatch();
  EchoReply echo;
  ConnectReply connect;
  batch.Add(operation::kEcho, {.text = "t"}, &echo);
  batch.Add(operation::kEcho, {.wide = Wide::kBig});
  batch.Add(operation::kClientCall);
  batch.Add(operation::kConnectCall, &connect);
  const absl::Status status = batch.Send();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(batch.results().size(), 4u);
  EXPECT_EQ(echo.text, "t");
}

TEST_F(ShapesTest, GoodEvents) {
  absl::StatusOr<Events> events = client_->Subscribe({Group::kAll, Group::kDefault});
  ASSERT_TRUE(events.ok()) << events.status();
  EXPECT_THAT(kernel_.groups(), ElementsAre("all", "default"));
  kernel_.Tell(genl::test::Event(4, genl::test::Attr(1, {1, 0, 0, 0})));
  kernel_.Tell(genl::test::Event(5, {}));
  const absl::StatusOr<Event> first = events->Next(absl::Seconds(10));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(std::get<EchoNtf>(*first).class_, Class::k3d);
  const absl::StatusOr<Event> second = events->Next(absl::Seconds(10));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(std::holds_alternative<BareEvent>(*second));
}

TEST(Shapes, GoodConstantsAndNames) {
  EXPECT_EQ(kAnswer, 42);
  EXPECT_STREQ(kMotto, "say \"hello\"");
  EXPECT_EQ(Name(Class::kDefault), "default");
  EXPECT_EQ(Name(static_cast<Class>(99)), "");
  EXPECT_TRUE(genl::Has(Flags::kNone | Flags::kAll, Flags::kAll));
  EXPECT_FALSE(genl::Has(Flags::kNone, Flags::kAll));
}

}  // namespace
}  // namespace shapes
