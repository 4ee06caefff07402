// Macros whose presets hold nothing that was fitted: descriptions alone, and what Ohmloop's models make of them. The
// bounds are what was found, not what would be good: docs/validation.md names the causes.
#include <algorithm>

#include "figure.hpp"
#include "operated_macro.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

TEST(Predictions, FitNothing) {
  for (const char* preset : {"neurram-2022", "wang-2022", "raella-2023", "pim-ispass2020", "isaac"}) {
    Diagnostics diagnostics;
    const Architecture chip = read_architecture(find_preset(preset), {}, diagnostics);
    EXPECT_TRUE(chip.fitted.empty()) << preset;
  }
}

// Wan et al., Nature 2022, Fig. 12c, d, as transcribed by CiMLoop: 48 cores in one phase. Published inputs count a
// sign.
TEST(Predictions, NeuRram) {
  struct Published {
    int output_bits, input_bits;
    double tops, tops_per_w;
  };
  Figure fast{"NeuRRAM: TOPS by bits of inputs and outputs", {}, 4.6};
  Figure lean{"NeuRRAM: TOPS/W by the same", {}, 5.8};
  for (const auto& [outputs, inputs, tops, tops_per_w] : {Published{3, 1, 2.12231, 43.0788},
                                                          {4, 2, 1.79308, 40.3341},
                                                          {5, 3, 1.16540, 23.0907},
                                                          {6, 4, 0.743868, 15.9541},
                                                          {7, 5, 0.451564, 11.3300},
                                                          {8, 6, 0.260798, 9.12235}}) {
    const OperatedMacro core("neurram-2022", {fmt::format("input_bits={} bit", std::max(1, inputs - 1)),
                                              fmt::format("output_bits={} bit", outputs), "cores=1"});
    fast.points.push_back({fmt::format("{} in, {} out", inputs, outputs), tops, 48 * core.tera_operations_per_s()});
    lean.points.push_back({fmt::format("{} in, {} out", inputs, outputs), tops_per_w, core.tera_operations_per_j()});
  }
  print(fast);
  print(lean);
  EXPECT_LT(fast.mean_percent(), 6);
  EXPECT_LT(lean.mean_percent(), 60);
}

// Wang et al., VLSI 2022, Figs. 22 and 23, at 1 V, and its throughput at 0.7 V: 2.377 TOPS/mm2 of 0.124 mm2.
TEST(Predictions, Wang) {
  const OperatedMacro macro("wang-2022");
  const double mvm_pj = 2.0 / 16.37572276 * 16 * 64;
  const Figure energy{"Wang: energy by part, 1 V",
                      {{"ADC, pJ", 0.34 * mvm_pj, macro.energy_pj({"adc"})},
                       {"DAC, pJ", 0.22 * mvm_pj, macro.energy_pj({"dac"})},
                       {"MAC, pJ", 0.40 * mvm_pj, macro.energy_pj({"array", "array.multiply"})}},
                      {}};
  const Figure tops{"Wang: TOPS, 0.7 V", {{"0.7 V", 2.377 * 0.124, macro.tera_operations_per_s()}}, {}};
  print(energy);
  print(tops);
  EXPECT_NEAR(tops.points[0].off(), 0.007, 0.002);
  EXPECT_NEAR(energy.points[0].off(), -0.68, 0.03);
  EXPECT_GT(energy.points[1].off(), 10) << "class dac is a driver whose energy doubles with each bit, no ladder";
  EXPECT_NEAR(energy.points[2].off(), -0.75, 0.03);
}

// Andrulis et al., ISCA 2023: 0.063 conversions a MAC with 512 rows, before adaptive slicing and speculation, where an
// ISAAC of 8 bits has 0.25.
TEST(Predictions, Raella) {
  const OperatedMacro macro("raella-2023", {"arrays=1"});
  const double per_conversion = macro.tables().nodes[macro.chip().find("adc")->index()].find("convert")->energy_pj;
  const double conversions = macro.energy_pj({"adc"}) / per_conversion / macro.macs();
  print({"RAELLA: conversions per MAC", {{"512 rows", 0.063, conversions}}, {}});
  EXPECT_DOUBLE_EQ(conversions, 0.0625);
  const double femtojoules = 1e3 * macro.energy_pj() / macro.macs();
  std::printf("    RAELLA, fJ/MAC at full use, without speculation: %.1f (CiMLoop's model: 96.8)\n", femtojoules);
  EXPECT_NEAR(femtojoules, 461, 5);
}

}  // namespace
}  // namespace ohmloop::test
