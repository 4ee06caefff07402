#pragma once

#include <cstddef>
#include <optional>

#include "ohmloop/accuracy/data/images/decode_image.hpp"

namespace ohmloop {

struct DataSetOptions {
  std::optional<std::size_t> most_images{};  ///< the first ones, if the description does not say fewer
  /// The most bytes that the contents of one compressed file may have, which are held in memory.
  std::size_t max_held_bytes = std::size_t{1} << 30;
  /// Images after the steps that move pixels stay in memory up to so many bytes, so that further passes decode nothing;
  /// 150528 bytes for one of 224 x 224 colours.
  std::size_t keep_bytes = std::size_t{512} << 20;
  ImageLimits image_limits{};
};

}  // namespace ohmloop
