#include <cmath>

#include "ohmloop/inference/operators/broadcast_elements.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// Division that cuts the fraction off. The one quotient that doesn't fit, of the least number and -1, wraps around.
template <class T>
T quotient(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return a / b;
  } else {
    if (b == 0) throw OperatorError("a whole number is divided by 0");
    if constexpr (std::is_signed_v<T>) {
      if (b == -1) return wrapping_subtract(T{}, a);
    }
    return static_cast<T>(a / b);
  }
}

/// A power of whole numbers by repeated squaring; wraps around.
template <class T>
T whole_power(T base, std::uint64_t exponent) {
  T result = 1;
  for (; exponent != 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = wrapping_multiply(result, base);
    base = wrapping_multiply(base, base);
  }
  return result;
}

template <class T, class E>
T power(T base, E exponent) {
  if constexpr (std::is_integral_v<T> && std::is_integral_v<E>) {
    if (exponent >= 0) return whole_power(base, static_cast<std::uint64_t>(exponent));
  }
  if constexpr (std::is_same_v<T, float> && std::is_same_v<E, float>) {
    return std::pow(base, exponent);
  } else {
    return convert<T>(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
  }
}

/// The rest that has the sign of the divisor, or with `like_dividend` (attribute fmod) the sign of the dividend.
template <class T>
T remainder_of(T a, T b, bool like_dividend) {
  if constexpr (std::is_floating_point_v<T>) {
    const T rest = std::fmod(a, b);
    return like_dividend || rest == 0 || (rest < 0) == (b < 0) ? rest : rest + b;
  } else {
    if (b == 0) throw OperatorError("a whole number is divided by 0");
    if constexpr (std::is_signed_v<T>) {
      if (b == -1) return 0;
    }
    const T rest = static_cast<T>(a % b);
    return like_dividend || rest == 0 || (rest < 0) == (b < 0) ? rest : static_cast<T>(rest + b);
  }
}

}  // namespace

Tensors run_add(const OperatorCall& call) {
  return broadcast_node(call, NumberTypes{}, [](auto a, auto b) { return wrapping_add(a, b); });
}

Tensors run_sub(const OperatorCall& call) {
  return broadcast_node(call, NumberTypes{}, [](auto a, auto b) { return wrapping_subtract(a, b); });
}

Tensors run_mul(const OperatorCall& call) {
  return broadcast_node(call, NumberTypes{}, [](auto a, auto b) { return wrapping_multiply(a, b); });
}

Tensors run_div(const OperatorCall& call) {
  return broadcast_node(call, NumberTypes{}, [](auto a, auto b) { return quotient(a, b); });
}

Tensors run_mod(const OperatorCall& call) {
  const bool like_dividend = call.node.integer("fmod", 0) != 0;
  return broadcast_node(call, NumberTypes{}, [&](auto a, auto b) { return remainder_of(a, b, like_dividend); });
}

Tensors run_pow(const OperatorCall& call) {
  const TensorData& base = call.input(0);
  const TensorData& exponent = call.input(1);
  if (base.type() == exponent.type()) {
    return broadcast_node(call, NumberTypes{}, [](auto a, auto b) { return power(a, b); });
  }
  // Exponents of another type: whole ones as 64-bit numbers, real ones in double precision, neither loses anything.
  using BaseTypes = TypeList<float, double, std::int64_t, std::int32_t, Float16, BFloat16>;
  const Dims dims = broadcast_dims(base.dims(), exponent.dims());
  TensorData z = make_output(call, base.type(), dims);
  const StridedWalk<2> walk(dims, {broadcast_strides(base.dims(), dims), broadcast_strides(exponent.dims(), dims)});
  for_type(BaseTypes{}, base.type(), [&]<class T>() {
    for_type(NumberTypes{}, exponent.type(), [&]<class E>() {
      using Exponent = std::conditional_t<std::is_integral_v<E>, std::int64_t, double>;
      T* to = z.mutable_values<T>().data();
      walk.each_row([&](const StridedRow<2>& row) {
        for (std::int64_t i = 0; i < row.length; ++i) {
          const T a = base.values<T>()[row.at[0] + i * row.step[0]];
          const E b = exponent.values<E>()[row.at[1] + i * row.step[1]];
          *to++ = convert<T>(power(widen(a), convert<Exponent>(b)));
        }
      });
    });
  });
  return {z};
}

}  // namespace ohmloop
