// Fixed headers, structures and sub-messages through the encoder and decoder.
#include "genl/sub_message.h"

#include <random>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/test_envelope.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

const ByteString kHead = {2, 0x12, 0x34, 0};
const Head kHeader = {.family = 2, .be_index = 0x1234};

template <typename T = Envelope>
T MustDecode(const ByteString& bytes, const Layout& layout = kEnvelopeLayout) {
  T value;
  const absl::Status status = Decode(layout, bytes, &value);
  EXPECT_TRUE(status.ok()) << status;
  return value;
}

// What is said of the attributes behind a header.
std::string Damage(const ByteString& attributes) {
  Envelope value;
  const absl::Status status = Decode(kEnvelopeLayout, Join({kHead, attributes}), &value);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  return std::string(status.message());
}

template <typename T>
ByteString MustEncode(const T& value, const Layout& layout = kEnvelopeLayout) {
  Writer writer;
  const absl::Status status = Encode(layout, &value, writer);
  EXPECT_TRUE(status.ok()) << status;
  return ByteString(writer.bytes().begin(), writer.bytes().end());
}

std::string Refusal(const Envelope& value) {
  Writer writer;
  const absl::Status status = Encode(kEnvelopeLayout, &value, writer);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(status.message());
}

ByteString Kind(const std::string& kind) {
  ByteString text(kind.begin(), kind.end());
  text.push_back(0);
  return Attr(1, text);
}

const ByteString kFast = Attr(2, {0, 0, 0, 2});
const ByteString kPart = Attr(1, {5, 0});
const Rate kRate = {.level = 1, .be_s16 = 1};
const ByteString kRateBytes = [] {
  ByteString bytes(30);
  bytes.front() = 1;
  bytes.back() = 1;
  return bytes;
}();

Wrap Wrapped(Options options, const char* kind) {
  return {.kind = kind, .options = std::move(options)};
}

struct Case {
  const char* what;
  Envelope value;
  ByteString attributes;
};

const Case kCases[] = {
    {"nothing", {}, {}},
    {"a structure", {.rate = kRate}, Attr(3, kRateBytes)},
    {"repeated structures",
     {.rates = {kRate, kRate}},
     Join({Attr(4, kRateBytes), Attr(4, kRateBytes)})},
    {"an indexed array of structures",
     {.indexed = {kRate, kRate}},
     Attr(5, {Attr(1, kRateBytes), Attr(2, kRateBytes)})},
    {"a set", {.kind = "part", .options = Part{5}}, Join({Kind("part"), Attr(6, {kPart})})},
    {"the same set under another name",
     {.kind = "other", .options = Part{5}},
     Join({Kind("other"), Attr(6, {kPart})})},
    {"a header", {.kind = "rate", .options = kRate}, Join({Kind("rate"), Attr(6, kRateBytes)})},
    {"a header and attributes",
     {.kind = "netem", .options = Netem{kHeader, 9}},
     Join({Kind("netem"), Attr(6, Join({kHead, Attr(1, {9, 0, 0, 0})}))})},
    {"a format that is empty",
     {.kind = "none", .options = ByteString{}},
     Join({Kind("none"), Attr(6, ByteString{})})},
    {"bytes where the spec says nothing",
     {.kind = "none", .options = ByteString{1}},
     Join({Kind("none"), Attr(6, {1})})},
    {"a format that the spec does not know",
     {.kind = "new", .options = ByteString{1, 2}},
     Join({Kind("new"), Attr(6, {1, 2})})},
    {"no selector", {.options = ByteString{1, 2}}, Attr(6, {1, 2})},
    {"repeated sub-messages",
     {.kind = "part", .many = {Part{5}, Part{5}}},
     Join({Kind("part"), Attr(7, {kPart}), Attr(7, {kPart})})},
    {"a sub-message in itself",
     {.kind = "wrap", .options = Wrapped(Wrapped(Part{5}, "part"), "wrap")},
     Join({Kind("wrap"), Attr(6, {Kind("wrap"), Attr(2, {Kind("part"), Attr(2, {kPart})})})})},
    {"the selector in the set around it",
     {.kind = "part", .stats = Stats{.app = Part{5}}},
     Join({Kind("part"), Attr(8, {Attr(1, {kPart})})})},
    {"the selector around it, two sub-messages further out",
     {.kind = "wrap", .options = Wrap{.options = Wrap{.options = Wrap{}}}},
     Join({Kind("wrap"), Attr(6, {Attr(2, {Attr(2, std::initializer_list<ByteString>{})})})})},
    {"an enumeration as selector",
     {.mode = Mode::kFast, .stats = Stats{.by_mode = Part{5}}},
     Join({kFast, Attr(8, {Attr(2, {kPart})})})},
    {"an entry without a name as selector",
     {.mode = Mode{9}, .stats = Stats{.by_mode = ByteString{5}}},
     Join({Attr(2, {0, 0, 0, 9}), Attr(8, {Attr(2, {5})})})},
};

TEST(SubMessage, GoodValuesAsTheirBytes) {
  for (const Case& c : kCases) {
    Envelope value = c.value;
    value.header = kHeader;
    EXPECT_EQ(MustEncode(value), Join({kHead, c.attributes})) << c.what;
    EXPECT_EQ(MustDecode(Join({kHead, c.attributes})), value) << c.what;
  }
}

TEST(SubMessage, GoodSelectorMayStandBehindIt) {
  const Envelope expected = {.header = kHeader, .kind = "part", .options = Part{5}};
  EXPECT_EQ(MustDecode(Join({kHead, Attr(6, {kPart}), Kind("part")})), expected);
}

TEST(SubMessage, GoodOfTwoSelectorsTheLastCounts) {
  const ByteString bytes = Join({kHead, Kind("none"), Attr(6, {kPart}), Kind("part")});
  EXPECT_EQ(MustDecode(bytes).options, Options(Part{5}));
}

TEST(SubMessage, GoodNearestSelectorCounts) {
  const ByteString bytes = Join({kHead, Kind("wrap"), Attr(6, {Attr(2, {kPart}), Kind("part")})});
  EXPECT_EQ(MustDecode(bytes).options, Options(Wrapped(Part{5}, "part")));
}

TEST(SubMessage, GoodStructureOfAnotherLength) {
  const Options expected = Rate{.level = 3};
  EXPECT_EQ(MustDecode(Join({kHead, Kind("rate"), Attr(6, {3})})).options, expected);
  ByteString longer = kRateBytes;
  longer.resize(60, 0xff);
  EXPECT_EQ(MustDecode(Join({kHead, Kind("rate"), Attr(6, longer)})).options, Options(kRate));
  EXPECT_EQ(MustDecode(Join({kHead, Attr(3, longer)})).rate, kRate);
  EXPECT_EQ(MustDecode(Join({kHead, Attr(3, {3})})).rate, Rate{.level = 3});
}

TEST(SubMessage, GoodNothingOfThePreviousValueIsLeft) {
  Envelope value = {.kind = "netem",
                    .rate = kRate,
                    .rates = {kRate, kRate},
                    .options = Netem{kHeader, 9},
                    .many = {Part{1, "one"}}};
  ASSERT_TRUE(Decode(kEnvelopeLayout,
                     Join({kHead, Kind("netem"), Attr(3, {1}), Attr(4, {1}), Attr(6, kHead)}),
                     &value)
                  .ok());
  const Envelope expected = {.header = kHeader,
                             .kind = "netem",
                             .rate = Rate{.level = 1},
                             .rates = {Rate{.level = 1}},
                             .options = Netem{kHeader}};
  EXPECT_EQ(value, expected);
}

TEST(FixedHeader, GoodAloneAndWithoutItsPadding) {
  EXPECT_EQ(MustEncode(kHeader, kHeadLayout), kHead);
  EXPECT_EQ(MustDecode<Head>(kHead, kHeadLayout), kHeader);
  EXPECT_EQ(MustDecode<Head>({2, 0x12, 0x34}, kHeadLayout), kHeader);
}

TEST(FixedHeader, BadMessageThatIsShorter) {
  Envelope value;
  EXPECT_EQ(Decode(kEnvelopeLayout, {2, 0}, &value),
            absl::DataLossError("2 bytes where the header `head` alone has 3"));
  Head head;
  EXPECT_EQ(Decode(kHeadLayout, {}, &head),
            absl::DataLossError("0 bytes where the header `head` alone has 3"));
  EXPECT_EQ(Damage(Join({Kind("netem"), Attr(6, {1, 2})})),
            "attribute `options`: 2 bytes where the header `head` alone has 3");
}

TEST(SubMessage, BadAttributesInside) {
  EXPECT_EQ(Damage(Join({Kind("netem"), Attr(6, Join({kHead, Attr(1, {9})}))})),
            "attribute `options.loss`: 1 bytes where an integer has 4");
  EXPECT_EQ(Damage(Join({Kind("part"), Attr(7, {kPart}), Attr(7, {Attr(1, {1})})})),
            "attribute `many[1].number`: 1 bytes where an integer has 2");
  EXPECT_THAT(Damage(Join({Kind("part"), Attr(6, {1, 2})})), HasSubstr("last 2 bytes"));
}

TEST(SubMessage, BadValueOfAnotherFormat) {
  EXPECT_EQ(Refusal({.kind = "rate", .options = Part{}}),
            "attribute `options`: not what stands for `kind` \"rate\"");
  EXPECT_EQ(Refusal({.kind = "part", .many = {Part{}, kRate}}),
            "attribute `many[1]`: not what stands for `kind` \"part\"");
  EXPECT_EQ(Refusal({.kind = "none", .options = Part{}}),
            "attribute `options`: not what stands for `kind` \"none\", which is bytes");
  EXPECT_EQ(Refusal({.kind = "new", .options = Part{}}),
            "attribute `options`: not what stands for `kind` \"new\", which is bytes");
  EXPECT_EQ(Refusal({.stats = Stats{.app = Part{}}}),
            "attribute `stats.app`: its selector `kind` is missing");
  EXPECT_EQ(Refusal({.mode = Mode::kSlow, .stats = Stats{.by_mode = Part{}}}),
            "attribute `stats.by-mode`: not what stands for `mode` \"slow\", which is bytes");
}

TEST(SubMessage, BadSubMessagesWithoutEnd) {
  Wrap wrap;
  ByteString bytes;
  for (int i = 0; i < 100; ++i) {
    wrap = Wrap{.kind = "wrap", .options = wrap};
    bytes = Join({Kind("wrap"), Attr(2, {bytes})});
  }
  EXPECT_THAT(Refusal({.kind = "wrap", .options = wrap}), HasSubstr("too deep"));
  EXPECT_THAT(Damage(Join({Kind("wrap"), Attr(6, {bytes})})), HasSubstr("too deep"));
}

// As BadBytesNeverLeadOutsideTheMessage of decode_test.cc, for what is in this file.
TEST(SubMessage, BadBytesNeverLeadOutsideTheMessage) {
  std::mt19937 random(1);
  Envelope value;
  for (const Case& c : kCases) {
    const ByteString good = Join({kHead, c.attributes});
    for (size_t size = 0; size <= good.size(); ++size) {
      (void)Decode(kEnvelopeLayout, ByteString(good.begin(), good.begin() + size), &value);
    }
    for (int round = 0; round < 2000; ++round) {
      ByteString changed = good;
      changed[random() % changed.size()] = static_cast<uint8_t>(random());
      changed[random() % changed.size()] = static_cast<uint8_t>(random());
      if (!Decode(kEnvelopeLayout, changed, &value).ok()) continue;
      EXPECT_EQ(MustDecode(MustEncode(value)), value);
    }
  }
}

}  // namespace
}  // namespace genl::test
