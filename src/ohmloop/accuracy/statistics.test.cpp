#include "ohmloop/accuracy/statistics.hpp"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(Statistics, WilsonAgreesWithPublishedValues) {
  // Newcombe, Statistics in Medicine 17 (1998), 857, table I, method 3.
  const struct {
    double successes;
    std::int64_t trials;
    double low, high;
  } cases[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0.0, 0.1611}, {1, 29, 0.0061, 0.1718}};
  for (const auto& one : cases) {
    const Interval interval = wilson_interval(one.successes, one.trials);
    EXPECT_NEAR(interval.low, one.low, 5e-5) << one.successes << " of " << one.trials;
    EXPECT_NEAR(interval.high, one.high, 5e-5) << one.successes << " of " << one.trials;
  }
}

TEST(Statistics, NothingSeenMeansNothingKnown) {
  EXPECT_EQ(wilson_interval(0, 0), (Interval{0, 1}));
  EXPECT_FALSE(std::isfinite(mean_interval({}).high));
  const std::vector<double> one = {0.5};
  EXPECT_FALSE(std::isfinite(mean_interval(one).low));
}

TEST(Statistics, StudentQuantilesAgreeWithTables) {
  // Abramowitz and Stegun, table 26.10.
  const std::pair<std::int64_t, double> cases[] = {{1, 12.706}, {2, 4.303},  {3, 3.182},  {4, 2.776},  {5, 2.571},
                                                   {9, 2.262},  {10, 2.228}, {30, 2.042}, {120, 1.980}};
  for (const auto& [degrees, quantile] : cases) EXPECT_NEAR(student_quantile_95(degrees), quantile, 6e-4) << degrees;
}

TEST(Statistics, IntervalsHoldTheTruthAsOftenAsTheySay) {
  std::mt19937 random(7);
  std::binomial_distribution<int> binomial(500, 0.9);
  std::normal_distribution<double> normal(0.7, 0.02);
  int wilson_hits = 0;
  int mean_hits = 0;
  constexpr int repetitions = 4000;
  for (int i = 0; i < repetitions; ++i) {
    const Interval share = wilson_interval(binomial(random), 500);
    wilson_hits += share.low <= 0.9 && 0.9 <= share.high ? 1 : 0;
    std::vector<double> values(5);
    for (double& value : values) value = normal(random);
    const Interval mean = mean_interval(values);
    mean_hits += mean.low <= 0.7 && 0.7 <= mean.high ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(wilson_hits) / repetitions, 0.95, 0.015);
  EXPECT_NEAR(static_cast<double>(mean_hits) / repetitions, 0.95, 0.015);
}

TEST(Statistics, DifferencesOfPairs) {
  const std::vector<double> differences = {0, 0, 1, -1, 0, 1, 0, 0};
  const Sample sample = describe(differences);
  EXPECT_DOUBLE_EQ(sample.mean, 0.125);
  const Interval interval = difference_interval(differences);
  EXPECT_NEAR(interval.width(), 2 * 1.959963984540054 * sample.standard_deviation / std::sqrt(8.0), 1e-12);
  EXPECT_NEAR((interval.low + interval.high) / 2, 0.125, 1e-12);
}

}  // namespace
}  // namespace ohmloop
