#include "ohmloop/analog/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/gaussian_noise.hpp"

namespace ohmloop {
namespace {

ValueHistogram histogram_of(const std::vector<float>& values) {
  ValueHistogram histogram;
  histogram.observe(values);
  return histogram;
}

void expect_quantiser(const Quantiser& quantiser, int bits, bool is_signed, float scale) {
  EXPECT_EQ(quantiser.bits, bits);
  EXPECT_EQ(quantiser.is_signed, is_signed);
  EXPECT_FLOAT_EQ(quantiser.scale, scale);
}

TEST(Calibrate, is_unsigned_unless_a_value_is_below_zero) {
  expect_quantiser(calibrate(histogram_of({0, 1, 5.1F}), {.bits = 8}), 8, false, 5.1F / 255);
  expect_quantiser(calibrate(histogram_of({-0.0F, 1, 5.1F}), {.bits = 1}), 1, false, 5.1F);
  expect_quantiser(calibrate(histogram_of({-1, 5.1F}), {.bits = 8}), 8, true, 5.1F / 127);
  expect_quantiser(calibrate(histogram_of({-7, 5.1F}), {.bits = 8}), 8, true, 7.0F / 127);
}

TEST(Calibrate, has_a_scale_whatever_it_saw) {
  for (const auto rule :
       {ActivationScaleRule::maximum, ActivationScaleRule::percentile, ActivationScaleRule::least_squares}) {
    for (const int bits : {1, 2, 16}) {
      expect_quantiser(calibrate({}, {bits, rule}), bits, false, 1);
      expect_quantiser(calibrate(histogram_of({0, 0}), {bits, rule}), bits, false, 1);
      for (const float value : {1e-45F, -1e-45F, 1.0F, std::numeric_limits<float>::max()}) {
        const Quantiser quantiser = calibrate(histogram_of({value, 0}), {bits, rule});
        std::vector<float> values{value, 0};
        quantise_dequantise(values, quantiser);
        EXPECT_TRUE(std::isfinite(values[0])) << value;
      }
    }
  }
}

TEST(Calibrate, cuts_at_a_percentile) {
  std::vector<float> values;
  for (int i = 1; i <= 1000; ++i) values.push_back(static_cast<float>(i));
  const Quantiser most = calibrate(histogram_of(values), {8, ActivationScaleRule::percentile, 99});
  EXPECT_GE(most.scale * 255, 990 * 0.999999F);
  EXPECT_LE(most.scale * 255, 990 * (1 + 1.0F / 128));
  EXPECT_FLOAT_EQ(calibrate(histogram_of(values), {8, ActivationScaleRule::percentile, 100}).scale, 1000.0F / 255);
  // Nearly all values are 0: the percentile says nothing.
  std::vector<float> sparse(1000);
  sparse[3] = 2;
  EXPECT_FLOAT_EQ(calibrate(histogram_of(sparse), {8, ActivationScaleRule::percentile, 99}).scale, 2.0F / 255);
}

TEST(Calibrate, takes_the_mean_magnitude_for_signs) {
  expect_quantiser(calibrate(histogram_of({-1, 2, 3}), {1, ActivationScaleRule::least_squares}), 1, true, 2);
}

double squared_error(const std::vector<float>& values, const Quantiser& quantiser) {
  std::vector<float> rounded = values;
  quantise_dequantise(rounded, quantiser);
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += std::pow(static_cast<double>(values[i]) - rounded[i], 2);
  return sum;
}

RC_GTEST_PROP(CalibrateProperty, comes_close_to_the_least_error_of_all_scales, ()) {
  std::vector<float> values(20'000);
  fill_gaussian(values, {.seed = *rc::gen::arbitrary<std::uint64_t>()});
  const bool rectified = *rc::gen::arbitrary<bool>();
  const auto power = *rc::gen::inRange(1, 3);
  for (float& value : values) {
    value *= power == 2 ? std::abs(value) : 1.0F;
    if (rectified) value = std::max(value, 0.0F);
  }
  const ValueHistogram histogram = histogram_of(values);
  const int bits = *rc::gen::inRange(2, 13);
  const Quantiser found = calibrate(histogram, {bits, ActivationScaleRule::least_squares});
  Quantiser other = calibrate(histogram, {bits, ActivationScaleRule::maximum});
  const float largest = other.scale;
  double least = squared_error(values, other);
  for (int i = 1; i < 200; ++i) {
    other.scale = largest * static_cast<float>(i) / 200;
    least = std::min(least, squared_error(values, other));
  }
  // With many more values than codes, bins are as good as values.
  RC_ASSERT(squared_error(values, found) <= least * (bits <= 7 ? 1.03 : 1.15));
}

}  // namespace
}  // namespace ohmloop
