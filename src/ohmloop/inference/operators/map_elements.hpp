#pragma once

#include <algorithm>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"

namespace ohmloop {

/// y = f(x) for every element of the first input, whose type is one of `Types`; f sees and gives Wide<T>.
template <class Types, class Function>
std::vector<TensorData> map_elements(const OperatorCall& call, Types types, const Function& f) {
  const TensorData& x = call.input(0);
  TensorData y = make_output(call, x.type(), x.dims());
  for_type(types, x.type(), [&]<class T>() {
    const auto from = x.values<T>();
    std::transform(from.begin(), from.end(), y.mutable_values<T>().begin(),
                   [&](T value) { return convert<T>(f(widen(value))); });
  });
  return {y};
}

}  // namespace ohmloop
