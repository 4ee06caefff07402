#include "ohmloop/analog/scale_search.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/gaussian_noise.hpp"

namespace ohmloop {
namespace {

double squared_error(const std::vector<float>& magnitudes, double scale, int largest_code) {
  double sum = 0;
  for (const float magnitude : magnitudes) {
    const double code = std::min(std::nearbyint(magnitude / scale), static_cast<double>(largest_code));
    sum += (magnitude - code * scale) * (magnitude - code * scale);
  }
  return sum;
}

double least_on_grid(const std::vector<float>& magnitudes, int largest_code, int steps) {
  const double largest = *std::max_element(magnitudes.begin(), magnitudes.end());
  double least = squared_error(magnitudes, largest / largest_code, largest_code);
  for (int i = 1; i < steps; ++i) {
    least = std::min(least, squared_error(magnitudes, largest / largest_code * i / steps, largest_code));
  }
  return least;
}

std::vector<float> normal_magnitudes(std::uint64_t seed, std::size_t count) {
  std::vector<float> values(count);
  fill_gaussian(values, {.seed = seed});
  for (float& value : values) value = std::abs(value);
  return values;
}

TEST(LeastSquaresScale, is_exact_where_codes_are) {
  EXPECT_FLOAT_EQ(least_squares_scale({0, 0.25F, 0.75F, 0.5F, 0.75F}, 3), 0.25F);
  EXPECT_FLOAT_EQ(least_squares_scale({2, 2, 2}, 1), 2);
  EXPECT_FLOAT_EQ(least_squares_scale({5}, 127), 5.0F / 127);
}

TEST(LeastSquaresScale, is_one_of_zeros) {
  EXPECT_EQ(least_squares_scale({}, 7), 1.0F);
  EXPECT_EQ(least_squares_scale({0, 0, 0}, 7), 1.0F);
}

// Codes -1, 0, 1 of a normal variable: Lloyd and Max's quantiser of three levels has its outer levels at 1.2240
// standard deviations (Max, "Quantizing for minimum distortion", IRE Transactions on Information Theory 6, 1960, table
// I).
TEST(LeastSquaresScale, finds_the_known_levels_of_a_normal_variable) {
  EXPECT_NEAR(least_squares_scale(normal_magnitudes(3, 1'000'000), 1), 1.2240, 0.01);
  // The same paper's table II: equally spaced levels, 7 of them 0.6508 apart, 15 of them 0.3534.
  EXPECT_NEAR(least_squares_scale(normal_magnitudes(4, 1'000'000), 3), 0.6508, 0.01);
  EXPECT_NEAR(least_squares_scale(normal_magnitudes(5, 1'000'000), 7), 0.3534, 0.006);
}

RC_GTEST_PROP(LeastSquaresScaleProperty, is_as_good_as_a_fine_grid, (std::uint64_t seed)) {
  const int bits = *rc::gen::inRange(2, 13);
  const int largest_code = (1 << (bits - 1)) - 1;
  std::vector<float> magnitudes = normal_magnitudes(seed, *rc::gen::inRange<std::size_t>(1, 3000));
  const auto outliers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 30));
  for (const int outlier : outliers) magnitudes.push_back(static_cast<float>(outlier));
  const float scale = least_squares_scale(magnitudes, largest_code);
  const double loss = squared_error(magnitudes, scale, largest_code);
  // The grid that the search promises to be as good as; of more than 1024 numbers, it comes close to that one, too.
  constexpr double rounding = 1e-4;  // of scales as float32, and of sums by levels
  RC_ASSERT(loss <= least_on_grid(magnitudes, largest_code, 256) * (1 + rounding) + 1e-9);
  const double tolerance = magnitudes.size() <= 1024 ? rounding : 0.02;
  RC_ASSERT(loss <= least_on_grid(magnitudes, largest_code, 1024) * (1 + tolerance) + 1e-9);
}

TEST(LeastSquaresScale, takes_a_scale_near_the_smallest_number) {
  EXPECT_GT(least_squares_scale({1e-45F, 1e-44F}, 127), 0.0F);
  EXPECT_LT(least_squares_scale({3e38F, 1e38F}, 1), std::numeric_limits<float>::infinity());
}

}  // namespace
}  // namespace ohmloop
