#include "genl/extack.h"

#include <linux/netlink.h>

#include "gtest/gtest.h"

namespace genl {
namespace {

TEST(DescribePolicy, GoodUnsignedRanges) {
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U32, .min = 10, .max = 20}), "must be 10..20");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U32, .min = 1, .max = 0xffffffff}),
            "must be at least 1");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U8, .min = 0, .max = 7}), "must be at most 7");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U8, .min = 0, .max = 255}), "");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U64, .min = 0, .max = ~uint64_t{0}}), "");
}

TEST(DescribePolicy, GoodSignedRanges) {
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_S8, .min_signed = -5, .max_signed = 5}),
            "must be -5..5");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_S32, .min_signed = INT32_MIN, .max_signed = 9}),
            "must be at most 9");
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_S8, .min_signed = -128, .max_signed = 127}), "");
}

TEST(DescribePolicy, GoodLengths) {
  EXPECT_EQ(DescribePolicy({.min_length = 8, .max_length = 8}), "must have exactly 8 bytes");
  EXPECT_EQ(DescribePolicy({.min_length = 2}), "must have at least 2 bytes");
  EXPECT_EQ(DescribePolicy({.max_length = 31}), "must have at most 31 bytes");
  EXPECT_EQ(DescribePolicy({.min_length = 1, .max_length = 31}), "must have 1..31 bytes");
  EXPECT_EQ(DescribePolicy({}), "");
}

TEST(DescribePolicy, GoodMasks) {
  EXPECT_EQ(DescribePolicy({.type = NL_ATTR_TYPE_U32, .mask = 7}), "must have no bits but 0x7");
  EXPECT_EQ(DescribePolicy({.bitfield_mask = 0x10}), "must have no bits but 0x10");
}

}  // namespace
}  // namespace genl
