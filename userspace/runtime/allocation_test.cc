// Messages of one kind after the other, into the same value and buffer, need no memory.
#include <cstdlib>
#include <new>

#include "genl/decode.h"
#include "genl/encode.h"
#include "genl/test_envelope.h"
#include "genl/test_message.h"
#include "gtest/gtest.h"

namespace {
size_t allocations = 0;
}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace genl::test {
namespace {

// Decodes and encodes what `value` is on the wire, with memory that has been used before.
template <typename T>
size_t AllocationsOf(const T& value, const Layout& layout) {
  Writer writer;
  EXPECT_TRUE(Encode(layout, &value, writer).ok());
  const ByteString bytes(writer.bytes().begin(), writer.bytes().end());
  T decoded;
  EXPECT_TRUE(Decode(layout, bytes, &decoded).ok());
  EXPECT_EQ(decoded, value);
  const size_t before = allocations;
  const bool ok = Decode(layout, bytes, &decoded).ok();
  writer.Clear();
  const bool encoded = Encode(layout, &decoded, writer).ok();
  const size_t used = allocations - before;
  EXPECT_TRUE(ok && encoded);
  return used;
}

const std::string kLongText(100, 'x');

TEST(Allocations, GoodNoneForAttributes) {
  const Everything value = {.u8 = 1,
                            .string = kLongText,
                            .binary = ByteString(100),
                            .array = {1, 2, 3},
                            .part = Part{1, kLongText},
                            .parts = {{2}, {3, kLongText}},
                            .flags = {{}, {}},
                            .indexed = {{4}, {5, kLongText}},
                            .entries = {{1, 2, {3}}, {1, 3, {4, kLongText}}},
                            .tree = Tree{.next = Tree{.leaf = 2}, .branches = {Tree{.leaf = 3}}}};
  EXPECT_EQ(AllocationsOf(value, kEverythingLayout), 0u);
}

TEST(Allocations, GoodNoneForStructuresAndSubMessages) {
  const Envelope value = {.header = {1, 2},
                          .kind = "netem",
                          .rate = Rate{.level = 1},
                          .rates = {Rate{}, Rate{}},
                          .options = Netem{.loss = 1},
                          .many = {Netem{}, Netem{.loss = 3}},
                          .stats = Stats{.app = Netem{.loss = 2}}};
  EXPECT_EQ(AllocationsOf(value, kEnvelopeLayout), 0u);
  const Wrap inside = {.kind = "part", .options = Part{1, kLongText}};
  EXPECT_EQ(AllocationsOf(Envelope{.kind = "wrap", .options = inside}, kEnvelopeLayout), 0u);
}

}  // namespace
}  // namespace genl::test
