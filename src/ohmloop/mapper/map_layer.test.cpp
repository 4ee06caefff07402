#include "ohmloop/mapper/map_layer.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "ohmloop/mapper/brute_force_for_tests.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/mapspace_size.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/runner_up.hpp"

namespace ohmloop {
namespace {

void expect_optimum(const RandomSpace& space, const MapperResult& result, const Score& best, std::uint32_t seed) {
  ASSERT_EQ(std::isfinite(best.value), result.best.has_value()) << seed;
  if (!result.best) return;
  const Score ours = score(space.objective, result.best->evaluation);
  EXPECT_NEAR(ours.value, best.value, 1e-9 * best.value) << seed << " " << to_string(space.objective);
  EXPECT_LE(ours.tie, best.tie * (1 + 1e-9)) << seed;
  EXPECT_TRUE(result.best->certificate.optimal) << seed;
  EXPECT_EQ(result.best->certificate.gap, 0.0) << seed;
}

TEST(MapLayer, FindsTheOptimumOfRandomMapspaces) {
  for (std::uint32_t seed = 0; seed < 240; ++seed) {
    const RandomSpace space(seed);
    const MapperResult result = space.map();
    EXPECT_EQ(result.none.has_value(), !result.best.has_value()) << seed;
    expect_optimum(space, result, BruteForce(space.einsum, space.chip, space.objective).best(), seed);
  }
}

TEST(MapLayer, FindsTheRunnerUpWithAnotherDataflow) {
  int found = 0;
  for (std::uint32_t seed = 0; seed < 80; ++seed) {
    const RandomSpace space(seed);
    const MapperResult best = space.map();
    if (!best.best) continue;
    const Role stationary = best.best->stationary;
    const MapperResult other = space.map({.not_stationary = stationary});
    expect_optimum(space, other, BruteForce(space.einsum, space.chip, space.objective, stationary).best(), seed);
    if (!other.best) continue;
    EXPECT_NE(other.best->stationary, stationary) << seed;
    const double optimum = score(space.objective, best.best->evaluation).value;
    const double value = score(space.objective, other.best->evaluation).value;
    const auto step_by_step =
        find_runner_up([&](const MapOptions& options) { return space.map(options); }, {}, stationary, optimum);
    ASSERT_EQ(step_by_step.best.has_value(), value < 100 * optimum) << seed;
    EXPECT_LE(step_by_step.none_below * optimum, value) << seed;
    if (step_by_step.best) {
      EXPECT_NEAR(score(space.objective, step_by_step.best->evaluation).value, value, 1e-9 * value) << seed;
    }
    ++found;
  }
  EXPECT_GE(found, 40);
}

TEST(MapLayer, IsTheSameForAnyNumberOfThreads) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const RandomSpace space(seed);
    MapStats one_stats;
    MapStats many_stats;
    const MapperResult one = space.map({.threads = 1}, &one_stats);
    const MapperResult many = space.map({.threads = 5}, &many_stats);
    ASSERT_EQ(one.best.has_value(), many.best.has_value()) << seed;
    if (!one.best) continue;
    EXPECT_EQ(one.best->mapping, many.best->mapping) << seed;
    EXPECT_EQ(one_stats.nests.states, many_stats.nests.states) << seed;
    EXPECT_EQ(one_stats.table_entries, many_stats.table_entries) << seed;
  }
}

/// The bound holds whenever the search is stopped, and what was found by then is worth what it says.
TEST(MapLayer, SaysHowFarItMayBeFromTheOptimumWhenItIsStopped) {
  int stopped = 0;
  int with_gap = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const RandomSpace space(seed);
    const MapperResult whole = space.map();
    if (!whole.best) continue;
    const double best = score(space.objective, whole.best->evaluation).value;
    for (const std::int64_t states : {1, 5, 20, 60}) {
      const MapperResult some = space.map({.most_states = states});
      if (!some.best) continue;
      const Certificate& certificate = some.best->certificate;
      const double value = score(space.objective, some.best->evaluation).value;
      EXPECT_GE(value, best * (1 - 1e-9)) << seed;
      if (certificate.optimal) {
        EXPECT_NEAR(value, best, 1e-9 * best) << seed;
      }
      if (!certificate.lower_bound) continue;
      EXPECT_LE(*certificate.lower_bound, best * (1 + 1e-9)) << seed;
      EXPECT_LE(value, (1 + *certificate.gap) * best * (1 + 1e-9)) << seed;
      ++stopped;
      with_gap += certificate.optimal ? 0 : 1;
    }
  }
  EXPECT_GE(stopped, 60);
  EXPECT_GE(with_gap, 20);
}

TEST(MapLayer, HasSomethingToShowWhenItIsStoppedAtOnce) {
  const RandomSpace space(1);
  MapStats stats;
  const MapperResult result = space.map({.stop = [] { return true; }}, &stats);
  ASSERT_TRUE(result.best.has_value());
  EXPECT_GT(stats.not_searched, 0);
}

TEST(MapspaceSize, CountsTilingsOrdersPlacementsAndSpatialChoices) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, 60);
  chip.add_memory("buffer", {Placement::free, Placement::keep, Placement::keep}, 1 << 20, 3);
  chip.add_fanout("pe", 2);
  chip.add("mac", Compute{}, {{"compute", 1}});
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 3), chip.architecture);
  const double orders = 6 * 6;
  // Of 2, 4 and 3 among two memories: 2 * 3 * 2 ways; with one of the 2 or of the 4 across the copies 1 * 3 * 2, 2 * 2
  // * 2.
  EXPECT_DOUBLE_EQ(mapspace_size(make_mapspace(einsum, chip.architecture, {})), 2 * orders * (12 + 6 + 8));
}

}  // namespace
}  // namespace ohmloop
