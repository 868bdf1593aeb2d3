#include "tools/genlc/genlc_fixture.h"

#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "genl/fake_controller.h"
#include "tests/verify/policy_of.h"
#include "tools/genlc/pipeline.h"

namespace genlc {
namespace {

// A little of the kernel's specs, as the examples of the help have them installed.
constexpr char kNlctrl[] = R"(# SPDX-License-Identifier: BSD-3-Clause
name: nlctrl
doc: Families.
attribute-sets:
  - {name: ctrl, doc: d, attributes: [{name: family-name, doc: d, type: string}]}
operations:
  list:
    - name: getfamily
      doc: d
      attribute-set: ctrl
      do: {request: {attributes: [family-name]}, reply: {attributes: [family-name]}}
)";

constexpr char kRtLink[] = R"(# SPDX-License-Identifier: BSD-3-Clause
name: rt-link
protocol: netlink-raw
protonum: 0
doc: Network devices.
definitions:
  - {name: ifinfomsg, type: struct, members: [{name: ifi-index, type: u32}]}
attribute-sets:
  - name: link
    attributes:
      - {name: ifname, type: string}
      - {name: linkinfo, type: nest, nested-attributes: linkinfo}
  - {name: linkinfo, attributes: [{name: kind, type: string}]}
operations:
  enum-model: directional
  fixed-header: ifinfomsg
  list:
    - name: newlink
      doc: d
      attribute-set: link
      do: {request: {value: 16, attributes: [ifname, linkinfo]}}
    - name: getlink
      doc: d
      attribute-set: link
      do: &both
        request: {value: 18, attributes: [ifname]}
        reply: {value: 16, attributes: [ifname]}
      dump: *both
mcast-groups:
  list: [{name: rtnlgrp-link, value: 1}]
)";

// The words of a line, as a shell takes them: what stands between single quotes is one.
std::vector<std::string> ShellWords(const std::string& line) {
  std::vector<std::string> words;
  bool quoted = false;
  for (const absl::string_view part : absl::StrSplit(line, '\'')) {
    if (quoted) words.emplace_back(part);
    if (!quoted) {
      const std::vector<std::string> more = absl::StrSplit(part, ' ', absl::SkipEmpty());
      words.insert(words.end(), more.begin(), more.end());
    }
    quoted = !quoted;
  }
  return words;
}

std::string ReadData(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

genl::FamilyPolicy PolicyOfSpec(const std::string& text) {
  SourceManager sources;
  Reporter reporter;
  return PolicyOf(*Analyze({sources.Add("thermo.yaml", text)}, reporter));
}

// A kernel with the family that `policy` describes. It says back what it is told.
genl::test::FakeKernel::Handler EchoOf(const genl::FamilyPolicy& policy) {
  return [&policy](const genl::test::FakeRequest& request) {
    if (genl::test::IsForController(request)) return genl::test::TellPolicy(request, policy);
    const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
    return std::vector<genl::test::ByteString>{
        genl::test::Reply(request, request.attributes),
        dump ? genl::test::Done(request) : genl::test::Ack(request)};
  };
}

}  // namespace

GenlcTest::GenlcTest() : kernel_(EchoOf(policy_)) {
  const std::string folder = "family/examples/thermo/";
  for (const std::string name : {"thermo.yaml", "thermo.genlc.yaml"}) {
    files_.Put(name, ReadData(folder + name));
    EXPECT_FALSE(files_.files().at(name).empty()) << name;
    files_.Put("released/" + name, files_.files().at(name));
    files_.PutRevision("HEAD", name, files_.files().at(name));
  }
  policy_ = PolicyOfSpec(files_.files().at("thermo.yaml"));
  files_.Put("fan.yaml", kFan);
  files_.Put("request.hex", "1c000000130005000100000000000000040100000800010003000000\n");
  files_.Put("trace.txt",
             "sendto(3, [{nlmsg_len=28, nlmsg_type=thermo, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=1, "
             "nlmsg_pid=0}, \"\\x04\\x01\\x00\\x00\\x08\\x00\\x01\\x00\\x03\\x00\\x00"
             "\\x00\"], 28, 0, NULL, 0) = 28\n");
  const std::string installed = "/usr/share/genlc/specs/";
  files_.Put(installed + "nlctrl.yaml", kNlctrl);
  files_.Put(installed + "rt-link.yaml", kRtLink);
  files_.Put(installed + "rt-addr.yaml",
             absl::StrReplaceAll(kRtLink, {{"getlink", "getaddr"}, {"rt-link", "rt-addr"}}));
  files_.Put("bad.yaml", absl::StrReplaceAll(kFan, {{"[id]", "[ib]"}}));
}

ExitStatus GenlcTest::Run(const std::string& line) {
  MemoryEnvironment env(files_);
  env.set_kernel(&kernel_);
  const ExitStatus status = genlc::Run(ShellWords(line), env);
  out_ = env.out();
  err_ = env.err();
  return status;
}

}  // namespace genlc
