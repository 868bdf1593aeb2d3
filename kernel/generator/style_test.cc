// What checkpatch does not look at: columns, the order of declarations, the alignment of
// tables, and lines that could have been broken.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "family/codegen/output.h"
#include "gtest/gtest.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/in_tree_backend.h"
#include "kernel/generator/module_backend.h"
#include "kernel/generator/test_family.h"

namespace genlc::kernel {
namespace {

constexpr int kHardLimit = 100;

// Complaints about one file, one a line.
class StyleCheck {
 public:
  StyleCheck(const std::string& path, const std::string& text)
      : path_(path), lines_(absl::StrSplit(text, '\n')) {}

  std::string Run() {
    for (number_ = 0; number_ < lines_.size(); ++number_) {
      CheckColumns();
      CheckBlankLines();
      CheckDeclarations();
      CheckTable();
    }
    return complaints_;
  }

 private:
  absl::string_view line() const { return lines_[number_]; }
  absl::string_view line_at(size_t number) const {
    return number < lines_.size() ? absl::string_view(lines_[number]) : "";
  }

  void Complain(absl::string_view what) {
    absl::StrAppend(&complaints_, path_, ":", number_ + 1, ": ", what, ": ", lines_[number_], "\n");
  }

  // Beyond 80 columns stands only what cannot be broken: one argument, one name. Beyond 100, one
  // that is aligned behind a long name, and the first parameter behind its function's.
  void CheckColumns() {
    if (absl::StrContains(line(), "SPDX-License-Identifier")) return;
    const int width = Width(line());
    if (width <= kColumns) return;
    const bool breakable = absl::StrContains(line(), ", ");
    const bool head = !absl::StartsWith(line(), "\t") && absl::EndsWith(line(), ",");
    const bool aligned =
        head || (absl::StartsWith(line(), "\t\t\t") && !absl::StrContains(line(), " = "));
    if ((width > kHardLimit && !aligned) || breakable) Complain(absl::StrCat(width, " columns"));
  }

  void CheckBlankLines() {
    if (!line().empty() && absl::ascii_isspace(line().back())) Complain("blank at the end");
    if (number_ == 0 || number_ + 1 >= lines_.size()) return;
    if (!line().empty()) return;
    const absl::string_view before = line_at(number_ - 1);
    const absl::string_view after = line_at(number_ + 1);
    if (before.empty()) Complain("two blank lines");
    if (absl::EndsWith(before, "{")) Complain("blank line behind a brace");
    if (absl::StartsWith(absl::StripAsciiWhitespace(after), "}")) {
      Complain("blank line before a brace");
    }
  }

  static bool IsDeclaration(absl::string_view line) {
    if (!absl::StartsWith(line, "\t") || absl::StartsWith(line, "\t\t")) return false;
    line = absl::StripAsciiWhitespace(line);
    if (!absl::EndsWith(line, ";")) return false;
    for (absl::string_view type : {"struct ", "const ", "int ", "bool ", "void *", "unsigned ",
                                   "size_t ", "u8 ", "u64 ", "s64 "}) {
      if (absl::StartsWith(line, type)) return true;
    }
    return false;
  }

  // In a function: the longest first, and a blank line behind the last.
  void CheckDeclarations() {
    if (line() == "{") in_function_ = true;
    if (line() == "}") in_function_ = false;
    if (!in_function_ || !IsDeclaration(line())) return;
    const absl::string_view before = line_at(number_ - 1);
    const absl::string_view after = line_at(number_ + 1);
    if (IsDeclaration(before) && line().size() > before.size()) Complain("order of declarations");
    if (!IsDeclaration(after) && !after.empty()) Complain("no blank line behind declarations");
    if (!IsDeclaration(before) && before != "{") Complain("declaration in the middle");
  }

  static int EqualColumn(absl::string_view line) {
    const size_t equal = line.find("= ");
    return equal == absl::string_view::npos ? -1 : Width(line.substr(0, equal));
  }

  static bool IsField(absl::string_view line) {
    return absl::StartsWith(absl::StripAsciiWhitespace(line), ".") && EqualColumn(line) > 0;
  }

  // All fields of an initializer have their `=` in one column.
  void CheckTable() {
    if (!IsField(line()) || !IsField(line_at(number_ - 1))) return;
    // The one name that is too long for the column, as the kernel writes it.
    if (absl::StrContains(line(), ".sock_priv_destroy =")) return;
    if (absl::StrContains(line_at(number_ - 1), ".sock_priv_destroy =")) return;
    if (EqualColumn(line()) != EqualColumn(line_at(number_ - 1))) Complain("`=` out of line");
  }

  const std::string path_;
  const std::vector<std::string> lines_;
  size_t number_ = 0;
  bool in_function_ = false;
  std::string complaints_;
};

std::string Complaints(const Backend& backend, TestFamily& loaded) {
  OutputFiles files;
  EXPECT_TRUE(backend.Generate(*loaded.family, files, loaded.reporter)) << loaded.errors();
  EXPECT_FALSE(files.files().empty());
  std::string complaints;
  for (const auto& [path, file] : files.files()) {
    if (absl::EndsWith(path, ".c") || absl::EndsWith(path, ".h")) {
      absl::StrAppend(&complaints, StyleCheck(path, file.text).Run());
    }
  }
  return complaints;
}

TEST(StyleCheck, BadStyleIsNoticed) {
  const auto check = [](const std::string& text) { return StyleCheck("x.c", text).Run(); };
  EXPECT_EQ(check("int a;\n"), "");
  EXPECT_NE(check(std::string(50, 'a') + ", " + std::string(50, 'b') + "\n"), "");
  EXPECT_NE(check(std::string(101, 'a') + "\n"), "");
  EXPECT_NE(check("a\n\n\nb\n"), "");
  EXPECT_NE(check("a \n"), "");
  EXPECT_NE(check("{\n\n\ta;\n}\n"), "");
  EXPECT_NE(check("{\n\tint a;\n\tint longer;\n\n\tf();\n}\n"), "");
  EXPECT_NE(check("{\n\tint a;\n\tf();\n}\n"), "");
  EXPECT_NE(check("{\n\tf();\n\tint a;\n\n}\n"), "");
  EXPECT_NE(check("\t.a\t= 1,\n\t.maxattr\t= 2,\n"), "");
}

TEST(Style, GoodExample) {
  EXPECT_EQ(Complaints(ModuleBackend(), *Thermo()), "");
  EXPECT_EQ(Complaints(InTreeBackend(), *Thermo()), "");
  EXPECT_EQ(Complaints(UapiBackend(), *Thermo()), "");
}

TEST(Style, GoodEveryKindOfAttribute) {
  EXPECT_EQ(Complaints(ModuleBackend(), *FamilyFromFile("tests/torture/torture.yaml")), "");
  EXPECT_EQ(Complaints(ModuleBackend(), *FamilyFromFile("tests/torture/vintage.yaml")), "");
  EXPECT_EQ(Complaints(InTreeBackend(), *FamilyFromFile("tests/torture/vintage.yaml")), "");
}

TEST(Style, GoodKernelSpecs) {
  const char* folder = std::getenv("GENLC_KERNEL_SPECS");
  if (folder == nullptr || !std::filesystem::exists(folder)) {
    GTEST_SKIP() << "no kernel specs: run tools/setup";
  }
  int families = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::unique_ptr<TestFamily> loaded = FamilyFromFile(entry.path().string());
    if (loaded->family == nullptr || !loaded->family->is_generic()) continue;
    ++families;
    EXPECT_EQ(Complaints(InTreeBackend(), *loaded), "") << entry.path();
    if (loaded->family->name == "nlctrl") continue;  // there is no module of it
    EXPECT_EQ(Complaints(ModuleBackend(), *loaded), "") << entry.path();
  }
  EXPECT_GE(families, 25);
}

}  // namespace
}  // namespace genlc::kernel
