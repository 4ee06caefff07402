#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/mapping/axis_group.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

/// Points of a product of value sets (ranges in order, by rank of the group) that lie inside all axes of the group.
/// Throws OverflowError.
std::int64_t count_inside(const Einsum& einsum, const AxisGroup& group, const std::vector<std::vector<Range>>& values);

}  // namespace ohmloop
