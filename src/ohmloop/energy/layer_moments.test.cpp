#include "ohmloop/energy/layer_moments.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/models/model_test.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {
namespace {

using model_test::builtin_registry;

/// Cells of 10 and 100 kohm, read with 0.5 V for 10 ns, and DACs of 2 bits with units of 1 fF at 1 V.
constexpr const char* chip_text =
    "ohmloop: 1\nclock: 1 GHz\ntechnology: 32 nm\narchitecture:\n"
    "- !Memory {name: dram, class: dram, type: lpddr4, width: 64 bit}\n"
    "- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit, rate: 1 GHz}\n"
    "- !Converter {name: dac, class: dac, passes: input, resolution: 2 bit, unit_capacitance: 1 fF, "
    "reference_voltage: 1 V}\n"
    "- !Array {name: cells, class: rram, rows: 64, columns: 32, bits_per_cell: 2, input: {bits: 8}, weight: {bits: 8}, "
    "on_resistance: 10000 ohm, off_resistance: 100000 ohm, read_voltage: 0.5 V, pulse_width: 10 ns, "
    "program_voltage: 2 V, program_width: 100 ns}\n";

Architecture chip(const std::string& text = chip_text) {
  Diagnostics warnings;
  return read_architecture(std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text}), {}, warnings);
}

double energy(const Architecture& architecture, const ReferenceTables& tables, const char* node, const char* action) {
  return tables.of(architecture.find(node).value()).find(action)->energy_pj;
}

TEST(LayerMoments, SetWhatCellsAndConvertersCost) {
  const Architecture architecture = chip();
  const LayerMoments values{DigitMoments{0.25, 0.125}, DigitMoments{0.5, 0.4}, 0.3};
  const ReferenceTables tables = estimate_value_tables(architecture, builtin_registry(), {&values, 1})[0];
  // 10 uS + 0.25 x 90 uS; 0.25 V^2 x 10 ns x half of the pulses.
  const double conductance = 1e-5 + 0.25 * 9e-5;
  EXPECT_NEAR(energy(architecture, tables, "cells.multiply", "compute"), 0.25 * conductance * 10e-9 * 0.5 * 1e12, 1e-9);
  EXPECT_NEAR(energy(architecture, tables, "cells", "write"), 4 * conductance * 100e-9 * 1e12, 1e-9);
  // Codes D of 0 to 3: mean of D (4 - D) / 4 is (4 x 1.5 - 9 x 0.4) / 4 units of 1 fF at 1 V.
  EXPECT_NEAR(energy(architecture, tables, "dac", "convert"), (4 * 1.5 - 9 * 0.4) / 4 * 1e-3, 1e-12);
}

TEST(LayerMoments, ThoseThatAreNotKnownLeaveTheDefaults) {
  const Architecture architecture = chip();
  Diagnostics diagnostics;
  const ReferenceTables common = estimate_reference_tables(architecture, diagnostics);
  const std::vector<LayerMoments> values = {LayerMoments{}, {DigitMoments{0.25, 0.125}, std::nullopt, std::nullopt}};
  const std::vector<ReferenceTables> tables = estimate_value_tables(architecture, builtin_registry(), values);
  for (std::size_t i = 0; i < common.nodes.size(); ++i) {
    ASSERT_EQ(tables[0].nodes[i].actions.size(), common.nodes[i].actions.size());
    for (std::size_t k = 0; k < common.nodes[i].actions.size(); ++k) {
      EXPECT_EQ(tables[0].nodes[i].actions[k].energy_pj, common.nodes[i].actions[k].energy_pj);
    }
  }
  EXPECT_EQ(energy(architecture, tables[1], "dac", "convert"), energy(architecture, common, "dac", "convert"));
  EXPECT_LT(energy(architecture, tables[1], "cells.multiply", "compute"),
            energy(architecture, common, "cells.multiply", "compute"));
}

TEST(LayerMoments, ReplaceWhatTheDescriptionStates) {
  std::string text = chip_text;
  text.insert(text.find("on_resistance"), "weight_mean: 0.9, ");
  const LayerMoments values{DigitMoments{0.25, 0.125}, std::nullopt, std::nullopt};
  const Architecture stated = chip(text);
  const ReferenceTables of_stated = estimate_value_tables(stated, builtin_registry(), {&values, 1})[0];
  const ReferenceTables expected = estimate_value_tables(chip(), builtin_registry(), {&values, 1})[0];
  EXPECT_EQ(energy(stated, of_stated, "cells.multiply", "compute"),
            energy(stated, expected, "cells.multiply", "compute"));
}

TEST(LayerMoments, MatterWhereAnEnergyIsComputedFromThem) {
  EXPECT_TRUE(depends_on_values(chip(), builtin_registry()));
  Diagnostics warnings;
  for (const char* preset : {"isaac", "pim", "eyeriss"}) {
    const Architecture architecture = read_architecture(find_preset(preset), {}, warnings);
    EXPECT_FALSE(depends_on_values(architecture, builtin_registry())) << preset;
  }
}

// Every code as often as its share says, one after the other.
TEST(ChargeRedistribution, IsTheMeanOverTheCodes) {
  using model_test::plain;
  for (const int bits : {1, 2, 4}) {
    const int units = 1 << bits;
    double mean = 0;
    double square = 0;
    double charge = 0;
    double weight = 0;
    for (int code = 0; code < units; ++code) {
      const double share = code + 1;
      const double x = static_cast<double>(code) / (units - 1);
      weight += share;
      mean += share * x;
      square += share * x * x;
      charge += share * code * (units - code) / units;
    }
    AttributeMap attributes = {{"technology", model_test::nanometres(32)},
                               {"resolution", model_test::bits(bits)},
                               {"unit_capacitance", model_test::quantity(2e-15, Dimension{.joule = 1, .volt = -2})},
                               {"reference_voltage", model_test::quantity(0.5, dimension::voltage)},
                               {"input_mean", plain(mean / weight)},
                               {"input_mean_square", plain(square / weight)}};
    EXPECT_NEAR(model_test::value_of("dac", attributes, "convert"), 2e-3 * 0.25 * charge / weight, 1e-12) << bits;
    attributes.erase("input_mean");
    attributes.erase("input_mean_square");
    double uniform = 0;
    for (int code = 0; code < units; ++code) uniform += static_cast<double>(code) * (units - code) / units / units;
    EXPECT_NEAR(model_test::value_of("dac", attributes, "convert"), 2e-3 * 0.25 * uniform, 1e-12) << bits;
  }
}

}  // namespace
}  // namespace ohmloop
