#include "ohmloop/analog/calibration.hpp"

#include <algorithm>
#include <vector>

#include "ohmloop/analog/scale_grid.hpp"

namespace ohmloop {
namespace {

/// Integral of (y - scale * code(y))^2 over y from 0 to x. Up to the middle of code k lie k - 1/2 whole cells of
/// scale^3 / 12 each, and x - k scale behind or before that middle adds its third power / 3; beyond the largest code
/// the last cell goes on for ever.
double error_integral(double x, double scale, double largest_code) {
  const double code = std::min(to_nearest(x / scale), largest_code);
  const double rest = x - code * scale;
  return code * scale * scale * scale / 12 + rest * rest * rest / 3;
}

class HistogramLoss {
 public:
  HistogramLoss(const ValueHistogram& values, int largest_code)
      : bins_(values.bins()), largest_(values.largest_magnitude()), largest_code_(largest_code) {}

  /// Sum of squared errors.
  [[nodiscard]] double operator()(double scale) const { return sum_from(0, scale); }

  /// What of it comes from magnitudes beyond the largest code.
  [[nodiscard]] double cut(double scale) const { return sum_from(scale * largest_code_, scale); }

 private:
  [[nodiscard]] double sum_from(double limit, double scale) const {
    double sum = 0;
    for (const ValueHistogram::Bin& bin : bins_) {
      const double upper = std::min(bin.upper, largest_);
      const double lower = std::min(std::max(bin.lower, limit), upper);
      const double width = upper - bin.lower;
      // The largest value alone may make a bin without width.
      if (width > 0) {
        const double integral =
            error_integral(upper, scale, largest_code_) - error_integral(lower, scale, largest_code_);
        sum += static_cast<double>(bin.count) * integral / width;
      } else if (bin.lower >= limit) {
        const double code = std::min(to_nearest(upper / scale), static_cast<double>(largest_code_));
        sum += static_cast<double>(bin.count) * (upper - code * scale) * (upper - code * scale);
      }
    }
    return sum;
  }

  std::vector<ValueHistogram::Bin> bins_;
  double largest_;
  int largest_code_;
};

constexpr std::size_t steps_of_grid = 256;

double least_squares(const ValueHistogram& values, int largest_code) {
  const HistogramLoss loss(values, largest_code);
  const double largest_scale = values.largest_magnitude() / largest_code;
  const auto cut = [&](float scale) { return loss.cut(scale); };
  const std::vector<ScaleChoice> grid =
      losses_on_grid(steps_of_grid, values.largest_magnitude(), largest_code, loss, cut);
  const auto less = [](const ScaleChoice& a, const ScaleChoice& b) { return a.loss < b.loss; };
  ScaleChoice best = *std::min_element(grid.begin(), grid.end(), less);
  constexpr int steps = 16;  // to either side
  const double step = largest_scale / static_cast<double>(steps_of_grid) / steps;
  const double middle = best.scale;
  for (int i = -steps + 1; i < steps; ++i) {
    const double scale = middle + i * step;
    if (scale > largest_scale || scale <= 0) continue;
    const float rounded = normal_scale(scale, largest_code);
    const ScaleChoice choice{rounded, loss(rounded)};
    if (less(choice, best)) best = choice;
  }
  return best.scale;
}

double scale_of(const ValueHistogram& values, const ActivationQuantisation& options, bool is_signed) {
  const int largest = largest_code(options.bits, is_signed);
  const double maximum = values.largest_magnitude();
  switch (options.rule) {
    case ActivationScaleRule::maximum:
      return maximum / largest;
    case ActivationScaleRule::percentile: {
      const double magnitude = values.magnitude_at(options.percentile / 100);
      return (magnitude > 0 ? magnitude : maximum) / largest;
    }
    case ActivationScaleRule::least_squares:
      return is_signed && options.bits == 1 ? values.mean_magnitude() : least_squares(values, largest);
  }
  return maximum / largest;
}

}  // namespace

Quantiser calibrate(const ValueHistogram& values, const ActivationQuantisation& options) {
  const bool is_signed = values.lowest() < 0;
  if (values.largest_magnitude() == 0) return {options.bits, is_signed, 1.0F};
  const double scale = scale_of(values, options, is_signed);
  return {options.bits, is_signed, normal_scale(scale, largest_code(options.bits, is_signed))};
}

}  // namespace ohmloop
