#include "ohmloop/inference/compile/window.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"

namespace ohmloop {

namespace {

Dims list_of(const GraphNode& node, std::string_view name, std::size_t size, std::int64_t otherwise) {
  Dims list = node.integers(name).value_or(Dims(size, otherwise));
  if (list.size() != size)
    throw OperatorError(fmt::format("attribute '{}' has {} values for {} axes", name, list.size(), size));
  return list;
}

/// Largest size, stride, dilation or padding that makes sense.
constexpr std::int64_t limit = std::int64_t{1} << 31U;

void check_range(const Dims& values, std::int64_t least, const char* what) {
  for (const std::int64_t value : values) {
    if (value < least || value > limit) throw OperatorError(fmt::format("a {} of {}", what, value));
  }
}

}  // namespace

WindowGeometry window_geometry(const GraphNode& node, const Dims& input, const Dims& kernel) {
  const std::size_t axes = kernel.size();
  WindowGeometry window;
  window.kernel = kernel;
  window.stride = list_of(node, "strides", axes, 1);
  window.dilation = list_of(node, "dilations", axes, 1);
  const Dims pads = list_of(node, "pads", 2 * axes, 0);
  check_range(kernel, 1, "kernel size");
  check_range(window.stride, 1, "stride");
  check_range(window.dilation, 1, "dilation");
  check_range(pads, 0, "padding");
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
    window.pad_end.push_back(std::max(end, (steps - 1) * window.stride[i] + reach - size - begin));
    window.output.push_back(steps);
  }
  return window;
}

}  // namespace ohmloop
