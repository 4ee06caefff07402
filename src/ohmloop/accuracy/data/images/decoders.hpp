#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "ohmloop/accuracy/data/images/decode_image.hpp"
#include "ohmloop/accuracy/data/images/image.hpp"

namespace ohmloop {

/// The decoders behind `decode_image`, which has their contract. Bytes begin with the signature of the format.
Image decode_jpeg(std::span<const std::uint8_t> bytes, const ImageLimits& limits);
Image decode_png(std::span<const std::uint8_t> bytes, const ImageLimits& limits);

/// "libjpeg-turbo 2.1.5 (accurate integer DCT, fancy upsampling)".
std::string jpeg_decoder();
/// "libpng 1.6.39".
std::string png_decoder();

/// Throws DataFormatError if an image has more pixels than the limits allow.
void check_image_size(std::size_t width, std::size_t height, const ImageLimits& limits);

}  // namespace ohmloop
