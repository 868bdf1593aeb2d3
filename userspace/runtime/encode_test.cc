#include "genl/encode.h"

#include "genl/test_message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::HasSubstr;

template <typename T>
ByteString MustEncode(const Layout& layout, const T& value) {
  Writer writer;
  const absl::Status status = Encode(layout, &value, writer);
  EXPECT_TRUE(status.ok()) << status;
  return ByteString(writer.bytes().begin(), writer.bytes().end());
}

std::string Refusal(const Everything& value) {
  Writer writer;
  const absl::Status status = Encode(kEverythingLayout, &value, writer);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(status.message());
}

struct Case {
  const char* what;
  Everything value;
  ByteString bytes;
};

TEST(Encode, GoodValuesAsTheirBytes) {
  const ByteString part = Attr(1, {5, 0});
  const Case cases[] = {
      {"nothing", {}, {}},
      {"u8", {.u8 = 7}, {5, 0, 1, 0, 7, 0, 0, 0}},
      {"zero is a value", {.u8 = 0}, {5, 0, 1, 0, 0, 0, 0, 0}},
      {"big endian", {.be16 = 0x1234}, Attr(2, {0x12, 0x34})},
      {"negative", {.s32 = -2}, Attr(3, {0xfe, 0xff, 0xff, 0xff})},
      {"small uint", {.uint = 0xffffffff}, Attr(4, {0xff, 0xff, 0xff, 0xff})},
      {"large uint", {.uint = uint64_t{1} << 32}, Attr(4, {0, 0, 0, 0, 1, 0, 0, 0})},
      {"small sint", {.sint = -1}, Attr(5, {0xff, 0xff, 0xff, 0xff})},
      {"large sint", {.sint = int64_t{0x80000000}}, Attr(5, {0, 0, 0, 0x80, 0, 0, 0, 0})},
      {"enumeration, narrower on the wire", {.color = Color::kBlue}, Attr(6, {2})},
      {"flag", {.flag = true}, Attr(7, ByteString{})},
      {"string", {.string = "ab"}, Attr(8, {'a', 'b', 0})},
      {"empty string", {.string = ""}, Attr(8, {0})},
      {"binary", {.binary = ByteString{1, 0, 2}}, Attr(9, {1, 0, 2})},
      {"C array", {.array = {1, 2}}, Attr(10, {1, 0, 0, 0, 2, 0, 0, 0})},
      {"nest", {.part = Part{5}}, Attr(11, {part})},
      {"repeated nest", {.parts = {{5}, {5}}}, Join({Attr(12, {part}), Attr(12, {part})})},
      {"repeated integer", {.numbers = {1, -1}}, Join({Attr(13, {1, 0}), Attr(13, {0xff, 0xff})})},
      {"repeated flag",
       {.flags = {{}, {}}},
       Join({Attr(14, ByteString{}), Attr(14, ByteString{})})},
      {"indexed array", {.indexed = {{5}, {5}}}, Attr(15, {Attr(1, {part}), Attr(2, {part})})},
      {"indexed integers",
       {.indexed_numbers = {9, 8}},
       Attr(16, {Attr(1, {9, 0, 0, 0}), Attr(2, {8, 0, 0, 0})})},
      {"nests by type and value",
       {.entries = {{.row = 3, .column = 4, .value = {5}}}},
       Attr(17, {Attr(3, {Attr(4, {part})})})},
      {"big endian, signed", {.be_s16 = -2}, Attr(18, {0xff, 0xfe})},
      {"a nest in itself",
       {.tree = Tree{.next = Tree{.leaf = 1}, .branches = {Tree{.leaf = 2}}}},
       Attr(19, {Attr(2, {Attr(1, {1})}), Attr(3, {Attr(1, {2})})})},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(MustEncode(kEverythingLayout, c.value), c.bytes) << c.what;
  }
}

TEST(Encode, GoodRequiredMembersAlwaysStand) {
  EXPECT_EQ(MustEncode(kRequiredLayout, Required{}),
            Join({Attr(1, {0}), Attr(2, {0, 0, 0, 0}), Attr(3, {Attr(1, {0, 0})})}));
}

TEST(Encode, BadValueTooLargeForItsPlaceOnTheWire) {
  EXPECT_EQ(Refusal({.color = static_cast<Color>(256)}),
            "attribute `color`: 256 does not fit in 8 bits");
}

TEST(Encode, BadStringWithNulInside) {
  EXPECT_EQ(Refusal({.string = std::string("a\0b", 3)}),
            "attribute `string`: a NUL inside a string");
}

TEST(Encode, BadAttributeOfMoreThan65535BytesIsRefusedNotTruncated) {
  const size_t longest = 65535 - NLA_HDRLEN;
  EXPECT_EQ(MustEncode(kEverythingLayout, Everything{.binary = ByteString(longest)}).size(), 65536);
  EXPECT_THAT(Refusal({.binary = ByteString(longest + 1)}), HasSubstr("attribute `binary`"));
  EXPECT_THAT(Refusal({.string = std::string(longest, 'x')}), HasSubstr("attribute `string`"));
  EXPECT_THAT(Refusal({.array = std::vector<uint32_t>(20000)}), HasSubstr("attribute `array`"));
  EXPECT_THAT(Refusal({.indexed = std::vector<Part>(6000)}), HasSubstr("attribute `indexed`"));
}

TEST(Encode, BadNestsNameThePathWithTheElement) {
  Everything value{.parts = {Part{1}, Part{2, std::string("\0", 1)}}};
  EXPECT_THAT(Refusal(value), HasSubstr("attribute `parts[1].note`"));
  value = {.indexed = {Part{1}, Part{2, std::string("\0", 1)}}};
  EXPECT_THAT(Refusal(value), HasSubstr("attribute `indexed[1].note`"));
}

TEST(Encode, BadNestingWithoutEnd) {
  Tree tree;
  for (int i = 0; i < 100; ++i) tree = Tree{.next = tree};
  EXPECT_THAT(Refusal({.tree = tree}), HasSubstr("too deep"));
}

TEST(Encode, BadTypeThatNoAttributeCanHave) {
  EXPECT_THAT(Refusal({.entries = {{.row = 0x4000}}}), HasSubstr("16384 is no attribute number"));
}

}  // namespace
}  // namespace genl::test
