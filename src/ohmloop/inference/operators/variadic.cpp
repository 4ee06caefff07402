#include "ohmloop/inference/operators/broadcast_elements.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// f(f(x0, x1), x2) ... over all inputs.
template <class Types, class Function>
TensorData accumulate_inputs(const OperatorCall& call, Types types, const Function& f) {
  TensorData result = call.input(0);
  for_type(types, result.type(), [&]<class T>() {
    for (std::size_t i = 1; i < call.inputs.size(); ++i) {
      need_same_type(result, call.input(i));
      result = broadcast_elements<T, T>(call, result, call.input(i), f);
    }
  });
  return result;
}

TensorData sum_of_inputs(const OperatorCall& call) {
  return accumulate_inputs(call, FloatTypes{}, [](auto a, auto b) { return a + b; });
}

}  // namespace

Tensors run_max(const OperatorCall& call) {
  return {accumulate_inputs(call, NumberTypes{}, [](auto a, auto b) { return larger(a, b); })};
}

Tensors run_min(const OperatorCall& call) {
  return {accumulate_inputs(call, NumberTypes{}, [](auto a, auto b) { return smaller(a, b); })};
}

Tensors run_sum(const OperatorCall& call) { return {sum_of_inputs(call)}; }

Tensors run_mean(const OperatorCall& call) {
  const TensorData sum = sum_of_inputs(call);
  const auto inputs = static_cast<float>(call.inputs.size());
  TensorData mean = make_output(call, sum.type(), sum.dims());
  for_type(FloatTypes{}, sum.type(), [&]<class T>() {
    const auto from = sum.values<T>();
    std::transform(from.begin(), from.end(), mean.mutable_values<T>().begin(),
                   [&](T value) { return convert<T>(widen(value) / static_cast<Wide<T>>(inputs)); });
  });
  return {mean};
}

}  // namespace ohmloop
