#pragma once

#include <cstddef>

#include "ohmloop/accuracy/data/images/image.hpp"

namespace ohmloop {

enum class ResizeFilter { nearest, bilinear, bicubic };

struct ResizeOptions {
  ResizeFilter filter = ResizeFilter::bilinear;
  /// Whether the filter grows with the step between the pixels that are read, so that all of them count where an image
  /// shrinks. Means nothing to `nearest`.
  bool antialias = true;
};

/// The image at another size. Pixel centres lie at halves: pixel x of `out` ones has its centre at
/// (x + 1/2) in / out of the `in` ones.
///
/// nearest: the pixel that this centre lies in (centres are added up one by one in doubles, which decides where one
/// lies on a border). bilinear: weights 1 - |d|, for |d| < 1; bicubic: Keys' cubic with a = -1/2, |d| < 2 (R. Keys,
/// "Cubic convolution interpolation for digital image processing", IEEE Trans. ASSP 29, 1981). d is the distance
/// between centres, in pixels, or with `antialias` in pixels of the smaller image. Weights of pixels beyond the border
/// are left out and the others scaled so that their sum is 1.
///
/// Rows first, then columns. Pixels of 8 bits: weights are rounded to 22 bits behind the point, and each of the two
/// passes rounds to 8 bits, halves upwards. These are the values of the Python library Pillow (`Image.resize`, images
/// of 8 bits), which most published accuracies were measured with. Pixels of float32 are added up in doubles, and each
/// pass rounds to float32 (Pillow's mode F). A direction in which the size stays is left as it is.
///
/// Sizes are at least 1.
Image resize(const Image& image, std::size_t width, std::size_t height, const ResizeOptions& options = {});

}  // namespace ohmloop
