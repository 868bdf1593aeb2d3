#include "genl/one_of.h"

#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace genl {
namespace {

struct Leaf {
  std::string name;

  bool operator==(const Leaf&) const = default;
};
struct Other {
  int number = 0;

  bool operator==(const Other&) const = default;
};

struct Tree;
using Any = OneOf<Leaf, Other, Tree>;

// Contains what it stands in.
struct Tree {
  std::optional<Any> left = {};
  std::vector<Any> right = {};

  bool operator==(const Tree&) const = default;
};

TEST(OneOf, GoodHoldsBytesOrOneOfItsTypes) {
  Any any;
  EXPECT_EQ(any.index(), 0u);
  ASSERT_NE(any.bytes(), nullptr);
  EXPECT_TRUE(any.bytes()->empty());
  EXPECT_EQ(any.get_if<Leaf>(), nullptr);

  any = Other{.number = 4};
  EXPECT_EQ(any.index(), 2u);
  EXPECT_EQ(any.bytes(), nullptr);
  EXPECT_EQ(any.get_if<Leaf>(), nullptr);
  ASSERT_NE(any.get_if<Other>(), nullptr);
  any.get_if<Other>()->number = 5;
  EXPECT_EQ(any, Any(Other{.number = 5}));

  any = std::vector<uint8_t>{1, 2};
  EXPECT_EQ(any.index(), 0u);
  EXPECT_EQ(*any.bytes(), (std::vector<uint8_t>{1, 2}));
}

TEST(OneOf, GoodCopiesAreDeep) {
  const Any first = Tree{.left = Any(Leaf{"a"}), .right = {Any(Other{1}), Any()}};
  Any second = first;
  EXPECT_EQ(first, second);
  second.get_if<Tree>()->left->get_if<Leaf>()->name = "b";
  EXPECT_EQ(first.get_if<Tree>()->left->get_if<Leaf>()->name, "a");
  EXPECT_NE(first, second);
  second = first;
  EXPECT_EQ(first, second);
  const Any& same = second;
  second = same;
  EXPECT_EQ(first, second);
}

TEST(OneOf, GoodWhatHasMovedAwayIsEmptyBytes) {
  Any first = Leaf{"a"};
  const Any second = std::move(first);
  EXPECT_EQ(second, Any(Leaf{"a"}));
  EXPECT_EQ(first, Any());  // NOLINT: that is the question
}

TEST(OneOf, GoodDifferentTypesAreNotEqual) {
  EXPECT_NE(Any(Leaf{}), Any(Other{}));
  EXPECT_NE(Any(Leaf{}), Any());
  EXPECT_NE(Any(std::vector<uint8_t>{1}), Any());
}

TEST(OneOf, GoodMakeKeepsWhatIsThere) {
  Any any = Leaf{"a"};
  const OneOfBase::Manager manage_other = [](void* value) -> void* {
    if (value == nullptr) return new Other();
    delete static_cast<Other*>(value);
    return nullptr;
  };
  const OneOfBase::Manager managers[] = {nullptr, manage_other, nullptr};
  void* const leaf = any.Make(1, managers);
  EXPECT_EQ(leaf, any.get_if<Leaf>());
  EXPECT_EQ(any, Any(Leaf{"a"}));
  void* const other = any.Make(2, managers);
  EXPECT_EQ(other, any.get_if<Other>());
  EXPECT_EQ(any, Any(Other{}));
  void* const bytes = any.Make(0, managers);
  EXPECT_EQ(bytes, any.bytes());
  EXPECT_EQ(any, Any());
}

}  // namespace
}  // namespace genl
