// The statistics of the Gaussian numbers. The streams are fixed, so that a run either always passes or always fails; a
// perfect generator would fail a bound of 5 standard deviations for one stream in 1.7 million, and a bound at 0.1% for
// one in a thousand.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/analog/gaussian_noise.hpp"

namespace ohmloop {
namespace {

constexpr double standard_deviations = 5;

std::vector<float> numbers_of(const RandomKey& key, std::size_t count) {
  std::vector<float> numbers(count);
  fill_gaussian(numbers, key);
  return numbers;
}

/// Probability of |z| > x.
double two_sided_tail(double x) { return std::erfc(x / std::sqrt(2.0)); }

double normal_distribution(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

class GaussianQuality : public testing::TestWithParam<std::uint64_t> {
 protected:
  [[nodiscard]] static RandomKey key() {
    return {.seed = GetParam(), .purpose = RandomPurpose::output_noise, .layer = 1, .image = 2};
  }
};

TEST_P(GaussianQuality, has_the_moments_of_the_normal_distribution) {
  constexpr std::size_t count = std::size_t{1} << 24;
  std::array<double, 5> sums{};
  std::vector<float> numbers(1 << 16);
  for (std::size_t first = 0; first < count; first += numbers.size()) {
    fill_gaussian(numbers, key(), first);
    for (const float number : numbers) {
      double power = 1;
      for (double& sum : sums) {
        sum += power;
        power *= number;
      }
    }
  }
  // Variance of the mean of z^k: (E z^2k - (E z^k)^2) / count.
  const std::array<double, 5> expected{1, 0, 1, 0, 3};
  const std::array<double, 5> variances{0, 1, 2, 15, 96};
  for (std::size_t k = 1; k < sums.size(); ++k) {
    const double deviation = std::sqrt(variances[k] / static_cast<double>(count));
    EXPECT_NEAR(sums[k] / static_cast<double>(count), expected[k], standard_deviations * deviation) << "moment " << k;
  }
}

TEST_P(GaussianQuality, has_the_tails_of_the_normal_distribution) {
  constexpr std::size_t count = std::size_t{1} << 25;
  std::array<double, 3> beyond{};  // 3, 4, 5 standard deviations
  std::array<double, 3> above{};
  std::vector<float> numbers(1 << 16);
  for (std::size_t first = 0; first < count; first += numbers.size()) {
    fill_gaussian(numbers, key(), first);
    for (const float number : numbers) {
      for (std::size_t i = 0; i < beyond.size() && std::abs(number) > static_cast<float>(i + 3); ++i) {
        beyond[i] += 1;
        above[i] += number > 0 ? 1 : 0;
      }
    }
  }
  for (std::size_t i = 0; i < beyond.size(); ++i) {
    const double expected = static_cast<double>(count) * two_sided_tail(static_cast<double>(i + 3));
    EXPECT_NEAR(beyond[i], expected, standard_deviations * std::sqrt(expected)) << i + 3;
    EXPECT_NEAR(above[i], beyond[i] / 2, standard_deviations * std::sqrt(beyond[i]) / 2) << i + 3;
  }
}

// Limits at 0.1%: Kolmogorov's distribution; Anderson and Darling's with a known mean and deviation (D'Agostino and
// Stephens, "Goodness-of-fit techniques", 1986, table 4.2).
TEST_P(GaussianQuality, has_the_distribution_of_the_normal_one) {
  std::vector<float> numbers = numbers_of(key(), 1 << 20);
  std::sort(numbers.begin(), numbers.end());
  const auto count = static_cast<double>(numbers.size());
  double distance = 0;
  double anderson_darling = -count;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double below = normal_distribution(numbers[i]);
    const double above = normal_distribution(-numbers[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, std::abs(below - rank / count), std::abs(below - (rank + 1) / count)});
    anderson_darling -= ((2 * rank + 1) * std::log(below) + (2 * (count - rank) - 1) * std::log(above)) / count;
  }
  EXPECT_LT(distance * std::sqrt(count), 1.95);
  EXPECT_LT(anderson_darling, 6.0);
}

/// Correlation times the root of the count: a standard normal number if the two are independent.
double scaled_correlation(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < b.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum / std::sqrt(static_cast<double>(b.size()));
}

std::vector<float> centred_squares(std::vector<float> numbers) {
  for (float& number : numbers) number = (number * number - 1) / std::sqrt(2.0F);
  return numbers;
}

// Lags of 16 join the two numbers of a pair of Box and Muller, of 48 those of one block.
TEST_P(GaussianQuality, does_not_correlate_with_itself) {
  const std::vector<float> numbers = numbers_of(key(), 1 << 20);
  const std::vector<float> squares = centred_squares(numbers);
  for (const std::size_t lag : {1, 2, 3, 4, 8, 15, 16, 17, 32, 48, 63, 64, 65, 128, 256, 1024, 4096}) {
    EXPECT_LT(std::abs(scaled_correlation(numbers, std::span(numbers).subspan(lag))), standard_deviations) << lag;
    EXPECT_LT(std::abs(scaled_correlation(squares, std::span(squares).subspan(lag))), standard_deviations) << lag;
  }
}

TEST_P(GaussianQuality, does_not_correlate_with_other_streams) {
  const std::vector<float> numbers = numbers_of(key(), 1 << 20);
  const std::vector<float> squares = centred_squares(numbers);
  std::vector<RandomKey> others(6, key());
  others[0].seed += 1;
  others[1].seed += std::uint64_t{1} << 32;
  others[2].purpose = RandomPurpose::input_noise;
  others[3].layer += 1;
  others[4].image += 1;
  others[5].image += 1U << 16;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const std::vector<float> other = numbers_of(others[i], numbers.size());
    EXPECT_LT(std::abs(scaled_correlation(numbers, other)), standard_deviations) << i;
    EXPECT_LT(std::abs(scaled_correlation(squares, centred_squares(other))), standard_deviations) << i;
  }
}

// What one element gets from image to image and from layer to layer: the noise that an experiment averages over.
TEST_P(GaussianQuality, is_normal_across_images_and_layers) {
  double sum = 0;
  double square_sum = 0;
  constexpr std::size_t count = 1 << 16;
  for (std::size_t i = 0; i < count; ++i) {
    RandomKey stream = key();
    stream.image = static_cast<std::uint32_t>(i % 256);
    stream.layer = static_cast<std::uint16_t>(i / 256);
    float number = 0;
    fill_gaussian({&number, 1}, stream, 17);
    sum += number;
    square_sum += static_cast<double>(number) * number;
  }
  EXPECT_LT(std::abs(sum) / std::sqrt(static_cast<double>(count)), standard_deviations);
  EXPECT_LT(std::abs(square_sum - count) / std::sqrt(2.0 * count), standard_deviations);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GaussianQuality, testing::Values(0, 1, 0xffffffffffffffff));

}  // namespace
}  // namespace ohmloop
