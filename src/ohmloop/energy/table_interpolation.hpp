#pragma once

#include <vector>

namespace ohmloop {

/// One attribute between two rows of a table: low < at < high.
struct InterpolationAxis {
  double low = 0;
  double high = 0;
  double at = 0;
};

struct Interpolated {
  double value = 0;
  std::vector<double> weights;  ///< of the corners; their sum is 1
  bool logarithmic = false;
};

/// Multilinear between the 2^n corners of a box; corner i stands at the high end of axis k where bit k of i is set.
/// Over the logarithms of everything where all values and places are positive (so that powers of an attribute come out
/// exactly), else over the numbers themselves. The result never leaves the range of the corners, and is a corner's
/// value at the corner.
Interpolated interpolate(const std::vector<InterpolationAxis>& axes, const std::vector<double>& corners);

}  // namespace ohmloop
