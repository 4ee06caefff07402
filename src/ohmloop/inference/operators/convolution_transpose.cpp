#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/convolve.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// What the attributes make of one axis: the size of the result and the padding cut off at its beginning.
struct Extent {
  std::int64_t size = 0;
  std::int64_t begin = 0;
};

/// `full` is the size that all taps of all positions cover.
Extent extent_of(const OperatorCall& call, std::int64_t full, std::size_t axis, std::int64_t covered,
                 std::size_t axes) {
  const std::string_view auto_pad = call.node.text("auto_pad", "NOTSET");
  const bool upper = auto_pad == "SAME_UPPER";
  const auto cut = [&](std::int64_t size) {
    const std::int64_t all = std::max<std::int64_t>(0, full - size);
    return Extent{size, upper ? all / 2 : all - all / 2};
  };
  if (const auto wanted = call.node.integers("output_shape")) {
    need(wanted->size() >= axes, "an output_shape of {} axes", wanted->size());
    return cut((*wanted)[wanted->size() - axes + axis]);
  }
  if (upper || auto_pad == "SAME_LOWER") return cut(covered);
  if (auto_pad == "VALID") return {full, 0};
  const Dims pads = window_list(call.node, "pads", 2 * axes, 0);
  check_window_range(pads, 0, "padding");
  return {full - pads[axis] - pads[axes + axis], pads[axis]};
}

/// The convolution whose backward pass this is: from the result, which it takes for its input, to x.
ConvolutionShape reversed_shape(const OperatorCall& call, const TensorData& x, const TensorData& w) {
  need(x.rank() >= 3 && w.rank() == x.rank() && w.size() > 0 && w.dims()[0] == x.dims()[1],
       "an input of the size {} and weights of {}", to_string(x.dims()), to_string(w.dims()));
  const std::size_t axes = x.rank() - 2;
  ConvolutionShape shape;
  shape.groups = call.node.integer("group", 1);
  need(shape.groups >= 1 && x.dims()[1] % shape.groups == 0, "{} channels in {} groups", x.dims()[1], shape.groups);
  shape.batch = x.dims()[0];
  shape.in_channels = w.dims()[1];
  shape.out_channels = x.dims()[1] / shape.groups;
  shape.window.kernel = {w.dims().begin() + 2, w.dims().end()};
  need(call.node.integers("kernel_shape").value_or(shape.window.kernel) == shape.window.kernel,
       "the weights are {}, not of its kernel_shape", to_string(w.dims()));
  shape.window.stride = window_list(call.node, "strides", axes, 1);
  shape.window.dilation = window_list(call.node, "dilations", axes, 1);
  shape.window.output = {x.dims().begin() + 2, x.dims().end()};
  check_window_range(shape.window.stride, 1, "stride");
  check_window_range(shape.window.dilation, 1, "dilation");
  const Dims further = window_list(call.node, "output_padding", axes, 0);
  check_window_range(further, 0, "padding");
  shape.result = {shape.batch, checked_multiply(w.dims()[1], shape.groups)};
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t size = shape.window.output[i];
    const std::int64_t stride = shape.window.stride[i];
    need(size > 0, "an input of the size {}", to_string(x.dims()));
    const std::int64_t reach = checked_add(checked_multiply(shape.window.kernel[i] - 1, shape.window.dilation[i]), 1);
    const std::int64_t full = checked_add(checked_add(checked_multiply(stride, size - 1), further[i]), reach);
    const Extent extent = extent_of(call, full, i, checked_multiply(size, stride), axes);
    shape.input.push_back(extent.size);
    shape.window.pad_begin.push_back(extent.begin);
    shape.result.push_back(extent.size);
  }
  check_output(call, ElementType::float64, shape.result);
  shape.input_size = element_count(shape.input);
  shape.taps = element_count(shape.window.kernel);
  shape.positions = element_count(shape.window.output);
  check_steps(call, static_cast<double>(shape.batch * shape.positions) * static_cast<double>(w.size()));
  return shape;
}

/// Adds what one group of channels of one image gives to its part of the result.
template <class T>
void scatter_group(const ConvolutionShape& shape, const T* x, const double* weights, double* sums) {
  const std::int64_t columns = shape.in_channels * shape.taps;
  std::vector<double> column(static_cast<std::size_t>(shape.out_channels));
  std::vector<double> products(static_cast<std::size_t>(columns));
  WindowTaps taps(shape);
  for (std::int64_t position = 0; position < shape.positions; ++position) {
    for (std::int64_t c = 0; c < shape.out_channels; ++c) column[c] = widen(x[c * shape.positions + position]);
    std::fill(products.begin(), products.end(), 0.0);
    add_products({1, column.size(), products.size()}, column.data(), weights, products.data());
    const std::vector<std::int64_t>& offsets = taps.at(position);
    for (std::int64_t m = 0; m < shape.in_channels; ++m) {
      for (std::int64_t tap = 0; tap < shape.taps; ++tap) {
        if (offsets[tap] >= 0) sums[m * shape.input_size + offsets[tap]] += products[m * shape.taps + tap];
      }
    }
  }
}

}  // namespace

Tensors run_conv_transpose(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& w = call.input(1);
  need_same_type(x, w);
  const ConvolutionShape shape = reversed_shape(call, x, w);
  const std::int64_t channels = shape.result[1];
  TensorData y = make_output(call, x.type(), shape.result);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    std::vector<double> bias(static_cast<std::size_t>(channels), 0.0);
    if (call.has(2)) {
      need(call.input(2).dims() == Dims{channels}, "{} output channels, but a bias of the size {}", channels,
           to_string(call.input(2).dims()));
      bias = reals_of(call.input(2));
    }
    const std::vector<double> weights = reals_of(w.reshaped({static_cast<std::int64_t>(w.size())}));
    const std::int64_t group_weights = shape.out_channels * shape.in_channels * shape.taps;
    std::vector<double> sums(static_cast<std::size_t>(shape.in_channels * shape.input_size));
    T* to = y.mutable_values<T>().data();
    for (std::int64_t block = 0; block < shape.batch * shape.groups; ++block) {
      const std::int64_t group = block % shape.groups;
      std::fill(sums.begin(), sums.end(), 0.0);
      scatter_group(shape, x.values<T>().data() + block * shape.out_channels * shape.positions,
                    weights.data() + group * group_weights, sums.data());
      for (std::int64_t i = 0; i < static_cast<std::int64_t>(sums.size()); ++i) {
        *to++ = convert<T>(sums[i] + bias[group * shape.in_channels + i / shape.input_size]);
      }
    }
  });
  return {y};
}

}  // namespace ohmloop
