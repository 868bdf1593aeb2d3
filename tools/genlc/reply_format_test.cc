#include "tools/genlc/reply_format.h"

#include "gtest/gtest.h"
#include "tools/genlc/memory.h"
#include "tools/genlc/progress.h"

namespace genlc {
namespace {

// As the text of several objects.
std::string Print(ReplyFormat format, const std::vector<std::string>& objects) {
  ReplyPrinter printer(format, genl::JsonStyle::kCompact);
  std::string text;
  for (const std::string& object : objects) text += printer.Add(object);
  return text + printer.End();
}

constexpr char kSensor[] =
    R"({"id":3,"label":"front door","armed":true,"place":{"rack":7,"unit":{}},)"
    R"("features":["a","b"],"threshold":[{"low":-1,"names":["x"]},{"low":2}],"none":[]})";

TEST(ReplyFormat, GoodJsonIsALineForEachObject) {
  EXPECT_EQ(Print(ReplyFormat::kJson, {R"({"id":3})", "{}"}), "{\"id\":3}\n{}\n");
}

TEST(ReplyFormat, GoodYamlIsADocumentForEachObject) {
  EXPECT_EQ(Print(ReplyFormat::kYaml, {kSensor, "{}"}),
            "---\n"
            "id: 3\n"
            "label: \"front door\"\n"
            "armed: true\n"
            "place:\n"
            "  rack: 7\n"
            "  unit: {}\n"
            "features:\n"
            "  - a\n"
            "  - b\n"
            "threshold:\n"
            "  - low: -1\n"
            "    names:\n"
            "      - x\n"
            "  - low: 2\n"
            "none: []\n"
            "---\n"
            "{}\n");
}

TEST(ReplyFormat, GoodYamlQuotesWhatIsNoText) {
  EXPECT_EQ(
      Print(ReplyFormat::kYaml, {R"({"#17":"1e3","a":"no","b":"~","c":"","d":"0x1","e":"x: y",)"
                                 R"("f":"line\nend","g":"eth0/1","h":"-"})"}),
      "---\n"
      "\"#17\": \"1e3\"\n"
      "a: \"no\"\n"
      "b: \"~\"\n"
      "c: \"\"\n"
      "d: \"0x1\"\n"
      "e: \"x: y\"\n"
      "f: \"line\\nend\"\n"
      "g: eth0/1\n"
      "h: \"-\"\n");
}

TEST(ReplyFormat, GoodTableOfOneObjectHasALineForEachMember) {
  EXPECT_EQ(Print(ReplyFormat::kTable, {kSensor}),
            "id          3\n"
            "label       front door\n"
            "armed       true\n"
            "place.rack  7\n"
            "place.unit  {}\n"
            "features    a,b\n"
            "threshold   [{\"low\":-1,\"names\":[\"x\"]},{\"low\":2}]\n"
            "none        []\n");
}

TEST(ReplyFormat, GoodTableHasALineForEachObject) {
  EXPECT_EQ(Print(ReplyFormat::kTable, {R"({"id":3,"name":"lo"})", R"({"id":12,"at":{"rack":7}})",
                                        R"({"name":"a\tb"})"}),
            "id  name    at.rack\n"
            "3   lo      -\n"
            "12  -       7\n"
            "-   \"a\\tb\"  -\n");
  EXPECT_EQ(Print(ReplyFormat::kTable, {}), "");
}

TEST(Progress, GoodLineIsShownToWhoWaitsAndTakenAway) {
  MemoryFiles files{};
  MemoryEnvironment env(files);
  env.set_error_terminal();
  {
    Progress progress(env, absl::ZeroDuration());
    progress.Count();
    progress.Count();
    EXPECT_EQ(progress.objects(), 2u);
    EXPECT_EQ(env.err(), "\r1 objects");
  }
  EXPECT_EQ(env.err(), "\r1 objects\r\033[K");
}

TEST(Progress, GoodFilesAndShortDumpsGetNone) {
  MemoryFiles files{};
  MemoryEnvironment file(files);
  Progress(file, absl::ZeroDuration()).Count();
  EXPECT_EQ(file.err(), "");
  MemoryEnvironment person(files);
  person.set_error_terminal();
  Progress(person, absl::Hours(1)).Count();
  EXPECT_EQ(person.err(), "");
}

}  // namespace
}  // namespace genlc
