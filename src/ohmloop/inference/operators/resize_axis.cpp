#include "ohmloop/inference/operators/resize_axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ohmloop/inference/operators/arguments.hpp"

namespace ohmloop {
namespace {

/// Where a position of the output lies on the input's axis.
double coordinate(const ResizeRule& rule, const ResizeAxis& axis, std::int64_t position) {
  const auto x = static_cast<double>(position);
  const auto last_in = static_cast<double>(axis.input - 1);
  // The standard's own vectors take the length before it is rounded.
  const double last_out = axis.length - 1;
  if (rule.coordinates == "half_pixel") return (x + 0.5) / axis.scale - 0.5;
  if (rule.coordinates == "pytorch_half_pixel") return last_out > 0 ? (x + 0.5) / axis.scale - 0.5 : 0;
  if (rule.coordinates == "tf_half_pixel_for_nn") return (x + 0.5) / axis.scale;
  if (rule.coordinates == "asymmetric") return x / axis.scale;
  if (rule.coordinates == "align_corners") return last_out == 0 ? 0 : x * last_in / last_out;
  need(rule.coordinates == "tf_crop_and_resize", "the coordinates '{}' are not known", rule.coordinates);
  if (last_out == 0) return 0.5 * (axis.roi_begin + axis.roi_end) * last_in;
  return axis.roi_begin * last_in + x * (axis.roi_end - axis.roi_begin) * last_in / last_out;
}

double nearest(const std::string& rounding, double x) {
  if (rounding == "round_prefer_floor") return std::ceil(x - 0.5);
  if (rounding == "round_prefer_ceil") return std::floor(x + 0.5);
  if (rounding == "floor") return std::floor(x);
  need(rounding == "ceil", "the rounding '{}' is not known", rounding);
  return std::ceil(x);
}

/// Keys, "Cubic convolution interpolation for digital image processing", IEEE Trans. ASSP 29(6), 1981, equation 4 with
/// the coefficient a free; weights of the positions -1, 0, 1, 2 for a fraction t.
std::array<double, 4> cubic_weights(double a, double t) {
  const auto near = [&](double d) { return ((a + 2) * d - (a + 3)) * d * d + 1; };
  const auto far = [&](double d) { return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a; };
  return {far(t + 1), near(t), near(1 - t), far(2 - t)};
}

/// Sets the taps of one position of the output: consecutive positions from `first` on, those beyond the ends replaced
/// by the last ones, or left out.
void set_taps(const ResizeRule& rule, const ResizeAxis& axis, double first, const double* weights, std::size_t place,
              ResizePlan& plan) {
  double sum = 0;
  for (std::size_t i = 0; i < plan.taps; ++i) {
    const double position = first + static_cast<double>(i);
    const double clamped = std::clamp(position, 0.0, static_cast<double>(axis.input - 1));
    const bool excluded = rule.exclude_outside && clamped != position;
    plan.positions[place * plan.taps + i] = static_cast<std::int64_t>(clamped);
    plan.weights[place * plan.taps + i] = excluded ? 0 : weights[i];
    sum += excluded ? 0 : weights[i];
  }
  if (!rule.exclude_outside || sum == 0) return;
  for (std::size_t i = 0; i < plan.taps; ++i) plan.weights[place * plan.taps + i] /= sum;
}

}  // namespace

ResizePlan plan_axis(const ResizeRule& rule, const ResizeAxis& axis) {
  need(rule.mode == "nearest" || rule.mode == "linear" || rule.mode == "cubic", "the mode '{}' is not known",
       rule.mode);
  ResizePlan plan;
  plan.taps = rule.mode == "nearest" ? 1 : rule.mode == "linear" ? 2 : 4;
  const auto count = static_cast<std::size_t>(axis.output);
  plan.positions.resize(count * plan.taps);
  plan.weights.resize(count * plan.taps);
  plan.outside.resize(count, false);
  for (std::size_t place = 0; place < count; ++place) {
    const double x = coordinate(rule, axis, static_cast<std::int64_t>(place));
    need(std::isfinite(x), "a scale or a region of interest that is not finite");
    if (rule.coordinates == "tf_crop_and_resize") {
      plan.outside[place] = x < 0 || x > static_cast<double>(axis.input - 1);
    }
    const double below = std::floor(x);
    if (rule.mode == "nearest") {
      constexpr double one = 1;
      set_taps({.mode = rule.mode}, axis, nearest(rule.rounding, x), &one, place, plan);
    } else if (rule.mode == "linear") {
      const std::array<double, 2> weights = {1 - (x - below), x - below};
      set_taps(rule, axis, below, weights.data(), place, plan);
    } else {
      set_taps(rule, axis, below - 1, cubic_weights(rule.cubic_coefficient, x - below).data(), place, plan);
    }
  }
  return plan;
}

}  // namespace ohmloop
