#include "ohmloop/analog/weight_quantisation.hpp"

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

TEST(QuantiseWeights, takes_the_maximum_of_the_tensor) {
  const std::vector<float> weights{0.4375F, -0.875F, 0.3125F, 0.1F};
  const QuantisedWeights result = quantise_weights(weights, {1, 2, 2}, {.bits = 4});
  EXPECT_EQ(result.codes, (std::vector<std::int16_t>{4, -7, 2, 1}));  // 3.5 and 2.5 steps: ties to even
  EXPECT_EQ(result.scales, (std::vector<float>{0.125F}));
}

TEST(QuantiseWeights, takes_the_maximum_of_each_channel) {
  const std::vector<float> weights{0.5F, -1.0F, 0.25F, 0.1F};
  QuantisedWeights result = quantise_weights(weights, {1, 2, 2}, {.bits = 3, .per_channel = true});
  EXPECT_EQ(result.codes, (std::vector<std::int16_t>{2, -3, 3, 1}));
  EXPECT_EQ(result.scales, (std::vector<float>{1.0F / 3, 0.25F / 3}));
  result = quantise_weights(weights, {2, 2, 1}, {.bits = 3, .per_channel = true});  // channels are columns
  EXPECT_EQ(result.codes, (std::vector<std::int16_t>{3, -3, 2, 0}));
  EXPECT_EQ(result.scales, (std::vector<float>{0.5F / 3, 1.0F / 3}));
}

TEST(QuantiseWeights, keeps_signs_alone_with_one_bit) {
  const std::vector<float> weights{0.5F, -1.0F, 0.0F, -0.1F};
  QuantisedWeights result = quantise_weights(weights, {1, 1, 4}, {.bits = 1});
  EXPECT_EQ(result.codes, (std::vector<std::int16_t>{1, -1, 1, -1}));
  EXPECT_EQ(result.scales, (std::vector<float>{1.0F}));
  result = quantise_weights(weights, {1, 1, 4}, {.bits = 1, .rule = WeightScaleRule::least_squares});
  EXPECT_EQ(result.scales, (std::vector<float>{0.4F}));
}

TEST(QuantiseWeights, takes_zeros_and_nothing) {
  for (const int bits : {1, 2, 8}) {
    for (const WeightScaleRule rule : {WeightScaleRule::maximum, WeightScaleRule::least_squares}) {
      const QuantisedWeights result =
          quantise_weights(std::vector<float>(6), {1, 2, 3}, {.bits = bits, .per_channel = true, .rule = rule});
      for (const float value : dequantise(result)) EXPECT_NEAR(value, 0, 1e-37);
      EXPECT_TRUE(quantise_weights({}, {1, 0, 3}, {.bits = bits, .rule = rule}).codes.empty());
    }
  }
}

TEST(QuantiseWeights, wants_finite_weights) {
  const std::vector<float> weights{1.0F, std::numeric_limits<float>::quiet_NaN()};
  EXPECT_THROW(quantise_weights(weights, {1, 1, 2}), InternalError);
}

struct Case {
  std::vector<float> weights;
  ChannelAxis axis;
};

/// Channels of quite different size.
Case any_case() {
  Case result;
  result.axis = {*rc::gen::inRange<std::size_t>(1, 5), *rc::gen::inRange<std::size_t>(1, 9),
                 *rc::gen::inRange<std::size_t>(1, 60)};
  result.weights.resize(result.axis.size());
  fill_gaussian(result.weights, {.seed = *rc::gen::arbitrary<std::uint64_t>()});
  for (std::size_t i = 0; i < result.weights.size(); ++i) {
    result.weights[i] *= static_cast<float>(1 + i / result.axis.inner % result.axis.channels);
  }
  return result;
}

double squared_error(const std::vector<float>& weights, const QuantisedWeights& quantised) {
  const std::vector<float> values = dequantise(quantised);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += std::pow(static_cast<double>(weights[i]) - values[i], 2);
  return sum;
}

RC_GTEST_PROP(QuantiseWeightsProperty, is_off_by_half_a_step_at_most, ()) {
  const Case any = any_case();
  const WeightQuantisation options{.bits = *rc::gen::inRange(2, 17), .per_channel = *rc::gen::arbitrary<bool>()};
  const QuantisedWeights quantised = quantise_weights(any.weights, any.axis, options);
  const std::vector<float> values = dequantise(quantised);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float scale = quantised.scale(i / any.axis.inner % any.axis.channels);
    RC_ASSERT(std::abs(values[i] - any.weights[i]) <= scale * 0.502F);
    RC_ASSERT(std::abs(quantised.codes[i]) <= largest_code(options.bits, true));
  }
}

RC_GTEST_PROP(QuantiseWeightsProperty, leaves_less_error_by_least_squares, ()) {
  const Case any = any_case();
  WeightQuantisation options{.bits = *rc::gen::inRange(1, 11), .per_channel = *rc::gen::arbitrary<bool>()};
  const double by_maximum = squared_error(any.weights, quantise_weights(any.weights, any.axis, options));
  options.rule = WeightScaleRule::least_squares;
  const double by_squares = squared_error(any.weights, quantise_weights(any.weights, any.axis, options));
  RC_ASSERT(by_squares <= by_maximum * (1 + 1e-5));
  if (options.bits == 1 && any.weights.size() > 100) RC_ASSERT(by_squares < by_maximum);
}

RC_GTEST_PROP(QuantiseWeightsProperty, does_not_depend_on_threads, ()) {
  const Case any = any_case();
  WeightQuantisation options{.bits = 5, .per_channel = true, .rule = WeightScaleRule::least_squares};
  const QuantisedWeights one = quantise_weights(any.weights, any.axis, options);
  options.threads = 4;
  const QuantisedWeights four = quantise_weights(any.weights, any.axis, options);
  RC_ASSERT(one.codes == four.codes);
  RC_ASSERT(one.scales == four.scales);
}

}  // namespace
}  // namespace ohmloop
