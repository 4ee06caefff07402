#pragma once

#include <cstddef>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

/// Indices of the points that no other dominates (x no larger and y no smaller, one of them truly), by growing x. Of
/// equal points the first stays. O(n log n); all coordinates must be numbers.
std::vector<std::size_t> pareto_front(const std::vector<ScatterPoint>& points);

}  // namespace ohmloop
