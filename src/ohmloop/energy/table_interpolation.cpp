#include "ohmloop/energy/table_interpolation.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

/// How far `at` is on the way from low to high, 0 to 1.
double fraction_of(const InterpolationAxis& axis, bool logarithmic) {
  const auto place = [&](double x) { return logarithmic ? std::log(x) : x; };
  if (axis.high == axis.low) return 0;
  return std::clamp((place(axis.at) - place(axis.low)) / (place(axis.high) - place(axis.low)), 0.0, 1.0);
}

}  // namespace

Interpolated interpolate(const std::vector<InterpolationAxis>& axes, const std::vector<double>& corners) {
  OHM_CHECK(corners.size() == std::size_t{1} << axes.size(), "a box has two corners per axis");
  Interpolated result;
  const auto positive = [](double x) { return x > 0; };
  result.logarithmic =
      std::all_of(corners.begin(), corners.end(), positive) &&
      std::all_of(axes.begin(), axes.end(), [](const InterpolationAxis& axis) { return axis.low > 0; });
  double sum = 0;
  for (std::size_t corner = 0; corner < corners.size(); ++corner) {
    double weight = 1;
    for (std::size_t k = 0; k < axes.size(); ++k) {
      const double fraction = fraction_of(axes[k], result.logarithmic);
      weight *= (corner >> k & 1U) != 0 ? fraction : 1 - fraction;
    }
    result.weights.push_back(weight);
    sum += weight * (result.logarithmic ? std::log(corners[corner]) : corners[corner]);
  }
  // exp(log(x)) may miss x by the last digit.
  const auto [least, most] = std::minmax_element(corners.begin(), corners.end());
  result.value = std::clamp(result.logarithmic ? std::exp(sum) : sum, *least, *most);
  return result;
}

}  // namespace ohmloop
