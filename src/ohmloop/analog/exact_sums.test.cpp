#include "ohmloop/analog/exact_sums.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/base/random_key.hpp"

namespace ohmloop {
namespace {

/// Weights of one channel, all with the same code.
QuantisedWeights equal_weights(int bits, std::int16_t code, std::size_t count) {
  return {bits, {1, 1, count}, std::vector<std::int16_t>(count, code), {1.0F}};
}

TEST(LargestDigitSum, is_that_of_the_largest_channel) {
  const QuantisedWeights weights{4, {1, 2, 3}, {1, -2, 3, -7, 0, 1}, {1.0F}};
  EXPECT_EQ(largest_digit_sum(weights, {0, 3}), 8);
  EXPECT_EQ(largest_digit_sum(weights, {0, 1}), 2);
  EXPECT_EQ(largest_digit_sum(weights, {1, 2}), 3);
  QuantisedWeights columns = weights;
  columns.axis = {3, 2, 1};
  EXPECT_EQ(largest_digit_sum(columns, {0, 3}), 10);
}

TEST(PlanExactSums, runs_once_up_to_the_limit_of_float32) {
  // 2^24 = 65793 * 255 + 1.
  const auto plan_for = [](std::size_t count) { return plan_exact_sums(equal_weights(2, 1, count), {8, false, 1.0F}); };
  ASSERT_TRUE(plan_for(65793));
  EXPECT_EQ(plan_for(65793)->runs(), 1U);
  EXPECT_EQ(plan_for(65793)->largest_sum, 65793 * 255);
  EXPECT_EQ(plan_for(65794)->runs(), 2U);
  EXPECT_EQ(plan_for(65794)->input_slices, slices_of(8, 4));
}

TEST(PlanExactSums, slices_weights_where_inputs_alone_do_not_suffice) {
  const auto plan = plan_exact_sums(equal_weights(16, 32767, 4608), {16, false, 1.0F});
  ASSERT_TRUE(plan);
  EXPECT_GT(plan->weight_slices.size(), 1U);
  EXPECT_EQ(plan->largest_sum, std::int64_t{32767} * 4608 * 65535);
  for (const DigitSlice& weight : plan->weight_slices) {
    for (const DigitSlice& input : plan->input_slices) {
      EXPECT_LE(4608LL * ((1 << weight.bits) - 1) * ((1 << input.bits) - 1), largest_exact_float);
    }
  }
}

TEST(PlanExactSums, says_when_there_is_no_way) {
  EXPECT_FALSE(plan_exact_sums(equal_weights(2, 1, largest_exact_float + 1), {1, false, 1.0F}));
  EXPECT_TRUE(plan_exact_sums(equal_weights(2, 1, largest_exact_float), {1, false, 1.0F}));
  EXPECT_FALSE(plan_exact_sums(equal_weights(16, 32767, 1U << 23), {16, false, 1.0F}));
}

TEST(PlanExactSums, takes_weights_that_are_zero) {
  const auto plan = plan_exact_sums(equal_weights(8, 0, 100), {8, true, 1.0F});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->runs(), 1U);
  EXPECT_EQ(plan->largest_sum, 0);
}

struct Layer {
  QuantisedWeights weights;
  Quantiser inputs;
  std::vector<std::int32_t> input_codes;
};

/// A matrix product of codes near the largest, half of the time without signs that would cancel, so that float32 alone
/// fails.
Layer any_layer() {
  Layer layer;
  const int bits = *rc::gen::inRange(1, 17);
  layer.inputs = {*rc::gen::inRange(1, 17), *rc::gen::arbitrary<bool>(), 1.0F};
  const std::size_t channels = *rc::gen::inRange<std::size_t>(1, 4);
  const std::size_t inner = *rc::gen::inRange<std::size_t>(1, 5000);
  const RandomKey key{.seed = *rc::gen::arbitrary<std::uint64_t>()};
  const bool any_sign = *rc::gen::arbitrary<bool>();
  const auto code = [&](std::uint64_t i, int largest, bool is_signed) {
    const std::uint32_t word = philox(philox_input(key, i))[0];
    const auto magnitude = largest - static_cast<std::int32_t>(word % 7) % largest;
    return is_signed && any_sign && (word >> 31) != 0 ? -magnitude : magnitude;
  };
  layer.weights = {bits, {1, channels, inner}, std::vector<std::int16_t>(channels * inner), {1.0F}};
  for (std::size_t i = 0; i < layer.weights.codes.size(); ++i) {
    layer.weights.codes[i] = static_cast<std::int16_t>(code(i, largest_code(bits, true), true));
  }
  for (std::size_t i = 0; i < inner; ++i) {
    layer.input_codes.push_back(code((std::uint64_t{1} << 40) + i,
                                     largest_code(layer.inputs.bits, layer.inputs.is_signed), layer.inputs.is_signed));
  }
  return layer;
}

/// The kernel of float32: one product after another.
std::vector<float> float_sums(const Layer& layer, const DigitSlice& weight_slice, const DigitSlice& input_slice) {
  const std::vector<float> codes(layer.input_codes.begin(), layer.input_codes.end());
  std::vector<float> digits(codes.size());
  take_digits(codes, input_slice, digits);
  std::vector<float> sums(layer.weights.axis.channels);
  for (std::size_t channel = 0; channel < sums.size(); ++channel) {
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const std::int16_t weight = layer.weights.codes[channel * digits.size() + i];
      sums[channel] += static_cast<float>(digit_of(weight, weight_slice)) * digits[i];
    }
  }
  return sums;
}

RC_GTEST_PROP(ExactSumsProperty, are_those_of_whole_numbers, ()) {
  const Layer layer = any_layer();
  const std::optional<ExactSums> plan = plan_exact_sums(layer.weights, layer.inputs);
  RC_ASSERT(plan.has_value());
  std::vector<double> totals(layer.weights.axis.channels);
  for (const DigitSlice& weight : plan->weight_slices) {
    for (const DigitSlice& input : plan->input_slices) {
      add_run(float_sums(layer, weight, input), weight.first_bit + input.first_bit, totals);
    }
  }
  for (std::size_t channel = 0; channel < totals.size(); ++channel) {
    std::int64_t exact = 0;
    for (std::size_t i = 0; i < layer.input_codes.size(); ++i) {
      exact += std::int64_t{layer.weights.codes[channel * layer.input_codes.size() + i]} * layer.input_codes[i];
    }
    RC_ASSERT(totals[channel] == static_cast<double>(exact));
    RC_ASSERT(std::abs(exact) <= plan->largest_sum);
  }
}

TEST(ScaleTotals, rounds_once) {
  std::vector<float> outputs(2);
  scale_totals(std::vector<double>{3, -16777217}, 1.0 / 3, outputs);
  EXPECT_EQ(outputs, (std::vector<float>{1, static_cast<float>(-16777217.0 / 3)}));
}

}  // namespace
}  // namespace ohmloop
