#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

/// One image of an activation tensor N x C x H x W.
struct ImageShape {
  std::size_t channels = 0;
  std::size_t height = 1;
  std::size_t width = 1;
};

/// Channels that lie together in the numbering of elements.
inline constexpr std::size_t channels_per_block = 16;

/// The number of an element of an image, which is what its noise depends on:
///     ((c / 16) * H * W + h * W + w) * 16 + c % 16
/// It is the place in the layout channels_by_16, but means the same element in every layout.
constexpr std::uint64_t element_number(const ImageShape& shape, std::size_t channel, std::size_t row,
                                       std::size_t column) {
  const std::uint64_t pixel = (channel / channels_per_block * shape.height + row) * shape.width + column;
  return pixel * channels_per_block + channel % channels_per_block;
}

/// Values that the image takes in memory, channels above C included.
std::size_t stored_values(const ImageShape& shape, ActivationLayout layout);

/// Channels that lie together in that layout; 1 where each has a plane of its own.
std::size_t stored_block(const ImageShape& shape, ActivationLayout layout);

/// The place of an element among them.
std::size_t place_of_element(const ImageShape& shape, ActivationLayout layout, std::size_t channel, std::size_t row,
                             std::size_t column);

/// Calls function(place, count) for runs of values that belong to elements, in the order of memory, leaving out
/// channels that are there only to fill a block.
template <class Function>
void for_each_run(const ImageShape& shape, ActivationLayout layout, const Function& function) {
  const std::size_t block = std::max<std::size_t>(1, stored_block(shape, layout));
  const std::size_t plane = shape.height * shape.width;
  const std::size_t full = shape.channels / block * block * plane;
  if (full > 0) function(std::size_t{0}, full);
  const std::size_t rest = shape.channels % block;
  for (std::size_t pixel = 0; rest > 0 && pixel < plane; ++pixel) function(full + pixel * block, rest);
}

}  // namespace ohmloop
