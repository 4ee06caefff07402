#include "ohmloop/accuracy/data/preprocessing_step.hpp"

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

std::string describe_operation(const ResizeStep& step) {
  const std::string plain = step.options.antialias || step.options.filter == ResizeFilter::nearest
                                ? std::string()
                                : std::string(" without antialiasing");
  const std::string how = to_string(step.options.filter) + plain;
  if (step.shorter) return fmt::format("resize the shorter side to {} ({})", *step.shorter, how);
  return fmt::format("resize to {} x {} ({})", *step.width, *step.height, how);
}

std::string describe_operation(const CropStep& step) {
  return fmt::format("crop the middle {} x {}", step.width, step.height);
}

std::string describe_operation(const ChannelsStep& step) { return "channels " + to_string(step.order); }

std::string describe_operation(const ArithmeticStep& step) {
  std::string text = to_string(step.operation);
  for (const float constant : step.constants) text += fmt::format(" {}", constant);
  return text;
}

}  // namespace

std::string to_string(const PreprocessingStep& step) {
  return std::visit([](const auto& operation) { return describe_operation(operation); }, step.operation);
}

std::string to_string(const std::vector<PreprocessingStep>& steps) {
  std::string text;
  for (const PreprocessingStep& step : steps) text += (text.empty() ? "" : ", ") + to_string(step);
  return text.empty() ? "none" : text;
}

std::string to_string(ResizeFilter filter) {
  switch (filter) {
    case ResizeFilter::nearest:
      return "nearest";
    case ResizeFilter::bilinear:
      return "bilinear";
    case ResizeFilter::bicubic:
      return "bicubic";
  }
  OHM_CHECK(false, "a filter that is not listed");
}

std::string to_string(ChannelOrder order) {
  switch (order) {
    case ChannelOrder::rgb:
      return "rgb";
    case ChannelOrder::bgr:
      return "bgr";
    case ChannelOrder::grey:
      return "grey";
  }
  OHM_CHECK(false, "an order of channels that is not listed");
}

std::string to_string(ArithmeticOperation operation) {
  switch (operation) {
    case ArithmeticOperation::add:
      return "add";
    case ArithmeticOperation::subtract:
      return "subtract";
    case ArithmeticOperation::multiply:
      return "multiply";
    case ArithmeticOperation::divide:
      return "divide";
  }
  OHM_CHECK(false, "an operation that is not listed");
}

std::string to_string(SampleLayout layout) { return layout == SampleLayout::nchw ? "nchw" : "nhwc"; }

}  // namespace ohmloop
