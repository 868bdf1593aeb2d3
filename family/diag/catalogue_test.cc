#include "family/diag/catalogue.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

// The numbers that stand in the headers of the catalogue, whoever lists them.
std::set<std::string> NumbersInHeaders() {
  std::set<std::string> ids;
  for (const auto& entry : std::filesystem::directory_iterator("family/diag/catalogue")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const std::string content = text.str();
    // Each definition begins with its number: `"GL0203", Severity::kError`.
    const std::string mark = "\", Severity";
    for (size_t at = content.find(mark); at != std::string::npos; at = content.find(mark, at + 1)) {
      const std::string id = content.substr(at - 6, 6);
      EXPECT_TRUE(absl::StartsWith(id, "GL")) << id;
      EXPECT_TRUE(ids.insert(id).second) << id << " is given twice";
    }
  }
  return ids;
}

TEST(CatalogueTest, ListsWhatTheHeadersDefine) {
  std::set<std::string> listed;
  for (const DiagnosticInfo* info : Catalogue()) listed.insert(info->id);
  EXPECT_FALSE(listed.empty());
  EXPECT_EQ(listed, NumbersInHeaders());
}

TEST(CatalogueTest, IsOrderedWithoutRepetition) {
  for (size_t i = 1; i < Catalogue().size(); ++i) {
    EXPECT_LT(absl::string_view(Catalogue()[i - 1]->id), absl::string_view(Catalogue()[i]->id));
  }
}

TEST(CatalogueTest, GivesNoRetiredNumberAgain) {
  for (const absl::string_view id : RetiredDiagnostics()) {
    EXPECT_EQ(FindDiagnostic(id), nullptr) << id;
  }
}

TEST(CatalogueTest, FindsByNumberInAnyCase) {
  ASSERT_NE(FindDiagnostic("gl0203"), nullptr);
  EXPECT_EQ(FindDiagnostic("gl0203"), &kUnknownKey.info);
  EXPECT_EQ(FindDiagnostic("GL02"), nullptr);
  EXPECT_EQ(FindDiagnostic(""), nullptr);
}

TEST(CatalogueTest, WordsMessagesAlike) {
  for (const DiagnosticInfo* info : Catalogue()) {
    SCOPED_TRACE(info->id);
    const absl::string_view format = info->format;
    EXPECT_FALSE(format.front() >= 'A' && format.front() <= 'Z') << "begins in upper case";
    EXPECT_NE(format.back(), '.') << "ends with a full stop";
    EXPECT_THAT(std::string(format), testing::Not(testing::HasSubstr("invalid")));
    EXPECT_LT(format.size(), 100u);
  }
}

TEST(CatalogueTest, ExplainsEach) {
  for (const DiagnosticInfo* info : Catalogue()) {
    SCOPED_TRACE(info->id);
    const absl::string_view why = info->why;
    EXPECT_GT(why.size(), 40u);
    EXPECT_EQ(why.back(), '.');
    EXPECT_FALSE(absl::StrContains(why, "  "));
  }
}

TEST(CatalogueTest, MakesLintAWarning) {
  for (const DiagnosticInfo* info : Catalogue()) {
    if (absl::StartsWith(info->id, "GL09")) {
      EXPECT_EQ(info->severity, Severity::kWarning) << info->id;
    }
  }
}

}  // namespace
}  // namespace genlc
