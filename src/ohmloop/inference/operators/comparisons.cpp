#include "ohmloop/inference/operators/broadcast_elements.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {

Tensors run_equal(const OperatorCall& call) {
  return compare_node(call, NumberAndBoolTypes{}, [](auto a, auto b) { return a == b; });
}

Tensors run_greater(const OperatorCall& call) {
  return compare_node(call, NumberTypes{}, [](auto a, auto b) { return a > b; });
}

Tensors run_greater_or_equal(const OperatorCall& call) {
  return compare_node(call, NumberTypes{}, [](auto a, auto b) { return a >= b; });
}

Tensors run_less(const OperatorCall& call) {
  return compare_node(call, NumberTypes{}, [](auto a, auto b) { return a < b; });
}

Tensors run_less_or_equal(const OperatorCall& call) {
  return compare_node(call, NumberTypes{}, [](auto a, auto b) { return a <= b; });
}

Tensors run_and(const OperatorCall& call) {
  return compare_node(call, TypeList<bool>{}, [](bool a, bool b) { return a && b; });
}

Tensors run_or(const OperatorCall& call) {
  return compare_node(call, TypeList<bool>{}, [](bool a, bool b) { return a || b; });
}

Tensors run_xor(const OperatorCall& call) {
  return compare_node(call, TypeList<bool>{}, [](bool a, bool b) { return a != b; });
}

Tensors run_where(const OperatorCall& call) {
  const TensorData& condition = call.input(0);
  const TensorData& yes = call.input(1);
  const TensorData& no = call.input(2);
  need(condition.type() == ElementType::boolean, "its condition is of type {}, must be bool",
       name_of(condition.type()));
  need_same_type(yes, no);
  const Dims dims = broadcast_dims(broadcast_dims(condition.dims(), yes.dims()), no.dims());
  TensorData result = make_output(call, yes.type(), dims);
  const StridedWalk<3> walk(dims, {broadcast_strides(condition.dims(), dims), broadcast_strides(yes.dims(), dims),
                                   broadcast_strides(no.dims(), dims)});
  const bool* const choices = condition.values<bool>().data();
  for_size(yes.type(), [&]<class T>() {
    T* to = elements_of<T>(result);
    walk.each_row([&](const StridedRow<3>& row) {
      for (std::int64_t i = 0; i < row.length; ++i) {
        const bool choice = choices[row.at[0] + i * row.step[0]];
        const std::int64_t at = choice ? row.at[1] + i * row.step[1] : row.at[2] + i * row.step[2];
        *to++ = elements_of<T>(choice ? yes : no)[at];
      }
    });
  });
  return {result};
}

}  // namespace ohmloop
