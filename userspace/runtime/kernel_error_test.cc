#include "genl/kernel_error.h"

#include <linux/netlink.h>

#include <cerrno>

#include "genl/test_envelope.h"
#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

constexpr size_t kHeader = 20;

ByteString Number(uint64_t value, size_t width) {
  ByteString bytes;
  for (size_t i = 0; i < width; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  return bytes;
}

ByteString Text(const std::string& text) {
  ByteString bytes(text.begin(), text.end());
  bytes.push_back(0);
  return bytes;
}

// The kernel's words on a request of these attributes.
absl::Status Refuse(int error, const ByteString& extack, const ByteString& attributes) {
  const ByteString message = Join({ByteString(kHeader), attributes});
  return KernelErrorStatus(error, extack,
                           {.family = "thing",
                            .operation = "set",
                            .set = &kEverythingSet,
                            .message = message,
                            .header = kHeader});
}

KernelError ErrorOf(const absl::Status& status) {
  return GetKernelError(status).value_or(KernelError{});
}

TEST(KernelErrorStatus, GoodErrnoAlone) {
  const absl::Status status = Refuse(EPERM, {}, {});
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(status.message(), "thing.set: Operation not permitted");
  EXPECT_EQ(ErrorOf(status), KernelError{.error = EPERM});
}

TEST(KernelErrorStatus, GoodTextAttributeAndPolicy) {
  const ByteString policy = Join({Attr(NL_POLICY_TYPE_ATTR_TYPE, Number(NL_ATTR_TYPE_U32, 4)),
                                  Attr(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, Number(10, 8)),
                                  Attr(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, Number(3600000, 8))});
  const ByteString extack = Join({Attr(NLMSGERR_ATTR_MSG, Text("integer out of range")),
                                  Attr(NLMSGERR_ATTR_OFFS, Number(kHeader + 4, 4)),
                                  Attr(NLMSGERR_ATTR_POLICY, {policy})});
  const absl::Status status = Refuse(ERANGE, extack, Attr(12, {Attr(1, {1, 0})}));
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(status.message(),
            "thing.set: Numerical result out of range: integer out of range (attribute "
            "`parts[0].number`: must be 10..3600000)");
  const KernelError expected{.error = ERANGE,
                             .message = "integer out of range",
                             .attribute = "parts[0].number",
                             .policy = "must be 10..3600000"};
  EXPECT_EQ(ErrorOf(status), expected);
}

TEST(KernelErrorStatus, GoodMissingAttribute) {
  absl::Status status = Refuse(EINVAL, Attr(NLMSGERR_ATTR_MISS_TYPE, Number(8, 4)), {});
  EXPECT_EQ(status.message(), "thing.set: Invalid argument (missing `string`)");
  EXPECT_EQ(ErrorOf(status).missing_attribute, "string");

  const ByteString in_nest = Join({Attr(NLMSGERR_ATTR_MISS_TYPE, Number(1, 4)),
                                   Attr(NLMSGERR_ATTR_MISS_NEST, Number(kHeader + 12, 4))});
  status = Refuse(EINVAL, in_nest, Join({Attr(12, {Attr(1, {1, 0})}), Attr(12, {Attr(2, {0})})}));
  EXPECT_EQ(ErrorOf(status).missing_attribute, "parts[1].number");
}

TEST(KernelErrorStatus, GoodPlacesBehindAFixedHeaderAndInASubMessage) {
  const ByteString options = Attr(6, Join({ByteString(4), Attr(1, {9, 0, 0, 0})}));
  const ByteString kind = Attr(1, Text("netem"));
  const ByteString message = Join({ByteString(16), ByteString(4), kind, options});
  const size_t header = 16 + HeaderSize(kEnvelopeLayout);
  const size_t nest = header + kind.size();
  const ByteString extack = Join({Attr(NLMSGERR_ATTR_OFFS, Number(nest + 8, 4)),
                                  Attr(NLMSGERR_ATTR_MISS_TYPE, Number(1, 4)),
                                  Attr(NLMSGERR_ATTR_MISS_NEST, Number(nest, 4))});
  const KernelError error = ErrorOf(KernelErrorStatus(EINVAL, extack,
                                                      {.family = "tc",
                                                       .operation = "newqdisc",
                                                       .set = &kEnvelopeSet,
                                                       .message = message,
                                                       .header = header}));
  EXPECT_EQ(error.attribute, "options.loss");
  EXPECT_EQ(error.missing_attribute, "options.loss");
}

TEST(KernelErrorStatus, GoodExplanationThatMakesNoSenseHidesNothing) {
  EXPECT_EQ(ErrorOf(Refuse(EINVAL, {1, 2, 3}, {})), KernelError{.error = EINVAL});
  EXPECT_EQ(ErrorOf(Refuse(EINVAL, Attr(NLMSGERR_ATTR_OFFS, Number(1 << 30, 4)), {})),
            KernelError{.error = EINVAL});
  EXPECT_EQ(ErrorOf(Refuse(EINVAL, Attr(NLMSGERR_ATTR_MISS_TYPE, Number(77, 4)), {})),
            (KernelError{.error = EINVAL, .missing_attribute = "(77)"}));
}

TEST(GetKernelError, GoodTextOfSeveralLines) {
  const ByteString extack = Attr(NLMSGERR_ATTR_MSG, Text("one\ntwo\nthree\nfour\nfive\nsix"));
  EXPECT_EQ(ErrorOf(Refuse(EINVAL, extack, {})).message, "one\ntwo\nthree\nfour\nfive\nsix");
}

TEST(GetKernelError, BadStatusOfTheLibraryItself) {
  EXPECT_FALSE(GetKernelError(absl::OkStatus()).has_value());
  EXPECT_FALSE(GetKernelError(absl::DeadlineExceededError("no message in time")).has_value());
}

}  // namespace
}  // namespace genl::test
