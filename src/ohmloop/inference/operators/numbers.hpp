#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/tensor.hpp"

/// Arithmetic on the elements of tensors, and code for each of their types.
namespace ohmloop {

template <class T>
inline constexpr bool is_half = std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>;

/// What elements of type T are computed in: float for the 16-bit floating-point types, else T itself.
template <class T>
using Wide = std::conditional_t<is_half<T>, float, T>;

/// What many of them are added in: sums of whole numbers wrap around, whatever their sign.
template <class T>
using Sum = std::conditional_t<std::is_floating_point_v<Wide<T>>, double, std::uint64_t>;

template <class T>
Wide<T> widen(T value) {
  if constexpr (is_half<T>) {
    return to_float(value);
  } else {
    return value;
  }
}

/// A number as an element of type To. Real numbers become whole ones by dropping the fraction, and stop at the ends of
/// the range (NaN becomes 0); whole numbers wrap around; everything but 0 becomes true.
template <class To, class From>
To convert(From value) {
  if constexpr (is_half<From>) {
    return convert<To>(to_float(value));
  } else if constexpr (std::is_same_v<To, Float16>) {
    return to_float16(static_cast<float>(value));
  } else if constexpr (std::is_same_v<To, BFloat16>) {
    return to_bfloat16(static_cast<float>(value));
  } else if constexpr (std::is_same_v<To, bool>) {
    return value != From{};
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    if (std::isnan(value)) return 0;
    // The ends as floating-point numbers: the upper one may round up to the first number that does not fit.
    if (value <= static_cast<From>(std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
    if (value >= static_cast<From>(std::numeric_limits<To>::max())) return std::numeric_limits<To>::max();
    return static_cast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

/// Sums, differences and products of whole numbers wrap around, as the field's runtimes have it.
template <class T>
T wrapping_add(T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
  } else {
    return a + b;
  }
}
template <class T>
T wrapping_subtract(T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
  } else {
    return a - b;
  }
}
template <class T>
T wrapping_multiply(T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
  } else {
    return a * b;
  }
}

/// NaN wins over every number.
template <class T>
T larger(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return a;
    if (std::isnan(b)) return b;
  }
  return a < b ? b : a;
}
template <class T>
T smaller(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return a;
    if (std::isnan(b)) return b;
  }
  return b < a ? b : a;
}

/// To the nearest whole number, ties to even, whatever the rounding mode of the moment.
template <class T>
T round_to_even(T value) {
  const T below = std::floor(value);
  const T rest = value - below;
  if (rest < static_cast<T>(0.5)) return below;
  if (rest > static_cast<T>(0.5)) return below + 1;
  return std::fmod(below, T{2}) == 0 ? below : below + 1;
}

template <class... Ts>
struct TypeList {};
using FloatTypes = TypeList<float, double, Float16, BFloat16>;
using IntegerTypes = TypeList<std::int64_t, std::int32_t, std::uint8_t, std::int8_t, std::int16_t, std::uint16_t,
                              std::uint32_t, std::uint64_t>;
using NumberTypes = TypeList<float, double, std::int64_t, std::int32_t, std::uint8_t, std::int8_t, Float16, BFloat16,
                             std::int16_t, std::uint16_t, std::uint32_t, std::uint64_t>;
using NumberAndBoolTypes = TypeList<float, double, std::int64_t, std::int32_t, std::uint8_t, std::int8_t, Float16,
                                    BFloat16, std::int16_t, std::uint16_t, std::uint32_t, std::uint64_t, bool>;

/// Calls `code.operator()<T>()` for the type T of the list that `type` names. Throws OperatorError if none does.
template <class First, class... Rest, class Code>
auto for_type(TypeList<First, Rest...> /*types*/, ElementType type, const Code& code) {
  if (type == element_type_of<First>) return code.template operator()<First>();
  if constexpr (sizeof...(Rest) > 0) {
    return for_type(TypeList<Rest...>{}, type, code);
  } else {
    throw OperatorError(fmt::format("elements of type {} are not supported", name_of(type)));
  }
}

/// An element that is moved, whatever it means. Made of bytes, so that it may stand for elements of any type.
template <std::size_t Size>
struct ElementBytes {
  std::array<std::byte, Size> bytes{};
};

/// Calls `code.operator()<E>()` for operators that only move elements: E is ElementBytes of the type's size. Strings
/// are not moved.
template <class Code>
auto for_size(ElementType type, const Code& code) {
  switch (bytes_of(type)) {
    case 1:
      return code.template operator()<ElementBytes<1>>();
    case 2:
      return code.template operator()<ElementBytes<2>>();
    case 4:
      return code.template operator()<ElementBytes<4>>();
    case 8:
      return code.template operator()<ElementBytes<8>>();
    default:
      throw OperatorError(fmt::format("elements of type {} are not supported", name_of(type)));
  }
}

/// The elements of a tensor for `for_size`.
template <class Element>
const Element* elements_of(const TensorData& tensor) {
  return reinterpret_cast<const Element*>(tensor.bytes());
}
template <class Element>
Element* elements_of(TensorData& tensor) {
  return reinterpret_cast<Element*>(tensor.mutable_bytes());
}

}  // namespace ohmloop
