#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace ohmloop {

/// Pixels row by row, the channels of a pixel side by side (H W C), of 8 bits or of float32.
struct Image {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t channels = 0;
  std::variant<std::vector<std::uint8_t>, std::vector<float>> pixels;

  [[nodiscard]] bool of_bytes() const { return pixels.index() == 0; }
  [[nodiscard]] std::size_t size() const { return width * height * channels; }
};

/// An image of zeros; T is std::uint8_t or float.
template <class T>
Image make_image(std::size_t width, std::size_t height, std::size_t channels) {
  return {.width = width, .height = height, .channels = channels, .pixels = std::vector<T>(width * height * channels)};
}

/// What is known of all images of a source before one is read.
struct ImageFormat {
  std::optional<std::size_t> width;  ///< nothing where every image has its own
  std::optional<std::size_t> height;
  std::size_t channels = 3;       ///< 1: grey, 3: red green blue; others mean nothing to us
  std::size_t element_bytes = 1;  ///< 4: float32
};

}  // namespace ohmloop
