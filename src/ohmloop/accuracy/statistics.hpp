#pragma once

#include <cstdint>
#include <span>

namespace ohmloop {

/// An interval that holds the true value in 95 of 100 repetitions. Fractions of 1 here, never percent.
struct Interval {
  double low = 0;
  double high = 1;

  [[nodiscard]] double width() const { return high - low; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Of a proportion of `successes` (a mean over seeds may be fractional) in `trials` independent trials: Wilson, Journal
/// of the American Statistical Association 22 (1927), 209. Of no trials: 0 to 1.
Interval wilson_interval(double successes, std::int64_t trials);

struct Sample {
  double mean = 0;
  double standard_deviation = 0;  ///< with n - 1; 0 for one value
};
Sample describe(std::span<const double> values);

/// Of the mean of independent values from one normal distribution (Student's t). Of fewer than two values: unbounded.
Interval mean_interval(std::span<const double> values);

/// Of the mean of paired differences, for many pairs: mean +- 1.96 standard errors.
Interval difference_interval(std::span<const double> differences);

/// t such that Student's distribution has 95% of its mass within +-t; Abramowitz and Stegun 26.7.3 and 26.7.4.
/// `degrees_of_freedom` is at least 1.
double student_quantile_95(std::int64_t degrees_of_freedom);

}  // namespace ohmloop
