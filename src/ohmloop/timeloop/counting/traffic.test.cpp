#include "ohmloop/timeloop/counting/traffic.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/timeloop/counting/closed_traffic.hpp"
#include "ohmloop/timeloop/counting/random_nest_testing.hpp"

namespace ohmloop::timeloop {
namespace {

struct Both {
  NestTraffic closed;
  NestTraffic simulated;
};

Both count_both(const Nest& nest, const CountingOptions& options) {
  FlatNest flat;
  flat.assign(nest);
  Both both;
  ClosedTraffic().count(nest, flat, options, both.closed);
  simulate_traffic(nest, flat, options, both.simulated);
  return both;
}

/// The simulation keeps entries without accesses, which nobody sees.
std::vector<Ingress> used(std::vector<Ingress> ingresses) {
  std::erase_if(ingresses, [](const Ingress& ingress) { return ingress.accesses == 0; });
  return ingresses;
}

void expect_same(const Both& both) {
  RC_ASSERT(both.closed.computes_per_instance == both.simulated.computes_per_instance);
  for (std::size_t d = 0; d < both.closed.tiles.size(); ++d) {
    for (std::size_t l = 0; l < both.closed.tiles[d].size(); ++l) {
      const TileTraffic& closed = both.closed.tiles[d][l];
      const TileTraffic& simulated = both.simulated.tiles[d][l];
      RC_ASSERT(closed.tile_words == simulated.tile_words);
      RC_ASSERT(closed.union_words == simulated.union_words);
      RC_ASSERT(closed.link_transfers == simulated.link_transfers);
      const std::vector<Ingress> a = used(closed.ingresses);
      const std::vector<Ingress> b = used(simulated.ingresses);
      RC_ASSERT(a.size() == b.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        RC_ASSERT(a[i].multicast == b[i].multicast);
        RC_ASSERT(a[i].scatter == b[i].scatter);
        RC_ASSERT(a[i].accesses == b[i].accesses);
        RC_ASSERT(std::abs(a[i].hops - b[i].hops) < 1e-9);
      }
    }
  }
}

RC_GTEST_PROP(TimeloopTraffic, closed_form_is_what_the_simulation_counts, ()) {
  const Nest nest = *random_nest();
  CountingOptions options;
  options.extrapolate = *rc::gen::arbitrary<bool>();
  options.stride_rule = *rc::gen::element(StrideRule::moves, StrideRule::steps);
  expect_same(count_both(nest, options));
}

RC_GTEST_PROP(TimeloopTraffic, hops_change_no_count, ()) {
  const Nest nest = *random_nest();
  FlatNest flat;
  flat.assign(nest);
  NestTraffic with;
  NestTraffic without;
  ClosedTraffic().count(nest, flat, {}, with);
  CountingOptions options;
  options.hops = false;
  ClosedTraffic().count(nest, flat, options, without);
  for (std::size_t d = 0; d < with.tiles.size(); ++d) {
    for (std::size_t l = 0; l < with.tiles[d].size(); ++l) {
      const auto& a = with.tiles[d][l].ingresses;
      const auto& b = without.tiles[d][l].ingresses;
      RC_ASSERT(a.size() == b.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        RC_ASSERT(a[i].multicast == b[i].multicast);
        RC_ASSERT(a[i].scatter == b[i].scatter);
        RC_ASSERT(a[i].accesses == b[i].accesses);
      }
    }
  }
}

/// With a factor that does not divide every iteration that is run has its own tile: without extrapolation the reads of
/// compute are all points.
RC_GTEST_PROP(TimeloopTraffic, all_iterations_of_imperfect_factors_are_run, ()) {
  Nest nest = *random_nest();
  for (StorageLevel& level : nest.levels) {
    for (Loop& loop : level.loops) {
      if (loop.kind == LoopKind::temporal) loop.last_bound = *rc::gen::inRange<std::int64_t>(1, loop.bound + 1);
    }
    std::erase_if(level.loops, [](const Loop& loop) { return loop.kind != LoopKind::temporal; });
  }
  FlatNest flat;
  flat.assign(nest);
  std::vector<std::int64_t> sizes(nest.problem.sizes.size(), 1);
  for (const FlatLoop& loop : flat.loops) sizes[loop.dimension] += loop.step * (loop.last_bound - 1);
  double points = 1;
  for (const std::int64_t size : sizes) points *= static_cast<double>(size);
  CountingOptions options;
  options.extrapolate = false;
  NestTraffic traffic;
  simulate_traffic(nest, flat, options, traffic);
  RC_ASSERT(traffic.computes_per_instance == points);
}

}  // namespace
}  // namespace ohmloop::timeloop
