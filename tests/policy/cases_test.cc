// The cases of a small family, all of them, against a list made by hand.
#include "tests/policy/cases.h"

#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc::policy {
namespace {

using testing::ElementsAreArray;

constexpr char kSpec[] = R"(
name: lamp
doc: A lamp.
attribute-sets:
  - name: bulb
    attributes: [{name: watts, type: u8, checks: {max: 60}}]
  - name: lamp
    attributes:
      - {name: name, type: string, checks: {max-len: 2}}
      - {name: spare, type: unused}
      - {name: bulb, type: nest, nested-attributes: bulb, multi-attr: true}
operations:
  list:
    - name: set
      doc: Change it.
      attribute-set: lamp
      do: {request: {attributes: [name, bulb]}}
)";
constexpr char kProfile[] = R"(
attribute-sets: [{name: bulb, required: [watts]}]
operations: [{name: set, do: {request: {required: [name]}}}]
)";

class Lamp {
 public:
  Lamp() {
    Reporter reporter;
    const auto spec = LoadSpec(*sources_.Add("lamp.yaml", kSpec), reporter);
    const auto profile = LoadProfile(*sources_.Add("lamp.genlc.yaml", kProfile), reporter);
    family_ = BuildFamily(*spec, &*profile, reporter);
  }
  const Family& family() const { return *family_; }

 private:
  SourceManager sources_;
  std::unique_ptr<const Family> family_;
};

// "name missing: not there; EINVAL, name should be there"
std::string InWords(const Case& one) {
  const Verdict verdict = Expect(one.rule, one.culprit, {.kernel = {.names_missing = true}});
  std::string text =
      absl::StrCat(one.path, one.path.empty() ? "" : " ", Name(one.kind), ": ", one.what, "; ");
  if (verdict.error == 0) return absl::StrCat(text, "accepted");
  absl::StrAppend(&text, strerrorname_np(verdict.error));
  if (!verdict.attribute.empty()) absl::StrAppend(&text, " at ", verdict.attribute);
  if (!verdict.missing.empty()) absl::StrAppend(&text, ", ", verdict.missing, " should be there");
  return text;
}

// All cases, in words and with their bytes.
std::vector<std::pair<std::string, Bytes>> All() {
  std::vector<std::pair<std::string, Bytes>> cases;
  const Lamp lamp;
  for (const Request& request : RequestsOf(lamp.family())) {
    ForEachCase(lamp.family(), request,
                [&](const Case& one) { cases.emplace_back(InWords(one), one.payload); });
  }
  return cases;
}

TEST(Cases, GoodEveryLimitHasCasesOnBothSides) {
  const char* const kExpected[] = {
      "smallest: only what is required; accepted",
      "name minimum: 0 characters; accepted",
      "name maximum: 2 characters; accepted",
      "name above-maximum: 3 characters; EINVAL at name",
      "name text: two NUL behind the longest; ERANGE at name",
      "name text: the longest without NUL; EINVAL at name",
      "name text: nothing; EINVAL at name",
      "name text: no NUL; EINVAL at name",
      "name text: text behind the NUL; accepted",
      "name text: text behind the NUL, without another; accepted",
      "name nesting: flagged as a nest; EINVAL at name",
      "name missing: not there; EINVAL, name should be there",
      "name duplicate: twice; accepted",
      "name duplicate: twice, the other way round; accepted",
      "name duplicate: a bad one, then a good one; EINVAL at name",
      "name duplicate: a good one, then a bad one; EINVAL at name",
      "name byte-order: flagged; accepted",
      "name truncated: 1 bytes too long; EINVAL",
      "name truncated: 4 bytes too long; EINVAL",
      "name truncated: shorter than its header; EINVAL",
      "bulb[1] nesting: the smallest; accepted",
      "bulb[1] nesting: not flagged as a nest; EINVAL at bulb[1]",
      "bulb[1] nesting: 1 bytes inside; ERANGE at bulb[1]",
      "bulb[1] nesting: 3 bytes inside; ERANGE at bulb[1]",
      "bulb[1] nesting: a scalar inside; EINVAL",
      "bulb[1].watts minimum: 0; accepted",
      "bulb[1].watts maximum: 60; accepted",
      "bulb[1].watts above-maximum: 61; ERANGE at bulb[1].watts",
      "bulb[1].watts length: 0 bytes; EINVAL at bulb[1].watts",
      "bulb[1].watts length: 2 bytes; EINVAL at bulb[1].watts",
      "bulb[1].watts nesting: flagged as a nest; EINVAL at bulb[1].watts",
      "bulb[1].watts missing: not there; EINVAL, bulb[1].watts should be there",
      "bulb[1].watts duplicate: twice; accepted",
      "bulb[1].watts duplicate: twice, the other way round; accepted",
      "bulb[1].watts duplicate: a bad one, then a good one; ERANGE at bulb[1].watts",
      "bulb[1].watts duplicate: a good one, then a bad one; ERANGE at bulb[1].watts",
      "bulb[1].watts byte-order: flagged; accepted",
      "bulb[1].watts truncated: 1 bytes too long; EINVAL",
      "bulb[1].watts truncated: 4 bytes too long; EINVAL",
      "bulb[1].watts truncated: shorter than its header; EINVAL",
      "bulb[1] truncated: 1 bytes behind; EINVAL",
      "bulb[1] truncated: 2 bytes behind; EINVAL",
      "bulb[1] truncated: 3 bytes behind; EINVAL",
      "bulb[1] truncated: a header of zeros; EINVAL",
      "bulb[1].(0) unknown: empty; EINVAL at bulb[1].(0)",
      "bulb[1].(0) unknown: 4 bytes; EINVAL at bulb[1].(0)",
      "bulb[1].(0) unknown: a nest; EINVAL at bulb[1].(0)",
      "bulb[1].(2) unknown: empty; EINVAL at bulb[1].(2)",
      "bulb[1].(2) unknown: 4 bytes; EINVAL at bulb[1].(2)",
      "bulb[1].(2) unknown: a nest; EINVAL at bulb[1].(2)",
      "bulb[1].(16383) unknown: empty; EINVAL at bulb[1].(16383)",
      "bulb[1].(16383) unknown: 4 bytes; EINVAL at bulb[1].(16383)",
      "bulb[1].(16383) unknown: a nest; EINVAL at bulb[1].(16383)",
      "bulb duplicate: three times, as it may be; accepted",
      "bulb[1] byte-order: flagged; accepted",
      "bulb truncated: 1 bytes too long; EINVAL",
      "bulb truncated: 4 bytes too long; EINVAL",
      "bulb truncated: shorter than its header; EINVAL",
      "truncated: 1 bytes behind; EINVAL",
      "truncated: 2 bytes behind; EINVAL",
      "truncated: 3 bytes behind; EINVAL",
      "truncated: a header of zeros; EINVAL",
      "(0) unknown: empty; EINVAL at (0)",
      "(0) unknown: 4 bytes; EINVAL at (0)",
      "(0) unknown: a nest; EINVAL at (0)",
      "spare unknown: empty; EINVAL at spare",
      "spare unknown: 4 bytes; EINVAL at spare",
      "spare unknown: a nest; EINVAL at spare",
      "(4) unknown: empty; EINVAL at (4)",
      "(4) unknown: 4 bytes; EINVAL at (4)",
      "(4) unknown: a nest; EINVAL at (4)",
      "(16383) unknown: empty; EINVAL at (16383)",
      "(16383) unknown: 4 bytes; EINVAL at (16383)",
      "(16383) unknown: a nest; EINVAL at (16383)",
      "smallest: the same again, after all others; accepted",
  };
  std::vector<std::string> words;
  for (const auto& [text, bytes] : All()) words.push_back(text);
  EXPECT_THAT(words, ElementsAreArray(kExpected));
}

TEST(Cases, GoodOneThingIsInTheSmallestRequest) {
  const std::vector<std::pair<std::string, Bytes>> all = All();
  const std::map<std::string, Bytes> cases(all.begin(), all.end());
  const auto bytes = [&](const char* text) {
    const Bytes& found = cases.at(text);
    return absl::BytesToHexString({reinterpret_cast<const char*>(found.data()), found.size()});
  };
  EXPECT_EQ(bytes("smallest: only what is required; accepted"), "0500010000000000");
  EXPECT_EQ(bytes("name above-maximum: 3 characters; EINVAL at name"), "0800010078787800");
  EXPECT_EQ(bytes("name missing: not there; EINVAL, name should be there"), "");
  EXPECT_EQ(bytes("name truncated: 4 bytes too long; EINVAL"),
            "0500010000000000"
            "0c00010000000000");
  EXPECT_EQ(bytes("bulb[1].watts above-maximum: 61; ERANGE at bulb[1].watts"),
            "0500010000000000"
            "0c000380"
            "0500010000000000"
            "0c000380"
            "050001003d000000");
  EXPECT_EQ(bytes("bulb[1].watts truncated: shorter than its header; EINVAL"),
            "0500010000000000"
            "0c000380"
            "0500010000000000"
            "14000380"
            "0500010000000000"
            "0300010000000000");
}

}  // namespace
}  // namespace genlc::policy
