#include <algorithm>
#include <cmath>

#include "ohmloop/inference/operators/gather_axes.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/resize_axis.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

struct Resizing {
  ResizeRule rule;
  std::vector<ResizeAxis> axes;
  double extrapolation = 0;
};

Dims output_dims(const std::vector<ResizeAxis>& axes) {
  Dims dims;
  for (const ResizeAxis& axis : axes) dims.push_back(axis.output);
  return dims;
}

void set_scales(const std::vector<double>& scales, std::vector<ResizeAxis>& axes) {
  need(scales.size() == axes.size(), "{} scales for {} axes", scales.size(), axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const double size = static_cast<double>(axes[i].input) * scales[i];
    need(scales[i] > 0 && size <= 0x1p40, "a scale of {} on a size of {}", scales[i], axes[i].input);
    axes[i].scale = scales[i];
    axes[i].length = size;
    axes[i].output = static_cast<std::int64_t>(size);
  }
}

void set_sizes(const std::vector<std::int64_t>& sizes, std::vector<ResizeAxis>& axes) {
  need(sizes.size() == axes.size(), "{} sizes for {} axes", sizes.size(), axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i) {
    need(sizes[i] == 0 || axes[i].input > 0, "an axis of size 0 can't become {}", sizes[i]);
    axes[i].output = sizes[i];
    axes[i].length = static_cast<double>(sizes[i]);
    axes[i].scale = axes[i].input > 0 ? static_cast<double>(sizes[i]) / static_cast<double>(axes[i].input) : 1;
  }
}

void set_regions(const std::vector<double>& roi, std::vector<ResizeAxis>& axes) {
  need(roi.size() == 2 * axes.size(), "a region of interest of {} numbers for {} axes", roi.size(), axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i) {
    axes[i].roi_begin = roi[i];
    axes[i].roi_end = roi[axes.size() + i];
  }
}

std::vector<ResizeAxis> axes_of(const TensorData& x) {
  std::vector<ResizeAxis> axes;
  for (const std::int64_t dim : x.dims())
    axes.push_back({.input = dim, .output = dim, .length = static_cast<double>(dim)});
  return axes;
}

/// Nearest elements are moved, whatever their type.
TensorData resize_nearest(const Resizing& resizing, const std::vector<ResizePlan>& plans, const TensorData& x,
                          TensorData y) {
  std::vector<Sources> sources;
  for (const ResizePlan& plan : plans) {
    sources.push_back(plan.positions);
    for (std::size_t i = 0; i < plan.outside.size(); ++i) {
      if (plan.outside[i]) sources.back()[i] = -1;
    }
  }
  TensorData value(x.type(), {});
  for_type(NumberAndBoolTypes{}, x.type(),
           [&]<class T>() { value.mutable_values<T>()[0] = convert<T>(resizing.extrapolation); });
  gather_axes(x, sources, value, y);
  return y;
}

/// One axis of outer x input x inner numbers.
std::vector<double> interpolate(const std::vector<double>& from, std::int64_t outer, std::int64_t inner,
                                const ResizeAxis& axis, const ResizePlan& plan) {
  std::vector<double> to(static_cast<std::size_t>(outer * axis.output * inner), 0.0);
  for (std::int64_t row = 0; row < outer * axis.output; ++row) {
    double* const target = to.data() + row * inner;
    for (std::size_t tap = 0; tap < plan.taps; ++tap) {
      const std::size_t at = static_cast<std::size_t>(row % axis.output) * plan.taps + tap;
      const double* const source = from.data() + (row / axis.output * axis.input + plan.positions[at]) * inner;
      for (std::int64_t i = 0; i < inner; ++i) target[i] += plan.weights[at] * source[i];
    }
  }
  return to;
}

void extrapolate(const Resizing& resizing, const std::vector<ResizePlan>& plans, std::vector<double>& values) {
  const Dims dims = output_dims(resizing.axes);
  for (std::size_t axis = 0; axis < plans.size(); ++axis) {
    const AxisSplit split = split_at(dims, axis);
    for (std::int64_t row = 0; row < split.outer * split.length; ++row) {
      if (!plans[axis].outside[static_cast<std::size_t>(row % split.length)]) continue;
      std::fill_n(values.begin() + row * split.inner, split.inner, resizing.extrapolation);
    }
  }
}

TensorData resize_smoothly(const Resizing& resizing, const std::vector<ResizePlan>& plans, const TensorData& x,
                           TensorData y) {
  for_type(NumberTypes{}, x.type(), [&]<class T>() {
    const auto from = x.values<T>();
    std::vector<double> values(from.size());
    std::transform(from.begin(), from.end(), values.begin(), convert<double, T>);
    Dims dims = x.dims();
    // Axes that shrink come first, so that nothing between is larger than both ends.
    for (const bool shrinking : {true, false}) {
      for (std::size_t i = 0; i < dims.size(); ++i) {
        const ResizeAxis& axis = resizing.axes[i];
        const bool unchanged = axis.output == axis.input && axis.scale == 1 && axis.roi_begin == 0 && axis.roi_end == 1;
        if (unchanged || (axis.output < axis.input) != shrinking) continue;
        const AxisSplit split = split_at(dims, i);
        values = interpolate(values, split.outer, split.inner, axis, plans[i]);
        dims[i] = axis.output;
      }
    }
    extrapolate(resizing, plans, values);
    std::transform(values.begin(), values.end(), y.mutable_values<T>().begin(), convert<T, double>);
  });
  return y;
}

Tensors resize(const OperatorCall& call, const Resizing& resizing) {
  const TensorData& x = call.input(0);
  TensorData y = make_output(call, x.type(), output_dims(resizing.axes));
  if (y.size() == 0) return {y};
  check_output(call, ElementType::float64, x.dims());
  check_output(call, ElementType::float64, y.dims());
  std::vector<ResizePlan> plans;
  for (const ResizeAxis& axis : resizing.axes) plans.push_back(plan_axis(resizing.rule, axis));
  if (resizing.rule.mode == "nearest") return {resize_nearest(resizing, plans, x, std::move(y))};
  return {resize_smoothly(resizing, plans, x, std::move(y))};
}

bool is_given(const OperatorCall& call, std::size_t input) { return call.has(input) && call.input(input).size() > 0; }

/// Operator sets up to 10 know no coordinates but x / scale, and the position below.
ResizeRule old_rule(const OperatorCall& call) {
  return {.mode = std::string(call.node.text("mode", "nearest")), .coordinates = "asymmetric", .rounding = "floor"};
}

}  // namespace

Tensors run_resize(const OperatorCall& call) {
  Resizing resizing{.rule = {}, .axes = axes_of(call.input(0))};
  if (call.operator_set <= 10) {
    resizing.rule = old_rule(call);
    set_scales(reals_of(call.input(1)), resizing.axes);
    return resize(call, resizing);
  }
  const auto real = [&](std::string_view name, double otherwise) {
    return static_cast<double>(static_cast<float>(call.node.real(name, otherwise)));
  };
  resizing.rule.mode = call.node.text("mode", "nearest");
  resizing.rule.coordinates = call.node.text("coordinate_transformation_mode", "half_pixel");
  resizing.rule.rounding = call.node.text("nearest_mode", "round_prefer_floor");
  resizing.rule.cubic_coefficient = real("cubic_coeff_a", -0.75);
  resizing.rule.exclude_outside = call.node.integer("exclude_outside", 0) != 0;
  resizing.extrapolation = real("extrapolation_value", 0);
  need(is_given(call, 2) != is_given(call, 3), "it needs either scales or sizes");
  if (is_given(call, 2)) {
    set_scales(reals_of(call.input(2)), resizing.axes);
  } else {
    set_sizes(integers_of(call.input(3)), resizing.axes);
  }
  if (resizing.rule.coordinates == "tf_crop_and_resize") {
    need(is_given(call, 1), "its region of interest is missing");
    set_regions(reals_of(call.input(1)), resizing.axes);
  }
  return resize(call, resizing);
}

Tensors run_upsample(const OperatorCall& call) {
  Resizing resizing{.rule = old_rule(call), .axes = axes_of(call.input(0))};
  const auto scales = call.operator_set >= 9 ? std::optional(reals_of(call.input(1))) : reals_from(call, "scales");
  need(scales.has_value(), "its scales are missing");
  set_scales(*scales, resizing.axes);
  return resize(call, resizing);
}

}  // namespace ohmloop
