#include <cmath>

#include "ohmloop/inference/operators/map_elements.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {

Tensors run_exp(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::exp(x); });
}

Tensors run_log(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::log(x); });
}

Tensors run_sqrt(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::sqrt(x); });
}

Tensors run_sin(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::sin(x); });
}

Tensors run_cos(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::cos(x); });
}

Tensors run_erf(const OperatorCall& call) {
  return map_elements(call, NumberTypes{}, [](auto x) { return std::erf(x); });
}

Tensors run_reciprocal(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return 1 / x; });
}

Tensors run_floor(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::floor(x); });
}

Tensors run_ceil(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::ceil(x); });
}

Tensors run_round(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return round_to_even(x); });
}

Tensors run_abs(const OperatorCall& call) {
  return map_elements(call, NumberTypes{}, []<class T>(T x) {
    if constexpr (std::is_floating_point_v<T>) return std::abs(x);
    return x < T{} ? wrapping_subtract(T{}, x) : x;
  });
}

Tensors run_neg(const OperatorCall& call) {
  return map_elements(call, NumberTypes{}, []<class T>(T x) {
    if constexpr (std::is_floating_point_v<T>) return -x;
    return wrapping_subtract(T{}, x);
  });
}

Tensors run_sign(const OperatorCall& call) {
  return map_elements(call, NumberTypes{}, []<class T>(T x) {
    if constexpr (std::is_floating_point_v<T>) {
      if (std::isnan(x)) return x;
    }
    return static_cast<T>((T{} < x ? 1 : 0) - (x < T{} ? 1 : 0));
  });
}

Tensors run_not(const OperatorCall& call) {
  return map_elements(call, TypeList<bool>{}, [](bool x) { return !x; });
}

}  // namespace ohmloop
