#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/accuracy/data/images/resize.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// Order of a sample's axes; of one image, without the batch.
enum class SampleLayout { nchw, nhwc };

enum class ChannelOrder { rgb, bgr, grey };

/// Another size. Either `shorter`, to which the shorter side goes while the longer keeps the proportion (rounded down),
/// or both `width` and `height`.
struct ResizeStep {
  std::optional<std::size_t> shorter;
  std::optional<std::size_t> width;
  std::optional<std::size_t> height;
  ResizeOptions options;
};

/// The middle of the image: (size - wanted) / 2 pixels are left out in front, halves rounded to the even number.
struct CropStep {
  std::size_t width = 0;
  std::size_t height = 0;
};

/// Another order of channels; grey is repeated in all three, and colours become grey with the weights of ITU-R BT.601,
/// 0.299 red + 0.587 green + 0.114 blue, for 8 bits (19595 red + 38470 green + 7471 blue + 32768) / 65536 rounded down.
struct ChannelsStep {
  ChannelOrder order = ChannelOrder::rgb;
};

enum class ArithmeticOperation { add, subtract, multiply, divide };

/// The same operation on every element, in float32; one constant for all channels or one for each.
struct ArithmeticStep {
  ArithmeticOperation operation = ArithmeticOperation::multiply;
  std::vector<float> constants;
};

using PreprocessingOperation = std::variant<ResizeStep, CropStep, ChannelsStep, ArithmeticStep>;

/// One item of `preprocessing:`.
struct PreprocessingStep {
  PreprocessingOperation operation;
  SourceSpan where;
};

/// "resize to 256 x 256 (bilinear)", "subtract 0.485 0.456 0.406": for the record of a result.
std::string to_string(const PreprocessingStep& step);
/// All steps, with ", " between; "none" where there are none.
std::string to_string(const std::vector<PreprocessingStep>& steps);

std::string to_string(ResizeFilter filter);
std::string to_string(ChannelOrder order);
std::string to_string(ArithmeticOperation operation);
std::string to_string(SampleLayout layout);

}  // namespace ohmloop
