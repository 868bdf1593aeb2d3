// Random messages of every family, from bytes to JSON and back: the same bytes.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "family/load/load.h"
#include "family/model/build.h"
#include "genl/json/json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/json/random_message.h"
#include "userspace/generator/wire_tables.h"

namespace genlc {
namespace {

// Far more for a run by hand: --test_env=GENLC_ROUND_TRIPS=100000.
int RoundTrips() {
  const char* wanted = std::getenv("GENLC_ROUND_TRIPS");
  return wanted == nullptr ? 1000 : std::atoi(wanted);
}

using Specs = std::map<std::string, std::string>;

// By the name of the file: the text.
Specs ReadSpecs() {
  Specs specs;
  const char* const kernel = std::getenv("GENLC_KERNEL_SPECS");
  for (const char* folder : {"family/examples/thermo", kernel}) {
    if (folder == nullptr || !std::filesystem::is_directory(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string name = entry.path().filename();
      if (!absl::EndsWith(name, ".yaml") || absl::EndsWith(name, ".genlc.yaml")) continue;
      std::stringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      specs[entry.path().stem()] = text.str();
    }
  }
  return specs;
}

const Specs& AllSpecs() {
  static const auto& specs = *new Specs(ReadSpecs());
  return specs;
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& [name, text] : AllSpecs()) names.push_back(name);
  return names;
}

// What is sent or arrives, each once, with a name for messages of the test.
std::map<std::string, const Message*> MessagesOf(const Family& family) {
  std::map<std::string, const Message*> messages;
  for (const auto& operation : family.operations) {
    const auto add = [&](const std::optional<Exchange>& exchange, absl::string_view kind) {
      if (!exchange) return;
      const std::string name = absl::StrCat(operation->name, " ", kind);
      messages[absl::StrCat(name, " request")] = &exchange->request;
      if (exchange->reply) messages[absl::StrCat(name, " reply")] = &*exchange->reply;
    };
    add(operation->do_exchange, "do");
    add(operation->dump, "dump");
    if (operation->event) messages[absl::StrCat(operation->name, " event")] = &*operation->event;
  }
  return messages;
}

std::vector<uint8_t> Copy(genl::Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// One message, there and back in both styles.
void RoundTrip(const genl::MessageTable& listed, const genl::MessageTable& all, genl::Bytes bytes) {
  const absl::StatusOr<std::string> json = genl::ToJson(all, bytes);
  ASSERT_TRUE(json.ok()) << json.status();
  genl::Writer back;
  ASSERT_EQ(genl::FromJson(listed, *json, back), absl::OkStatus()) << *json;
  ASSERT_EQ(Copy(back.bytes()), Copy(bytes)) << *json;
}

// The pretty form, read by a parser that is not ours, is the compact one.
void ExpectSameWhenPretty(const genl::MessageTable& all, genl::Bytes bytes) {
  const std::string pretty = *genl::ToJson(all, bytes, genl::JsonStyle::kPretty);
  ASSERT_EQ(nlohmann::ordered_json::parse(pretty).dump(), *genl::ToJson(all, bytes));
}

class RoundTripTest : public testing::TestWithParam<std::string> {
 protected:
  // Null for a spec that the compiler does not take.
  std::unique_ptr<const Family> Load() {
    Reporter reporter;
    const auto raw = LoadSpec(*sources_.Add(GetParam(), AllSpecs().at(GetParam())), reporter);
    if (!raw) return nullptr;
    std::unique_ptr<const Family> family = BuildFamily(*raw, nullptr, reporter);
    return reporter.has_errors() ? nullptr : std::move(family);
  }

  SourceManager sources_;
};

TEST_P(RoundTripTest, GoodRandomMessagesComeBackAsTheyWere) {
  const std::unique_ptr<const Family> family = Load();
  ASSERT_NE(family, nullptr);
  const WireTables tables(*family);
  // The classic families are many times as large, and their types are the same.
  const int rounds = family->level == Level::kGenetlink ? RoundTrips() : RoundTrips() / 20 + 1;
  uint64_t seed = 1;
  for (const auto& [name, message] : MessagesOf(*family)) {
    SCOPED_TRACE(name);
    OwnedSet rows;
    const genl::MessageTable listed = tables.List(*message, rows);
    RandomMessage random(seed++);
    for (int round = 0; round < rounds; ++round) {
      genl::Writer writer;
      random.Fill(listed, writer);
      RoundTrip(listed, tables.All(*message), writer.bytes());
      if (round % 20 == 0) ExpectSameWhenPretty(tables.All(*message), writer.bytes());
      if (HasFatalFailure()) return;
    }
  }
}

// Without the kernel's specs there are only those of the project; say so.
TEST(RoundTripData, GoodKernelSpecsAreThere) {
  const char* folder = std::getenv("GENLC_KERNEL_SPECS");
  if (folder == nullptr || !std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << "no specs of the kernel (run tools/setup)";
  }
  EXPECT_GE(AllSpecs().size(), 13u);
}

INSTANTIATE_TEST_SUITE_P(Specs, RoundTripTest, testing::ValuesIn(Names()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace genlc
