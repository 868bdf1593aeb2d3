// Kinds of operations: dumps with filters and two cursors, hooks, and those that do little.
#include <cerrno>
#include <optional>
#include <vector>

#include "genl/kernel_error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/torture/client.h"

namespace torture {
namespace {

using testing::SizeIs;

std::vector<CellReply> Cells(const CellDumpRequest& request) {
  absl::StatusOr<std::vector<CellReply>> cells = Connect().CellDump(request).Collect();
  EXPECT_TRUE(cells.ok()) << cells.status();
  return *std::move(cells);
}

int ErrorOf(const absl::Status& status) {
  const std::optional<genl::KernelError> error = genl::GetKernelError(status);
  EXPECT_TRUE(error.has_value()) << status;
  return error ? error->error : 0;
}

TEST(Cell, GoodDoAndDumpTakeDifferentAttributes) {
  const absl::StatusOr<CellReply> cell = Connect().Cell({.row = 8, .column = 5});
  ASSERT_TRUE(cell.ok()) << cell.status();
  EXPECT_EQ(*cell, (CellReply{.row = 8, .column = 5, .color = Color::kGreen}));
  EXPECT_THAT(Cells({}), SizeIs(12)) << "by default 3 rows of 4 columns";
}

TEST(Cell, GoodDumpShowsEachCellOnceAndInOrder) {
  const std::vector<CellReply> cells = Cells({.rows = 50, .columns = 40});
  ASSERT_THAT(cells, SizeIs(2000));
  for (uint32_t i = 0; i < 2000; ++i) {
    EXPECT_EQ(cells[i].row, i / 40);
    EXPECT_EQ(cells[i].column, i % 40);
  }
}

TEST(Cell, GoodFilterShowsOneColorAlone) {
  const std::vector<CellReply> cells = Cells({.rows = 30, .columns = 9, .color = Color::kBlue});
  ASSERT_THAT(cells, SizeIs(90));
  for (const CellReply& cell : cells) EXPECT_EQ((cell.row + cell.column) % 3, 2);
}

TEST(Cell, GoodObjectsOfWhichAMessageHoldsFew) {
  for (const uint32_t size : {0u, 3000u, 6000u}) {
    const std::vector<CellReply> cells = Cells({.rows = 3, .columns = 2, .size = size});
    ASSERT_THAT(cells, SizeIs(6));
    for (const CellReply& cell : cells) EXPECT_THAT(*cell.payload, SizeIs(size));
  }
}

// The core gives a message of a dump 32768 bytes with what the kernel keeps behind them, 320. The
// headers of the message and what precedes the payload in a cell take 48 more.
constexpr uint32_t kLargestPayload = 32768 - 320 - 48;

TEST(Cell, GoodLargestObject) {
  const std::vector<CellReply> cells = Cells({.rows = 2, .columns = 2, .size = kLargestPayload});
  ASSERT_THAT(cells, SizeIs(4));
  for (const CellReply& cell : cells) EXPECT_THAT(*cell.payload, SizeIs(kLargestPayload));
}

TEST(Cell, BadObjectThatNoMessageHoldsEndsItsDump) {
  for (const uint32_t size : {kLargestPayload + 1, 60000u}) {
    const absl::Status status = Connect().CellDump({.size = size}).Collect().status();
    EXPECT_EQ(ErrorOf(status), EMSGSIZE) << size;
  }
}

TEST(Count, GoodDumpWhoseHandlerLooksAtNoErrors) {
  const auto objects = Connect().CountDump().Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_THAT(*objects, SizeIs(3000));
  for (uint32_t i = 0; i < 3000; ++i) EXPECT_EQ((*objects)[i].row, i);
}

TEST(Little, GoodOperationsWithoutAttributes) {
  EXPECT_TRUE(Connect().Poke().ok());
  EXPECT_TRUE(Connect().Answer().ok());
}

TEST(Little, GoodAllThatIsDemandedIsThere) {
  const LeafSet leaf = {.default_ = 1};
  const absl::Status status = Connect().Demand({.label = "x",
                                                .port = 1024,
                                                .payload = {1},
                                                .lists = {},
                                                .tree = {{.branch = {{.name = "ab"}}}},
                                                .leaf = leaf,
                                                .leaves = {leaf},
                                                .knot = {.value = 1},
                                                .table = {{.row = 1, .column = 2, .value = leaf}}});
  EXPECT_TRUE(status.ok()) << status;
}

TEST(Little, GoodOldOperationsDoAndDump) {
  EXPECT_TRUE(Connect().Lax({.label = "x"}).ok());
  EXPECT_EQ(ErrorOf(Connect().Lax()), ENODATA);
  const auto objects = Connect().LaxDump({.label = "y", .depth = 3}).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  ASSERT_THAT(*objects, SizeIs(1));
  EXPECT_EQ((*objects)[0].label, "y");
}

// Opens the gate, with counters at zero.
class GateTest : public testing::Test {
 protected:
  void SetUp() override { EXPECT_TRUE(client_.Gate().ok()); }
  void TearDown() override { EXPECT_TRUE(client_.Gate().ok()); }

  // As the next request sees them.
  PassReply Counts() {
    absl::StatusOr<PassReply> reply = client_.Pass();
    EXPECT_TRUE(reply.ok()) << reply.status();
    return *reply;
  }

  Client client_ = Connect();
};

TEST_F(GateTest, GoodHooksRunRoundAHandler) {
  EXPECT_EQ(Counts(), (PassReply{.entered = 1, .left = 0}));
  EXPECT_EQ(Counts(), (PassReply{.entered = 2, .left = 1}));
}

TEST_F(GateTest, GoodHookBehindRunsAfterAFailure) {
  EXPECT_EQ(ErrorOf(client_.Pass({.fail = true}).status()), ECANCELED);
  EXPECT_EQ(Counts(), (PassReply{.entered = 2, .left = 1}));
}

TEST_F(GateTest, GoodHooksRunRoundADump) {
  const auto objects = client_.PassDump().Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  EXPECT_THAT(*objects, testing::ElementsAre(PassReply{.entered = 1, .left = 0}));
  EXPECT_EQ(Counts(), (PassReply{.entered = 2, .left = 1}));
}

TEST_F(GateTest, BadHookBeforeKeepsTheHandlerFromRunning) {
  ASSERT_TRUE(client_.Gate({.closed = true}).ok());
  const absl::Status status = client_.Pass().status();
  ASSERT_EQ(ErrorOf(status), EBUSY);
  EXPECT_EQ(genl::GetKernelError(status)->message, "the gate is closed");
  EXPECT_EQ(ErrorOf(client_.PassDump().Collect().status()), EBUSY);
  ASSERT_TRUE(client_.Gate().ok());
  EXPECT_EQ(Counts(), (PassReply{.entered = 1, .left = 0}));
}

}  // namespace
}  // namespace torture
