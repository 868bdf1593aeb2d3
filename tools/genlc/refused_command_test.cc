// What live commands say of requests that are wrong or refused, and of answers that are.
#include <errno.h>

#include <string>
#include <vector>

#include "genl/fake_controller.h"
#include "gmock/gmock.h"
#include "tools/genlc/live_fixture.h"

namespace genlc {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::FakeRequest;
using genl::test::Reply;
using genl::test::ReplyAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(LiveTest, BadAnswerThatTheSpecDoesNotHave) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{ReplyAs(99, r, {}), Ack(r)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc do: zoo-keeper.animal-get: a message of command 99, which the spec does not "
            "have\n");
}

TEST_F(LiveTest, BadFlagsOfARequest) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "--flags=creat"}), ExitStatus::kWrongUsage);
  EXPECT_THAT(err_, HasSubstr("cannot be `creat`; did you mean `create`?"));
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "--flags=create"}), ExitStatus::kWrongUsage);
  EXPECT_EQ(requests_, 0);
}

TEST_F(LiveTest, BadPlaceInASubMessageIsShown) {
  files_.Put("farm.yaml", kClassicSpec);
  // Behind 16 bytes of header, 8 of fixed header, 8 of `kind` and 4 of `data`.
  const ByteString extack = {8, 0, NLMSGERR_ATTR_OFFS, 0, 36, 0, 0, 0};
  const auto kernel = [&](const FakeRequest& r) {
    return std::vector<ByteString>{Ack(r, ERANGE, extack)};
  };
  EXPECT_EQ(Run({"do", "farm.yaml", "get", "kind=hen", "data.eggs=2"}, kernel),
            ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc do: farm.get: Numerical result out of range (attribute `data.eggs`)\n"
            "  kind=hen data.eggs=2\n"
            "                     ^\n");
}

TEST_F(LiveTest, BadAnswerOfTheKernelIsShownAtTheArgument) {
  // The second pen's width: behind 16 + 4 bytes of headers and 8 + 12 of attributes, in a nest.
  const ByteString extack = {8, 0, NLMSGERR_ATTR_OFFS, 0, 44, 0, 0, 0};
  const auto kernel = [&](const FakeRequest& r) {
    return std::vector<ByteString>{Ack(r, ERANGE, extack)};
  };
  EXPECT_EQ(
      Run({"do", "zoo.yaml", "animal-get", "id=1", "pen[0].width=3", "pen[1].width=70"}, kernel),
      ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc do: zoo-keeper.animal-get: Numerical result out of range (attribute "
            "`pen[1].width`)\n"
            "  id=1 pen[0].width=3 pen[1].width=70\n"
            "                                   ^~\n");
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_EQ(
      Run({"do", "zoo.yaml", "animal-get", R"({"id":1,"pen":[{"width":3},{"width":70}]})"}, kernel),
      ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("  {\"id\":1,\"pen\":[{\"width\":3},{\"width\":70}]}\n"
                              "                                      ^~\n"));
}

TEST_F(LiveTest, GoodPolicyOfWhatIsRefused) {
  const genl::FamilyPolicy policy = {
      .name = "zoo-keeper",
      .id = genl::test::kFakeFamilyId,
      .operations = {{.command = 1, .flags = 0x0a, .do_set = 0}},
      .sets = {{{.number = 3, .type = genl::PolicyType::kNested, .nested = 1}},
               {{.number = 1, .type = genl::PolicyType::kU32, .limits = genl::Range(1u, 90u)}}}};
  // The width in a pen: behind 16 + 4 bytes of headers and 4 of the nest.
  const ByteString extack = {8, 0, NLMSGERR_ATTR_OFFS, 0, 24, 0, 0, 0};
  const auto kernel = [&](const FakeRequest& r) {
    if (genl::test::IsForController(r)) return genl::test::TellPolicy(r, policy);
    return std::vector<ByteString>{Ack(r, ERANGE, extack)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "pen.width=0", "--policy"}, kernel),
            ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc do: zoo-keeper.animal-get: Numerical result out of range (attribute "
            "`pen[0].width`)\n"
            "  pen.width=0\n"
            "            ^\n"
            "policy: the kernel takes `pen[0].width` as u32 from 1 to 90\n");
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "pen.width=0"}, kernel), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, testing::Not(HasSubstr("policy:")));
}

TEST_F(LiveTest, BadReplyIsNotPrintedInPart) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {8, 0, 1, 0, 9, 0, 0, 0}), Reply(r, {1, 2, 3, 4}),
                                   Ack(r)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc do: zoo-keeper.animal-get: the bytes are not attributes\n");
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(LiveTest, BadSilenceEndsInTime) {
  const auto kernel = [](const FakeRequest&) { return std::vector<ByteString>{}; };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "--timeout=10ms"}, kernel),
            ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("genlc do: zoo-keeper.animal-get: "));
}

TEST_F(LiveTest, BadRequestsAreNotSent) {
  ExpectRefused({"do", "zoo.yaml", "animal-get", "id=1", "colour=red"},
                "genlc do: there is no attribute `colour` here\n"
                "  id=1 colour=red\n"
                "       ^~~~~~\n"
                "hint: did you mean `color`?\n");
  ExpectRefused({"do", "zoo.yaml", "animal-get", "secret=1"},
                "genlc do: there is no attribute `secret` here\n"
                "  secret=1\n"
                "  ^~~~~~\n"
                "hint: the spec has it, but not for this request\n");
  ExpectRefused({"do", "zoo.yaml", "animal-get", "pen.secret=1"},
                "genlc do: attribute `pen[0]`: there is no attribute `secret` here\n"
                "  pen.secret=1\n"
                "      ^~~~~~\n"
                "hint: `width`\n");
  ExpectRefused({"do", "zoo.yaml", "animal-get", R"({"color": "rde"})"},
                "genlc do: attribute `color`: `color` has no entry `rde`\n"
                "  {\"color\": \"rde\"}\n"
                "            ^~~~~\n"
                "hint: did you mean `red`?\n");
  ExpectRefused({"do", "zoo.yaml", "animal-get", "{\n  \"pen\": [\n    {\"width\": 91}]}"},
                "genlc do: attribute `pen[0].width`: 91 is out of range: 0 to 90 is allowed\n"
                "      {\"width\": 91}]}\n"
                "                ^~\n");
  ExpectRefused({"do", "zoo.yaml", "animal-get", "{\"id\": 1"},
                "genlc do: a comma or `}` is expected\n"
                "  {\"id\": 1\n"
                "          ^\n");
}

TEST_F(LiveTest, BadOperations) {
  ExpectRefused({"do", "zoo.yaml", "animal-gte"},
                "genlc do: `zoo-keeper` has no operation `animal-gte`; did you mean "
                "`animal-get`?\n");
  ExpectRefused({"dump", "zoo.yaml", "animal-del"},
                "genlc dump: `animal-del` is not for `dump`, but for `do`\n");
  ExpectRefused({"do", "zoo.yaml", "animal-ntf"},
                "genlc do: `animal-ntf` is not for `do`, it is a notification\n");
}

TEST_F(LiveTest, BadSpecs) {
  const auto absent = [](const FakeRequest& r) { return std::vector<ByteString>{Ack(r, ENOENT)}; };
  EXPECT_EQ(Run({"do", "aquarium", "get"}, absent), ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc: there is no spec of `aquarium`\n"
            "  looked for aquarium.yaml in nowhere, specs, Documentation/netlink/specs, "
            "/opt/share/genlc/specs, /usr/share/genlc/specs, /usr/share/ynl/specs\n"
            "  name the file of a spec, or put its folder into GENLC_SPEC_PATH\n");
  EXPECT_THAT(out_, IsEmpty());
  EXPECT_EQ(Run({"do", "missing.yaml", "get"}), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("missing.yaml"));
  files_.Put("wrong.yaml", "name: wrong\n");
  EXPECT_EQ(Run({"do", "wrong.yaml", "get"}), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("wrong.yaml:1:1: error: "));
  EXPECT_EQ(requests_, 0);
}

}  // namespace
}  // namespace genlc
