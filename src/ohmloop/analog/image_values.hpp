#pragma once

#include <span>

#include "ohmloop/analog/activation_layout.hpp"
#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

/// One image's place in a batch: channels are its first axis, all others together are its height.
inline ImageShape image_shape(const ActivationView& view) {
  ImageShape shape;
  shape.channels = view.image_dims.empty() ? 1 : static_cast<std::size_t>(view.image_dims[0]);
  for (std::size_t i = 1; i < view.image_dims.size(); ++i) shape.height *= static_cast<std::size_t>(view.image_dims[i]);
  return shape;
}

inline std::span<float> image_values(const ActivationView& view, std::size_t image) {
  return {view.image(image), view.image_stride};
}

/// Calls function(values) for the activations of every image, without channels that only fill a block.
template <class Function>
void for_each_value_run(const ActivationView& view, const Function& function) {
  const ImageShape shape = image_shape(view);
  for (std::size_t i = 0; i < view.images; ++i) {
    const std::span<float> image = image_values(view, i);
    for_each_run(shape, view.layout,
                 [&](std::size_t place, std::size_t count) { function(image.subspan(place, count)); });
  }
}

}  // namespace ohmloop
