#include "ohmloop/accuracy/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace ohmloop {

namespace {

/// The normal distribution has 95% of its mass within +-z.
constexpr double z_95 = 1.959963984540054;

/// Mass of Student's distribution within +-t.
double student_mass(double t, std::int64_t degrees_of_freedom) {
  const double angle = std::atan(t / std::sqrt(static_cast<double>(degrees_of_freedom)));
  const double cosine = std::cos(angle);
  const bool odd = degrees_of_freedom % 2 == 1;
  double term = odd ? cosine : 1.0;
  double sum = degrees_of_freedom == 1 ? 0.0 : term;
  for (std::int64_t k = odd ? 3 : 2; k < degrees_of_freedom; k += 2) {
    term *= static_cast<double>(k - 1) / static_cast<double>(k) * cosine * cosine;
    sum += term;
  }
  if (odd) return 2 / std::numbers::pi * (angle + std::sin(angle) * sum);
  return std::sin(angle) * sum;
}

}  // namespace

Interval wilson_interval(double successes, std::int64_t trials) {
  if (trials <= 0) return {0, 1};
  const auto n = static_cast<double>(trials);
  const double share = successes / n;
  const double denominator = 1 + z_95 * z_95 / n;
  const double middle = (share + z_95 * z_95 / (2 * n)) / denominator;
  const double half = z_95 * std::sqrt(share * (1 - share) / n + z_95 * z_95 / (4 * n * n)) / denominator;
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Sample describe(std::span<const double> values) {
  Sample sample;
  if (values.empty()) return sample;
  for (const double value : values) sample.mean += value;
  sample.mean /= static_cast<double>(values.size());
  if (values.size() < 2) return sample;
  double squares = 0;
  for (const double value : values) squares += (value - sample.mean) * (value - sample.mean);
  sample.standard_deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return sample;
}

Interval mean_interval(std::span<const double> values) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (values.size() < 2) return {-infinity, infinity};
  const Sample sample = describe(values);
  const auto n = static_cast<double>(values.size());
  const double half =
      student_quantile_95(static_cast<std::int64_t>(values.size()) - 1) * sample.standard_deviation / std::sqrt(n);
  return {sample.mean - half, sample.mean + half};
}

Interval difference_interval(std::span<const double> differences) {
  const Sample sample = describe(differences);
  const double half =
      differences.empty() ? 1.0 : z_95 * sample.standard_deviation / std::sqrt(static_cast<double>(differences.size()));
  return {sample.mean - half, sample.mean + half};
}

double student_quantile_95(std::int64_t degrees_of_freedom) {
  if (degrees_of_freedom > 10000) return z_95;  // differs by less than 3e-4
  double low = 0;
  double high = 13;  // of one degree of freedom: 12.7
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (student_mass(middle, degrees_of_freedom) < 0.95 ? low : high) = middle;
  }
  return high;
}

}  // namespace ohmloop
