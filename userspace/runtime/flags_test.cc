#include "genl/flags.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace genl {
namespace {

enum class Bits : uint32_t { kOne = 0x1, kTwo = 0x2, kFour = 0x4 };
GENL_FLAG_OPERATORS(Bits)

TEST(Flags, GoodOperators) {
  Bits bits = Bits::kOne | Bits::kFour;
  EXPECT_TRUE(Has(bits, Bits::kOne));
  EXPECT_FALSE(Has(bits, Bits::kOne | Bits::kTwo));
  EXPECT_EQ(bits & Bits::kTwo, Bits{});
  EXPECT_EQ(bits ^ Bits::kOne, Bits::kFour);
  bits |= Bits::kTwo;
  bits &= ~Bits::kOne;
  EXPECT_EQ(bits, Bits::kTwo | Bits::kFour);
}

}  // namespace
}  // namespace genl
