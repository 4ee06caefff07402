#pragma once

#include <functional>
#include <vector>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// Factors of all fan-outs, one row per spatial place in the mapspace's order, one entry per searched rank.
using SpatialFactors = std::vector<std::int64_t>;

/// Calls `visit` with every way to spread the ranks over the fan-outs that constraints, copies and sizes allow, in a
/// fixed order. Stops when `visit` returns false.
void for_all_spatial_factors(const Mapspace& space, const std::function<bool(const SpatialFactors&)>& visit);

/// A candidate with these spatial factors, and no temporal loops.
Candidate spatial_candidate(const Mapspace& space, const std::vector<std::uint8_t>& keeps,
                            const SpatialFactors& factors);

}  // namespace ohmloop
