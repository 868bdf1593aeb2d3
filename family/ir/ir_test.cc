#include "family/ir/ir.h"

#include <nlohmann/json.hpp>

#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using Json = nlohmann::json;

constexpr char kSpec[] = R"(# SPDX-License-Identifier: MIT
name: x
doc: d
protocol: genetlink-legacy
definitions:
  - {name: big, type: const, value: 18446744073709551615}
  - {name: low, type: const, value: -5}
  - {name: word, type: const, value: text}
  - {name: f, type: flags, entries: [a, {name: b, value: 63}]}
  - {name: s, type: struct, members: [{name: m, type: u16, byte-order: big-endian}, {name: n, type: u32}]}
attribute-sets:
  - name: x
    attributes:
      - {name: id, type: u8, checks: {min: 1}}
      - {name: bits, type: u64, enum: f}
      - {name: raw, type: binary, struct: s, checks: {max-len: 8}}
      - {name: sub, type: nest, nested-attributes: x, multi-attr: true}
operations:
  list:
    - name: get
      doc: d
      attribute-set: x
      flags: [admin-perm]
      do: {request: {attributes: [id]}, reply: {attributes: [id, sub]}}
    - {name: ntf, doc: d, notify: get, mcgrp: g}
mcast-groups: {list: [{name: g, flags: [uns-admin-perm]}]}
)";

Json Ir() {
  SourceManager sources;
  Reporter reporter;
  const auto raw = LoadSpec(*sources.Add("x.yaml", kSpec), reporter);
  const auto family = BuildFamily(*raw, nullptr, reporter);
  EXPECT_FALSE(reporter.has_errors());
  return Json::parse(FamilyToJson(*family));
}

TEST(Ir, GoodNumbersOf64BitsAreExact) {
  const Json ir = Ir();
  EXPECT_EQ(ir["ir-version"], kIrVersion);
  EXPECT_EQ(ir["definitions"][0]["value"], UINT64_MAX);
  EXPECT_EQ(ir["definitions"][1]["value"], -5);
  EXPECT_EQ(ir["definitions"][2]["value"], "text");
  EXPECT_EQ(ir["definitions"][3]["entries"][1]["value"], uint64_t{1} << 63);
}

TEST(Ir, GoodLayoutOfStructs) {
  const Json s = Ir()["definitions"][4];
  EXPECT_EQ(s["size"], 6);
  EXPECT_EQ(s["members"][0]["byte-order"], "big-endian");
  EXPECT_EQ(s["members"][1]["offset"], 2);
}

TEST(Ir, GoodLimitsAreThoseThatApply) {
  const Json attributes = Ir()["attribute-sets"][0]["attributes"];
  EXPECT_EQ(attributes[0]["min"], 1);
  EXPECT_EQ(attributes[0]["max"], 255);
  EXPECT_EQ(attributes[1]["mask"], (uint64_t{1} << 63) | 1);
  EXPECT_EQ(attributes[2]["max-len"], 8);
  EXPECT_EQ(attributes[3]["nested-attributes"], "x");
  EXPECT_EQ(attributes[3]["multi-attr"], true);
}

TEST(Ir, GoodOperationsNameWhatTheyExchange) {
  const Json ir = Ir();
  const Json get = ir["operations"][0];
  EXPECT_EQ(get["admin-perm"], true);
  EXPECT_EQ(get["do"]["reply"]["attributes"][1]["name"], "sub");
  EXPECT_EQ(ir["operations"][1]["notify"], "get");
  EXPECT_EQ(ir["mcast-groups"][0]["uns-admin-perm"], true);
}

}  // namespace
}  // namespace genlc
