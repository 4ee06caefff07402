#pragma once

#include <optional>
#include <vector>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// Every legal candidate of a mapspace with perfect factors: all tilings, at each memory the loop order of each tensor
/// that may stay (order_place_for), all free placements. Nothing if there are more than `limit`, or if the tilings are
/// too many to walk through.
std::optional<std::vector<Candidate>> all_candidates(const Mapspace& space, std::size_t limit);

}  // namespace ohmloop
