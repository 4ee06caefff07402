#pragma once

#include <string>

#include "ohmloop/mapper/scorer.hpp"

namespace ohmloop {

/// What a search went through; the scorer has the best.
struct SearchOutcome {
  bool optimal = false;
  std::string mapspace;
};

/// Digital chips: everything where that is little, else hill climbing from the best starting points.
SearchOutcome search_digital(const Mapspace& space, Scorer& scorer, const MapperOptions& options);

/// Array chips: few well-chosen candidates, the best of them climbed from.
SearchOutcome search_arrays(const Mapspace& space, Scorer& scorer);

}  // namespace ohmloop
