// genlc describe: whole pages, as people see them.
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "genl/fake_controller.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: zoo
doc: Animals, and where they live.
definitions:
  - {name: color, type: enum, entries: [red, green]}
  - {name: trick, type: flags, entries: [a, b, c, d, e, f, g, h, {name: i, doc: The hardest.}]}
attribute-sets:
  - name: pen
    attributes: [{name: width, type: u32, checks: {max: 90}}, {name: wet, type: flag}]
  - name: animal
    attributes:
      - {name: id, type: u32, checks: {min: 1}}
      - {name: color, type: u32, enum: color}
      - {name: old-color, type: unused}
      - {name: pen, type: nest, nested-attributes: pen, multi-attr: true}
      - {name: tricks, type: u32, enum: trick}
      - {name: tag, type: u32, byte-order: big-endian, display-hint: ipv4}
      - {name: young, type: nest, nested-attributes: animal}
operations:
  list:
    - name: animal-get
      doc: An animal, or all of them.
      attribute-set: animal
      flags: [admin-perm]
      do:
        request: {attributes: [id, color]}
        reply: &all {attributes: [id, color, pen, tricks, tag, young]}
      dump: {reply: *all}
    - name: animal-del
      doc: Let an animal go.
      attribute-set: animal
      config-cond: zoo-doors
      do: {request: {attributes: [id]}}
    - {name: animal-ntf, doc: An animal came., notify: animal-get, mcgrp: births}
mcast-groups:
  list: [{name: births, flags: [uns-admin-perm]}, {name: noises}]
)";

constexpr char kProfile[] = R"(attribute-sets:
  - name: pen
    required: [width]
  - name: animal
    attributes: [{name: color, default: 1}]
operations:
  - name: animal-get
    do: {request: {required: [id]}, reply: {required: [id]}}
    dump: {reply: {required: [id]}}
)";

constexpr char kClassicSpec[] = R"(# SPDX-License-Identifier: MIT
name: farm
protocol: netlink-raw
protonum: 0
doc: Animals for use.
definitions:
  - {name: mood, type: enum, entries: [calm, {name: wild, doc: Keep away.}]}
  - name: farmmsg
    type: struct
    members:
      - {name: mood, type: u8, enum: mood}
      - {name: pad, type: pad, len: 3}
      - {name: index, type: u32}
  - {name: usage, type: struct, members: [{name: grams, type: u32}]}
attribute-sets:
  - name: animal
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: data, selector: kind}
      - {name: eaten, type: binary, struct: usage}
  - {name: hen, attributes: [{name: eggs, type: u32}]}
sub-messages:
  - name: data
    formats: [{value: hen, attribute-set: hen}, {value: cow, fixed-header: usage}, {value: cat}]
operations:
  enum-model: directional
  fixed-header: farmmsg
  list:
    - name: get
      doc: Look at an animal.
      attribute-set: animal
      do:
        request: {value: 18, attributes: [kind]}
        reply: {value: 16, attributes: [kind, data, eaten]}
    - {name: new-ntf, doc: An animal was bought., value: 16, notify: get}
mcast-groups:
  list: [{name: barn, value: 3}]
)";

class DescribeTest : public testing::Test {
 protected:
  ExitStatus Run(const std::string& line) {
    MemoryEnvironment env(files_);
    const ExitStatus status = genlc::Run(absl::StrSplit(line, ' '), env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  void ExpectPage(const std::string& arguments, const std::string& page) {
    EXPECT_EQ(Run("describe " + arguments), ExitStatus::kDone);
    EXPECT_EQ(out_, page);
    EXPECT_EQ(err_, "");
  }

  MemoryFiles files_{
      {"zoo.yaml", kSpec}, {"zoo.genlc.yaml", kProfile}, {"farm.yaml", kClassicSpec}};
  std::string out_;
  std::string err_;
};

TEST_F(DescribeTest, GoodFamilyIsALineForEachOperation) {
  ExpectPage("zoo.yaml",
             "zoo: generic netlink, version 1\n"
             "Animals, and where they live.\n"
             "\n"
             "operations:\n"
             "  animal-get  1  do, dump  An animal, or all of them. Needs CAP_NET_ADMIN in the\n"
             "                           initial user namespace.\n"
             "  animal-del  2  do        Let an animal go. Only in kernels with\n"
             "                           CONFIG_ZOO_DOORS.\n"
             "\n"
             "notifications:\n"
             "  animal-ntf  3  births  An animal came.\n"
             "\n"
             "groups:\n"
             "  births  Needs CAP_NET_ADMIN in the user namespace that owns the network\n"
             "          namespace.\n"
             "  noises\n");
}

TEST_F(DescribeTest, GoodOperationIsATreeForEachMessage) {
  ExpectPage("zoo.yaml animal-get",
             "animal-get: An animal, or all of them.\n"
             "Number 1, ZOO_CMD_ANIMAL_GET. Needs CAP_NET_ADMIN in the initial user namespace.\n"
             "\n"
             "do request:\n"
             "  id     u32  at least 1; required\n"
             "  color  u32  one of red, green; default 1\n"
             "\n"
             "do reply:\n"
             "  id        u32                            at least 1; always\n"
             "  color     u32                            one of red, green\n"
             "  pen       list of nest pen\n"
             "    width   u32                            at most 90; always\n"
             "    wet     flag\n"
             "  tricks    u32                            any of trick\n"
             "  tag       big-endian u32, shown as ipv4\n"
             "  young     nest animal\n"
             "    id      u32                            at least 1\n"
             "    color   u32                            one of red, green\n"
             "    pen     list of nest pen               as above\n"
             "    tricks  u32                            any of trick\n"
             "    tag     big-endian u32, shown as ipv4\n"
             "    young   nest animal                    as above\n"
             "\n"
             "dump request: no attributes\n"
             "\n"
             "dump reply: as the do reply\n"
             "\n"
             "flags trick:\n"
             "  a  1\n"
             "  b  2\n"
             "  c  4\n"
             "  d  8\n"
             "  e  16\n"
             "  f  32\n"
             "  g  64\n"
             "  h  128\n"
             "  i  256  The hardest.\n");
}

TEST_F(DescribeTest, GoodNotificationIsOneMessage) {
  ExpectPage("zoo.yaml animal-ntf",
             "animal-ntf: An animal came.\n"
             "Number 3, ZOO_CMD_ANIMAL_NTF. Told to the group births. Needs CAP_NET_ADMIN in\n"
             "the user namespace that owns the network namespace.\n"
             "\n"
             "notification:\n"
             "  id        u32                            at least 1; always\n"
             "  color     u32                            one of red, green\n"
             "  pen       list of nest pen\n"
             "    width   u32                            at most 90; always\n"
             "    wet     flag\n"
             "  tricks    u32                            any of trick\n"
             "  tag       big-endian u32, shown as ipv4\n"
             "  young     nest animal\n"
             "    id      u32                            at least 1\n"
             "    color   u32                            one of red, green\n"
             "    pen     list of nest pen               as above\n"
             "    tricks  u32                            any of trick\n"
             "    tag     big-endian u32, shown as ipv4\n"
             "    young   nest animal                    as above\n"
             "\n"
             "flags trick:\n"
             "  a  1\n"
             "  b  2\n"
             "  c  4\n"
             "  d  8\n"
             "  e  16\n"
             "  f  32\n"
             "  g  64\n"
             "  h  128\n"
             "  i  256  The hardest.\n");
}

TEST_F(DescribeTest, GoodConditionOfAnOperation) {
  ExpectPage("zoo.yaml animal-del",
             "animal-del: Let an animal go.\n"
             "Number 2, ZOO_CMD_ANIMAL_DEL. For anybody. Only in kernels with\n"
             "CONFIG_ZOO_DOORS.\n"
             "\n"
             "do request:\n"
             "  id  u32  at least 1\n"
             "\n"
             "do reply: an acknowledgement\n");
}

TEST_F(DescribeTest, GoodClassicFamilyHasNumberedGroups) {
  ExpectPage("farm.yaml",
             "farm: netlink protocol 0\n"
             "Animals for use.\n"
             "\n"
             "operations:\n"
             "  get  18  do  Look at an animal.\n"
             "\n"
             "notifications:\n"
             "  new-ntf  16  An animal was bought.\n"
             "\n"
             "groups:\n"
             "  barn  3\n");
}

TEST_F(DescribeTest, GoodHeaderAndFormatsOfAClassicFamily) {
  ExpectPage("farm.yaml get",
             "get: Look at an animal.\n"
             "Number 18, FARM_CMD_GET.\n"
             "\n"
             "do request:\n"
             "  header   struct farmmsg\n"
             "    mood   u8, one of mood\n"
             "    index  u32\n"
             "  kind     string\n"
             "\n"
             "do reply, number 16:\n"
             "  header      struct farmmsg                    as above\n"
             "  kind        string\n"
             "  data        sub-message data, chosen by kind\n"
             "    kind=hen  nest hen\n"
             "      eggs    u32\n"
             "    kind=cow  struct usage\n"
             "      grams   u32\n"
             "    kind=cat  nothing\n"
             "  eaten       binary, struct usage              as above\n"
             "\n"
             "enum mood:\n"
             "  calm  0\n"
             "  wild  1  Keep away.\n");
}

TEST_F(DescribeTest, BadOperation) {
  EXPECT_EQ(Run("describe zoo.yaml animal-gte"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_,
            "genlc describe: `zoo` has no operation `animal-gte`; did you mean `animal-get`?\n");
  EXPECT_EQ(out_, "");
}

// What the kernel says, where there is no spec.
TEST(Describe, GoodFamilyWithoutASpecIsThatOfTheKernel) {
  genl::FamilyPolicy policy = {.name = "ark", .id = genl::test::kFakeFamilyId, .version = 2};
  policy.operations = {{.command = 3, .flags = 0xb, .do_set = 0}};
  policy.groups = {"floods"};
  policy.sets = {
      {{.number = 1, .type = genl::PolicyType::kU16, .limits = genl::Range<uint64_t>(0, 40)}}};
  genl::test::FakeKernel kernel(
      [&](const genl::test::FakeRequest& request) { return TellPolicy(request, policy); });
  MemoryFiles files{};
  MemoryEnvironment family(files);
  family.set_kernel(&kernel);
  EXPECT_EQ(genlc::Run({"describe", "ark"}, family), ExitStatus::kDone) << family.err();
  EXPECT_THAT(family.out(), testing::AllOf(testing::StartsWith("ark: generic netlink, version 2\n"),
                                           testing::HasSubstr("  op-3"),
                                           testing::HasSubstr("Needs CAP_NET_ADMIN"),
                                           testing::HasSubstr("floods")));
  MemoryEnvironment operation(files);
  operation.set_kernel(&kernel);
  EXPECT_EQ(genlc::Run({"describe", "ark", "op-3"}, operation), ExitStatus::kDone);
  EXPECT_THAT(operation.out(), testing::ContainsRegex("attr-1 +u16 +at most 40"));
}

TEST(Describe, BadFamilyThatNeitherSpecNorKernelHas) {
  genl::test::FakeKernel kernel([](const genl::test::FakeRequest& request) {
    return std::vector<genl::test::ByteString>{genl::test::Ack(request, 2)};  // ENOENT
  });
  MemoryFiles files{};
  MemoryEnvironment env(files);
  env.set_kernel(&kernel);
  EXPECT_EQ(genlc::Run({"describe", "ark"}, env), ExitStatus::kWrongInput);
  EXPECT_EQ(env.out(), "");
  EXPECT_THAT(env.err(), testing::HasSubstr("`ark`"));
}

}  // namespace
}  // namespace genlc
