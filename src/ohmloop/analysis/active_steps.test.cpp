#include "ohmloop/analysis/active_steps.hpp"

#include <set>

#include <gtest/gtest.h>

#include "ohmloop/analysis/fuzzing/random_nest.hpp"
#include "ohmloop/analysis/oracle_nest.hpp"

namespace ohmloop {
namespace {

/// By walking over every point and remembering the instance and the step that it belongs to.
std::int64_t walked(const RandomNest& random, NodeId node) {
  const OracleNest nest(random.einsum, random.mapping);
  const auto all = nest.select([](const OracleNest::LoopInfo&) { return true; });
  const auto outside =
      nest.select([&](const OracleNest::LoopInfo& loop) { return !loop.fanout || *loop.fanout < node; });
  std::set<OracleNest::Indices> seen;
  OracleNest::Indices indices(nest.size(), 0);
  nest.for_each(all, indices, [&] {
    if (!nest.exists(indices)) return;
    OracleNest::Indices chosen;
    for (const std::size_t loop : outside) chosen.push_back(indices[loop]);
    seen.insert(chosen);
  });
  return static_cast<std::int64_t>(seen.size());
}

TEST(ActiveSteps, EqualAWalkOverRandomNests) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const RandomNest nest = random_nest(seed, 400);
    for (std::size_t node = 0; node < nest.architecture.nodes.size(); ++node) {
      ASSERT_EQ(active_steps(nest.einsum, nest.mapping, NodeId(node)), walked(nest, NodeId(node)))
          << "seed " << seed << ", node " << node << "\n"
          << describe(nest);
    }
  }
}

TEST(ActiveSteps, ComputeIsActiveOncePerPoint) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const RandomNest nest = random_nest(seed, 400);
    EXPECT_EQ(active_steps(nest.einsum, nest.mapping, nest.architecture.compute()), nest.einsum.points());
  }
}

}  // namespace
}  // namespace ohmloop
