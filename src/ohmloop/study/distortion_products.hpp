#pragma once

#include <optional>
#include <vector>

namespace ohmloop {

/// What one run over the images differs in from another.
struct DistortionPoint {
  std::optional<int> weight_bits;
  std::optional<int> input_bits;
  double amplitude = 0;

  friend auto operator<=>(const DistortionPoint&, const DistortionPoint&) = default;
};

/// All combinations of these values.
struct DistortionProduct {
  std::vector<std::optional<int>> weight_bits;
  std::vector<std::optional<int>> input_bits;
  std::vector<double> amplitudes;

  [[nodiscard]] std::size_t size() const { return weight_bits.size() * input_bits.size() * amplitudes.size(); }
};

/// Products of at most `most` points (at least 1) that together are the points, each of them once: what is measured in
/// one call shares its passes. Points that fill a product of their values come as few products as they fit in.
std::vector<DistortionProduct> distortion_products(const std::vector<DistortionPoint>& points, std::size_t most);

}  // namespace ohmloop
