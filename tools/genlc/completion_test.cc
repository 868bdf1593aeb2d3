#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kZoo[] = R"(# SPDX-License-Identifier: MIT
name: zoo
doc: d
definitions:
  - {name: color, type: enum, entries: [red, green, grey]}
  - {name: habits, type: flags, entries: [swims, flies]}
attribute-sets:
  - {name: pen, doc: d, attributes: [{name: width, doc: d, type: u32}, {name: wet, doc: d, type: flag}]}
  - name: animal
    doc: d
    attributes:
      - {name: id, doc: d, type: u32}
      - {name: color, doc: d, type: u32, enum: color}
      - {name: habits, doc: d, type: u32, enum: habits}
      - {name: pen, doc: d, type: nest, nested-attributes: pen, multi-attr: true}
      - {name: tame, doc: d, type: flag}
      - {name: secret, doc: d, type: u32}
operations:
  list:
    - name: get
      doc: d
      attribute-set: animal
      do: &both
        request: {attributes: [id, color, habits, pen, tame]}
        reply: {attributes: [id]}
      dump: *both
    - {name: add, doc: d, attribute-set: animal, do: {request: {attributes: [color]}}}
    - {name: told, doc: d, notify: get, mcgrp: births}
mcast-groups:
  list: [{name: births}, {name: deaths}]
)";

constexpr char kFarm[] = R"(# SPDX-License-Identifier: MIT
name: farm
protocol: netlink-raw
protonum: 0
doc: d
definitions:
  - {name: place, type: struct, members: [{name: row, type: u32}]}
  - name: farmmsg
    type: struct
    members:
      - {name: index, type: u32}
      - {name: place, type: binary, struct: place, len: 4}
  - {name: usage, type: struct, members: [{name: grams, type: u32}]}
attribute-sets:
  - name: animal
    attributes:
      - {name: kind, type: string}
      - {name: data, type: sub-message, sub-message: data, selector: kind}
  - {name: hen, attributes: [{name: eggs, type: u32}]}
sub-messages:
  - {name: data, formats: [{value: hen, attribute-set: hen}, {value: cow, fixed-header: usage}]}
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
)";

class CompletionTest : public testing::Test {
 protected:
  // `line` is split at each blank; the last word, which may be empty, is to be completed.
  std::vector<std::string> Complete(const std::string& line) {
    MemoryEnvironment env(files_);
    env.Set("GENLC_SPEC_PATH", "specs");
    std::vector<std::string> words = absl::StrSplit(line, ' ');
    words.insert(words.begin(), {"complete", "--"});
    EXPECT_EQ(genlc::Run(words, env), ExitStatus::kDone);
    return absl::StrSplit(env.out(), '\n', absl::SkipEmpty());
  }

  MemoryFiles files_{{"specs/zoo.yaml", kZoo}, {"specs/farm.yaml", kFarm}};
};

TEST_F(CompletionTest, GoodCommands) {
  EXPECT_THAT(Complete("du"), ElementsAre("dump"));
  EXPECT_THAT(Complete("--v"), ElementsAre("--version"));
  EXPECT_THAT(Complete("help wat"), ElementsAre("watch"));
  for (const auto& command : Commands()) {
    EXPECT_THAT(Complete(""), Contains(command->manual().name));
  }
}

TEST_F(CompletionTest, GoodFlagsOfACommand) {
  EXPECT_THAT(Complete("watch --"),
              ElementsAre("--count=", "--format=", "--help", "--netns=", "--pretty", "--timeout="));
  EXPECT_THAT(Complete("do zoo get --fo"), ElementsAre("--format="));
  EXPECT_THAT(Complete("do zoo get --format=t"), ElementsAre("--format=table"));
}

TEST_F(CompletionTest, GoodFamiliesOperationsAndGroups) {
  EXPECT_THAT(Complete("do "), ElementsAre("farm", "zoo"));
  EXPECT_THAT(Complete("check z"), ElementsAre("zoo"));
  EXPECT_THAT(Complete("do zoo "), ElementsAre("add", "get"));
  EXPECT_THAT(Complete("dump zoo "), ElementsAre("get"));
  EXPECT_THAT(Complete("do --pretty zoo g"), ElementsAre("get"));
  EXPECT_THAT(Complete("describe zoo "), ElementsAre("add", "get", "told"));
  EXPECT_THAT(Complete("watch zoo "), ElementsAre("births", "deaths"));
  EXPECT_THAT(Complete("watch zoo births d"), ElementsAre("deaths"));
}

TEST_F(CompletionTest, GoodAttributesThatTheRequestMayHave) {
  EXPECT_THAT(Complete("do zoo get "), ElementsAre("color=", "habits=", "id=", "pen.", "tame"));
  EXPECT_THAT(Complete("do zoo add "), ElementsAre("color="));
  EXPECT_THAT(Complete("do zoo get pen."), ElementsAre("pen.wet", "pen.width="));
  EXPECT_THAT(Complete("do zoo get pen[1].wi"), ElementsAre("pen[1].width="));
}

TEST_F(CompletionTest, GoodValuesOfEnumerationsAndFlags) {
  EXPECT_THAT(Complete("do zoo get id=3 color=gr"), ElementsAre("color=green", "color=grey"));
  EXPECT_THAT(Complete("do zoo get habits="), ElementsAre("habits=flies", "habits=swims"));
  EXPECT_THAT(Complete("do zoo get habits=swims,f"), ElementsAre("habits=swims,flies"));
}

TEST_F(CompletionTest, GoodHeadersAndSubMessages) {
  EXPECT_THAT(Complete("do farm get "), ElementsAre("data.", "header.", "kind="));
  EXPECT_THAT(Complete("do farm get header."), ElementsAre("header.index=", "header.place."));
  EXPECT_THAT(Complete("do farm get header.place."), ElementsAre("header.place.row="));
  EXPECT_THAT(Complete("do farm get kind="), ElementsAre("kind=cow", "kind=hen"));
  EXPECT_THAT(Complete("do farm get kind=hen data."), ElementsAre("data.eggs="));
  EXPECT_THAT(Complete("do farm get kind=cow data."), ElementsAre("data.grams="));
}

TEST_F(CompletionTest, BadWordsHaveNone) {
  for (const char* line :
       {"nonsense ", "do zooo ", "do zoo gte id", "do zoo get pen.width.", "do zoo get data.",
        "do farm get data.", "do zoo get id=", "do x.yaml "}) {
    EXPECT_THAT(Complete(line), IsEmpty()) << line;
  }
}

}  // namespace
}  // namespace genlc
