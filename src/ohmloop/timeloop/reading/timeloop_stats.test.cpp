#include <gtest/gtest.h>

#include "ohmloop/timeloop/reading/timeloop_stats_testing.hpp"

namespace ohmloop {
namespace {

using namespace testing_timeloop;

const std::string peers = OHMLOOP_SOURCE_DIR "/../shared/peers/";

TEST(TimeloopStats, GivesThePrintedNumbersOfACase) {
  const std::string text = text_of_file(peers + "timeloop/ex04-3levelspatial-cp-ws/timeloop-model.stats.txt");
  if (text.empty()) GTEST_SKIP() << "the reference cases are not beside the checkout";
  const TimeloopStats stats = parse_timeloop_stats(text);
  ASSERT_EQ(stats.levels.size(), 5U);
  EXPECT_EQ(stats.levels[0].name, "MACC");
  EXPECT_EQ(number_of(stats.levels[0].numbers, "Computes (total)"), 49152);
  const TimeloopLevelStats& registers = stats.level("RegisterFile");
  EXPECT_EQ(registers.spec_texts.at("Instances"), "16 (16*1)");
  EXPECT_EQ(number_of(registers.numbers, "Cycles"), 3072);
  ASSERT_NE(registers.tensor("Outputs"), nullptr);
  EXPECT_EQ(registers.tensor("Outputs")->reads(), 2560);
  EXPECT_EQ(registers.tensor("Outputs")->fills(), 512);
  EXPECT_EQ(registers.tensor("Outputs")->updates(), 3072);
  EXPECT_EQ(registers.tensor("Weights")->utilised_capacity(), 1);
  EXPECT_EQ(registers.tensor("Weights")->utilised_instances(), 16);
  EXPECT_EQ(registers.tensor("Inputs")->energy_pj(), 24508.66);
  EXPECT_TRUE(stats.level("inter_PE_spatial").tensors.empty());
  ASSERT_EQ(stats.networks.size(), 4U);
  EXPECT_EQ(stats.networks[3].name, "inter_PE_spatial <==> RegisterFile");
  EXPECT_EQ(number_of(stats.networks[3].tensor("Outputs")->numbers, "Spatial reductions"), 15360);
  EXPECT_EQ(stats.cycles, 3072);
  EXPECT_EQ(stats.energy_uj, 0.52);
  EXPECT_EQ(stats.utilisation, 1.0);
  EXPECT_EQ(stats.computes, 49152);
  EXPECT_EQ(number_of(stats.fj_per_compute, "MainMemory <==> GlobalBuffer"), 0);
  EXPECT_EQ(number_of(stats.fj_per_compute, "Total"), 10665.95);
}

TEST(TimeloopStats, ReadsTheOlderFormToo) {
  const std::string text = text_of_file(peers + "accelergy/pim_ispass2020/example_outputs/timeloop-mapper.stats.txt");
  if (text.empty()) GTEST_SKIP() << "the reference cases are not beside the checkout";
  const TimeloopStats stats = parse_timeloop_stats(text);
  EXPECT_EQ(stats.cycles, 410985);
  EXPECT_EQ(stats.energy_uj, 1253.91);
  EXPECT_EQ(stats.computes, 86704128);
  EXPECT_EQ(stats.utilisation, 0.01);
  EXPECT_TRUE(stats.pj_per_compute);
  EXPECT_EQ(number_of(stats.fj_per_compute, "Total"), 14.46);
  EXPECT_EQ(stats.level("shared_glb").tensor("Outputs")->fills(), 3211264);
  EXPECT_EQ(stats.networks[0].name, "A2D_NoC");
}

}  // namespace
}  // namespace ohmloop
