#include "ohmloop/inference/operators/convolve.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {

Tensors run_conv(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& w = call.input(1);
  need_same_type(x, w);
  const ConvolutionShape shape = convolution_shape(call, x, w);
  TensorData y = make_output(call, x.type(), shape.result);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    std::vector<double> bias(static_cast<std::size_t>(w.dims()[0]), 0.0);
    if (call.has(2)) {
      need_same_type(x, call.input(2));
      need(call.input(2).dims() == Dims{w.dims()[0]}, "{} output channels, but a bias of the size {}", w.dims()[0],
           to_string(call.input(2).dims()));
      bias = reals_of(call.input(2));
    }
    const std::vector<double> weights = arrange_weights(shape, w.values<T>().data(), [](auto) { return 0.0; });
    T* const to = y.mutable_values<T>().data();
    convolve(shape, x.values<T>().data(), 0.0, weights, [&](std::int64_t channel, std::int64_t place, double sum) {
      to[place] = convert<T>(sum + bias[static_cast<std::size_t>(channel)]);
    });
  });
  return {y};
}

}  // namespace ohmloop
