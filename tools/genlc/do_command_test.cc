// Live commands against a kernel that answers what the test says.
#include <errno.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "genl/fake_controller.h"
#include "genl/fake_kernel.h"
#include "genl/json/json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::Done;
using genl::test::FakeKernel;
using genl::test::FakeRequest;
using genl::test::Reply;
using genl::test::ReplyAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: zoo-keeper
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green]}
attribute-sets:
  - name: pen
    doc: d
    attributes:
      - {name: width, doc: d, type: u32, checks: {max: 90}}
  - name: animal
    doc: d
    attributes:
      - {name: id, doc: d, type: u32}
      - {name: color, doc: d, type: u32, enum: color}
      - {name: pen, doc: d, type: nest, nested-attributes: pen, multi-attr: true}
      - {name: secret, doc: d, type: u32}
operations:
  list:
    - name: animal-get
      doc: d
      attribute-set: animal
      do: &both
        request: {attributes: [id, color, pen]}
        reply: {attributes: [id, color, pen, secret]}
      dump: *both
    - name: animal-del
      doc: d
      attribute-set: animal
      do:
        request: {attributes: [id]}
    - name: animal-ntf
      doc: d
      notify: animal-get
      mcgrp: all
mcast-groups:
  list:
    - name: all
)";

// A family with a protocol of its own, fixed headers and sub-messages.
constexpr char kClassicSpec[] = R"(# SPDX-License-Identifier: MIT
name: farm
protocol: netlink-raw
protonum: 0
doc: d
definitions:
  - name: farmmsg
    type: struct
    members: [{name: family, type: u8}, {name: pad, type: pad, len: 3}, {name: index, type: u32}]
  - {name: usage, type: struct, members: [{name: grams, type: u32}]}
attribute-sets:
  - name: animal
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: data, selector: kind}
  - {name: hen, attributes: [{name: eggs, type: u32}]}
sub-messages:
  - name: data
    formats: [{value: hen, attribute-set: hen}, {value: cow, fixed-header: usage}]
operations:
  enum-model: directional
  fixed-header: farmmsg
  list:
    - name: get
      doc: d
      attribute-set: animal
      do:
        request: {value: 18, attributes: [kind, data]}
        reply: {value: 16, attributes: [kind, data]}
    - name: eat
      doc: d
      attribute-set: animal
      do:
        request: {value: 17, attributes: [kind]}
)";

bool IsDump(const FakeRequest& request) {
  return (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

// Says back what it is told, in a dump twice.
std::vector<ByteString> Echo(const FakeRequest& request) {
  const ByteString reply = Reply(request, request.attributes);
  if (IsDump(request)) return {reply, reply, Done(request)};
  return {reply, Ack(request)};
}

// Notices whether it is asked in the namespace of this file.
constexpr char kNamespaceFile[] = "/dev/null";

class NamespaceKernel : public FakeKernel {
 public:
  using FakeKernel::FakeKernel;

  absl::StatusOr<genl::Socket> Open(int protocol, const genl::SocketOptions& options,
                                    int network_namespace) override {
    struct stat named;
    struct stat opened;
    EXPECT_EQ(stat(kNamespaceFile, &named), 0);
    EXPECT_EQ(fstat(network_namespace, &opened), 0);
    elsewhere = named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
    return FakeKernel::Open(protocol, options, network_namespace);
  }

  bool elsewhere = false;
};

class LiveTest : public testing::Test {
 protected:
  ExitStatus Run(const std::vector<std::string>& words, FakeKernel::Handler kernel = Echo) {
    requests_ = 0;
    NamespaceKernel fake([&](const FakeRequest& request) {
      ++requests_;
      return kernel(request);
    });
    MemoryEnvironment env(files_);
    env.Set("GENLC_SPEC_PATH", "nowhere:specs");
    env.set_kernel(&fake);
    const ExitStatus status = genlc::Run(words, env);
    elsewhere_ = fake.elsewhere;
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  // Refused before anything is sent, with these words and nothing on standard output.
  void ExpectRefused(const std::vector<std::string>& words, const std::string& said) {
    EXPECT_EQ(Run(words), ExitStatus::kWrongInput) << absl::StrJoin(words, " ");
    EXPECT_EQ(err_, said);
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_EQ(requests_, 0);
  }

  MemoryFiles files_{{"zoo.yaml", kSpec}, {"specs/zoo_keeper.yaml", kSpec}};
  int requests_ = 0;
  bool elsewhere_ = false;  // whether the kernel was asked in another namespace
  std::string out_;
  std::string err_;
};

TEST_F(LiveTest, GoodDoPrintsTheReply) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=green", "pen.width=3"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7,\"color\":\"green\",\"pen\":[{\"width\":3}]}\n");
  EXPECT_THAT(err_, IsEmpty());
}

TEST_F(LiveTest, GoodDoTakesJson) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", R"({"id": 7})", "--pretty"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\n  \"id\": 7\n}\n");
}

TEST_F(LiveTest, GoodSpecIsFoundByTheNameOfTheFamily) {
  EXPECT_EQ(Run({"do", "zoo-keeper", "animal-get"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{}\n");
}

TEST_F(LiveTest, GoodDoWithoutReplyPrintsNothing) {
  const auto kernel = [](const FakeRequest& r) { return std::vector<ByteString>{Ack(r)}; };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-del", "id=1"}, kernel), ExitStatus::kDone);
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(LiveTest, GoodReplyMayHaveWhatTheSpecDoesNotList) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {8, 0, 4, 0, 9, 0, 0, 0, 5, 0, 60, 0, 255, 0, 0, 0}),
                                   Ack(r)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=1"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"secret\":9,\"#60\":\"ff\"}\n");
}

TEST_F(LiveTest, GoodHeaderAndSubMessageOfAClassicFamily) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_FALSE(r.generic);
    EXPECT_EQ(r.command, 18);
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), Ack(r)};
  };
  EXPECT_EQ(Run({"do", "farm.yaml", "get", "header.index=3", "data.eggs=2", "kind=hen"}, kernel),
            ExitStatus::kDone)
      << err_;
  EXPECT_EQ(out_,
            "{\"header\":{\"family\":0,\"index\":3},\"data\":{\"eggs\":2},\"kind\":\"hen\"}\n");
}

TEST_F(LiveTest, GoodFlagsOfARequestAndItsEcho) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_EQ(r.header.nlmsg_flags,
              NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ECHO);
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), ReplyAs(17, r, r.attributes),
                                   Ack(r)};
  };
  EXPECT_EQ(Run({"do", "farm.yaml", "eat", "kind=hen", "--flags=create,excl,echo"}, kernel),
            ExitStatus::kDone)
      << err_;
  const std::string hen = "{\"header\":{\"family\":0,\"index\":0},\"kind\":\"hen\"}\n";
  EXPECT_EQ(out_, hen + hen);
}

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

TEST_F(LiveTest, GoodWarningOfTheKernelIsShownBesideTheReply) {
  const ByteString extack = {8, 0, NLMSGERR_ATTR_MSG, 0, 'o', 'l', 'd', 0};
  const auto kernel = [&](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, r.attributes), Ack(r, 0, extack)};
  };
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n");
  EXPECT_EQ(err_, "genlc do: warning: zoo-keeper.animal-get: old\n");
}

TEST_F(LiveTest, GoodDumpPrintsALineForEachObject) {
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "color=red"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"color\":\"red\"}\n{\"color\":\"red\"}\n");
}

TEST_F(LiveTest, GoodFormatsOfReplies) {
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=yaml"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "---\nid: 7\ncolor: red\n");
  EXPECT_EQ(Run({"do", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=table"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "id     7\ncolor  red\n");
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "color=red", "--format=table"}),
            ExitStatus::kDone);
  EXPECT_EQ(out_, "id  color\n7   red\n7   red\n");
  EXPECT_EQ(Run({"families", "nlctrl", "--format=yaml"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "---\nname: nlctrl\n");
}

TEST_F(LiveTest, GoodDumpOfAFew) {
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "--count=1"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n");
  EXPECT_THAT(err_, IsEmpty());
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get", "id=7", "--count=9"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":7}\n{\"id\":7}\n");
}

TEST_F(LiveTest, GoodDumpOfAClassicFamilyThatTheSpecLeavesOut) {
  files_.Put("farm.yaml", kClassicSpec);
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_TRUE(IsDump(r));
    return std::vector<ByteString>{ReplyAs(16, r, r.attributes), Done(r)};
  };
  EXPECT_EQ(Run({"dump", "farm.yaml", "get", "kind=hen"}, kernel), ExitStatus::kDone) << err_;
  EXPECT_EQ(out_, "{\"header\":{\"family\":0,\"index\":0},\"kind\":\"hen\"}\n");
  ExpectRefused({"dump", "farm.yaml", "eat"},
                "genlc dump: `eat` is not for `dump`, but for `do`\n");
}

TEST_F(LiveTest, BadDumpThatWasInterruptedIsSaid) {
  const auto kernel = [](const FakeRequest& r) {
    return std::vector<ByteString>{Reply(r, {}, NLM_F_MULTI | NLM_F_DUMP_INTR), Done(r)};
  };
  EXPECT_EQ(Run({"dump", "zoo.yaml", "animal-get"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(out_, "{}\n");
  EXPECT_THAT(err_, HasSubstr("interrupted"));
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

TEST_F(LiveTest, GoodFamilyWithoutASpecIsAskedByNumbers) {
  const genl::FamilyPolicy policy = {
      .name = "aquarium",
      .id = genl::test::kFakeFamilyId,
      .operations = {{.command = 7, .flags = 0x0a, .do_set = 0}},
      .sets = {{{.number = 1, .type = genl::PolicyType::kU32, .limits = genl::Range(1u, 90u)}}}};
  ByteString sent;
  const auto kernel = [&](const FakeRequest& r) {
    if (genl::test::IsForController(r)) return genl::test::TellPolicy(r, policy);
    sent = r.attributes;
    return std::vector<ByteString>{Reply(r, {8, 0, 1, 0, 9, 0, 0, 0}), Ack(r)};
  };
  EXPECT_EQ(Run({"do", "aquarium", "op-7", "attr-1=3"}, kernel), ExitStatus::kDone) << err_;
  EXPECT_EQ(sent, (ByteString{8, 0, 1, 0, 3, 0, 0, 0}));
  EXPECT_EQ(out_, "{\"attr-1\":9}\n");
  // What the kernel would refuse is not sent.
  sent.clear();
  EXPECT_EQ(Run({"do", "aquarium", "op-7", "attr-1=91"}, kernel), ExitStatus::kWrongInput);
  EXPECT_THAT(sent, IsEmpty());
}

TEST_F(LiveTest, BadFamilyThatNoSpecCouldSay) {
  const genl::FamilyPolicy policy = {
      .name = "aquarium", .id = genl::test::kFakeFamilyId, .version = 300};
  const auto kernel = [&](const FakeRequest& r) { return genl::test::TellPolicy(r, policy); };
  EXPECT_EQ(Run({"do", "aquarium", "op-7"}, kernel), ExitStatus::kWrongInput);
  EXPECT_THAT(err_, StartsWith("genlc: there is no spec of `aquarium`, and what the kernel tells of "
                               "it cannot be used\n"));
  EXPECT_THAT(err_, HasSubstr("300"));
  EXPECT_THAT(out_, IsEmpty());
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

TEST_F(LiveTest, GoodNamespaceIsWhereSocketsAreOpened) {
  const std::string flag = absl::StrCat("--netns=", kNamespaceFile);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo.yaml", "animal-get"},
        {"dump", "zoo.yaml", "animal-get"},
        {"families", "nlctrl"},
        {"watch", "zoo.yaml"}}) {
    EXPECT_EQ(Run(words), ExitStatus::kDone) << err_;
    EXPECT_FALSE(elsewhere_) << words[0];
    std::vector<std::string> more = words;
    more.push_back(flag);
    EXPECT_EQ(Run(more), ExitStatus::kDone) << err_;
    EXPECT_TRUE(elsewhere_) << words[0];
  }
}

TEST_F(LiveTest, BadNamespace) {
  const std::string said =
      "cannot open the network namespace /run/netns/red: No such file or directory";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo.yaml", "animal-get", "--netns=red"},
        {"dump", "zoo.yaml", "animal-get", "--netns=red"},
        {"watch", "zoo.yaml", "--netns=red"},
        {"families", "nlctrl", "--netns=red"}}) {
    EXPECT_EQ(Run(words), ExitStatus::kWrongInput);
    EXPECT_EQ(err_, "genlc " + words[0] + ": " + said + "\n");
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_EQ(requests_, 0);
  }
}

TEST_F(LiveTest, GoodFamiliesAreListed) {
  const auto kernel = [](const FakeRequest& r) {
    EXPECT_TRUE(IsDump(r));
    const ByteString family = {6, 0, 1,   0,   16,  0,   0,   0,   11, 0,
                               2, 0, 'n', 'l', 'c', 't', 'r', 'l', 0,  0};
    return std::vector<ByteString>{Reply(r, family), Done(r)};
  };
  EXPECT_EQ(Run({"families"}, kernel), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"id\":16,\"name\":\"nlctrl\"}\n");
}

TEST_F(LiveTest, GoodOneFamilyIsAskedForByName) {
  EXPECT_EQ(Run({"families", "nlctrl"}), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"name\":\"nlctrl\"}\n");
}

TEST_F(LiveTest, BadFamilyThatIsNotThere) {
  const auto kernel = [](const FakeRequest& r) { return std::vector<ByteString>{Ack(r, ENOENT)}; };
  EXPECT_EQ(Run({"families", "thermo"}, kernel), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc families: the kernel has no family `thermo`; is its module loaded?\n");
  EXPECT_THAT(out_, IsEmpty());
}

}  // namespace
}  // namespace genlc
