#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/onnx/inference.hpp"
#include "ohmloop/workload/pooling_windows.hpp"

namespace ohmloop {
namespace {

/// One spatial axis under a sliding window.
struct Window {
  std::int64_t size = 1, kernel = 1, stride = 1, dilation = 1, pad_low = 0, pad_high = 0, output = 1;
};

std::vector<std::int64_t> spatial_list(const NodeContext& node, std::string_view name, std::size_t length,
                                       std::int64_t otherwise, std::int64_t least) {
  const auto values = node.list(name);
  if (!values) return std::vector<std::int64_t>(length, otherwise);
  if (values->size() != length) {
    throw NodeError(fmt::format("its attribute '{}' has {} values, {} are needed", name, values->size(), length));
  }
  for (const std::int64_t value : *values) {
    if (value < least) {
      throw NodeError(fmt::format("its attribute '{}' is {}; every value must be at least {}", name,
                                  fmt::join(*values, ", "), least));
    }
  }
  return *values;
}

std::int64_t extent(const Window& w) { return checked_add(checked_multiply(w.dilation, w.kernel - 1), 1); }

/// SAME: as many outputs as strides fit into the input; the odd element of padding goes to the end (UPPER) or start.
void pad_to_same(Window& w, bool upper) {
  w.output = ceil_divide(w.size, w.stride);
  const std::int64_t covered = checked_add(checked_multiply(w.output - 1, w.stride), extent(w));
  const std::int64_t total = std::max<std::int64_t>(0, covered - w.size);
  w.pad_low = upper ? total / 2 : total - total / 2;
  w.pad_high = total - w.pad_low;
}

void set_output(Window& w, bool round_up) {
  w.output = convolution_output_size(w.size, w.kernel, w.stride, w.pad_low, w.pad_high, w.dilation);
  if (!round_up || w.output < 1) return;
  const std::int64_t padded = checked_add(checked_add(w.size, w.pad_low), w.pad_high);
  const std::int64_t last_start = checked_multiply(w.output, w.stride);
  // One window more if something is left over and the window starts before the padding at the end.
  const bool left_over = padded - extent(w) > checked_multiply(w.output - 1, w.stride);
  if (left_over && last_start < w.size + w.pad_low) ++w.output;
}

void check_output(const Window& w) {
  if (w.output >= 1) return;
  throw NodeError(fmt::format("its output is empty: a window of {} (dilation {}) does not fit into {} + {} + {}",
                              w.kernel, w.dilation, w.size, w.pad_low, w.pad_high));
}

/// The windows over the axes of `input` after the first two.
std::vector<Window> windows(const NodeContext& node, const Dims& input, const Dims& kernel) {
  const std::size_t count = input.size() - 2;
  const auto strides = spatial_list(node, "strides", count, 1, 1);
  const auto dilations = spatial_list(node, "dilations", count, 1, 1);
  const auto pads = spatial_list(node, "pads", 2 * count, 0, 0);
  const std::string_view mode = node.text("auto_pad", "NOTSET");
  const bool same = mode == "SAME_UPPER" || mode == "SAME_LOWER";
  if (!same && mode != "NOTSET" && mode != "VALID") {
    throw NodeError("its attribute 'auto_pad' must be one of NOTSET, SAME_UPPER, SAME_LOWER, VALID");
  }
  std::vector<Window> result;
  for (std::size_t i = 0; i < count; ++i) {
    Window w{.size = input[i + 2], .kernel = kernel[i], .stride = strides[i], .dilation = dilations[i]};
    if (same) {
      pad_to_same(w, mode == "SAME_UPPER");
    } else {
      if (mode == "NOTSET") {
        w.pad_low = pads[i];
        w.pad_high = pads[count + i];
      }
      set_output(w, node.integer("ceil_mode", 0) != 0);
    }
    check_output(w);
    result.push_back(w);
  }
  return result;
}

Dims output_dims(std::int64_t batch, std::int64_t channels, const std::vector<Window>& spatial) {
  Dims dims{batch, channels};
  for (const Window& w : spatial) dims.push_back(w.output);
  return dims;
}

LayerShape layer_shape(const Dims& input, std::int64_t outputs, std::int64_t groups, const Window& rows,
                       const Window& columns) {
  const ConvolutionParameters parameters{.kernel_height = rows.kernel,
                                         .kernel_width = columns.kernel,
                                         .stride_height = rows.stride,
                                         .stride_width = columns.stride,
                                         .pad_top = rows.pad_low,
                                         .pad_left = columns.pad_low,
                                         .pad_bottom = rows.pad_high,
                                         .pad_right = columns.pad_high,
                                         .dilation_height = rows.dilation,
                                         .dilation_width = columns.dilation,
                                         .groups = groups};
  return convolution(input[0], input[1], rows.size, columns.size, outputs, parameters);
}

void check_operands(const NodeContext& node, const Dims& input, const Dims& weight, std::int64_t groups) {
  if (weight.size() != input.size()) {
    throw NodeError(fmt::format("its weight ({}) and its input ({}) differ in their number of dimensions",
                                to_string(weight), to_string(input)));
  }
  if (groups < 1) throw NodeError(fmt::format("its attribute 'group' is {}, must be at least 1", groups));
  if (checked_multiply(weight[1], groups) != input[1]) {
    throw NodeError(fmt::format("its input has {} channels ({}), its weight ({}) in {} groups needs {}", input[1],
                                to_string(input), to_string(weight), groups, weight[1] * groups));
  }
  const auto kernel = node.list("kernel_shape");
  if (kernel && *kernel != Dims(weight.begin() + 2, weight.end())) {
    throw NodeError(
        fmt::format("its attribute 'kernel_shape' is {}, but its weight is {}", to_string(*kernel), to_string(weight)));
  }
}

Inference convolve(const NodeContext& node, std::size_t weight_input) {
  const Dims& input = node.dims(0, 3);
  const Dims& weight = node.dims(weight_input, 3);
  const std::int64_t groups = node.integer("group", 1);
  check_operands(node, input, weight, groups);
  const std::vector<Window> spatial = windows(node, input, Dims(weight.begin() + 2, weight.end()));
  Inference result = one_output(output_dims(input[0], weight[0], spatial));
  result.evaluated = spatial.size() <= 2;
  if (!result.evaluated) return result;
  const Window rows = spatial.size() == 2 ? spatial[0] : Window{};
  result.layer = layer_shape(input, weight[0], groups, rows, spatial.back());
  result.layer->weight_is_activation = !node.input(weight_input).is_static;
  return result;
}

}  // namespace

Inference infer_convolution(const NodeContext& node) { return convolve(node, 1); }

Inference infer_quantized_convolution(const NodeContext& node) { return convolve(node, 3); }

Inference infer_transposed_convolution(const NodeContext& node) {
  const Dims& input = node.dims(0, 3);
  const Dims& weight = node.dims(1, input.size());
  const std::size_t count = input.size() - 2;
  const auto strides = spatial_list(node, "strides", count, 1, 1);
  const auto dilations = spatial_list(node, "dilations", count, 1, 1);
  const auto pads = spatial_list(node, "pads", 2 * count, 0, 0);
  const auto extra = spatial_list(node, "output_padding", count, 0, 0);
  const auto wanted = node.list("output_shape");
  const bool same = node.text("auto_pad", "NOTSET").starts_with("SAME");
  Dims dims{input[0], checked_multiply(weight[1], node.integer("group", 1))};
  for (std::size_t i = 0; i < count; ++i) {
    const Window w{.kernel = weight[i + 2], .dilation = dilations[i]};
    const std::int64_t full =
        checked_add(checked_add(checked_multiply(strides[i], input[i + 2] - 1), extra[i]), extent(w));
    std::int64_t output = checked_subtract(checked_subtract(full, pads[i]), pads[count + i]);
    if (same) output = checked_multiply(input[i + 2], strides[i]);
    if (wanted && wanted->size() >= count) output = (*wanted)[wanted->size() - count + i];
    dims.push_back(output);
  }
  Inference result = one_output(std::move(dims));
  result.evaluated = false;
  return result;
}

Inference infer_pool(const NodeContext& node) {
  const Dims& input = node.dims(0, 3);
  if (!node.attribute("kernel_shape")) throw NodeError("it has no attribute 'kernel_shape'");
  const auto kernel = spatial_list(node, "kernel_shape", input.size() - 2, 1, 1);
  const std::vector<Window> spatial = windows(node, input, kernel);
  Inference result = one_output(output_dims(input[0], input[1], spatial));
  result.window_elements = checked_multiply(input[0], input[1]);
  for (const Window& w : spatial) {
    const WindowAxis axis{w.size, w.output, w.kernel, w.stride, w.pad_low, w.dilation};
    result.window_elements = checked_multiply(result.window_elements, elements_in_windows(axis));
  }
  while (result.outputs.size() < node.outputs()) result.outputs.push_back(result.outputs.front());
  return result;
}

Inference infer_global_pool(const NodeContext& node) {
  const Dims& input = node.dims(0, 2);
  Dims dims(input.size(), 1);
  dims[0] = input[0];
  dims[1] = input[1];
  return one_output(std::move(dims));
}

}  // namespace ohmloop
