#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "ohmloop/accuracy/data/images/image.hpp"

namespace ohmloop {

/// Bounds on what one image may ask for. Decoding takes at most about 10 bytes a pixel, and no memory is taken for
/// pixels that the file is too short to hold.
struct ImageLimits {
  std::size_t max_pixels = std::size_t{64} << 20;  ///< width x height
  std::size_t max_file_bytes = std::size_t{256} << 20;
};

/// Decodes a JPEG or PNG file, told apart by its first bytes. Three channels, red green blue, 8 bits each; grey is
/// repeated in all three.
///
/// JPEG: baseline and progressive, grey, YCbCr and RGB, as libjpeg decodes by default (accurate integer DCT, fancy
/// upsampling); a warning of libjpeg means damaged data and is an error here. CMYK, arithmetic coding and 12 bits are
/// refused. PNG: grey, palette and colour of up to 8 bits, also interlaced; an alpha channel is left out where all
/// pixels are opaque, and refused where one is not. 16 bits are refused. Colour profiles, gamma and orientation are
/// not applied. Throws DataFormatError.
Image decode_image(std::span<const std::uint8_t> bytes, const ImageLimits& limits = {});

/// The decoders with their versions and settings, for the record of a result.
std::string image_decoders();

}  // namespace ohmloop
