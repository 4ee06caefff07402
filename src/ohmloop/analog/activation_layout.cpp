#include "ohmloop/analog/activation_layout.hpp"

namespace ohmloop {

std::size_t stored_block(const ImageShape& shape, ActivationLayout layout) {
  switch (layout) {
    case ActivationLayout::plain:
      return 1;
    case ActivationLayout::channels_last:
      return shape.channels;
    case ActivationLayout::channels_by_8:
      return 8;
    case ActivationLayout::channels_by_16:
      return 16;
  }
  return 1;
}

std::size_t stored_values(const ImageShape& shape, ActivationLayout layout) {
  if (shape.channels == 0) return 0;
  const std::size_t block = stored_block(shape, layout);
  return (shape.channels + block - 1) / block * block * shape.height * shape.width;
}

std::size_t place_of_element(const ImageShape& shape, ActivationLayout layout, std::size_t channel, std::size_t row,
                             std::size_t column) {
  const std::size_t block = stored_block(shape, layout);
  return ((channel / block * shape.height + row) * shape.width + column) * block + channel % block;
}

}  // namespace ohmloop
