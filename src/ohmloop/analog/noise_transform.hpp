#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ohmloop/analog/distortion.hpp"
#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

/// The noise of one layer.
struct LayerNoise {
  NoiseKind kind = NoiseKind::none;
  NoiseMaximum maximum = NoiseMaximum::image;
  double amplitude = 0;           ///< the deviation (fixed), or its ratio to the largest magnitude (rescaled)
  double calibrated_maximum = 0;  ///< for NoiseMaximum::calibration
  std::uint64_t seed = 0;
  std::uint16_t layer = 0;
};

/// Adds the noise to every image, the same for an element (seed, layer, image, element) whatever the batch, the thread
/// and the layout in memory.
std::unique_ptr<ValueTransform> make_noise(const LayerNoise& noise);

}  // namespace ohmloop
