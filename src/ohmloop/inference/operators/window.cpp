#include "ohmloop/inference/operators/window.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"

namespace ohmloop {

Dims window_list(const GraphNode& node, std::string_view name, std::size_t size, std::int64_t otherwise) {
  Dims list = node.integers(name).value_or(Dims(size, otherwise));
  if (list.size() != size)
    throw OperatorError(fmt::format("attribute '{}' has {} values for {} axes", name, list.size(), size));
  return list;
}

void check_window_range(const Dims& values, std::int64_t least, std::string_view what) {
  constexpr std::int64_t limit = std::int64_t{1} << 31U;
  for (const std::int64_t value : values) {
    if (value < least || value > limit) throw OperatorError(fmt::format("a {} of {}", what, value));
  }
}

WindowGeometry window_geometry(const GraphNode& node, const Dims& input, const Dims& kernel) {
  const std::size_t axes = kernel.size();
  if (axes == 0 || input.size() != axes + 2)
    throw OperatorError(fmt::format("a window of {} axes on an input of the size {}", axes, to_string(input)));
  WindowGeometry window;
  window.kernel = kernel;
  window.stride = window_list(node, "strides", axes, 1);
  window.dilation = window_list(node, "dilations", axes, 1);
  const Dims pads = window_list(node, "pads", 2 * axes, 0);
  check_window_range(kernel, 1, "kernel size");
  check_window_range(window.stride, 1, "stride");
  check_window_range(window.dilation, 1, "dilation");
  check_window_range(pads, 0, "padding");
  // A tensor without elements may have any size along its other axes.
  check_window_range({input.begin() + 2, input.end()}, 0, "size");
  const std::string_view auto_pad = node.text("auto_pad", "NOTSET");
  const bool round_up = node.integer("ceil_mode", 0) != 0;
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t size = input[i + 2];
    const std::int64_t reach = checked_add(checked_multiply(kernel[i] - 1, window.dilation[i]), 1);
    std::int64_t begin = pads[i];
    std::int64_t end = pads[axes + i];
    if (auto_pad == "VALID") begin = end = 0;
    if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") {
      const std::int64_t steps = ceil_divide(size, window.stride[i]);
      const std::int64_t all = std::max<std::int64_t>(0, (steps - 1) * window.stride[i] + reach - size);
      begin = auto_pad == "SAME_UPPER" ? all / 2 : all - all / 2;
      end = all - begin;
    }
    const std::int64_t room = size + begin + end - reach;
    if (room < 0)
      throw OperatorError(fmt::format("a window of {} on a size of {} with padding", reach, size + begin + end));
    std::int64_t steps = (round_up ? ceil_divide(room, window.stride[i]) : room / window.stride[i]) + 1;
    if (round_up && (steps - 1) * window.stride[i] >= size + begin) --steps;
    window.pad_begin.push_back(begin);
    window.stated_pad_end.push_back(end);
    window.pad_end.push_back(std::max(end, (steps - 1) * window.stride[i] + reach - size - begin));
    window.output.push_back(steps);
  }
  return window;
}

WindowGeometry whole_window(const Dims& input) {
  if (input.size() < 3)
    throw OperatorError(fmt::format("an input of the size {} has no axis to pool", to_string(input)));
  const std::size_t axes = input.size() - 2;
  WindowGeometry window;
  window.kernel = {input.begin() + 2, input.end()};
  window.stride = window.dilation = window.output = Dims(axes, 1);
  window.pad_begin = window.pad_end = window.stated_pad_end = Dims(axes, 0);
  return window;
}

}  // namespace ohmloop
