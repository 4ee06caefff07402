#pragma once

#include <cstddef>
#include <vector>

#include "ohmloop/analog/quantiser.hpp"

namespace ohmloop {

/// A scale and the squared error that it leaves.
struct ScaleChoice {
  float scale = 1;
  double loss = 0;
};

/// The nearest whole number, ties to even, of a value of less than 2^51: at the size of the constant, a double has no
/// fractions. Faster than std::nearbyint, which is a call.
inline double to_nearest(double value) {
  constexpr double rounder = 6755399441055744.0;  // 1.5 * 2^52
  return value + rounder - rounder;
}

/// Losses of the scales that a search tries first: j / steps of the one at which nothing is cut, from j = steps down
/// to 1. `loss(scale)` is the whole squared error, `cut_loss(scale)` what of it comes from values beyond the largest
/// code: that grows as the scale falls, so the search ends where it alone reaches the least loss so far.
template <class Loss, class CutLoss>
std::vector<ScaleChoice> losses_on_grid(std::size_t steps, double largest_magnitude, int largest_code, const Loss& loss,
                                        const CutLoss& cut_loss) {
  std::vector<ScaleChoice> choices;
  double least = 0;
  for (std::size_t j = steps; j > 0; --j) {
    const double share = static_cast<double>(j) / static_cast<double>(steps);
    const float scale = normal_scale(largest_magnitude / largest_code * share, largest_code);
    if (!choices.empty() && cut_loss(scale) >= least) break;
    choices.push_back({scale, loss(scale)});
    if (choices.size() == 1 || choices.back().loss < least) least = choices.back().loss;
  }
  return choices;
}

}  // namespace ohmloop
