#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/energy/models/arithmetic_formulas.hpp"
#include "ohmloop/energy/models/converter_formulas.hpp"
#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model_test.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"
#include "ohmloop/energy/technology.hpp"

namespace ohmloop {
namespace {

// Published values of the regression (accelergy-adc-plug-in).
TEST(AdcSurvey, MeetsItsCheckPoints) {
  EXPECT_NEAR(adc_energy_pj(8, 1.2e9, 32), 1.846, 0.001);
  EXPECT_NEAR(adc_area_um2(adc_energy_pj(8, 1.2e9, 32), 1.2e9, 32), 6311, 2);
  EXPECT_NEAR(adc_energy_pj(6, 1e9, 32), 1.064, 0.001);
  EXPECT_NEAR(adc_energy_pj(7, 1e9, 32), 1.311, 0.001);
  EXPECT_NEAR(adc_energy_pj(8, 1e9, 32), 1.711, 0.001);
  EXPECT_NEAR(adc_energy_pj(10, 1e9, 32), 13.92, 0.01);
  EXPECT_NEAR(adc_energy_pj(4, 1e9, 7), 0.053, 0.001);
}

TEST(AdcSurvey, IsElevenPercentAboveIsaacsOwnConverter) {
  EXPECT_NEAR(adc_energy_pj(8, 1.2e9, 32) / (16e9 / 8 / 1.2e9), 1.107, 0.001);
}

RC_GTEST_PROP(AdcSurvey, EnergyGrowsWithResolution, ()) {
  const int bits = *rc::gen::inRange(1, 14);
  const double rate = std::pow(10, *rc::gen::inRange(5, 11));
  const double nm = *rc::gen::inRange(7, 131);
  const double energy = adc_energy_pj(bits, rate, nm);
  RC_ASSERT(std::isfinite(energy) && energy > 0);
  RC_ASSERT(adc_energy_pj(bits + 1, rate, nm) > energy);
}

// Shafiee et al., ISCA 2016, Table I: 20.7 mW at 1 KiB per 100 ns, 0.083 mm2; DaDianNao's 36 MiB: 33.22 mm2.
TEST(EdramModel, MeetsItsPointAndIsHalfAboveDaDianNaosArea) {
  const double bits = 64.0 * 1024 * 8;
  EXPECT_NEAR(edram_energy_pj(bits, 256), 20.7e-3 * 100e-9 / 32 * 1e12, 1e-9);
  EXPECT_NEAR(edram_area_um2(bits), 83000, 1e-6);
  EXPECT_NEAR(edram_area_um2(36 * 16 * bits) / 33.22e6, 1.49, 0.01);
  EXPECT_GT(edram_energy_pj(2 * bits, 256), edram_energy_pj(bits, 256));
  EXPECT_LT(edram_energy_pj(bits, 128), edram_energy_pj(bits, 256));
}

TEST(RegisterFileModel, MeetsItsTwoScratchpads) {
  EXPECT_NEAR(register_file_energy_pj(12, 16), .146, 1e-12);
  EXPECT_NEAR(register_file_energy_pj(24, 16), .153, 1e-12);
  EXPECT_NEAR(register_file_area_um2(24, 16), 414.68, 1e-9);
}

TEST(ArithmeticModel, MeetsHorowitzWithinTheToleranceOfItsHeader) {
  EXPECT_DOUBLE_EQ(adder_energy_pj(8), .03);
  EXPECT_NEAR(adder_energy_pj(16), .05, .07 * .05);
  EXPECT_DOUBLE_EQ(adder_energy_pj(32), .1);
  EXPECT_NEAR(adder_area_um2(16), 67, .04 * 67);
  EXPECT_NEAR(multiplier_energy_pj(8), .2, 1e-12);
  EXPECT_NEAR(multiplier_energy_pj(32), 3.1, 1e-12);
  EXPECT_NEAR(multiplier_area_um2(32), 3495, 1e-9);
}

RC_GTEST_PROP(ArithmeticModel, GrowsWithWidth, ()) {
  const double bits = *rc::gen::inRange(1, 64);
  RC_ASSERT(adder_energy_pj(bits) > 0 && adder_energy_pj(bits + 1) > adder_energy_pj(bits));
  RC_ASSERT(multiplier_energy_pj(bits) > 0 && multiplier_energy_pj(bits + 1) > multiplier_energy_pj(bits));
}

TEST(WireModel, IsCapacitanceTimesVoltageSquared) {
  EXPECT_DOUBLE_EQ(wire_capacitance_pf_per_mm(50), .345);
  EXPECT_DOUBLE_EQ(wire_capacitance_pf_per_mm(60), (.345 + .367) / 2);
  EXPECT_DOUBLE_EQ(wire_energy_pj(2, 50, 1, .25), .25 * .345 * 2);
}

// Stillmaker & Baas 2017; factors as Accelergy's scaling tables print them.
TEST(Technology, AreaFactorsAreTheTables) {
  EXPECT_DOUBLE_EQ(area_scale(65, 45), .66);
  EXPECT_DOUBLE_EQ(area_scale(32, 7), .13);
  EXPECT_DOUBLE_EQ(area_scale(7, 130), 110);
  EXPECT_DOUBLE_EQ(area_scale(45, 45), 1);
}

TEST(Technology, EnergyFactorsFollowTheQuadratics) {
  const double at_45 = 1.103 * .64 - .362 * .8 + .2767;
  const double at_32 = .9559 * .64 - .7823 * .8 + .471;
  EXPECT_DOUBLE_EQ(energy_scale(45, 32), at_32 / at_45);
  EXPECT_DOUBLE_EQ(energy_scale(130, 7, 1.0), (.1776 - .09097 + .02447) / (7.171 - 6.709 + 2.904));
}

TEST(Technology, BetweenNodesTheIndexIsInterpolated) {
  EXPECT_DOUBLE_EQ(area_scale(65, 55), (1 + .66) / 2);
  EXPECT_DOUBLE_EQ(energy_scale(45, 38.5), (1 + energy_scale(45, 32)) / 2);
}

TEST(Technology, BeyondTheTableAreaIsProportionalAndEnergyGoesWithTheRoot) {
  EXPECT_DOUBLE_EQ(area_scale(130, 260), 2);
  EXPECT_DOUBLE_EQ(area_scale(7, 3.5), .5);
  EXPECT_DOUBLE_EQ(energy_scale(130, 520), 2);
  EXPECT_DOUBLE_EQ(energy_scale(7, 1), energy_scale(7, .5));
}

RC_GTEST_PROP(Technology, EnergyFactorsUndoEachOther, ()) {
  const double a = *rc::gen::inRange(5, 200);
  const double b = *rc::gen::inRange(5, 200);
  RC_ASSERT(std::abs(energy_scale(a, b) * energy_scale(b, a) - 1) < 1e-9);
  RC_ASSERT(area_scale(a, b) > 0);
}

// Piton's measured hop of 64 bits, and the library's of 256 (ISAAC's): 0.17 and 0.08 pJ per bit at 32 nm.
TEST(Router, CostsWhatTheTableWithItsWidthSays) {
  const auto hop = [](double width) {
    const AttributeMap attributes = {{"technology", model_test::nanometres(32)}, {"width", model_test::bits(width)}};
    return model_test::value_of("router", attributes, "transfer");
  };
  EXPECT_DOUBLE_EQ(hop(64), 11.16 / 64);
  EXPECT_DOUBLE_EQ(hop(256), 20.74 / 256);
}

// A product of 16 x 4 bits has as many partial products as one of 8 x 8; a 16-bit addition rounds.
TEST(Quantiser, ScalesAndRounds) {
  const auto energy = [](double width, double scale) {
    return model_test::value_of("quantiser",
                                {{"technology", model_test::nanometres(45)},
                                 {"width", model_test::bits(width)},
                                 {"scale_bits", model_test::bits(scale)}},
                                "quantise");
  };
  EXPECT_NEAR(energy(16, 4), .2 + (.03 + .07 * 8 / 24), 1e-12);
  EXPECT_GT(energy(16, 8), energy(16, 4));
  EXPECT_GT(energy(24, 4), energy(16, 4));
  // RAELLA's quantise-multiply at 40 nm as the Accelergy library has it, for an 8-bit activation of a 16-bit sum.
  EXPECT_NEAR(energy(16, 8) / .25, 1.8, .05);
}

}  // namespace
}  // namespace ohmloop
