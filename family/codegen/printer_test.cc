#include "family/codegen/printer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

TEST(Printer, GoodTemplateLosesTheIndentationOfItsSource) {
  Printer p;
  p.Emit(R"(
    int f(void)
    {
    	return 0;
    }
  )");
  EXPECT_EQ(p.text(), "int f(void)\n{\n\treturn 0;\n}\n");
}

TEST(Printer, GoodHolesTakeTextAndNumbers) {
  Printer p;
  p.Emit({{"name", "A"}, {"value", 7}}, "#define $name$ $value$ /* $name$, $$ */");
  EXPECT_EQ(p.text(), "#define A 7 /* A, $ */\n");
}

TEST(Printer, GoodNestedPartTakesOverTheIndentationOfItsHole) {
  Printer p;
  p.Emit({{"body", [&] {
             p.Emit(R"(
               if (x) {
               	y();
               }
             )");
           }}},
         R"(
    {
    	$body$
    }
  )");
  EXPECT_EQ(p.text(), "{\n\tif (x) {\n\t\ty();\n\t}\n}\n");
}

TEST(Printer, GoodEmptyPartRemovesItsLine) {
  Printer p;
  p.Emit({{"text", ""}, {"part", [] {}}}, R"(
    a
    $text$
    $part$
    b
  )");
  EXPECT_EQ(p.text(), "a\nb\n");
}

TEST(Printer, GoodTextOfSeveralLinesIsIndentedWhereItStandsAlone) {
  Printer p;
  p.Emit({{"lines", "one\ntwo"}}, "\t$lines$");
  EXPECT_EQ(p.text(), "\tone\n\ttwo\n");
}

TEST(Printer, GoodBlankLinesCarryNoIndentation) {
  Printer p;
  const Printer::Indent indent(p, "  ");
  p.Emit("a\n\nb\n");
  EXPECT_EQ(p.text(), "  a\n\n  b\n");
}

TEST(Printer, GoodBlankComesOnceAndNeverFirst) {
  Printer p;
  p.Blank();
  p.Line("a");
  p.Blank();
  p.Blank();
  p.Line("b");
  EXPECT_EQ(p.Take(), "a\n\nb\n");
  EXPECT_EQ(p.text(), "");
}

TEST(PrinterDeathTest, BadUnknownHole) {
  Printer p;
  EXPECT_DEATH(p.Emit("$nobody$"), "no variable `nobody`");
}

TEST(PrinterDeathTest, BadUnusedVariable) {
  Printer p;
  EXPECT_DEATH(p.Emit({{"name", "x"}}, "text"), "variable `name` is not used");
}

TEST(PrinterDeathTest, BadSingleDollar) {
  Printer p;
  EXPECT_DEATH(p.Emit("costs 5$"), "has no partner");
}

TEST(PrinterDeathTest, BadTrailingBlank) {
  Printer p;
  EXPECT_DEATH(p.Emit({{"empty", ""}}, "a $empty$"), "a blank at the end");
}

TEST(PrinterDeathTest, BadTwoBlankLines) {
  Printer p;
  EXPECT_DEATH(p.Emit("a\n\n\nb"), "two blank lines in a row");
}

TEST(PrinterDeathTest, BadPartInTheMiddleOfALine) {
  Printer p;
  EXPECT_DEATH(p.Emit({{"part", [] {}}}, "a $part$"), "shares its own");
}

}  // namespace
}  // namespace genlc
