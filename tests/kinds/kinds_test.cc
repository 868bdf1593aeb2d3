// Every kind of value through the kernel and back. Runs as root where the module is loaded.
#include <cerrno>
#include <climits>
#include <variant>
#include <vector>

#include "genl/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/kinds/kinds.genl.h"
#include "tests/vm/running_kernel.h"

namespace kinds {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

Client Connect() {
  absl::StatusOr<Client> client = Client::Connect({.timeout = kPatience});
  EXPECT_TRUE(client.ok()) << client.status();
  return *std::move(client);
}

// What is required and nothing else.
EchoRequest Smallest() {
  return {.u8 = 1,
          .be16 = 2,
          .string = "x",
          .exactly = std::vector<uint8_t>(16, 3),
          .numbers = {4},
          .array_nest = {{.default_ = 5}},
          .branch = {.leaf = {{.default_ = 6}}}};
}

EchoRequest Largest() {
  EchoRequest request = Smallest();
  request.flag = true;
  request.u8 = 200;
  request.u16 = 65535;
  request.u32 = INT32_MAX;
  request.u64 = UINT64_MAX;
  request.s8 = INT8_MIN;
  request.s16 = INT16_MIN;
  request.s32 = INT32_MAX;
  request.s64 = INT64_MIN;
  request.uint = 6000000000;
  request.sint = INT64_MAX;
  request.plain_uint = UINT32_MAX;
  request.plain_sint = INT32_MIN;
  request.be16 = 0x0102;
  request.be32 = 0x01020304;
  request.be64 = 12;
  request.sbe32 = -3;
  request.le32 = 99;
  request.color = Color::kBlue;
  request.holes = Holes::kNine;
  request.traits = Trait::kSoft | Trait::kLoud;
  request.colors = ColorFlags::kRed | ColorFlags::kBlue;
  request.masked = 7;
  request.string = "twenty characters  .";
  request.binary = std::vector<uint8_t>(300, 0xaa);
  request.at_least = std::vector<uint8_t>{1, 2, 3, 4};
  request.at_most = std::vector<uint8_t>(20, 9);
  request.words = {1, 2, 0xffffffff};
  request.shorts = {-1, 0x0102};
  request.numbers = {1, 2, 3, 65535};
  request.big_numbers = {1, UINT64_MAX};
  request.blobs = {{1}, {2, 3}, std::vector<uint8_t>(8, 4)};
  request.array_u32 = {7, 8, 9};
  request.array_binary = {{1, 2, 3}, {4}};
  const LeafSet leaf = {.default_ = 1, .text = "abc", .current = Color::kGreen, .n4th = -5};
  request.array_nest = {leaf, {.default_ = 2}, leaf};
  request.branch = {.leaf = {leaf, leaf}, .only = leaf, .names = {"ab", "cde"}};
  request.tree = Tree{.value = 1,
                      .child = Tree{.value = 2, .child = Tree{.value = 3}},
                      .children = {{.value = 4, .children = {{.value = 5}, {.value = 6}}}}};
  request.leaf = leaf;
  return request;
}

void ExpectEcho(const EchoRequest& sent, const EchoReply& got) {
  EXPECT_EQ(got.flag, sent.flag);
  EXPECT_EQ(got.u8, sent.u8);
  EXPECT_EQ(got.u16, sent.u16);
  EXPECT_EQ(got.u32, sent.u32);
  EXPECT_EQ(got.u64, sent.u64);
  EXPECT_EQ(got.s8, sent.s8);
  EXPECT_EQ(got.s16, sent.s16);
  EXPECT_EQ(got.s32, sent.s32);
  EXPECT_EQ(got.s64, sent.s64);
  EXPECT_EQ(got.uint, sent.uint);
  EXPECT_EQ(got.sint, sent.sint);
  EXPECT_EQ(got.plain_uint, sent.plain_uint);
  EXPECT_EQ(got.plain_sint, sent.plain_sint);
  EXPECT_EQ(got.be16, sent.be16);
  EXPECT_EQ(got.be32, sent.be32);
  EXPECT_EQ(got.be64, sent.be64);
  EXPECT_EQ(got.sbe32, sent.sbe32);
  EXPECT_EQ(got.le32, sent.le32);
  EXPECT_EQ(got.color, sent.color);
  EXPECT_EQ(got.holes, sent.holes);
  EXPECT_EQ(got.traits, sent.traits);
  EXPECT_EQ(got.colors, sent.colors);
  EXPECT_EQ(got.masked, sent.masked);
  EXPECT_EQ(got.string, sent.string);
  EXPECT_EQ(got.binary, sent.binary);
  EXPECT_EQ(got.at_least, sent.at_least);
  EXPECT_EQ(got.at_most, sent.at_most);
  EXPECT_EQ(got.exactly, sent.exactly);
  EXPECT_EQ(got.huge, sent.huge);
  EXPECT_EQ(got.words, sent.words);
  EXPECT_EQ(got.shorts, sent.shorts);
  EXPECT_EQ(got.numbers, sent.numbers);
  EXPECT_EQ(got.big_numbers, sent.big_numbers);
  EXPECT_EQ(got.blobs, sent.blobs);
  EXPECT_EQ(got.array_u32, sent.array_u32);
  EXPECT_EQ(got.array_binary, sent.array_binary);
  EXPECT_EQ(got.array_nest, sent.array_nest);
  EXPECT_EQ(got.branch, sent.branch);
  EXPECT_EQ(got.tree, sent.tree);
  EXPECT_EQ(got.leaf, sent.leaf);
}

TEST(Kinds, GoodSmallestMessageComesBack) {
  const absl::StatusOr<EchoReply> reply = Connect().Echo(Smallest());
  ASSERT_TRUE(reply.ok()) << reply.status();
  ExpectEcho(Smallest(), *reply);
}

TEST(Kinds, GoodEveryValueComesBack) {
  const absl::StatusOr<EchoReply> reply = Connect().Echo(Largest());
  ASSERT_TRUE(reply.ok()) << reply.status();
  ExpectEcho(Largest(), *reply);
}

TEST(Kinds, GoodLargestAttributeComesBack) {
  EchoRequest request = Smallest();
  request.huge = std::vector<uint8_t>(65000, 0x55);
  const absl::StatusOr<EchoReply> reply = Connect().Echo(request);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ExpectEcho(request, *reply);
}

TEST(Kinds, GoodNotificationAndEventCarryTheSame) {
  Client client = Connect();
  absl::StatusOr<Events> events = client.Subscribe({Group::kSecrets, Group::kAll});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_TRUE(client.Echo(Largest()).ok());
  absl::StatusOr<Event> event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<EchoNtf>(*event));
  ExpectEcho(Largest(), std::get<EchoNtf>(*event));
  event = events->Next(kPatience);
  ASSERT_TRUE(event.ok()) << event.status();
  ASSERT_TRUE(std::holds_alternative<Loud>(*event));
  EXPECT_EQ(std::get<Loud>(*event).tree, Largest().tree);
}

TEST(Kinds, GoodDumpGoesOnWhereTheMessageWasFull) {
  const auto objects = Connect().EchoDump().Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_EQ(objects->size(), 7);
  for (uint16_t i = 0; i < 7; ++i) {
    EXPECT_THAT((*objects)[i].numbers, testing::ElementsAre(i));
    EXPECT_EQ((*objects)[i].binary->size(), 6000);
  }
}

TEST(Kinds, GoodDumpWhoseHandlerLooksAtNoErrors) {
  const auto objects = Connect().CountDump().Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_EQ(objects->size(), 3000);
  for (uint32_t i = 0; i < 3000; ++i) EXPECT_EQ((*objects)[i].u32, i);
}

TEST(Kinds, BadObjectThatNoMessageHoldsEndsItsDump) {
  const absl::Status status = Connect().EchoDump({.color = Color::kBlue}).Collect().status();
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->error, EMSGSIZE);
}

TEST(Kinds, GoodOperationsWithoutAttributes) {
  EXPECT_TRUE(Connect().Poke().ok());
  EXPECT_TRUE(Connect().Count({.u8 = 1}).ok());
  EXPECT_TRUE(Connect().Lax({.string = "x"}).ok());
  const auto objects = Connect().LaxDump({.string = "y", .u8 = 3}).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_EQ(objects->size(), 1);
  EXPECT_EQ((*objects)[0].string, "y");
}

struct Refusal {
  const char* name;
  void (*spoil)(EchoRequest&);
  int error;
  const char* attribute;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

class RefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, BadValueIsRefusedByName) {
  EchoRequest request = Smallest();
  GetParam().spoil(request);
  const absl::Status status = Connect().Echo(request).status();
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  ASSERT_TRUE(error.has_value()) << status;
  EXPECT_EQ(error->error, GetParam().error) << status;
  if (error->message == "required attribute missing" &&
      !genlc::RunningKernelNamesMissingAttributes()) {
    return;
  }
  EXPECT_EQ(error->attribute + error->missing_attribute, GetParam().attribute) << status;
}

constexpr Refusal kRefusals[] = {
    {"U8", [](EchoRequest& r) { r.u8 = 201; }, ERANGE, "u8"},
    {"U16", [](EchoRequest& r) { r.u16 = 39999; }, ERANGE, "u16"},
    {"U32Min", [](EchoRequest& r) { r.u32 = 0; }, ERANGE, "u32"},
    {"U32Max", [](EchoRequest& r) { r.u32 = 0x80000000; }, ERANGE, "u32"},
    {"U64", [](EchoRequest& r) { r.u64 = 4999999999; }, ERANGE, "u64"},
    {"S16", [](EchoRequest& r) { r.s16 = 0; }, ERANGE, "s16"},
    {"S32", [](EchoRequest& r) { r.s32 = -40001; }, ERANGE, "s32"},
    {"S64", [](EchoRequest& r) { r.s64 = 1; }, ERANGE, "s64"},
    {"Uint", [](EchoRequest& r) { r.uint = 6000000001; }, ERANGE, "uint"},
    {"Sint", [](EchoRequest& r) { r.sint = -10; }, ERANGE, "sint"},
    {"Be16", [](EchoRequest& r) { r.be16 = 0; }, ERANGE, "be16"},
    {"Be64", [](EchoRequest& r) { r.be64 = 13; }, ERANGE, "be64"},
    {"Sbe32", [](EchoRequest& r) { r.sbe32 = -4; }, ERANGE, "sbe32"},
    {"Le32", [](EchoRequest& r) { r.le32 = 100; }, ERANGE, "le32"},
    {"Color", [](EchoRequest& r) { r.color = static_cast<Color>(3); }, ERANGE, "color"},
    {"HolesOutside", [](EchoRequest& r) { r.holes = static_cast<Holes>(10); }, ERANGE, "holes"},
    {"HolesInside", [](EchoRequest& r) { r.holes = static_cast<Holes>(5); }, EINVAL, "holes"},
    {"Traits", [](EchoRequest& r) { r.traits = static_cast<Trait>(8); }, EINVAL, "traits"},
    {"Colors", [](EchoRequest& r) { r.colors = static_cast<ColorFlags>(8); }, EINVAL, "colors"},
    {"Masked", [](EchoRequest& r) { r.masked = uint64_t{1} << 40; }, EINVAL, "masked"},
    {"StringTooShort", [](EchoRequest& r) { r.string = ""; }, ERANGE, "string"},
    {"AtLeast", [](EchoRequest& r) { r.at_least = std::vector<uint8_t>(3); }, ERANGE, "at-least"},
    {"AtMost", [](EchoRequest& r) { r.at_most = std::vector<uint8_t>(21); }, ERANGE, "at-most"},
    {"Exactly", [](EchoRequest& r) { r.exactly.pop_back(); }, ERANGE, "exactly"},
    {"Huge", [](EchoRequest& r) { r.huge = std::vector<uint8_t>(39999); }, ERANGE, "huge"},
    {"Blobs", [](EchoRequest& r) { r.blobs = {{1}, std::vector<uint8_t>(9)}; }, ERANGE, "blobs[1]"},
    {"LeafText",
     [](EchoRequest& r) { r.branch.leaf = {{.default_ = 1}, {.default_ = 1, .text = "ab"}}; },
     ERANGE, "branch.leaf[1].text"},
    {"Leaf4th", [](EchoRequest& r) { r.array_nest = {{.default_ = 1, .n4th = 6}}; }, ERANGE,
     "array-nest[0].4th"},
    {"Names", [](EchoRequest& r) { r.branch.names = {"ab", "c"}; }, ERANGE, "branch.names[1]"},
    {"NoNumbers", [](EchoRequest& r) { r.numbers.clear(); }, EINVAL, "numbers"},
    {"NoArray", [](EchoRequest& r) { r.array_nest.clear(); }, EINVAL, "array-nest"},
};

INSTANTIATE_TEST_SUITE_P(All, RefusalTest, testing::ValuesIn(kRefusals),
                         [](const testing::TestParamInfo<Refusal>& info) {
                           return std::string(info.param.name);
                         });

}  // namespace
}  // namespace kinds
