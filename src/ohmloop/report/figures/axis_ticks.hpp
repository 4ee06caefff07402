#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

struct AxisTick {
  double at = 0;
  std::string label;
};

/// What an axis covers and where it is marked. low < high, both finite, and positive on logarithmic scales.
struct AxisTicks {
  double low = 0;
  double high = 1;
  std::vector<AxisTick> ticks;
  std::vector<double> minor{};  ///< marks without labels: 2 to 9 times a power of ten
  std::string factor{};         ///< "10⁶ " where the labels are counts of that; stands before the unit
};

/// What is drawn along an axis.
struct AxisExtent {
  double low = 0;
  double high = 0;
  bool from_zero = false;  ///< linear: zero must be on the axis
  bool round_ends = true;  ///< false: the axis ends a little beyond what is drawn, not at a round number
};

/// Round numbers: 1, 2 or 5 times a power of ten; powers of the base on logarithmic scales. The limits of `axis` hold;
/// others are widened to what is round. About `most` ticks at most. An empty extent (low > high) gives 0 to 1, or 1
/// to the base.
AxisTicks axis_ticks(const FigureAxis& axis, const AxisExtent& extent, int most);

/// 0.001, 1000, 10⁴: a power of ten as a label.
std::string power_of_ten_label(int exponent);

/// "energy (10⁶ pJ)".
std::string axis_title(const FigureAxis& axis, const AxisTicks& ticks);

}  // namespace ohmloop
