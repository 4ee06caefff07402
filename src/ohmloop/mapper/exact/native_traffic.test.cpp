#include "ohmloop/mapper/exact/native_traffic.hpp"

#include <gtest/gtest.h>

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/candidate_counts.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/exact/random_nests_for_tests.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {
namespace {

/// Random nests of one layer on one chip, against the plain model.
void check_random_nests(std::uint32_t seed) {
  Draw draw(seed);
  const TestChip chip = random_small_chip(draw);
  const Einsum einsum = lower("layer", random_small_layer(draw), chip.architecture);
  Mapspace space = make_mapspace(einsum, chip.architecture, {});
  for (LoopPlace& place : space.places) place.last_ranks.clear();  // loops are drawn in any order
  const CostModel model(einsum, chip.architecture, chip.tables);
  const Objective objective{1, 1};
  const NativeLimits limits(space, model, objective);
  const Skeleton skeleton(space, blank_candidate(space).keeps);
  NativeTraffic traffic(skeleton, limits);
  std::vector<SpatialFactors> all;
  for_all_spatial_factors(space, [&](const SpatialFactors& factors) {
    all.push_back(factors);
    return true;
  });
  if (all.empty()) return;
  const Candidate candidate = spatial_candidate(space, skeleton.keeps, all[draw.below(all.size())]);
  const SpatialLoops spatial(skeleton, candidate);
  traffic.start(spatial, candidate);
  const TimeLattice lattice(spatial.times());
  const NestRules rules(skeleton, traffic, lattice);
  CandidateCounts counts(space);
  CostToGo bounds(skeleton);
  bounds.start(traffic, spatial, lattice);
  for (std::size_t amount = 0; amount < limits.amounts(); ++amount) bounds.bound(amount);
  for (int i = 0; i < 30; ++i) {
    const auto nest = draw_nest(draw, skeleton, rules, candidate, spatial, lattice, bounds);
    if (!nest) continue;
    const Candidate whole = path_candidate(skeleton, nest->path);
    const Mapping mapping = to_mapping(space, whole);
    const std::string text = to_text(einsum, chip.architecture, mapping);
    const Cost cost = model.cost(counts.count(whole));
    ASSERT_NEAR(nest->state.amounts.energy_pj(), cost.energy_pj, 1e-9 * cost.energy_pj) << seed << "\n" << text;
    const double value = score(objective, cost).value;
    ASSERT_NEAR(traffic.score(nest->state.amounts).value, value, 1e-9 * value) << seed << "\n" << text;
    ASSERT_EQ(stationary_tensor(einsum, mapping), stationary_tensor(steps_standing_still(skeleton, nest->path)))
        << seed << "\n"
        << text;
    if (!fits(space, whole)) continue;
    for (const Amounts& bound : nest->least) ASSERT_TRUE(holds(bound, nest->state.amounts)) << seed << "\n" << text;
  }
}

TEST(NativeTraffic, AddsUpToTheModelsCostAndBoundsIt) {
  for (std::uint32_t seed = 0; seed < 3'000 && !testing::Test::HasFatalFailure(); ++seed) check_random_nests(seed);
}

}  // namespace
}  // namespace ohmloop
