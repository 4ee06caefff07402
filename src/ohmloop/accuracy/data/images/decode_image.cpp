#include "ohmloop/accuracy/data/images/decode_image.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/accuracy/data/images/decoders.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::uint8_t, 3> jpeg_signature = {0xff, 0xd8, 0xff};
constexpr std::array<std::uint8_t, 8> png_signature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

template <std::size_t size>
bool starts_with(std::span<const std::uint8_t> bytes, const std::array<std::uint8_t, size>& signature) {
  return bytes.size() >= size && std::equal(signature.begin(), signature.end(), bytes.begin());
}

}  // namespace

void check_image_size(std::size_t width, std::size_t height, const ImageLimits& limits) {
  if (width <= limits.max_pixels / height) return;
  throw DataFormatError(
      fmt::format("{} x {} pixels are more than the {} that an image may have", width, height, limits.max_pixels));
}

Image decode_image(std::span<const std::uint8_t> bytes, const ImageLimits& limits) {
  if (bytes.empty()) throw DataFormatError("the file is empty");
  if (bytes.size() > limits.max_file_bytes) {
    throw DataFormatError(fmt::format("a file of more than {} bytes", limits.max_file_bytes));
  }
  if (starts_with(bytes, jpeg_signature)) return decode_jpeg(bytes, limits);
  if (starts_with(bytes, png_signature)) return decode_png(bytes, limits);
  throw DataFormatError("neither a JPEG nor a PNG file, by its first bytes");
}

std::string image_decoders() { return fmt::format("JPEG: {}; PNG: {}", jpeg_decoder(), png_decoder()); }

}  // namespace ohmloop
