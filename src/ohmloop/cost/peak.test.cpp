#include "ohmloop/cost/peak.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

PeakPerformance peak_of(const char* preset) {
  Diagnostics diagnostics;
  const Architecture chip = read_architecture(find_preset(preset), {}, diagnostics);
  return peak_performance(chip, estimate_reference_tables(chip, diagnostics));
}

// Shafiee et al., ISCA 2016: Table I (65.8 W, 85.4 mm2) and Table IV (627.5 GOPS/W, 478.95 GOPS/s/mm2), where a 16-bit
// multiplication and an addition are two operations. 16,128 arrays x 128 x 16 MACs x 2 / 1.6 us = 41,288 GOPS.
TEST(PeakPerformance, OfIsaacIsThePublishedOne) {
  const PeakPerformance peak = peak_of("isaac");
  EXPECT_EQ(peak.without_rate, std::vector<std::string>{});
  EXPECT_NEAR(peak.operations_per_s * 1e-9, 41288, 1);
  EXPECT_NEAR(peak.power_w.value_or(0), 65.8, 0.01 * 65.8);
  EXPECT_NEAR(peak.area_um2 * 1e-6, 85.4, 0.01 * 85.4);
  EXPECT_NEAR(peak.operations_per_s_per_w().value_or(0) * 1e-9, 627.5, 0.01 * 627.5);
  EXPECT_NEAR(peak.operations_per_s_per_mm2().value_or(0) * 1e-9, 478.95, 0.01 * 478.95);
}

// Chen et al., JSSC 2017: 168 processing elements, one MAC per cycle, at 200 MHz: 33.6 GMAC/s.
TEST(PeakPerformance, OfEyerissIsOneMacPerElementAndCycle) {
  const PeakPerformance peak = peak_of("eyeriss");
  EXPECT_DOUBLE_EQ(peak.macs_per_s, 168 * 200e6);
  EXPECT_FALSE(peak.power_w.has_value()) << "models of memories give no full rate";
  EXPECT_FALSE(peak.operations_per_s_per_w().has_value());
  EXPECT_FALSE(peak.without_rate.empty());
}

TEST(EffectivePerformance, CountsTwoOperationsPerMac) {
  const EffectivePerformance run = effective_performance(1e9, 1e9, 1e-3, 2e6);
  EXPECT_DOUBLE_EQ(run.operations, 2e9);
  EXPECT_DOUBLE_EQ(run.operations_per_j.value_or(0), 2e9 / 1e-3);
  EXPECT_DOUBLE_EQ(run.operations_per_s_per_mm2.value_or(0), 2e9 / 1e-3 / 2);
  EXPECT_FALSE(effective_performance(1e9, 0, 0, 0).operations_per_j.has_value());
}

}  // namespace
}  // namespace ohmloop
