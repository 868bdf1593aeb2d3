// What C++ output refuses: with a place, and without a file.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "userspace/generator/test_output.h"

namespace genlc {
namespace {

TEST(Reach, BadStructureOfAnotherSize) {
  const Result result = Generate(WithAttribute("        type: binary\n        struct: head\n",
                                               R"(protocol: genetlink-legacy
definitions:
  - {name: inner, type: struct, members: [{name: ip, type: u32}]}
  - {name: head, type: struct, members: [{name: two, type: binary, struct: inner, len: 8}]}
)"));
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.header, "");
  ASSERT_EQ(result.diagnostics.size(), 1);
  EXPECT_EQ(result.diagnostics[0].info->id, std::string("GL0801"));
  EXPECT_EQ(result.diagnostics[0].message,
            "7: the back end `cpp` cannot express a structure of 4 bytes in 8");
}

TEST(Reach, BadWhatHasNoFormInCpp) {
  struct Case {
    const char* spec;
    const char* what;
  };
  for (const Case& c : {
           Case{"        type: binary\n        sub-type: uint\n",
                "7: the back end `cpp` cannot express type `binary` with elements of type `uint`"},
           Case{"        type: indexed-array\n        sub-type: flag\n",
                "7: the back end `cpp` cannot express type `indexed-array` with elements of type "
                "`flag`"},
           Case{"        type: nest-type-value\n        type-value: [one]\n"
                "        nested-attributes: toy\n",
                "7: the back end `cpp` cannot express type `nest-type-value` of a set that "
                "contains itself"},
       }) {
    const Result result = Generate(WithAttribute(c.spec));
    EXPECT_FALSE(result.ok);
    EXPECT_EQ(result.header, "");
    ASSERT_EQ(result.diagnostics.size(), 1) << c.spec;
    EXPECT_EQ(result.diagnostics[0].info->id, std::string("GL0801"));
    EXPECT_EQ(result.diagnostics[0].message, c.what);
  }
}

TEST(Reach, BadProtocolOfAClassicFamily) {
  const auto message = [](const char* protonum) {
    const Result result = Generate(
        WithAttribute("        type: u32\n", absl::StrCat("protocol: netlink-raw\n", protonum)));
    EXPECT_FALSE(result.ok);
    return result.diagnostics.size() == 1 ? result.diagnostics[0].message : "";
  };
  EXPECT_EQ(message(""),
            "2: the back end `cpp` cannot express a family of classic netlink without `protonum`");
  EXPECT_EQ(message("protonum: 16\n"),
            "2: the back end `cpp` cannot express a family of classic netlink whose `protonum` is "
            "that of the generic one");
}

}  // namespace
}  // namespace genlc
