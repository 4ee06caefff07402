#include "ohmloop/energy/technology.hpp"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

constexpr std::array<double, 10> nodes_nm = {130, 90, 65, 45, 32, 20, 16, 14, 10, 7};

// Stillmaker & Baas, Integration 58 (2017): area factors, row: from, column: to.
constexpr std::array<std::array<double, 10>, 10> published_area = {
    {{1, .44, .23, .16, .072, .033, .03, .027, .016, .0092},
     {2.3, 1, .53, .35, .16, .075, .067, .061, .036, .021},
     {4.3, 1.9, 1, .66, .31, .14, .13, .12, .068, .039},
     {6.4, 2.8, 1.5, 1, .46, .21, .19, .17, .1, .059},
     {14, 6.1, 3.3, 2.2, 1, .46, .41, .38, .22, .13},
     {30, 13, 7.1, 4.7, 2.2, 1, .89, .82, .48, .28},
     {34, 15, 7.9, 5.3, 2.4, 1.1, 1, .91, .54, .31},
     {37, 16, 8.7, 5.8, 2.7, 1.2, 1.1, 1, .59, .34},
     {63, 28, 15, 9.8, 4.5, 2.1, 1.9, 1.7, 1, .58},
     {110, 48, 25, 17, 7.8, 3.6, 3.2, 2.9, 1.7, 1}}};

// The same paper: energy of a gate = a V^2 + b V + c.
constexpr std::array<std::array<double, 3>, 10> published_energy = {{{7.171, -6.709, 2.904},
                                                                     {4.762, -4.781, 2.092},
                                                                     {3.755, -4.398, 1.975},
                                                                     {1.103, -.362, .2767},
                                                                     {.9559, -.7823, .471},
                                                                     {.373, -.1582, .04104},
                                                                     {.2958, -.1241, .03024},
                                                                     {.2363, -.09675, .02239},
                                                                     {.2068, -.09311, .02375},
                                                                     {.1776, -.09097, .02447}}};

double gate_energy(std::size_t node, double supply_v) {
  const auto& [a, b, c] = published_energy[node];
  return a * supply_v * supply_v + b * supply_v + c;
}

TEST(TechnologyTables, EveryAreaFactorIsThePublishedOne) {
  for (std::size_t from = 0; from < nodes_nm.size(); ++from) {
    for (std::size_t to = 0; to < nodes_nm.size(); ++to) {
      EXPECT_DOUBLE_EQ(area_scale(nodes_nm[from], nodes_nm[to]), published_area[from][to])
          << nodes_nm[from] << " nm to " << nodes_nm[to] << " nm";
    }
  }
}

TEST(TechnologyTables, EveryEnergyFactorIsTheRatioOfThePublishedQuadratics) {
  for (std::size_t from = 0; from < nodes_nm.size(); ++from) {
    for (std::size_t to = 0; to < nodes_nm.size(); ++to) {
      for (const double supply_v : {.7, .8, 1.1}) {
        EXPECT_NEAR(energy_scale(nodes_nm[from], nodes_nm[to], supply_v),
                    gate_energy(to, supply_v) / gate_energy(from, supply_v), 1e-12 * 1000);
      }
      EXPECT_NEAR(energy_scale(nodes_nm[from], nodes_nm[to], .8, .9), gate_energy(to, .9) / gate_energy(from, .8),
                  1e-9);
    }
  }
}

TEST(TechnologyTables, SupplyMayFallUntilTheQuadraticTurns) {
  EXPECT_NEAR(lowest_supply_v(65), 4.398 / (2 * 3.755), 1e-12);
  EXPECT_NEAR(lowest_supply_v(32), .7823 / (2 * .9559), 1e-12);
  EXPECT_DOUBLE_EQ(lowest_supply_v(38.5), lowest_supply_v(32));  // of two neighbours the higher one
}

RC_GTEST_PROP(TechnologyTables, LessSupplyNeverTakesMoreInsideTheRange, ()) {
  const double nm = *rc::gen::inRange(7, 131);
  const double high = *rc::gen::inRange(700, 1300) / 1000.0;
  const double low = lowest_supply_v(nm) + (high - lowest_supply_v(nm)) * *rc::gen::inRange(0, 1000) / 1000.0;
  RC_ASSERT(energy_scale(nm, nm, high, low) <= 1 + 1e-12);
  RC_ASSERT(energy_scale(nm, nm, high, low) > 0);
}

TEST(TechnologyTables, LeakageGoesWithAreaAndSupply) {
  EXPECT_DOUBLE_EQ(leakage_scale(65, 45, .8, .8), .66);
  EXPECT_DOUBLE_EQ(leakage_scale(65, 45, .8, .4), .33);
}

}  // namespace
}  // namespace ohmloop
