// What every live command says to wrong input: one diagnostic with what to do, on standard error,
// and status 1.
#include <errno.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using genl::test::Ack;
using genl::test::ByteString;
using genl::test::FakeKernel;
using genl::test::FakeRequest;
using ::testing::IsEmpty;

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: zoo
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green]}
  - {name: habits, type: flags, entries: [swims, flies]}
attribute-sets:
  - name: animal
    doc: d
    attributes:
      - {name: id, doc: d, type: u8, checks: {max: 90}}
      - {name: color, doc: d, type: u32, enum: color}
      - {name: habits, doc: d, type: u32, enum: habits}
      - {name: name, doc: d, type: string, checks: {max-len: 3}}
      - {name: secret, doc: d, type: u32}
      - {name: born, doc: d, type: u32}
      - {name: height, doc: d, type: u32}
      - {name: keeper, doc: d, type: u32}
      - {name: father, doc: d, type: u32}
      - {name: mother, doc: d, type: u32}
      - {name: pen, doc: d, type: u32}
      - {name: diet, doc: d, type: u32}
      - {name: vet, doc: d, type: u32}
      - {name: tag, doc: d, type: u32}
operations:
  list:
    - name: get
      doc: d
      attribute-set: animal
      do: &both
        request:
          attributes: [id, color, habits, name, born, height, keeper, father, mother, pen, diet, vet, tag]
        reply: {attributes: [id]}
      dump: *both
    - {name: told, doc: d, notify: get, mcgrp: births}
mcast-groups:
  list: [{name: births}]
)";

// A kernel with the family, without it, or with it for others only.
enum class KernelKind { kThere, kAbsent, kForbidden };

class RefusingKernel : public FakeKernel {
 public:
  explicit RefusingKernel(KernelKind kind)
      : FakeKernel([kind](const FakeRequest& request) {
          const int error = kind == KernelKind::kAbsent ? ENOENT : EPERM;
          return std::vector<ByteString>{Ack(request, error)};
        }),
        kind_(kind) {
    if (kind == KernelKind::kAbsent) SetFamilyId(0);
  }

  absl::Status Join(genl::Socket& socket, const genl::Family& family,
                    const genl::MulticastGroup& group) override {
    if (kind_ == KernelKind::kForbidden)
      return absl::PermissionDeniedError("Operation not permitted");
    return FakeKernel::Join(socket, family, group);
  }

 private:
  const KernelKind kind_;
};

struct Case {
  std::vector<std::string> words;
  std::string said;  // all of it, behind "genlc COMMAND: "
  KernelKind kernel = KernelKind::kThere;
};

class WrongInputTest : public testing::Test {
 protected:
  ExitStatus Run(const std::vector<std::string>& words, KernelKind kind) {
    RefusingKernel kernel(kind);
    MemoryEnvironment env(files_);
    env.set_kernel(&kernel);
    env.Set("GENLC_SPEC_PATH", "specs");
    const ExitStatus status = genlc::Run(words, env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }

  void Expect(const Case& c) {
    const std::string line = absl::StrJoin(c.words, " ");
    EXPECT_EQ(Run(c.words, c.kernel), ExitStatus::kWrongInput) << line;
    EXPECT_THAT(out_, IsEmpty()) << line;
    EXPECT_EQ(err_, absl::StrCat("genlc ", c.words[0], ": ", c.said)) << line;
  }

  MemoryFiles files_{{"specs/zoo.yaml", kSpec}, {"wrong.yaml", "name: wrong\n"}};
  std::string out_;
  std::string err_;
};

TEST_F(WrongInputTest, BadRequests) {
  const std::string low_id =
      "attribute `id`: -1 is out of range: 0 to 90 is allowed\n  id=-1\n     ^~\n";
  for (const std::string command : {"do", "dump"}) {
    const auto expect = [&](std::vector<std::string> words, const std::string& said) {
      words.insert(words.begin(), {command, "zoo"});
      Expect({words, said});
    };
    expect({"gte"}, "`zoo` has no operation `gte`; did you mean `get`?\n");
    expect({"feed"}, "`zoo` has no operation `feed`; `get`\n");
    expect({"told"}, absl::StrCat("`told` is not for `", command, "`, it is a notification\n"));
    expect({"get", "colr=red"},
           "there is no attribute `colr` here\n  colr=red\n  ^~~~\nhint: did you mean `color`?\n");
    expect({"get", "secret=1"},
           "there is no attribute `secret` here\n  secret=1\n  ^~~~~~\n"
           "hint: the spec has it, but not for this request\n");
    expect({"get", "voice=1"},
           "there is no attribute `voice` here\n  voice=1\n  ^~~~~\n"
           "hint: see `genlc describe zoo get`\n");
    expect({"get", "color=grene"},
           "attribute `color`: `color` has no entry `grene`\n  color=grene\n        ^~~~~\n"
           "hint: did you mean `green`?\n");
    expect({"get", "habits=swims,fleis"},
           "attribute `habits`: `habits` has no entry `fleis`\n  habits=swims,fleis\n"
           "               ^~~~~\nhint: did you mean `flies`?\n");
    expect({"get", "id=91"},
           "attribute `id`: 91 is out of range: 0 to 90 is allowed\n  id=91\n     ^~\n");
    expect({"get", "id=300"},
           "attribute `id`: the number does not fit in u8, which holds 0 to 255\n  id=300\n"
           "     ^~~\n");
    expect({"get", "id=some"}, "attribute `id`: a number is expected\n  id=some\n     ^~~~\n");
    expect({"get", "name=long"},
           "attribute `name`: 4 bytes where at most 3 are allowed\n  name=long\n"
           "       ^~~~\n");
    expect({"get", R"({"id": 1)"}, "a comma or `}` is expected\n  {\"id\": 1\n          ^\n");
    expect({"get", R"({"id": [1]})"},
           "attribute `id`: a number is expected, not an array\n  {\"id\": [1]}\n         ^~~\n");
    expect({"get", R"({"id": 1} x)"},
           "nothing more is expected here\n  {\"id\": 1} x\n            ^\n");
  }
}

TEST_F(WrongInputTest, BadNamesOfGroupsAndOperations) {
  Expect({{"watch", "zoo", "brths"}, "`zoo` has no group `brths`; did you mean `births`?\n"});
  Expect({{"describe", "zoo", "gte"}, "`zoo` has no operation `gte`; did you mean `get`?\n"});
}

TEST_F(WrongInputTest, BadKernelWithoutTheFamily) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo", "get"}, {"dump", "zoo", "get"}, {"watch", "zoo"}}) {
    Expect({words, "no such family\n", KernelKind::kAbsent});
  }
}

TEST_F(WrongInputTest, BadRequestsOfTheUnprivileged) {
  const std::string hint = "hint: run it as root, or with CAP_NET_ADMIN\n";
  for (const std::string command : {"do", "dump"}) {
    Expect({{command, "zoo", "get"},
            "zoo.get: Operation not permitted\n" + hint,
            KernelKind::kForbidden});
  }
  Expect({{"watch", "zoo"}, "Operation not permitted\n" + hint, KernelKind::kForbidden});
}

TEST_F(WrongInputTest, BadNetworkNamespace) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"do", "zoo", "get", "--netns=red"},
        {"dump", "zoo", "get", "--netns=red"},
        {"watch", "zoo", "--netns=red"},
        {"families", "--netns=red"}}) {
    Expect(
        {words, "cannot open the network namespace /run/netns/red: No such file or directory\n"});
  }
}

// Of every command that takes a spec, those that are still to come included.
TEST_F(WrongInputTest, BadSpecsOfEveryCommand) {
  int commands = 0;
  for (const auto& command : Commands()) {
    const Manual& manual = command->manual();
    const absl::string_view arguments = manual.arguments;
    if (!absl::StartsWith(arguments, "FAMILY") && !absl::StartsWith(arguments, "SPEC")) continue;
    ++commands;
    for (const std::string spec : {"zooo", "absent.yaml", "wrong.yaml"}) {
      std::vector<std::string> words = {manual.name, spec};
      for (size_t i = 1; i < manual.min_arguments; ++i) words.push_back("get");
      if (words[0] == "compile") words.push_back("--cpp_out=out");
      EXPECT_EQ(Run(words, KernelKind::kAbsent), ExitStatus::kWrongInput)
          << absl::StrJoin(words, " ");
      EXPECT_THAT(out_, IsEmpty()) << absl::StrJoin(words, " ");
      EXPECT_THAT(err_, testing::HasSubstr(spec));
      EXPECT_THAT(err_, testing::ContainsRegex("^genlc|error: "));
    }
  }
  EXPECT_GE(commands, 7);
}

}  // namespace
}  // namespace genlc
