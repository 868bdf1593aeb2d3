#include "genl/structure.h"

#include "genl/test_envelope.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

// One value of each member, and its bytes.
const Rate kRate = {.level = 7,
                    .be16 = 0x1234,
                    .mode = Mode::kFast,
                    .s32 = -2,
                    .key = {1, 2, 3},
                    .name = {'a', 'b'},
                    .inner = {.be32 = 0x01020304, .u64 = 0x1122334455667788},
                    .be_s16 = -2};
const ByteString kRateBytes = {7,    0x12, 0x34, 2,    0xfe, 0xff, 0xff, 0xff, 1,    2,
                               3,    0,    'a',  'b',  0,    0,    1,    2,    3,    4,
                               0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 0xff, 0xfe};

Rate Decoded(const ByteString& bytes) {
  Rate rate = {.level = 99, .key = {9, 9, 9}, .name = {9, 9, 9, 9}, .inner = {9, 9}};
  DecodeStructure(kRateStruct, bytes, &rate);
  return rate;
}

TEST(Structure, GoodMembersStandWhereTheSpecPutsThem) {
  ByteString bytes(kRateBytes.size());
  Fault fault;
  EXPECT_TRUE(EncodeStructure(kRateStruct, &kRate, bytes.data(), fault));
  EXPECT_EQ(bytes, kRateBytes);
  EXPECT_EQ(Decoded(kRateBytes), kRate);
}

TEST(Structure, GoodPaddingSaysNothing) {
  ByteString bytes = kRateBytes;
  bytes[11] = 0xff;
  EXPECT_EQ(Decoded(bytes), kRate);
}

TEST(Structure, GoodLongerOneIsOfAnotherKernel) {
  ByteString bytes = kRateBytes;
  bytes.resize(100, 0xff);
  EXPECT_EQ(Decoded(bytes), kRate);
}

TEST(Structure, GoodWhatAShorterOneLacksIsZero) {
  Rate expected = kRate;
  expected.be_s16 = 0;
  expected.inner.u64 = 0x88;
  EXPECT_EQ(Decoded(ByteString(kRateBytes.begin(), kRateBytes.begin() + 21)), expected);
  expected.inner = {.be32 = 0x01020000};
  EXPECT_EQ(Decoded(ByteString(kRateBytes.begin(), kRateBytes.begin() + 18)), expected);
  EXPECT_EQ(Decoded({}), Rate{});
}

// Of an enumeration that an attribute needs wider.
enum class Wide : uint32_t {};
struct Narrow {
  Wide unsigned_part = {};
  int64_t signed_part = 0;
};
constexpr StructMember kNarrowMembers[] = {
    {.offset = 0, .size = 1, .kind = Kind::kU8, .name = "unsigned-part"},
    {.offset = 1, .size = 2, .kind = Kind::kS16, .order = ByteOrder::kBig, .name = "signed-part"},
};
constexpr Structure kNarrowStructure = {"narrow", 3, kNarrowMembers};
constexpr StructField kNarrowFields[] = {
    GENL_STRUCT_FIELD(Narrow, unsigned_part, kNarrowMembers[0], nullptr),
    GENL_STRUCT_FIELD(Narrow, signed_part, kNarrowMembers[1], nullptr),
};
constexpr StructLayout kNarrowStruct = {&kNarrowStructure, kNarrowFields};

TEST(Structure, GoodMembersMayBeWiderThanOnTheWire) {
  const Narrow value = {Wide{200}, -2};
  ByteString bytes(3);
  Fault fault;
  EXPECT_TRUE(EncodeStructure(kNarrowStruct, &value, bytes.data(), fault));
  EXPECT_EQ(bytes, (ByteString{200, 0xff, 0xfe}));
  Narrow decoded;
  DecodeStructure(kNarrowStruct, bytes, &decoded);
  EXPECT_EQ(decoded.unsigned_part, value.unsigned_part);
  EXPECT_EQ(decoded.signed_part, value.signed_part);
}

TEST(Structure, BadNumberThatDoesNotFitOnTheWire) {
  ByteString bytes(3);
  Fault fault;
  const Narrow large = {Wide{256}, 0};
  EXPECT_FALSE(EncodeStructure(kNarrowStruct, &large, bytes.data(), fault));
  EXPECT_EQ(fault.Message(), "attribute `unsigned-part`: 256 does not fit in 8 bits");
  fault = {};
  const Narrow low = {Wide{0}, -32769};
  EXPECT_FALSE(EncodeStructure(kNarrowStruct, &low, bytes.data(), fault));
  EXPECT_EQ(fault.Message(), "attribute `signed-part`: -32769 does not fit in 16 bits");
}

TEST(StructFieldAt, BadMemberOfAnotherType) {
  constexpr StructMember kNumber{.size = 4, .kind = Kind::kU32};
  constexpr StructMember kBytes{.size = 4, .kind = Kind::kBinary};
  const StructMember inside{.size = 12, .kind = Kind::kStruct, .nested = &kRateStructure};
  EXPECT_NO_THROW(StructFieldAt<uint32_t>(kNumber, 0, nullptr));
  EXPECT_NO_THROW(StructFieldAt<uint64_t>(kNumber, 0, nullptr)) << "wider";
  EXPECT_ANY_THROW(StructFieldAt<uint16_t>(kNumber, 0, nullptr)) << "narrower";
  EXPECT_ANY_THROW((StructFieldAt<std::array<uint8_t, 4>>(kNumber, 0, nullptr)));
  EXPECT_ANY_THROW((StructFieldAt<std::array<uint8_t, 3>>(kBytes, 0, nullptr)));
  EXPECT_ANY_THROW(StructFieldAt<uint32_t>(kBytes, 0, nullptr));
  EXPECT_ANY_THROW(StructFieldAt<uint32_t>(kNumber, 0, &kRateStruct));
  EXPECT_ANY_THROW(StructFieldAt<Inner>(inside, 0, nullptr));
  EXPECT_NO_THROW(StructFieldAt<Rate>(inside, 0, &kRateStruct));
}

TEST(HeaderSize, GoodAsOnTheWire) {
  EXPECT_EQ(HeaderSize(nullptr), 0u);
  EXPECT_EQ(HeaderSize(&kHeadStructure), 4u) << "3 bytes and one of padding";
  EXPECT_EQ(HeaderSize(kEnvelopeLayout), 4u);
  EXPECT_EQ(HeaderSize(kPartLayout), 0u);
}

}  // namespace
}  // namespace genl::test
