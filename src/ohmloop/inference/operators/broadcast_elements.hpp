#pragma once

#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {

/// z = f(a, b) for elements of type From, repeated as numpy does; z has elements of type To. f sees Wide<From>.
template <class From, class To, class Function>
TensorData broadcast_elements(const OperatorCall& call, const TensorData& a, const TensorData& b, const Function& f) {
  const Dims dims = broadcast_dims(a.dims(), b.dims());
  TensorData z = make_output(call, element_type_of<To>, dims);
  const From* const from_a = a.values<From>().data();
  const From* const from_b = b.values<From>().data();
  To* to = z.mutable_values<To>().data();
  const StridedWalk<2> walk(dims, {broadcast_strides(a.dims(), dims), broadcast_strides(b.dims(), dims)});
  walk.each_row([&](const StridedRow<2>& row) {
    const From* x = from_a + row.at[0];
    const From* y = from_b + row.at[1];
    for (std::int64_t i = 0; i < row.length; ++i, x += row.step[0], y += row.step[1]) {
      *to++ = convert<To>(f(widen(*x), widen(*y)));
    }
  });
  return z;
}

/// The same for a node whose first two inputs have one type among `Types`, as has its output.
template <class Types, class Function>
std::vector<TensorData> broadcast_node(const OperatorCall& call, Types types, const Function& f) {
  const TensorData& a = call.input(0);
  const TensorData& b = call.input(1);
  need_same_type(a, b);
  return for_type(types, a.type(),
                  [&]<class T>() { return std::vector<TensorData>{broadcast_elements<T, T>(call, a, b, f)}; });
}

/// The same for a node that gives true or false.
template <class Types, class Function>
std::vector<TensorData> compare_node(const OperatorCall& call, Types types, const Function& f) {
  const TensorData& a = call.input(0);
  const TensorData& b = call.input(1);
  need_same_type(a, b);
  return for_type(types, a.type(),
                  [&]<class T>() { return std::vector<TensorData>{broadcast_elements<T, bool>(call, a, b, f)}; });
}

}  // namespace ohmloop
