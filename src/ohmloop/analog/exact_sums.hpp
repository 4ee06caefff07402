#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ohmloop/analog/digit_slices.hpp"
#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/analog/weight_quantisation.hpp"

namespace ohmloop {

/// float32 holds every whole number up to this: as long as no partial sum can exceed it, sums of whole numbers are
/// exact in any order, with or without fused operations.
inline constexpr std::int64_t largest_exact_float = std::int64_t{1} << 24;

/// Largest over the output channels of the sum of |digit| of the channel's weights.
std::int64_t largest_digit_sum(const QuantisedWeights& weights, const DigitSlice& slice);

/// How a layer's whole-number sums are computed exactly by kernels of float32: for each slice of the weights and each
/// slice of the inputs the kernel runs on digits, and
///     sum = sum over slices of 2^(weight slice's first bit + input slice's first bit) * kernel's sum.
/// The kernel must form its sums by nothing but products and additions (not by Winograd's transform).
struct ExactSums {
  std::vector<DigitSlice> weight_slices;
  std::vector<DigitSlice> input_slices;
  std::int64_t largest_sum = 0;  ///< no sum of codes exceeds this magnitude, below 2^53

  [[nodiscard]] std::size_t runs() const { return weight_slices.size() * input_slices.size(); }
};

/// The fewest runs; of equals, the fewest slices of weights. The bound of a run is the largest sum of |weight digit| of
/// any output channel, from the codes that are there, times the largest input digit. One run means that float32 holds
/// the sums of the codes themselves. Nothing if sums may not fit in 2^53, or a channel has more than 2^24 weights.
std::optional<ExactSums> plan_exact_sums(const QuantisedWeights& weights, const Quantiser& inputs);

/// totals[i] += 2^shift * sums[i]; exact within the bound of the plan.
void add_run(std::span<const float> sums, int shift, std::span<double> totals);

/// outputs[i] = totals[i] * scale, rounded once: the layer's outputs, where scale is the weights' times the inputs'.
void scale_totals(std::span<const double> totals, double scale, std::span<float> outputs);

}  // namespace ohmloop
