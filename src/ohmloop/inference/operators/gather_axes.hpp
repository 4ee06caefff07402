#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/inference/tensor.hpp"

namespace ohmloop {

/// Positions of the input along one axis, for every position of the output; -1 where a value of its own stands.
using Sources = std::vector<std::int64_t>;

/// to[i, j, ...] = from[sources[0][i], sources[1][j], ...], or `value`, one element of the same type.
void gather_axes(const TensorData& from, const std::vector<Sources>& sources, const TensorData& value, TensorData& to);

}  // namespace ohmloop
