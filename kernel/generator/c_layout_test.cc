#include "kernel/generator/c_layout.h"

#include "gtest/gtest.h"

namespace genlc::kernel {
namespace {

TEST(CLayout, GoodAssignmentIsBrokenBehindItsOperator) {
  EXPECT_EQ(Assign("a =", "b + c", 1), "a = b + c;");
  const std::string name(40, 'x');
  EXPECT_EQ(Assign(name + " +=", name, 0), name + " +=\n\t" + name + ";");
}

TEST(Width, GoodTabsGoToTheNextStop) {
  EXPECT_EQ(Width("\t"), 8);
  EXPECT_EQ(Width("abc\td"), 9);
  EXPECT_EQ(Width("12345678\t"), 16);
}

TEST(Wrap, GoodWhatFitsStaysOnOneLine) {
  EXPECT_EQ(Wrap("f(", {"a", "b"}, ");"), "f(a, b);");
  EXPECT_EQ(Wrap("f(", {}, ");"), "f();");
}

TEST(Wrap, GoodLongArgumentsAreAlignedWithTabsThenSpaces) {
  const std::string word(40, 'x');
  EXPECT_EQ(Wrap("function(", {word, word}, ");"), "function(" + word + ",\n\t " + word + ");");
}

TEST(Wrap, GoodAlignmentCountsTheIndentationAround) {
  const std::string word(35, 'x');
  // One tab stands in front already, so that nine columns of `function(` are a tab and a
  // blank from there.
  EXPECT_EQ(Wrap("function(", {word, word}, ");", 1),
            "function(" + word + ",\n\t " + word + ");");
  EXPECT_EQ(Width("\tfunction("), Width("\t\t "));
}

TEST(Wrap, GoodTheLastColumnIsUsed) {
  // 80 columns fit, 81 do not.
  EXPECT_EQ(Wrap("f(", {std::string(38, 'a'), std::string(36, 'b')}, ");").find('\n'),
            std::string::npos);
  EXPECT_NE(Wrap("f(", {std::string(38, 'a'), std::string(37, 'b')}, ");").find('\n'),
            std::string::npos);
}

TEST(Function, GoodNoParametersAreVoid) {
  EXPECT_EQ(Function("int", "f", {}, ");"), "int f(void);");
}

TEST(Function, GoodPointersHaveNoBlankBehindTheStar) {
  EXPECT_EQ(Function("void *", "f", {"int a"}, ")"), "void *f(int a)");
}

TEST(Function, GoodTheReturnTypeMakesRoomWhereNeeded) {
  const std::string name(62, 'f');
  EXPECT_EQ(Function("static int", name, {"int abc"}, ")"), "static int\n" + name + "(int abc)");
}

TEST(Condition, GoodTermsBreakBehindTheOperator) {
  EXPECT_EQ(Condition({"!err", "a"}, 1), "if (!err && a)");
  const std::string term(70, 'a');
  EXPECT_EQ(Condition({"!err", term}, 1), "if (!err &&\n    " + term + ")");
}

TEST(Initializers, GoodEqualSignsStandInOneColumn) {
  EXPECT_EQ(Initializers({{"cmd", "A"}, {"maxattr", "B"}}), ".cmd\t\t= A,\n.maxattr\t= B,");
  EXPECT_EQ(Initializers({{"min", "1"}, {"max", "2"}}), ".min\t= 1,\n.max\t= 2,");
}

TEST(Defines, GoodValuesStandInOneColumn) {
  EXPECT_EQ(Defines({{"A", "1"}, {"LONGER_NAME", "2"}}),
            "#define A\t\t1\n#define LONGER_NAME\t2");
}

TEST(Entry, GoodShortEntryIsOneLine) {
  EXPECT_EQ(Entry("[A]", "{ .x = 1 }", 1), "[A] = { .x = 1 },");
}

TEST(Entry, GoodLongCallMovesBehindTheEqualSign) {
  const std::string name(50, 'A');
  EXPECT_EQ(Entry("[" + name + "]", "NLA_POLICY_MAX(NLA_U32, 20000)", 1),
            "[" + name + "] =\n\tNLA_POLICY_MAX(NLA_U32, 20000),");
}

TEST(Entry, GoodLongFieldsGetALineEach) {
  const std::string name(60, 'A');
  EXPECT_EQ(Entry("[" + name + "]", "{ .type = NLA_STRING, .len = 4 }", 1),
            "[" + name + "] = {\n\t.type\t= NLA_STRING,\n\t.len\t= 4,\n},");
}

TEST(Locals, GoodTheLongestComesFirst) {
  EXPECT_EQ(Locals({"int err;", "struct sk_buff *skb;", "int rem;"}),
            "struct sk_buff *skb;\nint err;\nint rem;");
}

TEST(Comment, GoodShortTextIsOneLine) {
  EXPECT_EQ(Comment("Remove a sensor."), "/* Remove a sensor. */");
  EXPECT_EQ(Comment(""), "");
}

TEST(Comment, GoodLongTextIsABlock) {
  const std::string word(50, 'w');
  EXPECT_EQ(Comment(word + " " + word), "/*\n * " + word + "\n * " + word + "\n */");
}

TEST(Comment, GoodTextCannotEndItsComment) {
  EXPECT_EQ(Comment("a */ int evil; /* b"), "/* a * / int evil; / * b */");
}

TEST(CommentItem, GoodLaterLinesAreIndented) {
  const std::string word(40, 'w');
  EXPECT_EQ(CommentItem(word + " " + word, "  "), " * " + word + "\n *   " + word);
}

TEST(StringLiteral, GoodAnyByteCanStandInIt) {
  EXPECT_EQ(StringLiteral("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(StringLiteral("\n\xff"), "\"\\012\\377\"");
}

}  // namespace
}  // namespace genlc::kernel
