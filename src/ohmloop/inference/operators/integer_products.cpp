#include "ohmloop/inference/operators/convolve.hpp"
#include "ohmloop/inference/operators/matrix_product.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/quantise.hpp"

namespace ohmloop {
namespace {

using QuantisedTypes = TypeList<std::uint8_t, std::int8_t>;

/// Calls `code.operator()<A, B>()` for the types of two quantised tensors.
template <class Code>
void for_quantised(const TensorData& a, const TensorData& b, const Code& code) {
  for_type(QuantisedTypes{}, a.type(), [&]<class A>() {
    for_type(QuantisedTypes{}, b.type(), [&]<class B>() { code.template operator()<A, B>(); });
  });
}

std::vector<std::uint64_t> as_sums(const std::vector<std::int64_t>& list) { return {list.begin(), list.end()}; }

/// Zero points alone: one, or one per channel; 0 where the input is missing.
std::vector<std::uint64_t> zeros_of(const OperatorCall& call, std::size_t input, std::int64_t channels) {
  if (!call.has(input)) return {0};
  std::vector<std::uint64_t> zeros = as_sums(zero_points_of(call.input(input)));
  need(zeros.size() == 1 || static_cast<std::int64_t>(zeros.size()) == channels, "{} zero points for {} channels",
       zeros.size(), channels);
  return zeros;
}

std::uint64_t at(const std::vector<std::uint64_t>& list, std::size_t channel) {
  return list[list.size() == 1 ? 0 : channel];
}

/// x of one zero point convolved with w: sums of whole numbers, handed to `emit(channel, place, sum)`.
template <class Emit>
void convolve_integers(const ConvolutionShape& shape, const TensorData& x, std::uint64_t x_zero, const TensorData& w,
                       const std::vector<std::uint64_t>& w_zeros, const Emit& emit) {
  for_quantised(x, w, [&]<class X, class W>() {
    const auto zero = [&](std::int64_t channel) { return at(w_zeros, static_cast<std::size_t>(channel)); };
    const std::vector<std::uint64_t> weights = arrange_weights(shape, w.values<W>().data(), zero);
    convolve(shape, x.values<X>().data(), x_zero, weights, emit);
  });
}

/// a of zero points per row times b of zero points per column.
template <class Emit>
void multiply_integers(const MatrixProduct& product, const TensorData& a, const std::vector<std::uint64_t>& a_zeros,
                       const TensorData& b, const std::vector<std::uint64_t>& b_zeros, const Emit& emit) {
  for_quantised(a, b, [&]<class A, class B>() {
    const auto from_a = [&](A value, std::size_t row) { return static_cast<std::uint64_t>(value) - at(a_zeros, row); };
    const auto from_b = [&](B value, std::size_t column) {
      return static_cast<std::uint64_t>(value) - at(b_zeros, column);
    };
    multiply(product, a.values<A>().data(), from_a, b.values<B>().data(), from_b, emit);
  });
}

}  // namespace

Tensors run_conv_integer(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& w = call.input(1);
  const ConvolutionShape shape = convolution_shape(call, x, w);
  TensorData y = make_output(call, ElementType::int32, shape.result);
  const auto to = y.mutable_values<std::int32_t>();
  convolve_integers(
      shape, x, zeros_of(call, 2, 1).front(), w, zeros_of(call, 3, w.dims()[0]),
      [&](std::int64_t, std::int64_t place, std::uint64_t sum) { to[place] = static_cast<std::int32_t>(sum); });
  return {y};
}

Tensors run_q_linear_conv(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& w = call.input(3);
  const ConvolutionShape shape = convolution_shape(call, x, w);
  const std::int64_t channels = w.dims()[0];
  const Scales of_x = scales_of(call, 1, 2, 1);
  const Scales of_w = scales_of(call, 4, 5, channels);
  const Scales of_y = scales_of(call, 6, 7, 1);
  std::vector<std::int64_t> bias(static_cast<std::size_t>(channels), 0);
  if (call.has(8)) bias = integers_of(call.input(8));
  need(static_cast<std::int64_t>(bias.size()) == channels, "{} biases for {} channels", bias.size(), channels);
  TensorData y = make_output(call, call.input(7).type(), shape.result);
  for_type(QuantisedTypes{}, y.type(), [&]<class Q>() {
    const auto to = y.mutable_values<Q>();
    convolve_integers(shape, x, static_cast<std::uint64_t>(of_x.zero.front()), w, as_sums(of_w.zero),
                      [&](std::int64_t channel, std::int64_t place, std::uint64_t sum) {
                        const auto c = static_cast<std::size_t>(channel);
                        const double factor = of_x.step.front() * of_w.step_of(c) / of_y.step.front();
                        const auto whole = static_cast<double>(static_cast<std::int64_t>(sum) + bias[c]);
                        to[place] = saturate<Q>(round_to_even(whole * factor), of_y.zero.front());
                      });
  });
  return {y};
}

Tensors run_mat_mul_integer(const OperatorCall& call) {
  const TensorData& a = call.input(0);
  const TensorData& b = call.input(1);
  const MatrixProduct product = matrix_product(call, a.dims(), b.dims());
  TensorData y = make_output(call, ElementType::int32, product.result);
  const auto to = y.mutable_values<std::int32_t>();
  multiply_integers(product, a, zeros_of(call, 2, static_cast<std::int64_t>(product.size.rows)), b,
                    zeros_of(call, 3, static_cast<std::int64_t>(product.size.columns)),
                    [&](std::size_t place, std::uint64_t sum) { to[place] = static_cast<std::int32_t>(sum); });
  return {y};
}

Tensors run_q_linear_mat_mul(const OperatorCall& call) {
  const TensorData& a = call.input(0);
  const TensorData& b = call.input(3);
  const MatrixProduct product = matrix_product(call, a.dims(), b.dims());
  const Scales of_a = scales_of(call, 1, 2, static_cast<std::int64_t>(product.size.rows));
  const Scales of_b = scales_of(call, 4, 5, static_cast<std::int64_t>(product.size.columns));
  const Scales of_y = scales_of(call, 6, 7, 1);
  TensorData y = make_output(call, call.input(7).type(), product.result);
  const std::size_t columns = product.size.columns;
  const std::size_t rows = product.size.rows;
  for_type(QuantisedTypes{}, y.type(), [&]<class Q>() {
    const auto to = y.mutable_values<Q>();
    multiply_integers(product, a, as_sums(of_a.zero), b, as_sums(of_b.zero), [&](std::size_t place, std::uint64_t sum) {
      const double factor = of_a.step_of(place / columns % rows) * of_b.step_of(place % columns);
      const auto whole = static_cast<double>(static_cast<std::int64_t>(sum));
      to[place] = saturate<Q>(round_to_even(whole * (factor / of_y.step.front())), of_y.zero.front());
    });
  });
  return {y};
}

}  // namespace ohmloop
