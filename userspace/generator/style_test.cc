#include "userspace/generator/style.h"

#include "gtest/gtest.h"

namespace genlc::cpp {
namespace {

TEST(EmitComment, GoodTextIsWrapped) {
  Printer p;
  EmitComment(p, "one two\n\nthree", 92);
  EXPECT_EQ(p.text(), "// one\n// two\n//\n// three\n");
}

TEST(EmitComment, GoodBackslashAtTheEndCannotSwallowTheNextLine) {
  Printer p;
  EmitComment(p, "a path \\", 0);
  EXPECT_EQ(p.text(), "// a path\n");
}

const std::string kLong(60, 'x');

TEST(WrapCall, GoodCallThatFits) {
  EXPECT_EQ(WrapCall("int\tF", {"a", "b"}, ";", 2), "int F(a, b);");
  EXPECT_EQ(WrapCall("int\tF", {}, ";", 2), "int F();");
}

TEST(WrapCall, GoodLongArgumentGoesToTheNextLine) {
  const std::string argument = kLong + kLong.substr(0, 30);
  EXPECT_EQ(WrapCall("int\tF", {argument}, ";", 4), "int F(\n    " + argument + ");");
}

TEST(WrapCall, GoodParametersStandBelowEachOther) {
  const std::string part = kLong.substr(0, 45);
  EXPECT_EQ(WrapCall("int\tF", {part, part}, ";", 2), "int F(" + part + ",\n      " + part + ");");
  EXPECT_EQ(WrapCall("return F", {part, part}, ";", 2),
            "return F(\n    " + part + ", " + part + ");");
  EXPECT_EQ(WrapCall("int\t" + kLong, {part, part}, ";", 2),
            "int " + kLong + "(\n    " + part + ", " + part + ");");
  EXPECT_EQ(WrapCall("int\t" + part, {kLong, part}, ";", 2),
            "int " + part + "(\n    " + kLong + ",\n    " + part + ");");
}

TEST(WrapCall, GoodLongTypeStandsAlone) {
  EXPECT_EQ(WrapCall(kLong + "\t" + kLong, {}, ";", 2), kLong + "\n" + kLong + "();");
}

TEST(AliasOfTemplate, GoodAsFewLinesAsPossible) {
  const std::string part(24, 'x');
  EXPECT_EQ(AliasOfTemplate("A", "T", {"b"}), "using A = T<b>;");
  EXPECT_EQ(AliasOfTemplate("A", "T", {part, part, part, part}),
            "using A = T<" + part + ", " + part + ", " + part + ",\n            " + part + ">;");
  EXPECT_EQ(AliasOfTemplate("Alias", "T", {part, part, part, kLong.substr(0, 13)}),
            "using Alias =\n    T<" + part + ", " + part + ", " + part + ", " +
                kLong.substr(0, 13) + ">;")
      << "one line less";
}

TEST(VariableOfTemplate, GoodNameGoesToTheNextLine) {
  const std::string part(44, 'x');
  EXPECT_EQ(VariableOfTemplate("T", {"a", "b"}, "k"), "T<a, b> k;");
  EXPECT_EQ(VariableOfTemplate("T", {part, part}, "kVariable"),
            "T<" + part + ", " + part + ">\n    kVariable;");
  EXPECT_EQ(VariableOfTemplate("const Type", {part, part}, "kVariable"),
            "const Type<" + part + ",\n           " + part + ">\n    kVariable;");
}

TEST(Quoted, GoodTextOfAnyKind) {
  EXPECT_EQ(Quoted("a\"b\\c\n"), "\"a\\\"b\\\\c\\n\"");
  EXPECT_EQ(Quoted("\xc3\xa4"), "\"\xc3\xa4\"");
}

}  // namespace
}  // namespace genlc::cpp
