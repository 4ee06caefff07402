#include "ohmloop/energy/roll_up.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

// Shafiee et al., ISCA 2016, Table I. Everything is computed from the preset's counts and the tables' energies.
class IsaacTableOne : public testing::Test {
 protected:
  IsaacTableOne() {
    Diagnostics diagnostics;
    architecture_ = read_architecture(find_preset("isaac"), {}, diagnostics);
    tables_ = estimate_reference_tables(architecture_, diagnostics);
  }

  [[nodiscard]] NodeId id(std::string_view name) const { return architecture_.find(name).value(); }

  Architecture architecture_;
  ReferenceTables tables_;
};

TEST_F(IsaacTableOne, TileTakes330MilliwattsAnd0372SquareMillimetres) {
  const ChipRollUp tile = roll_up_below(architecture_, tables_, id("tile"));
  EXPECT_NEAR(tile.power_w, 0.330, 0.01 * 0.330);
  EXPECT_NEAR(tile.area_um2, 0.372e6, 0.01 * 0.372e6);
  EXPECT_TRUE(tile.without_rate.empty());
}

TEST_F(IsaacTableOne, TwelveImasTake289MilliwattsAnd0157SquareMillimetres) {
  const ChipRollUp ima = roll_up_below(architecture_, tables_, id("ima"));
  EXPECT_NEAR(12 * ima.power_w, 0.289, 0.01 * 0.289);
  EXPECT_NEAR(12 * ima.area_um2, 0.157e6, 0.01 * 0.157e6);
}

TEST_F(IsaacTableOne, ChipTakes65WattsAnd85SquareMillimetres) {
  const ChipRollUp chip = roll_up_chip(architecture_, tables_);
  EXPECT_NEAR(chip.power_w, 65.8, 0.01 * 65.8);
  EXPECT_NEAR(chip.area_um2, 85.4e6, 0.01 * 85.4e6);
  EXPECT_DOUBLE_EQ(chip.power_w, peak_power_w(architecture_, tables_));
}

TEST_F(IsaacTableOne, SharesOfATileAreThePublishedOnes) {
  const ChipRollUp tile = roll_up_below(architecture_, tables_, id("tile"));
  const auto share = [&](std::string_view name) { return tile.nodes[id(name).index()].power_w / tile.power_w; };
  EXPECT_NEAR(share("adc"), 0.582, 0.002);
  EXPECT_NEAR(share("dac"), 0.145, 0.002);
  EXPECT_NEAR(share("array.multiply"), 0.087, 0.002);
  EXPECT_NEAR(share("edram"), 0.063, 0.002);
  EXPECT_NEAR(share("router"), 0.032, 0.002);
  EXPECT_NEAR(tile.nodes[id("adc").index()].area_um2 / tile.area_um2, 0.310, 0.002);
}

TEST_F(IsaacTableOne, EnergyPerActionIsPowerOverCountOverRate) {
  const auto energy = [&](std::string_view name, std::string_view action) {
    return tables_.of(id(name)).find(action)->energy_pj;
  };
  EXPECT_NEAR(energy("adc", "convert"), 1.5625, 1e-9);
  EXPECT_NEAR(energy("dac", "convert"), 0.390625, 1e-9);
  EXPECT_NEAR(energy("sample_and_hold", "hold"), 9.765625e-4, 1e-12);
  EXPECT_NEAR(energy("array.multiply", "compute"), 1.8310546875e-3, 1e-12);
  EXPECT_NEAR(energy("bus", "transfer") * 8, 0.684, 0.001);
  EXPECT_NEAR(energy("edram", "read") / 32, 2.02, 0.005);
}

}  // namespace
}  // namespace ohmloop
