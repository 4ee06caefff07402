#include "ohmloop/inference/transforms.hpp"

#include <algorithm>

namespace ohmloop {

namespace {

std::size_t block_of(ActivationLayout layout) {
  if (layout == ActivationLayout::channels_by_8) return 8;
  return layout == ActivationLayout::channels_by_16 ? 16 : 1;
}

}  // namespace

void apply_clamp(const ActivationView& view, const Clamp& clamp) {
  if (!clamp.does_something()) return;
  for (std::size_t i = 0; i < view.images; ++i) {
    float* values = view.image(i);
    for (std::size_t j = 0; j < view.image_stride; ++j)
      values[j] = std::max(clamp.lower, std::min(clamp.upper, values[j]));
  }
  if (clamp.lower <= 0 && clamp.upper >= 0) return;
  zero_padded_channels(view);
}

void zero_padded_channels(const ActivationView& view) {
  const std::size_t block = block_of(view.layout);
  const auto channels = static_cast<std::size_t>(view.image_dims.empty() ? 0 : view.image_dims[0]);
  if (block == 1 || channels % block == 0) return;
  const std::size_t whole_blocks = channels / block;
  const std::size_t positions = view.image_stride / block / (whole_blocks + 1);
  for (std::size_t i = 0; i < view.images; ++i) {
    float* last = view.image(i) + whole_blocks * positions * block;
    for (std::size_t j = 0; j < positions; ++j)
      std::fill(last + j * block + channels % block, last + (j + 1) * block, 0.0F);
  }
}

}  // namespace ohmloop
