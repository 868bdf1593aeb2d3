#include "userspace/generator/names.h"

#include "gtest/gtest.h"

namespace genlc::cpp {
namespace {

TEST(TypeName, GoodWordsInCamelCase) {
  EXPECT_EQ(TypeName("sensor-get"), "SensorGet");
  EXPECT_EQ(TypeName("sensor_get"), "SensorGet");
  EXPECT_EQ(TypeName("hdr0-aes-gcm-128"), "Hdr0AesGcm128");
  EXPECT_EQ(TypeName("6lowpan"), "N6lowpan");
  EXPECT_EQ(TypeName("--"), "X");
}

TEST(ConstantName, GoodNamesThatStartWithADigit) {
  EXPECT_EQ(ConstantName("label-max"), "kLabelMax");
  EXPECT_EQ(ConstantName("2g5"), "k2g5");
}

TEST(MemberName, GoodWordsInSnakeCase) {
  EXPECT_EQ(MemberName("interval-ms"), "interval_ms");
  EXPECT_EQ(MemberName("a--b"), "a_b") << "two underscores are the compiler's";
  EXPECT_EQ(MemberName("4th"), "n4th");
}

TEST(MemberName, GoodKeywordsAndMacrosGiveWay) {
  for (const char* word : {"class", "default", "xor", "co_await", "linux", "errno", "requires"}) {
    EXPECT_EQ(MemberName(word), std::string(word) + "_");
  }
  EXPECT_EQ(MemberName("classes"), "classes");
}

TEST(NamespaceName, GoodFunctionsOfTheCLibraryGiveWay) {
  EXPECT_EQ(NamespaceName("dev-energymodel"), "dev_energymodel");
  EXPECT_EQ(NamespaceName("time"), "time_");
  EXPECT_EQ(NamespaceName("std"), "std_");
  EXPECT_EQ(NamespaceName("genl"), "genl_");
  EXPECT_EQ(NamespaceName("class"), "class_");
}

TEST(GuardName, GoodStem) { EXPECT_EQ(GuardName("dev-energymodel"), "DEV_ENERGYMODEL_GENL_H_"); }

TEST(Scope, GoodTakenNamesGiveWay) {
  Scope scope({"Client"});
  EXPECT_EQ(scope.Claim("Kind", "Enum"), "Kind");
  EXPECT_EQ(scope.Claim("Kind", "Set"), "KindSet");
  EXPECT_EQ(scope.Claim("Kind", "Set"), "KindSet2");
  EXPECT_EQ(scope.Claim("Kind", "Set"), "KindSet3");
  EXPECT_EQ(scope.Claim("Client"), "Client2");
}

}  // namespace
}  // namespace genlc::cpp
