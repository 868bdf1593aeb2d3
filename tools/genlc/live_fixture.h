// Live commands and the kernel that they ask, which answers what the test says.
#ifndef GENLC_TOOLS_GENLC_LIVE_FIXTURE_H_
#define GENLC_TOOLS_GENLC_LIVE_FIXTURE_H_

#include <sys/stat.h>

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "genl/fake_kernel.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {

inline constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
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
inline constexpr char kClassicSpec[] = R"(# SPDX-License-Identifier: MIT
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

inline bool IsDump(const genl::test::FakeRequest& request) {
  return (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

// Says back what it is told, in a dump twice.
inline std::vector<genl::test::ByteString> Echo(const genl::test::FakeRequest& request) {
  const genl::test::ByteString reply = genl::test::Reply(request, request.attributes);
  if (IsDump(request)) return {reply, reply, genl::test::Done(request)};
  return {reply, genl::test::Ack(request)};
}

// Notices whether it is asked in the namespace of this file.
inline constexpr char kNamespaceFile[] = "/dev/null";

class NamespaceKernel : public genl::test::FakeKernel {
 public:
  using genl::test::FakeKernel::FakeKernel;

  absl::StatusOr<genl::Socket> Open(int protocol, const genl::SocketOptions& options,
                                    int network_namespace) override {
    struct stat named;
    struct stat opened;
    EXPECT_EQ(stat(kNamespaceFile, &named), 0);
    EXPECT_EQ(fstat(network_namespace, &opened), 0);
    elsewhere = named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
    return genl::test::FakeKernel::Open(protocol, options, network_namespace);
  }

  bool elsewhere = false;
};

class LiveTest : public testing::Test {
 protected:
  ExitStatus Run(const std::vector<std::string>& words,
                 genl::test::FakeKernel::Handler kernel = Echo) {
    requests_ = 0;
    NamespaceKernel fake([&](const genl::test::FakeRequest& request) {
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
    EXPECT_EQ(out_, "");
    EXPECT_EQ(requests_, 0);
  }

  MemoryFiles files_{{"zoo.yaml", kSpec}, {"specs/zoo_keeper.yaml", kSpec}};
  int requests_ = 0;
  bool elsewhere_ = false;  // whether the kernel was asked in another namespace
  std::string out_;
  std::string err_;
};

}  // namespace genlc

#endif  // GENLC_TOOLS_GENLC_LIVE_FIXTURE_H_
