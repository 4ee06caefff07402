#include "ohmloop/analog/exact_sums.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t largest_exact_double = std::int64_t{1} << 53;

std::int64_t largest_digit(const DigitSlice& slice) { return (std::int64_t{1} << slice.bits) - 1; }

/// The fewest slices of the inputs that a channel's sum of weight digits allows; none if one bit is too much.
std::vector<DigitSlice> input_slices_for(std::int64_t digit_sum, int input_bits) {
  for (int bits = input_bits; bits > 0; --bits) {
    if (digit_sum * largest_digit({0, bits}) <= largest_exact_float) return slices_of(input_bits, bits);
  }
  return {};
}

}  // namespace

std::int64_t largest_digit_sum(const QuantisedWeights& weights, const DigitSlice& slice) {
  const ChannelAxis& axis = weights.axis;
  std::vector<std::int64_t> sums(axis.channels);
  for (std::size_t o = 0; o < axis.outer; ++o) {
    for (std::size_t channel = 0; channel < axis.channels; ++channel) {
      const auto* codes = weights.codes.data() + (o * axis.channels + channel) * axis.inner;
      for (std::size_t i = 0; i < axis.inner; ++i) sums[channel] += std::abs(digit_of(codes[i], slice));
    }
  }
  return sums.empty() ? 0 : *std::max_element(sums.begin(), sums.end());
}

std::optional<ExactSums> plan_exact_sums(const QuantisedWeights& weights, const Quantiser& inputs) {
  const int weight_bits = magnitude_bits(largest_code(weights.bits, true));
  const std::int64_t largest_input = largest_code(inputs.bits, inputs.is_signed);
  const int input_bits = magnitude_bits(largest_code(inputs.bits, inputs.is_signed));
  const std::int64_t code_sum = largest_digit_sum(weights, {0, weight_bits});
  if (code_sum > largest_exact_double / largest_input) return std::nullopt;
  std::optional<ExactSums> best;
  for (int count = 1; count <= weight_bits; ++count) {
    if (best && static_cast<std::size_t>(count) >= best->runs()) break;
    ExactSums plan{slices_of(weight_bits, (weight_bits + count - 1) / count), {}, code_sum * largest_input};
    std::int64_t digit_sum = 0;
    for (const DigitSlice& slice : plan.weight_slices) {
      digit_sum = std::max(digit_sum, largest_digit_sum(weights, slice));
    }
    plan.input_slices = input_slices_for(digit_sum, input_bits);
    if (!plan.input_slices.empty() && (!best || plan.runs() < best->runs())) best = plan;
  }
  return best;
}

void add_run(std::span<const float> sums, int shift, std::span<double> totals) {
  OHM_CHECK(sums.size() == totals.size(), "as many sums as totals");
  const double factor = std::ldexp(1.0, shift);
  for (std::size_t i = 0; i < sums.size(); ++i) totals[i] += factor * static_cast<double>(sums[i]);
}

void scale_totals(std::span<const double> totals, double scale, std::span<float> outputs) {
  OHM_CHECK(outputs.size() == totals.size(), "as many outputs as totals");
  for (std::size_t i = 0; i < totals.size(); ++i) outputs[i] = static_cast<float>(totals[i] * scale);
}

}  // namespace ohmloop
