#pragma once

#include <vector>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// Ways to spread ranks over the fan-outs, the most promising first, at most `most`. Temporal factors are 1.
struct SpatialChoices {
  std::vector<Candidate> choices;
  std::size_t found = 0;  ///< before `most` cut the list
};

/// Digital fan-outs: all factors (perfect ones, or useful ones if the mapspace is imperfect) that constraints allow;
/// those that use more copies first.
SpatialChoices digital_spatial_choices(const Mapspace& space, std::size_t most);

/// Arrays: filter rows (K) fill the rows; weight slices, then output channels (M) fill the columns; the tiles of K, M
/// and groups that this makes are spread over the containers, from the inside out; choices with fewer rounds of
/// reloading first.
SpatialChoices array_spatial_choices(const Mapspace& space, std::size_t most);

}  // namespace ohmloop
