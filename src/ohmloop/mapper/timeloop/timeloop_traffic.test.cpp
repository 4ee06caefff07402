#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"

#include <gtest/gtest.h>

#include "ohmloop/mapper/exact/random_nests_for_tests.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/timeloop/random_specs_for_tests.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"

namespace ohmloop {
namespace {

/// Random nests of one specification, against Timeloop's model; returns how many there were.
int check_random_nests(std::uint32_t seed) {
  Draw draw(seed);
  timeloop::TimeloopSpec spec = random_spec(draw);
  for (timeloop::LoopDirective& directive : spec.constraints.loops) directive.permutation.clear();
  Diagnostics diagnostics;
  const auto made = TimeloopSpace::make(spec, diagnostics);
  if (made == nullptr) ADD_FAILURE() << seed << ": no mapspace";
  if (made == nullptr) return 0;
  const Mapspace& space = made->space();
  const Skeleton skeleton(space, blank_candidate(space).keeps);
  TimeloopTraffic traffic(*made, skeleton, {1, 1});
  std::vector<SpatialFactors> all;
  for_all_spatial_factors(space, [&](const SpatialFactors& factors) {
    all.push_back(factors);
    return true;
  });
  if (all.empty() || !traffic.fits()) return 0;
  const Candidate candidate = spatial_candidate(space, skeleton.keeps, all[draw.below(all.size())]);
  const SpatialLoops spatial(skeleton, candidate);
  traffic.start(spatial, candidate);
  const TimeLattice lattice(spatial.times());
  const NestRules rules(skeleton, traffic, lattice);
  CostToGo bounds(skeleton);
  bounds.start(traffic, spatial, lattice);
  for (std::size_t amount = 0; amount < traffic.amounts(); ++amount) bounds.bound(amount);
  int checked = 0;
  for (int i = 0; i < 30; ++i) {
    const auto nest = draw_nest(draw, skeleton, rules, candidate, spatial, lattice, bounds);
    if (!nest) continue;
    ++checked;
    const Candidate whole = path_candidate(skeleton, nest->path);
    const timeloop::TimeloopResult result = timeloop::evaluate(made->nest(whole), made->counting());
    const double value = result.energy_pj * static_cast<double>(result.cycles);
    EXPECT_NEAR(traffic.score(nest->state.amounts).value, value, 1e-9 * value) << seed;
    if (!fits(space, whole)) continue;
    for (const Amounts& bound : nest->least) EXPECT_TRUE(holds(bound, nest->state.amounts)) << seed;
  }
  return checked;
}

TEST(TimeloopTraffic, AddsUpToTheModelsCostAndBoundsIt) {
  int nests = 0;
  for (std::uint32_t seed = 0; seed < 4'000 && !HasFailure(); ++seed) nests += check_random_nests(seed);
  EXPECT_GT(nests, 50'000);
}

}  // namespace
}  // namespace ohmloop
