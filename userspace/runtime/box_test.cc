#include "genl/box.h"

#include "gtest/gtest.h"

namespace genl {
namespace {

struct Node {
  int value = 0;
  Box<Node> next = {};

  bool operator==(const Node&) const = default;
};

TEST(Box, GoodCopiesAreDeep) {
  const Node first{.value = 1, .next = Node{.value = 2}};
  Node second = first;
  EXPECT_EQ(first, second);
  second.next->value = 3;
  EXPECT_EQ(first.next->value, 2);
  EXPECT_NE(first, second);
}

TEST(Box, GoodEmptyBoxIsNoFullOne) {
  Box<Node> box;
  EXPECT_FALSE(box.has_value());
  EXPECT_NE(box, Box<Node>(Node{}));
  box.emplace().value = 4;
  EXPECT_EQ(box->value, 4);
  box.reset();
  EXPECT_EQ(box, Box<Node>());
}

TEST(Box, GoodAssignmentToItself) {
  Box<Node> box = Node{.value = 1};
  const Box<Node>& same = box;
  box = same;
  EXPECT_EQ(box->value, 1);
}

}  // namespace
}  // namespace genl
