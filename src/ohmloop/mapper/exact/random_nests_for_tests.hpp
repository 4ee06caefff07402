#pragma once

#include "ohmloop/mapper/exact/nest_state.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"
#include "ohmloop/mapper/exact/random_spaces_for_tests.hpp"

/// For tests alone: nests put together loop by loop with the rules of the search, and what its bounds said on the way.
namespace ohmloop {

struct DrawnNest {
  NestPath path;
  NestState state;             ///< finished
  std::vector<Amounts> least;  ///< bounds of what the finished nest costs
};

/// Nothing if the draw left iterations over.
inline std::optional<DrawnNest> draw_nest(Draw& draw, const Skeleton& skeleton, const NestRules& rules,
                                          const Candidate& candidate, const SpatialLoops& spatial,
                                          const TimeLattice& lattice, const CostToGo& bounds) {
  DrawnNest nest{{&candidate, &spatial.times(), {}}, rules.start(), {}};
  for (std::size_t block = 0; block < skeleton.blocks.size(); ++block) {
    const bool outermost = block + 1 == skeleton.blocks.size();
    for (int tries = 0; tries < 30; ++tries) {
      const std::size_t rank = draw.below(skeleton.ranks());
      if ((nest.state.used >> rank & 1U) != 0) continue;
      const auto& factors = lattice.factors(nest.state.point, rank);
      if (factors.empty() || (!outermost && draw.below(3) == 0)) continue;
      const TimeLattice::Factor& factor = outermost ? factors.back() : factors[draw.below(factors.size())];
      if (factor.bound > skeleton.space->places[skeleton.blocks[block].place].ranges[rank].most) continue;
      rules.add_loop(nest.state, rank, factor, nest.path);
      ByRole<OpenLinks> open = rules.outlook(nest.state);
      nest.least.push_back(nest.state.amounts + bounds.at(block, open, nest.state.point));
      if (const auto counted = rules.counted_least(nest.state, nest.path, open)) {
        nest.least.push_back(*counted + bounds.at(block, open, nest.state.point));
      }
    }
    if (!outermost) rules.leave_block(nest.state);
  }
  if (nest.state.point != lattice.full()) return std::nullopt;
  rules.finish(nest.state, nest.path);
  return nest;
}

/// Whether a bound is no larger than the amounts, in all that are used.
inline bool holds(const Amounts& bound, const Amounts& amounts) {
  for (std::size_t i = 0; i < Amounts::most; ++i) {
    if (bound.of[i] > amounts.of[i] * (1 + 1e-9) + 1e-9) return false;
  }
  return true;
}

}  // namespace ohmloop
