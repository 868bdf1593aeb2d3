// genlc watch, and a kernel that tells what the test says.
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using genl::test::ByteString;
using genl::test::Event;
using genl::test::FakeKernel;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: zoo
doc: d
attribute-sets:
  - name: animal
    doc: d
    attributes: [{name: id, doc: d, type: u32}, {name: noise, doc: d, type: string}]
operations:
  list:
    - name: animal-get
      doc: d
      attribute-set: animal
      do:
        request: {attributes: [id]}
        reply: {attributes: [id, noise]}
    - {name: animal-ntf, doc: d, notify: animal-get, mcgrp: births}
    - {name: roar, doc: d, attribute-set: animal, event: {attributes: [noise]}, mcgrp: noises}
mcast-groups:
  list: [{name: births}, {name: noises}]
)";

// A family with a protocol of its own, fixed headers and sub-messages. As in the kernel's
// specs, the number 17 stands for a request only.
constexpr char kClassicSpec[] = R"(# SPDX-License-Identifier: MIT
name: farm
protocol: netlink-raw
protonum: 0
doc: d
definitions:
  - {name: farmmsg, type: struct, members: [{name: index, type: u32}]}
attribute-sets:
  - name: animal
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: data, selector: kind}
  - {name: hen, attributes: [{name: eggs, type: u32}]}
sub-messages:
  - {name: data, formats: [{value: hen, attribute-set: hen}]}
operations:
  enum-model: directional
  fixed-header: farmmsg
  list:
    - name: get
      doc: d
      attribute-set: animal
      do:
        request: {value: 18, attributes: [kind]}
        reply: {value: 16, attributes: [kind, data]}
    - name: eat
      doc: d
      attribute-set: animal
      do:
        request: {value: 17, attributes: [kind]}
    - {name: new-ntf, doc: d, value: 16, notify: get}
mcast-groups:
  list: [{name: barn, value: 3}, {name: yard, value: 5}]
)";

// Has told everything when the last group is joined.
class TellingKernel : public FakeKernel {
 public:
  TellingKernel() : FakeKernel([](const auto&) { return std::vector<ByteString>(); }) {}

  absl::StatusOr<genl::Socket> Open(int protocol, const genl::SocketOptions&,
                                    int network_namespace) override {
    return FakeKernel::Open(protocol, {.capacity = capacity}, network_namespace);
  }

  absl::Status Join(genl::Socket& socket, const genl::Family& family,
                    const genl::MulticastGroup& group) override {
    absl::Status status = FakeKernel::Join(socket, family, group);
    if (absl::string_view(family.name) == "nlctrl") return status;
    numbers.push_back(group.number);
    if (groups().size() != wanted) return status;
    for (const ByteString& datagram : datagrams) Tell(datagram);
    return status;
  }

  size_t wanted = 1;  // groups
  std::vector<ByteString> datagrams;
  size_t capacity = genl::SocketOptions().capacity;
  std::vector<uint32_t> numbers;
};

class WatchTest : public testing::Test {
 protected:
  ExitStatus Run(const std::string& line) {
    MemoryEnvironment env(files_);
    env.set_kernel(&kernel_);
    const ExitStatus status = genlc::Run(absl::StrSplit(line, ' '), env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  MemoryFiles files_{{"zoo.yaml", kSpec}, {"farm.yaml", kClassicSpec}};
  TellingKernel kernel_;
  std::string out_;
  std::string err_;
};

const ByteString kId7 = {8, 0, 1, 0, 7, 0, 0, 0};
const ByteString kMoo = {8, 0, 2, 0, 'm', 'o', 'o', 0};

TEST_F(WatchTest, GoodEachNotificationIsALine) {
  kernel_.wanted = 2;
  kernel_.datagrams = {genl::test::Join({Event(2, kId7), Event(3, kMoo)}), Event(2, kMoo)};
  EXPECT_EQ(Run("watch zoo.yaml"), ExitStatus::kDone);
  EXPECT_EQ(out_,
            "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n"
            "{\"name\":\"roar\",\"msg\":{\"noise\":\"moo\"}}\n"
            "{\"name\":\"animal-ntf\",\"msg\":{\"noise\":\"moo\"}}\n");
  EXPECT_THAT(err_, IsEmpty());
  EXPECT_THAT(kernel_.groups(), ElementsAre("births", "noises"));
}

TEST_F(WatchTest, GoodOnlyTheGroupsThatAreNamed) {
  EXPECT_EQ(Run("watch zoo.yaml noises"), ExitStatus::kDone);
  EXPECT_THAT(kernel_.groups(), ElementsAre("noises"));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(WatchTest, GoodPrettyIsForPeople) {
  kernel_.datagrams = {Event(2, kId7)};
  EXPECT_EQ(Run("watch zoo.yaml births --pretty"), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\n  \"name\": \"animal-ntf\",\n  \"msg\": {\n    \"id\": 7\n  }\n}\n");
}

TEST_F(WatchTest, GoodHeaderAndSubMessageOfAClassicFamily) {
  kernel_.wanted = 2;
  const ByteString header = {9, 0, 0, 0};
  const ByteString hen = {8, 0, 1, 0, 'h', 'e', 'n', 0, 12, 0, 2, 0, 8, 0, 1, 0, 2, 0, 0, 0};
  kernel_.datagrams = {genl::test::Message(16, 0, 0, 0, genl::test::Join({header, hen})),
                       genl::test::Message(17, 0, 0, 0, header)};
  EXPECT_EQ(Run("watch farm.yaml"), ExitStatus::kDone) << err_;
  EXPECT_EQ(out_,
            "{\"name\":\"new-ntf\",\"msg\":{\"header\":{\"index\":9},\"kind\":\"hen\","
            "\"data\":{\"eggs\":2}}}\n"
            "{\"name\":\"eat\",\"msg\":{\"header\":{\"index\":9}}}\n");
  EXPECT_THAT(kernel_.numbers, ElementsAre(3, 5));
}

TEST_F(WatchTest, GoodWhatTheSpecDoesNotHaveIsShownAsBytes) {
  kernel_.datagrams = {Event(99, {1, 2, 3, 4}), Event(2, {5, 6, 7, 8}), Event(2, kId7)};
  EXPECT_EQ(Run("watch zoo.yaml births"), ExitStatus::kDone);
  EXPECT_EQ(out_,
            "{\"name\":\"#99\",\"msg\":{\"#hex\":\"01020304\"}}\n"
            "{\"name\":\"animal-ntf\",\"msg\":{\"#hex\":\"05060708\"}}\n"
            "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n");
}

TEST_F(WatchTest, GoodOverrunIsSaidAndWatchingGoesOn) {
  // What is longer than the buffer is lost, as if the kernel had dropped it.
  kernel_.capacity = 32;
  kernel_.datagrams = {Event(2, kId7), genl::test::Join({Event(2, kId7), Event(2, kId7)}),
                       Event(2, kMoo)};
  EXPECT_EQ(Run("watch zoo.yaml births --count=2"), ExitStatus::kDone);
  EXPECT_EQ(out_,
            "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n"
            "{\"overrun\":true}\n"
            "{\"name\":\"animal-ntf\",\"msg\":{\"noise\":\"moo\"}}\n");
}

TEST_F(WatchTest, GoodCountEndsIt) {
  kernel_.datagrams = {Event(2, kId7), Event(2, kId7), Event(2, kMoo)};
  EXPECT_EQ(Run("watch zoo.yaml births --count=2 --timeout=1h"), ExitStatus::kDone);
  const std::string line = "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n";
  EXPECT_EQ(out_, line + line);
}

TEST_F(WatchTest, GoodTimeEndsIt) {
  kernel_.datagrams = {Event(2, kId7)};
  EXPECT_EQ(Run("watch zoo.yaml births --timeout=1h"), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n");
  EXPECT_THAT(err_, IsEmpty());
}

TEST_F(WatchTest, BadTimeIsOverBeforeTheCount) {
  kernel_.datagrams = {Event(2, kId7)};
  EXPECT_EQ(Run("watch zoo.yaml births --count=2 --timeout=1h"), ExitStatus::kWrongInput);
  EXPECT_EQ(out_, "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n");
  EXPECT_EQ(err_, "genlc watch: 1 of 2 notifications came in time\n");
}

TEST_F(WatchTest, BadMessageDoesNotStopTheNext) {
  kernel_.datagrams = {{1, 2, 3}, Event(2, kId7)};
  EXPECT_EQ(Run("watch zoo.yaml births"), ExitStatus::kDone);
  EXPECT_EQ(out_, "{\"name\":\"animal-ntf\",\"msg\":{\"id\":7}}\n");
  EXPECT_EQ(err_, "genlc watch: a truncated event\n");
}

TEST_F(WatchTest, BadGroupsAreNotJoined) {
  EXPECT_EQ(Run("watch zoo.yaml births noise"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc watch: `zoo` has no group `noise`; did you mean `noises`?\n");
  files_.Put("mute.yaml", std::string(kSpec).substr(0, std::string(kSpec).find("    - {name: an")));
  EXPECT_EQ(Run("watch mute.yaml"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc watch: the spec of `zoo` has no multicast groups\n");
  EXPECT_THAT(kernel_.groups(), IsEmpty());
}

}  // namespace
}  // namespace genlc
