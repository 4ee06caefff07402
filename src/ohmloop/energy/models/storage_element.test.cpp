#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/energy/class_specs.hpp"
#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model_test.hpp"
#include "ohmloop/energy/models/storage_element_formulas.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"

namespace ohmloop {
namespace {

using model_test::bits;
using model_test::choose;
using model_test::nanometres;
using model_test::plain;
using model_test::quantity;
using model_test::value_of;

// The memristor of ISAAC as the Accelergy library plug-in describes it (after Hu et al., DAC 2016): 2 kohm and 3 Mohm
// behind a transistor of 20 kohm, 0.3 V for 1 ns of a step of 100 ns.
constexpr ResistiveElement dot_product_engine{2e3, 3e6, 20e3};

// ISAAC, Table I: 2.4 mW for 8 arrays of 128 x 128 in steps of 100 ns.
TEST(ResistiveElement, IsaacsPublishedEnergyIsWithinAFactorOfTwo) {
  const double published_pj = 2.4e-3 / 131072 * 100e-9 * 1e12;
  EXPECT_NEAR(published_pj, 1.83e-3, 1e-5);
  EXPECT_NEAR(resistive_compute_pj(dot_product_engine, .5, .5, .3, 1) / published_pj, .56, .01);
}

TEST(ResistiveElement, ConductanceLiesBetweenItsEnds) {
  EXPECT_DOUBLE_EQ(mean_conductance(dot_product_engine, 1), 1 / 22e3);
  EXPECT_DOUBLE_EQ(mean_conductance(dot_product_engine, 0), 1 / 3.02e6);
}

// Four equally likely levels and four inputs: the sum over all pairs is what the means give.
TEST(ResistiveElement, MeansAreExactForEnergiesThatAreLinearInTheConductance) {
  double pulses = 0;
  double voltages = 0;
  const double on = mean_conductance(dot_product_engine, 1);
  const double off = mean_conductance(dot_product_engine, 0);
  for (const double weight : {0., 1 / 3., 2 / 3., 1.}) {
    for (const double input : {0., .25, .5, 1.}) {
      const double conductance = off + weight * (on - off);
      pulses += .3 * .3 * conductance * (2 * input) * 1e3 / 16;
      voltages += std::pow(.3 * input, 2) * conductance * 2 * 1e3 / 16;
    }
  }
  EXPECT_NEAR(resistive_compute_pj(dot_product_engine, .5, 1.75 / 4, .3, 2), pulses, 1e-12);
  EXPECT_NEAR(resistive_compute_pj(dot_product_engine, .5, 1.3125 / 4, .3, 2), voltages, 1e-12);
}

AttributeMap element() {
  return {{"technology", nanometres(32)},
          {"bits_per_cell", bits(2)},
          {"on_resistance", quantity(2e3, dimension::resistance)},
          {"off_resistance", quantity(3e6, dimension::resistance)},
          {"access_resistance", quantity(20e3, dimension::resistance)},
          {"read_voltage", quantity(.3, dimension::voltage)},
          {"pulse_width", quantity(1e-9, dimension::time)}};
}

TEST(ConductanceModel, AnswersBeforeTablesWhereTheDeviceIsStated) {
  EXPECT_DOUBLE_EQ(value_of("rram", element(), "compute"), resistive_compute_pj(dot_product_engine, .5, .5, .3, 1));
  EXPECT_DOUBLE_EQ(value_of("pcm", element(), "compute"), value_of("rram", element(), "compute"));
  AttributeMap unstated = element();
  for (const char* name : {"on_resistance", "off_resistance", "access_resistance", "read_voltage", "pulse_width"}) {
    unstated.erase(name);
  }
  EXPECT_NEAR(value_of("rram", unstated, "compute"), 1.83e-3, 1e-5);
}

TEST(ConductanceModel, FollowsTheDataThatTheDescriptionGives) {
  AttributeMap sparse = element();
  sparse["input_mean"] = plain(.1);
  EXPECT_NEAR(value_of("rram", sparse, "compute"), .2 * value_of("rram", element(), "compute"), 1e-15);
  AttributeMap light = element();
  light["weight_mean"] = plain(.1);
  EXPECT_LT(value_of("rram", light, "compute"), .22 * value_of("rram", element(), "compute"));
}

TEST(ConductanceModel, AsksForTheMeanSquareWhereInputsAreVoltages) {
  AttributeMap voltages = element();
  voltages["input_encoding"] = model_test::name("voltage");
  const Choice choice = choose("pcm", voltages, "compute");
  ASSERT_FALSE(choice.estimate.has_value());
  EXPECT_NE(choice.rejections.back().find("input_mean_square"), std::string::npos);
  voltages["input_mean_square"] = plain(1 / 3.);
  EXPECT_NEAR(value_of("pcm", voltages, "compute"), 2 / 3. * value_of("pcm", element(), "compute"), 1e-12);
}

// 2 V for 40 ns are PRIME's programming pulses (Accelergy library plug-in).
TEST(ConductanceModel, ProgrammingIsItsPulses) {
  AttributeMap programmed = element();
  programmed["program_voltage"] = quantity(2, dimension::voltage);
  programmed["program_width"] = quantity(40e-9, dimension::time);
  const double one = value_of("pcm", programmed, "write");
  EXPECT_NEAR(one, 4 * mean_conductance(dot_product_engine, .5) * 40e-9 * 1e12, 1e-9);
  programmed["program_pulses"] = plain(5);
  EXPECT_NEAR(value_of("pcm", programmed, "write"), 5 * one, 1e-9);
  programmed["write_energy"] = quantity(1e-12, dimension::energy);
  EXPECT_DOUBLE_EQ(value_of("pcm", programmed, "write"), 1);
}

TEST(CapacitiveCell, ChargesItsCapacitorWhereBothBitsAreOne) {
  const AttributeMap cell = {{"technology", nanometres(65)},
                             {"bits_per_cell", bits(1)},
                             {"capacitance", quantity(1.2e-15, farads)},
                             {"read_voltage", quantity(1, dimension::voltage)}};
  EXPECT_NEAR(value_of("sram_cell", cell, "compute"), 1.2e-3 / 4, 1e-12);
  EXPECT_DOUBLE_EQ(value_of("sram_cell", cell, "leakage"), sram_numbers(65, 512, 512).leakage_w / (512 * 512));
}

TEST(LineDriver, IsCapacitanceTimesVoltageSquared) {
  EXPECT_DOUBLE_EQ(line_energy_pj(128, .5, .1, 50, 1, .5), .5 * 128 * (.1 + .5 * .345) * 1e-3);
  const AttributeMap line = {
      {"technology", nanometres(50)}, {"cells", plain(128)}, {"pitch", quantity(.5e-6, dimension::length)}};
  EXPECT_NEAR(value_of("line_driver", line, "drive"), line_energy_pj(128, .5, 0, 50, .8, .5), 1e-12);
}

RC_GTEST_PROP(ResistiveElement, EnergyGrowsWithData, ()) {
  const double weight = *rc::gen::inRange(0, 100) / 100.;
  const double input = *rc::gen::inRange(0, 100) / 100.;
  const double here = resistive_compute_pj(dot_product_engine, weight, input, .3, 1);
  RC_ASSERT(resistive_compute_pj(dot_product_engine, weight, input + .01, .3, 1) > here);
  RC_ASSERT(resistive_compute_pj(dot_product_engine, weight + .01, input + .01, .3, 1) > here);
}

// Background powers as their notes derive them.
TEST(Dram, BackgroundPowerIsStandbyCurrentTimesVoltage) {
  const auto dram = [](const char* type) {
    return AttributeMap{{"type", model_test::name(type)}, {"width", bits(64)}};
  };
  EXPECT_DOUBLE_EQ(value_of("dram", dram("lpddr"), "leakage"), .015 * 1.8);
  EXPECT_DOUBLE_EQ(value_of("dram", dram("lpddr3"), "leakage"), .002 * 1.8 + .038 * 1.2);
  EXPECT_DOUBLE_EQ(value_of("dram", dram("ddr3"), "leakage"), .032 * 1.35);
  EXPECT_DOUBLE_EQ(value_of("dram", dram("ddr4"), "leakage"), .037 * 1.2);
  EXPECT_NEAR(value_of("dram", dram("ddr4"), "read"), (.168 - .056) * 1.2 / 25.6e9 * 1e12 * 64, 1e-9);
  EXPECT_NEAR(value_of("dram", dram("lpddr4"), "read"), 512, 1e-9);
  EXPECT_FALSE(choose("dram", dram("lpddr4"), "leakage").estimate.has_value());
}

}  // namespace
}  // namespace ohmloop
