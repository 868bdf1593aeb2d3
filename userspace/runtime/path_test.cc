#include "genl/path.h"

#include "genl/test_envelope.h"
#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr size_t kHeader = 20;

// The path of the attribute at `offset` bytes into the attributes.
AttributePath At(const ByteString& attributes, size_t offset,
                 const AttributeSet& set = kEverythingSet) {
  return ResolveOffset(set, Join({ByteString(kHeader), attributes}), kHeader, kHeader + offset);
}

const ByteString kU8 = Attr(1, {7});                             // 8 bytes
const ByteString kPart = Join({Attr(1, {1, 0}), Attr(2, {0})});  // 8 + 8 bytes

TEST(ResolveOffset, GoodAttributeOfTheMessage) {
  EXPECT_EQ(At(kU8, 0).text, "u8");
  EXPECT_EQ(At(Join({kU8, Attr(8, {'x', 0})}), 8).text, "string");
}

TEST(ResolveOffset, GoodAttributeInANest) {
  const ByteString bytes = Join({kU8, Attr(11, {kPart})});
  EXPECT_EQ(At(bytes, 8).text, "part");
  EXPECT_EQ(At(bytes, 8).nested, &kPartSet);
  EXPECT_EQ(At(bytes, 12).text, "part.number");
  EXPECT_EQ(At(bytes, 20).text, "part.note");
  EXPECT_STREQ(At(bytes, 20).attribute->name, "note");
}

TEST(ResolveOffset, GoodElementOfARepeatedAttribute) {
  const ByteString bytes = Join({Attr(12, {kPart}), kU8, Attr(12, {kPart})});
  EXPECT_EQ(At(bytes, 0).text, "parts[0]");
  EXPECT_EQ(At(bytes, 28).text, "parts[1]");
  EXPECT_EQ(At(bytes, 32).text, "parts[1].number");
}

TEST(ResolveOffset, GoodElementOfAnIndexedArray) {
  const ByteString bytes = Attr(15, {Attr(0, {kPart}), Attr(1, {kPart})});
  EXPECT_EQ(At(bytes, 4).text, "indexed[0]");
  EXPECT_EQ(At(bytes, 24).text, "indexed[1]");
  EXPECT_EQ(At(bytes, 24).nested, &kPartSet);
  EXPECT_EQ(At(bytes, 36).text, "indexed[1].note");
}

TEST(ResolveOffset, GoodNestsByTypeAndValueShowTheValues) {
  const ByteString bytes = Attr(17, {Attr(3, {Attr(4, {kPart})})});
  EXPECT_EQ(At(bytes, 4).text, "entries[3]");
  EXPECT_EQ(At(bytes, 8).text, "entries[3][4]");
  EXPECT_EQ(At(bytes, 20).text, "entries[3][4].note");
}

ByteString Kind(const std::string& kind) {
  ByteString text(kind.begin(), kind.end());
  text.push_back(0);
  return Attr(1, text);
}

TEST(ResolveOffset, GoodAttributeInASubMessage) {
  const ByteString bytes = Join({Attr(6, {kPart}), Kind("part")});
  EXPECT_EQ(At(bytes, 0, kEnvelopeSet).text, "options");
  EXPECT_EQ(At(bytes, 0, kEnvelopeSet).nested, &kPartSet);
  EXPECT_EQ(At(bytes, 12, kEnvelopeSet).text, "options.note");
  const ByteString several = Join({Kind("part"), Attr(7, {kPart}), Attr(7, {kPart})});
  EXPECT_EQ(At(several, 12 + 20 + 4, kEnvelopeSet).text, "many[1].number");
}

TEST(ResolveOffset, GoodAttributeBehindTheHeaderOfASubMessage) {
  const ByteString bytes =
      Join({Kind("netem"), Attr(6, Join({{2, 0, 0, 0}, Attr(1, {1, 0, 0, 0})}))});
  EXPECT_EQ(At(bytes, 12, kEnvelopeSet).text, "options");
  EXPECT_EQ(At(bytes, 16, kEnvelopeSet).text, "options") << "in the header";
  EXPECT_EQ(At(bytes, 20, kEnvelopeSet).text, "options.loss");
}

TEST(ResolveOffset, GoodSelectorFurtherOut) {
  const ByteString inner =
      Join({Kind("wrap"), Attr(2, {Attr(2, {Kind("part"), Attr(2, {kPart})})})});
  const ByteString bytes = Join({Kind("wrap"), Attr(6, {inner})});
  EXPECT_EQ(At(bytes, bytes.size() - 16, kEnvelopeSet).text,
            "options.options.options.options.number");
  const ByteString stats = Join({Kind("part"), Attr(8, {Attr(1, {kPart})})});
  EXPECT_EQ(At(stats, 12 + 8, kEnvelopeSet).text, "stats.app.number");
}

TEST(ResolveOffset, GoodSubMessageOfUnknownFormatIsOnePlace) {
  EXPECT_EQ(At(Join({Kind("new"), Attr(6, {kPart})}), 12, kEnvelopeSet).text, "options");
  EXPECT_EQ(At(Attr(6, {kPart}), 4, kEnvelopeSet).text, "options");
  EXPECT_EQ(At(Join({Kind("rate"), Attr(6, ByteString(30))}), 16, kEnvelopeSet).text, "options");
  EXPECT_EQ(At(Join({Kind("none"), Attr(6, {kPart})}), 16, kEnvelopeSet).nested, nullptr);
}

TEST(ResolveOffset, GoodStructureIsOnePlace) {
  EXPECT_EQ(At(Attr(5, {Attr(0, {1}), Attr(1, {2})}), 12, kEnvelopeSet).text, "indexed[1]");
  EXPECT_EQ(At(Attr(3, ByteString(30)), 10, kEnvelopeSet).text, "rate");
}

TEST(ResolveOffset, GoodUnknownAttributeAppearsAsItsNumber) {
  EXPECT_EQ(At(Attr(57, {1}), 0).text, "(57)");
  EXPECT_EQ(At(Attr(11, {Attr(9, {1})}), 4).text, "part.(9)");
}

TEST(ResolveOffset, GoodPlaceInAValueNamesTheAttributeAroundIt) {
  EXPECT_EQ(At(kU8, 4).text, "u8");
}

TEST(ResolveOffset, BadPlaceOutsideTheAttributes) {
  EXPECT_EQ(At(kU8, 8).text, "");
  EXPECT_EQ(At(kU8, 100000).text, "");
  const ByteString message = Join({ByteString(kHeader), kU8});
  EXPECT_EQ(ResolveOffset(kEverythingSet, message, kHeader, 4).text, "");
  EXPECT_EQ(ResolveOffset(kEverythingSet, {}, kHeader, kHeader).text, "");
}

}  // namespace
}  // namespace genl::test
