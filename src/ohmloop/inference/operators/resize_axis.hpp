#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ohmloop {

/// How Resize goes from one axis of its input to one of its output: https://onnx.ai/onnx/operators/onnx__Resize.html.
struct ResizeRule {
  std::string mode = "nearest";  ///< or linear, cubic
  std::string coordinates = "half_pixel";
  std::string rounding = "round_prefer_floor";  ///< of nearest
  double cubic_coefficient = -0.75;
  bool exclude_outside = false;
};

struct ResizeAxis {
  std::int64_t input = 1;
  std::int64_t output = 1;
  double scale = 1;                   ///< what the node states; output / input where it states sizes
  double length = 1;                  ///< of the output before it is rounded: input * scale
  double roi_begin = 0, roi_end = 1;  ///< of tf_crop_and_resize, 1 being the last position
};

/// Every position of the output as a weighted sum of `taps` positions of the input.
struct ResizePlan {
  std::size_t taps = 1;
  std::vector<std::int64_t> positions{};  ///< output x taps
  std::vector<double> weights{};
  std::vector<bool> outside{};  ///< by position of the output: the extrapolation value stands there
};

/// Throws OperatorError if the rule names a mode that is not known.
ResizePlan plan_axis(const ResizeRule& rule, const ResizeAxis& axis);

}  // namespace ohmloop
