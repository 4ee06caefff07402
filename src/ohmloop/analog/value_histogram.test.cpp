#include "ohmloop/analog/value_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/gaussian_noise.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

ValueHistogram histogram_of(const std::vector<float>& values) {
  ValueHistogram histogram;
  histogram.observe(values);
  return histogram;
}

TEST(ValueHistogram, is_empty_at_first) {
  const ValueHistogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.lowest(), 0.0F);
  EXPECT_EQ(histogram.highest(), 0.0F);
  EXPECT_EQ(histogram.mean(), 0.0);
  EXPECT_EQ(histogram.standard_deviation(), 0.0);
  EXPECT_EQ(histogram.share_of_zeros(), 0.0);
  EXPECT_EQ(histogram.magnitude_at(0.5), 0.0);
  EXPECT_TRUE(histogram.bins().empty());
}

TEST(ValueHistogram, knows_a_few_values) {
  const ValueHistogram histogram = histogram_of({1, -3, 0, 2, -0.0F});
  EXPECT_EQ(histogram.count(), 5U);
  EXPECT_EQ(histogram.zeros(), 2U);
  EXPECT_EQ(histogram.lowest(), -3.0F);
  EXPECT_EQ(histogram.highest(), 2.0F);
  EXPECT_EQ(histogram.mean(), 0.0);
  EXPECT_EQ(histogram.mean_magnitude(), 1.2);
  EXPECT_EQ(histogram.mean_square(), 2.8);
  EXPECT_DOUBLE_EQ(histogram.standard_deviation(), std::sqrt(2.8));
  EXPECT_EQ(histogram.share_of_zeros(), 0.4);
}

TEST(ValueHistogram, has_a_lowest_value_above_zero) {
  EXPECT_EQ(histogram_of({3, 2, 5}).lowest(), 2.0F);
  EXPECT_EQ(histogram_of({3, 2, 0, 5}).lowest(), 0.0F);
  EXPECT_EQ(histogram_of({-3, -2}).highest(), -2.0F);
}

TEST(ValueHistogram, counts_what_is_not_finite_apart) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const ValueHistogram histogram = histogram_of({infinity, 1, -infinity, std::numeric_limits<float>::quiet_NaN()});
  EXPECT_EQ(histogram.count(), 1U);
  EXPECT_EQ(histogram.not_finite(), 3U);
  EXPECT_EQ(histogram.highest(), 1.0F);
  EXPECT_EQ(histogram.mean(), 1.0);
}

TEST(ValueHistogram, takes_the_ends_of_the_range) {
  constexpr float largest = std::numeric_limits<float>::max();
  constexpr float smallest = std::numeric_limits<float>::denorm_min();
  const ValueHistogram histogram = histogram_of({largest, smallest, -smallest, -largest});
  EXPECT_EQ(histogram.mean(), 0.0);
  EXPECT_EQ(histogram.magnitude_at(1), largest);
  EXPECT_DOUBLE_EQ(histogram_of({smallest}).mean(), smallest);
  EXPECT_EQ(histogram.bins().back().upper, 0x1p128);
}

TEST(ValueHistogram, gives_bins_in_ascending_order) {
  const std::vector<ValueHistogram::Bin> bins = histogram_of({-8, -3, -3.5F, 0, 1, 1.5F, 1.75F}).bins(2);
  ASSERT_EQ(bins.size(), 4U);
  const auto expect_bin = [](const ValueHistogram::Bin& bin, bool negative, double lower, double upper,
                             std::uint64_t count) {
    EXPECT_EQ(bin.negative, negative);
    EXPECT_EQ(bin.lower, lower);
    EXPECT_EQ(bin.upper, upper);
    EXPECT_EQ(bin.count, count);
  };
  expect_bin(bins[0], true, 8, 12, 1);
  expect_bin(bins[1], true, 3, 4, 2);
  expect_bin(bins[2], false, 1, 1.5, 1);
  expect_bin(bins[3], false, 1.5, 2, 2);
  EXPECT_THROW(ValueHistogram().bins(3), InternalError);
}

std::vector<float> any_values() {
  std::vector<float> values(*rc::gen::inRange<std::size_t>(1, 2000));
  fill_gaussian(values, {.seed = *rc::gen::arbitrary<std::uint64_t>()});
  const auto shift = static_cast<float>(*rc::gen::inRange(-3, 4));
  const auto power = *rc::gen::inRange(1, 4);
  for (float& value : values) value = std::max(shift, static_cast<float>(std::pow(value, power)));
  return values;
}

RC_GTEST_PROP(ValueHistogramProperty, does_not_depend_on_order_or_merges, ()) {
  const std::vector<float> values = any_values();
  const ValueHistogram whole = histogram_of(values);
  const std::vector<float> reversed(values.rbegin(), values.rend());
  RC_ASSERT(histogram_of(reversed) == whole);
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, values.size() + 1));
  const ValueHistogram first = histogram_of({values.begin(), middle});
  const ValueHistogram second = histogram_of({middle, values.end()});
  ValueHistogram merged = first;
  merged.merge(second);
  ValueHistogram otherwise = second;
  otherwise.merge(first);
  RC_ASSERT(merged == whole);
  RC_ASSERT(otherwise == whole);
  RC_ASSERT(otherwise.standard_deviation() == whole.standard_deviation());
}

RC_GTEST_PROP(ValueHistogramProperty, has_the_moments_of_the_values, ()) {
  const std::vector<float> values = any_values();
  const ValueHistogram histogram = histogram_of(values);
  long double sum = 0;
  long double magnitude_sum = 0;
  long double square_sum = 0;
  for (const float value : values) {
    sum += value;
    magnitude_sum += std::abs(value);
    square_sum += static_cast<long double>(value) * value;
  }
  const auto count = static_cast<double>(values.size());
  const auto magnitude = static_cast<double>(magnitude_sum);
  RC_ASSERT(std::abs(histogram.mean() * count - static_cast<double>(sum)) <= 1e-14 * magnitude);
  RC_ASSERT(std::abs(histogram.mean_magnitude() * count - magnitude) <= 1e-14 * magnitude);
  RC_ASSERT(std::abs(histogram.mean_square() * count / static_cast<double>(square_sum) - 1) <= 4e-12);
  RC_ASSERT(histogram.lowest() == *std::min_element(values.begin(), values.end()));
  RC_ASSERT(histogram.highest() == *std::max_element(values.begin(), values.end()));
}

RC_GTEST_PROP(ValueHistogramProperty, is_at_most_a_bin_above_a_percentile, ()) {
  std::vector<float> values = any_values();
  const ValueHistogram histogram = histogram_of(values);
  const double share = *rc::gen::inRange(0, 10'001) / 10'000.0;
  for (float& value : values) value = std::abs(value);
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(share * static_cast<double>(values.size()))));
  const double exact = values[rank - 1];
  const double found = histogram.magnitude_at(share);
  if (share > 0) {
    RC_ASSERT(found >= exact);
    RC_ASSERT(found <= exact * (1 + 1.0 / 128));
  } else {
    RC_ASSERT(found == 0.0);
  }
}

RC_GTEST_PROP(ValueHistogramProperty, holds_every_value_in_a_bin, ()) {
  const std::vector<float> values = any_values();
  const ValueHistogram histogram = histogram_of(values);
  for (const int per_octave : {1, 4, 128}) {
    std::uint64_t total = histogram.zeros();
    for (const ValueHistogram::Bin& bin : histogram.bins(per_octave)) {
      const auto inside = [&](float value) {
        const double magnitude = bin.negative ? -static_cast<double>(value) : value;
        return magnitude >= bin.lower && magnitude < bin.upper && magnitude > 0;
      };
      RC_ASSERT(bin.count == static_cast<std::uint64_t>(std::count_if(values.begin(), values.end(), inside)));
      total += bin.count;
    }
    RC_ASSERT(total == values.size());
  }
}

}  // namespace
}  // namespace ohmloop
