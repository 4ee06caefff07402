#include "ohmloop/mapper/pareto.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "ohmloop/mapper/brute_force_for_tests.hpp"

namespace ohmloop {
namespace {

/// Energy in pJ, cycles, used share of the area; 0 where a metric is not looked at.
using Costs = std::array<double, 3>;

bool covers(const Costs& a, const Costs& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i] * (1 + 1e-9)) return false;
  }
  return true;
}

Costs of_metrics(Costs costs, const std::vector<MappingMetric>& metrics) {
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const auto metric = static_cast<MappingMetric>(i);
    if (std::find(metrics.begin(), metrics.end(), metric) == metrics.end()) costs[i] = 0;
  }
  return costs;
}

/// Area of the instances that have something to do.
double used_share(const RandomSpace& space, const Counts& counts) {
  double used = 0;
  double all = 0;
  for (std::size_t i = 0; i < space.chip.architecture.nodes.size(); ++i) {
    const double area = space.chip.tables.nodes[i].area_um2;
    used += area * static_cast<double>(counts.used_instances[i]);
    all += area * static_cast<double>(space.chip.architecture.instances(NodeId(i)));
  }
  return all > 0 ? used / all : 0;
}

void give_areas(RandomSpace& space) {
  for (std::size_t i = 0; i < space.chip.tables.nodes.size(); ++i) {
    space.chip.tables.nodes[i].area_um2 = static_cast<double>(1 + 7 * i % 5);
  }
}

void expect_front_of_brute_force(RandomSpace& space, const std::vector<MappingMetric>& metrics, std::uint32_t seed) {
  std::vector<Costs> front;
  BruteForce brute(space.einsum, space.chip, space.objective);
  brute.on_mapping([&](const Counts& counts, const Cost& cost) {
    const Costs one = of_metrics(
        {cost.energy_pj + cost.leakage_pj, static_cast<double>(cost.latency_cycles), used_share(space, counts)},
        metrics);
    if (std::any_of(front.begin(), front.end(), [&](const Costs& other) { return covers(other, one); })) return;
    std::erase_if(front, [&](const Costs& other) { return covers(one, other); });
    front.push_back(one);
  });
  brute.best();
  const ParetoFront ours = pareto_mappings(space.einsum, space.chip.architecture, space.chip.tables, metrics);
  EXPECT_TRUE(ours.complete) << seed;
  EXPECT_EQ(ours.none.has_value(), front.empty()) << seed;
  ASSERT_EQ(ours.points.size(), front.size()) << seed;
  for (const ParetoPoint& point : ours.points) {
    const Evaluation& evaluation = point.layer.evaluation;
    const Costs costs = of_metrics(
        {evaluation.energy_pj + evaluation.leakage_pj, static_cast<double>(evaluation.latency_cycles), point.area_use},
        metrics);
    EXPECT_NEAR(point.area_use, used_share(space, point.layer.counts), 1e-12) << seed;
    EXPECT_TRUE(std::any_of(front.begin(), front.end(), [&](const Costs& other) {
      return covers(other, costs) && covers(costs, other);
    })) << seed;
  }
}

TEST(Pareto, IsTheFrontOfAllMappings) {
  using enum MappingMetric;
  std::size_t spaces = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    RandomSpace space(seed);
    give_areas(space);
    const std::array<std::vector<MappingMetric>, 4> choices = {
        {{energy, latency}, {energy, latency, area_use}, {energy, area_use}, {latency, area_use}}};
    expect_front_of_brute_force(space, choices[seed % choices.size()], seed);
    ++spaces;
  }
  EXPECT_EQ(spaces, 60U);
}

TEST(Pareto, ReadsMetrics) {
  using enum MappingMetric;
  EXPECT_EQ(parse_metrics("energy,latency"), (std::vector{energy, latency}));
  EXPECT_EQ(parse_metrics("area-use,energy,latency"), (std::vector{area_use, energy, latency}));
  for (const char* text : {"", "energy", "energy,energy", "energy,", ",latency", "energy latency", "edp,energy"}) {
    EXPECT_THROW(parse_metrics(text), InputError) << text;
  }
}

}  // namespace
}  // namespace ohmloop
