#pragma once

#include "ohmloop/accuracy/data/images/image.hpp"
#include "ohmloop/accuracy/data/preprocessing_step.hpp"

namespace ohmloop {

// The steps of preprocessing, one by one; preprocessing_step.hpp defines them.

/// Throws DataFormatError if the result, or the image between the two passes, would have more than 64 Mi pixels.
Image apply_resize(const ResizeStep& step, const Image& image);

/// Throws DataFormatError if the image is smaller than the crop.
Image apply_crop(const CropStep& step, const Image& image);

/// From one order of channels to another; `image` has the channels that `from` says.
Image convert_channels(ChannelOrder from, ChannelOrder to, Image image);

/// The result is of float32.
Image apply_arithmetic(const ArithmeticStep& step, const Image& image);

/// One element.
float calculate(ArithmeticOperation operation, float value, float constant);

/// The size after `shorter`: {width, height}.
std::pair<std::size_t, std::size_t> size_with_shorter_side(std::size_t width, std::size_t height, std::size_t shorter);

}  // namespace ohmloop
