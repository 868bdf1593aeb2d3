// A unit test without a module, without root: the program's code on the fake kernel.
#include "family/examples/thermo/hottest.h"

#include "family/examples/thermo/inventory.h"
#include "genl/testing/fake_kernel.h"
#include "gmock/gmock.h"

namespace {

class HottestTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(kernel_.Add(inventory_).ok());
    absl::StatusOr<thermo::Client> client = thermo::Client::Connect({.transport = &kernel_});
    ASSERT_TRUE(client.ok()) << client.status();
    client_.emplace(*std::move(client));
  }

  void AddSensor(const std::string& label, int32_t temperature) {
    const auto reply = client_->SensorNew({.label = label, .temperature = temperature});
    ASSERT_TRUE(reply.ok()) << reply.status();
  }

  Inventory inventory_;
  genl::FakeKernel kernel_;
  std::optional<thermo::Client> client_;
};

TEST_F(HottestTest, IsTheOneWithTheHighestTemperature) {
  AddSensor("cold", 4000);
  AddSensor("hot", 90000);
  AddSensor("mild", 21000);
  EXPECT_EQ(*HottestSensor(*client_), "hot");
}

TEST_F(HottestTest, IsNotFoundWithoutSensors) {
  EXPECT_TRUE(absl::IsNotFound(HottestSensor(*client_).status()));
}

TEST_F(HottestTest, IsFoundThoughTheDumpIsInterrupted) {
  AddSensor("hot", 90000);
  kernel_.InterruptDump();
  EXPECT_EQ(*HottestSensor(*client_), "hot");
}

TEST_F(HottestTest, SaysWhatTheKernelSays) {
  kernel_.FailNext({.error = ENOMEM, .message = "no memory for a dump"});
  EXPECT_THAT(HottestSensor(*client_).status().message(),
              testing::HasSubstr("no memory for a dump"));
}

}  // namespace
