#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "ohmloop/workload/onnx/dims.hpp"

namespace ohmloop {

/// How the activations of one tensor N x C x ... lie in memory. Blocked: channels in groups of 8 or 16 that are
/// contiguous, the last group filled up with zeros.
enum class ActivationLayout { plain, channels_last, channels_by_8, channels_by_16 };

/// The activations of a batch. Its images lie behind one another, `image_stride` numbers apart.
struct ActivationView {
  float* values = nullptr;
  std::span<const std::int64_t> image_dims;  ///< of one image: C x H x W, or any other rank where the layout is plain
  ActivationLayout layout = ActivationLayout::plain;
  std::size_t image_stride = 0;
  std::size_t images = 0;         ///< those that count; a last batch may hold fewer than it has room for
  std::uint64_t first_image = 0;  ///< number of the first one in the data set

  [[nodiscard]] float* image(std::size_t index) const { return values + index * image_stride; }
};

/// max(lower, min(upper, y)): the activation functions that are clamps, ReLU and ReLU6, and no clamp at all.
struct Clamp {
  float lower = -std::numeric_limits<float>::infinity();
  float upper = std::numeric_limits<float>::infinity();

  [[nodiscard]] bool does_something() const { return lower > -limit() || upper < limit(); }

 private:
  static constexpr float limit() { return std::numeric_limits<float>::infinity(); }
};

/// Changes activations in place at one point of a program, or only looks at them. Called from several threads at
/// once, each time with other images.
class ValueTransform {
 public:
  ValueTransform() = default;
  ValueTransform(const ValueTransform&) = delete;
  ValueTransform& operator=(const ValueTransform&) = delete;
  virtual ~ValueTransform() = default;

  /// Transforms the images, then applies `after`. Padded channels keep their zeros.
  virtual void apply(const ActivationView& view, const Clamp& after) const = 0;
};

/// The clamp alone; for who has nothing to transform.
void apply_clamp(const ActivationView& view, const Clamp& clamp);

/// Writes zeros again where a blocked layout is filled up.
void zero_padded_channels(const ActivationView& view);

}  // namespace ohmloop
