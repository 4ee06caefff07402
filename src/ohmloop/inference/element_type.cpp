#include "ohmloop/inference/element_type.hpp"

#include <bit>

namespace ohmloop {
namespace {

/// Drops the lowest `count` bits of `bits` (1 to 24), rounding to the nearest, ties to even.
std::uint32_t round_off(std::uint32_t bits, unsigned count) {
  const std::uint32_t half = 1U << (count - 1);
  const std::uint32_t kept = bits >> count;
  const std::uint32_t dropped = bits & ((1U << count) - 1);
  return kept + (dropped > half || (dropped == half && (kept & 1U) != 0) ? 1 : 0);
}

constexpr std::uint32_t float_infinity = 0x7f800000U;
constexpr std::uint32_t float_mantissa = 0x007fffffU;

}  // namespace

// binary16: 1 sign, 5 exponent (bias 15), 10 mantissa bits; binary32: 1, 8 (bias 127), 23. IEEE 754.
float to_float(Float16 value) {
  const std::uint32_t sign = static_cast<std::uint32_t>(value.bits & 0x8000U) << 16U;
  const std::uint32_t exponent = (value.bits >> 10U) & 0x1fU;
  const std::uint32_t mantissa = value.bits & 0x3ffU;
  if (exponent == 0x1fU) return std::bit_cast<float>(sign | float_infinity | mantissa << 13U);
  if (exponent == 0) {
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return sign != 0 ? -magnitude : magnitude;
  }
  return std::bit_cast<float>(sign | (exponent + 112U) << 23U | mantissa << 13U);
}

Float16 to_float16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16U) & 0x8000U;
  const std::uint32_t magnitude = bits & 0x7fffffffU;
  const auto result = [sign](std::uint32_t rest) { return Float16{static_cast<std::uint16_t>(sign | rest)}; };
  if (magnitude > float_infinity) return result(0x7e00U | (magnitude >> 13U & 0x1ffU));
  const std::uint32_t exponent = magnitude >> 23U;
  if (exponent >= 113U + 30U) return result(0x7c00U);
  // Rounding may carry into the exponent, up to infinity, which is as it should be.
  if (exponent >= 113U) return result(round_off(magnitude - (112U << 23U), 13));
  const unsigned shift = 126U - exponent;
  if (shift > 24U) return result(0);
  return result(round_off((magnitude & float_mantissa) | 0x00800000U, shift));
}

float to_float(BFloat16 value) { return std::bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16U); }

BFloat16 to_bfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const bool is_nan = (bits & 0x7fffffffU) > float_infinity;
  return {static_cast<std::uint16_t>(is_nan ? (bits >> 16U) | 0x40U : round_off(bits, 16))};
}

std::optional<ElementType> find_element_type(std::int32_t code) {
  const auto type = static_cast<ElementType>(code);
  if (code < 0 || name_of(type) == "unknown") return std::nullopt;
  return type;
}

std::size_t bytes_of(ElementType type) {
  switch (type) {
    case ElementType::uint8:
    case ElementType::int8:
    case ElementType::boolean:
      return 1;
    case ElementType::uint16:
    case ElementType::int16:
    case ElementType::float16:
    case ElementType::bfloat16:
      return 2;
    case ElementType::float32:
    case ElementType::int32:
    case ElementType::uint32:
      return 4;
    case ElementType::float64:
    case ElementType::int64:
    case ElementType::uint64:
      return 8;
    case ElementType::string:
      return 0;
  }
  return 0;
}

std::string_view name_of(ElementType type) {
  switch (type) {
    case ElementType::float32:
      return "float32";
    case ElementType::uint8:
      return "uint8";
    case ElementType::int8:
      return "int8";
    case ElementType::uint16:
      return "uint16";
    case ElementType::int16:
      return "int16";
    case ElementType::int32:
      return "int32";
    case ElementType::int64:
      return "int64";
    case ElementType::string:
      return "string";
    case ElementType::boolean:
      return "bool";
    case ElementType::float16:
      return "float16";
    case ElementType::float64:
      return "float64";
    case ElementType::uint32:
      return "uint32";
    case ElementType::uint64:
      return "uint64";
    case ElementType::bfloat16:
      return "bfloat16";
  }
  return "unknown";
}

}  // namespace ohmloop
