#include "ohmloop/inference/operators/convolve.hpp"

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

ConvolutionShape convolution_shape(const OperatorCall& call, const TensorData& x, const TensorData& w) {
  need(x.rank() >= 3 && w.rank() == x.rank(), "an input of the size {} and weights of {}", to_string(x.dims()),
       to_string(w.dims()));
  need(w.size() > 0, "weights of the size {}", to_string(w.dims()));
  ConvolutionShape shape;
  shape.groups = call.node.integer("group", 1);
  shape.batch = x.dims()[0];
  need(shape.groups >= 1 && w.dims()[0] % shape.groups == 0 &&
           checked_multiply(w.dims()[1], shape.groups) == x.dims()[1],
       "an input of the size {} and weights of {} in {} groups", to_string(x.dims()), to_string(w.dims()),
       shape.groups);
  shape.in_channels = w.dims()[1];
  shape.out_channels = w.dims()[0] / shape.groups;
  shape.input = {x.dims().begin() + 2, x.dims().end()};
  const Dims kernel(w.dims().begin() + 2, w.dims().end());
  need(call.node.integers("kernel_shape").value_or(kernel) == kernel, "the weights are {}, not of its kernel_shape",
       to_string(w.dims()));
  shape.window = window_geometry(call.node, x.dims(), kernel);
  shape.input_size = element_count(shape.input);
  shape.taps = element_count(kernel);
  shape.positions = element_count(shape.window.output);
  shape.result = {shape.batch, w.dims()[0]};
  shape.result.insert(shape.result.end(), shape.window.output.begin(), shape.window.output.end());
  check_steps(call, static_cast<double>(shape.positions) * static_cast<double>(shape.batch) *
                        static_cast<double>(w.size() + static_cast<std::size_t>(shape.taps)));
  return shape;
}

WindowTaps::WindowTaps(const ConvolutionShape& shape) : shape_(shape), offsets_(static_cast<std::size_t>(shape.taps)) {}

const std::vector<std::int64_t>& WindowTaps::at(std::int64_t position) {
  const WindowGeometry& window = shape_.window;
  const std::size_t axes = window.kernel.size();
  Dims first(axes);
  for (std::size_t i = axes; i-- > 0;) {
    first[i] = position % window.output[i] * window.stride[i] - window.pad_begin[i];
    position /= window.output[i];
  }
  // Axis by axis: what the outer axes gave is extended by the taps of the next one, from the back, in place.
  std::size_t known = 1;
  offsets_[0] = 0;
  for (std::size_t i = 0; i < axes; ++i) {
    const auto taps = static_cast<std::size_t>(window.kernel[i]);
    for (std::size_t outer = known; outer-- > 0;) {
      const std::int64_t base = offsets_[outer];
      for (std::size_t tap = taps; tap-- > 0;) {
        const std::int64_t at = first[i] + static_cast<std::int64_t>(tap) * window.dilation[i];
        const bool inside = base >= 0 && at >= 0 && at < shape_.input[i];
        offsets_[outer * taps + tap] = inside ? base * shape_.input[i] + at : -1;
      }
    }
    known *= taps;
  }
  return offsets_;
}

}  // namespace ohmloop
