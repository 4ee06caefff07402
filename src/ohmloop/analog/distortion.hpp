#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ohmloop {

/// Gaussian noise on the output activations of weight layers, fresh for every image; weights are not retrained. The two
/// models of Yang and Sze (IEDM 2019, arXiv 1912.12167).
enum class NoiseKind {
  none,
  fixed,    ///< y + N(0, a^2): the same deviation a in all layers
  rescaled  ///< y + N(0, (a max|y|)^2): relative to the layer's largest magnitude
};

/// Where in a layer the noise enters.
enum class NoisePlace {
  sum,         ///< on the weighted sums as an array gives them: before bias and normalisation
  bias,        ///< after the bias, before normalisation
  normalised,  ///< after bias and normalisation (folded into the weights), before the activation function
  activation   ///< after the activation function, where one follows the layer directly
};

/// What `max|y|` of rescaled noise is taken over.
enum class NoiseMaximum {
  image,       ///< each image on its own
  batch,       ///< all images of a batch: results then depend on the batch size
  calibration  ///< the images that ranges are calibrated on
};

struct NoiseSettings {
  NoiseKind kind = NoiseKind::none;
  NoisePlace place = NoisePlace::normalised;
  NoiseMaximum maximum = NoiseMaximum::image;
};

/// How a range is chosen: the largest magnitude, the one that all but 1 value in 10,000 lie in, or the one with the
/// least mean squared error.
enum class RangeRule { maximum, percentile, mean_squared_error };

/// Few bits. Nothing: float32.
struct PrecisionSettings {
  std::optional<int> weight_bits{};      ///< 1 to 16
  std::optional<int> activation_bits{};  ///< 1 to 16, of what weight layers take
  bool weights_per_channel = true;       ///< one scale per output channel, or one per tensor
  RangeRule weight_rule = RangeRule::maximum;
  RangeRule activation_rule = RangeRule::maximum;

  friend bool operator==(const PrecisionSettings&, const PrecisionSettings&) = default;
};

/// Which weight layers are distorted.
struct LayerChoice {
  bool skip_first = false;
  bool skip_last = false;
  std::optional<std::size_t> only{};

  [[nodiscard]] bool includes(std::size_t layer, std::size_t layers) const {
    if (only) return layer == *only;
    return !(skip_first && layer == 0) && !(skip_last && layer + 1 == layers);
  }
  friend bool operator==(const LayerChoice&, const LayerChoice&) = default;
};

}  // namespace ohmloop
