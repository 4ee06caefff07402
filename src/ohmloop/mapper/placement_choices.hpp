#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/mapper/mapspace.hpp"

namespace ohmloop {

/// Ways to decide the free placements, each as a candidate's `keeps`.
struct PlacementChoices {
  std::vector<std::vector<std::uint8_t>> choices;  ///< everything kept first
  bool complete = true;                            ///< all ways are there
};

/// All 2^n ways for n free placements, if these are at most `most` (>= 2). Else those near the ends: everything kept
/// and nothing kept, then both with one placement decided the other way, as far as `most` goes.
PlacementChoices placement_choices(const Mapspace& space, std::size_t most);

}  // namespace ohmloop
