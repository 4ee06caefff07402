#pragma once

#include <vector>

namespace ohmloop {

/// The scale of codes up to largest_code that leaves the least sum of (m - scale * code(m))^2 over the magnitudes m >=
/// 0 (finite; they may be in any order, and signs don't matter to symmetric codes). 1 if all are 0.
///
/// The search is deterministic: all fractions j / g of the scale that cuts nothing, with g = 256, doubled up to 4096 as
/// long as it stays at most 2^20 over the number of magnitudes (few of them make the loss jump with the scale); then,
/// from each of the four best of those that are better than their neighbours, the alternation of Lloyd ("Least squares
/// quantization in PCM", IEEE Transactions on Information Theory 28, 1982): with codes fixed, scale = sum(m code) /
/// sum(code^2), and codes again, which never makes the loss larger. So the result is at least as good as every scale of
/// the grid.
float least_squares_scale(std::vector<float> magnitudes, int largest_code);

}  // namespace ohmloop
