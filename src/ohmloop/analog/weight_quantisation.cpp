#include "ohmloop/analog/weight_quantisation.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/analog/absolute_maximum.hpp"
#include "ohmloop/analog/scale_grid.hpp"
#include "ohmloop/analog/scale_search.hpp"
#include "ohmloop/base/check.hpp"
#include "ohmloop/base/parallel.hpp"

namespace ohmloop {
namespace {

/// The weights of one channel in a row.
std::vector<float> weights_of_channel(std::span<const float> weights, const ChannelAxis& axis, std::size_t channel) {
  std::vector<float> row;
  row.reserve(axis.outer * axis.inner);
  for (std::size_t o = 0; o < axis.outer; ++o) {
    const auto part = weights.subspan((o * axis.channels + channel) * axis.inner, axis.inner);
    row.insert(row.end(), part.begin(), part.end());
  }
  return row;
}

void put_codes(std::span<const float> codes, const ChannelAxis& axis, std::size_t channel,
               std::vector<std::int16_t>& all) {
  for (std::size_t o = 0; o < axis.outer; ++o) {
    const auto part = codes.subspan(o * axis.inner, axis.inner);
    std::transform(part.begin(), part.end(),
                   all.begin() + static_cast<std::ptrdiff_t>((o * axis.channels + channel) * axis.inner),
                   [](float code) { return static_cast<std::int16_t>(code); });
  }
}

double mean_magnitude(std::span<const float> weights) {
  double sum = 0;
  for (const float weight : weights) sum += std::abs(weight);
  return sum / static_cast<double>(weights.size());
}

float scale_of(std::span<const float> weights, const WeightQuantisation& options) {
  const float largest = absolute_maximum(weights);
  OHM_CHECK(std::isfinite(largest), "weights are finite");
  const std::int32_t code = largest_code(options.bits, true);
  if (largest == 0) return options.bits == 1 ? normal_scale(0, code) : 1.0F;
  if (options.rule == WeightScaleRule::maximum) return normal_scale(static_cast<double>(largest) / code, code);
  if (options.bits == 1) return normal_scale(mean_magnitude(weights), code);
  std::vector<float> magnitudes(weights.begin(), weights.end());
  for (float& magnitude : magnitudes) magnitude = std::abs(magnitude);
  return least_squares_scale(magnitudes, code);
}

}  // namespace

QuantisedWeights quantise_weights(std::span<const float> weights, const ChannelAxis& axis,
                                  const WeightQuantisation& options) {
  OHM_CHECK(weights.size() == axis.size(), "as many weights as the axis says");
  QuantisedWeights result{options.bits, axis, std::vector<std::int16_t>(weights.size()), {}};
  result.scales.assign(options.per_channel ? axis.channels : 1, 1.0F);
  if (!options.per_channel) result.scales[0] = scale_of(weights, options);
  parallel_for(axis.channels, options.threads, [&](std::size_t channel) {
    std::vector<float> row = weights_of_channel(weights, axis, channel);
    if (options.per_channel) result.scales[channel] = scale_of(row, options);
    quantise(row, {options.bits, true, result.scale(channel)}, row);
    put_codes(row, axis, channel, result.codes);
  });
  return result;
}

std::vector<float> dequantise(const QuantisedWeights& weights) {
  std::vector<float> values(weights.codes.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t channel = i / weights.axis.inner % weights.axis.channels;
    values[i] = static_cast<float>(weights.codes[i]) * weights.scale(channel);
  }
  return values;
}

}  // namespace ohmloop
