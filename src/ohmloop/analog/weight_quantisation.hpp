#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ohmloop/analog/quantiser.hpp"

namespace ohmloop {

/// Where the output channels of weights lie: element (o, c, i) of outer x channels x inner is at
/// (o * channels + c) * inner + i. A convolution's M x C/G x R x S is {1, M, C/G * R * S}, a matrix product's K x N is
/// {K, N, 1}.
struct ChannelAxis {
  std::size_t outer = 1;
  std::size_t channels = 1;
  std::size_t inner = 1;

  [[nodiscard]] std::size_t size() const { return outer * channels * inner; }
};

enum class WeightScaleRule {
  maximum,       ///< the largest magnitude gets the largest code
  least_squares  ///< the least squared error of all weights; large ones may be cut
};

struct WeightQuantisation {
  int bits = 8;  ///< 1 to 16, signed codes as Quantiser says
  bool per_channel = false;
  WeightScaleRule rule = WeightScaleRule::maximum;
  std::size_t threads = 1;  ///< 0: as many as the machine has; the result doesn't depend on it
};

/// Weights as codes in the order that they had, and one scale, or one a channel.
struct QuantisedWeights {
  int bits = 8;
  ChannelAxis axis;
  std::vector<std::int16_t> codes;
  std::vector<float> scales;

  [[nodiscard]] float scale(std::size_t channel) const { return scales.size() == 1 ? scales[0] : scales[channel]; }
};

/// Weights must be finite. With the rule `maximum`, scale = max |w| / largest code; with `least_squares`, what
/// least_squares_scale finds, or for 1 bit the mean of |w|, which is exact (Rastegari et al., "XNOR-Net", ECCV 2016,
/// section 3.1). Where all weights are 0, the scale is 1, and for codes of 1 bit, which have no 0, the smallest there
/// is.
QuantisedWeights quantise_weights(std::span<const float> weights, const ChannelAxis& axis,
                                  const WeightQuantisation& options = {});

/// codes * scales, in the order of the codes.
std::vector<float> dequantise(const QuantisedWeights& weights);

}  // namespace ohmloop
