#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ohmloop {

/// Types of a tensor's elements, with the codes of ONNX's TensorProto.DataType.
enum class ElementType : std::int32_t {
  float32 = 1,
  uint8 = 2,
  int8 = 3,
  uint16 = 4,
  int16 = 5,
  int32 = 6,
  int64 = 7,
  string = 8,
  boolean = 9,
  float16 = 10,
  float64 = 11,
  uint32 = 12,
  uint64 = 13,
  bfloat16 = 16
};

/// 16-bit floating-point numbers, kept as their bits; conversions round to the nearest, ties to even.
struct Float16 {
  std::uint16_t bits = 0;
};
struct BFloat16 {
  std::uint16_t bits = 0;
};
float to_float(Float16 value);
float to_float(BFloat16 value);
Float16 to_float16(float value);
BFloat16 to_bfloat16(float value);

/// The type that a file means by a code; nothing if there is none here (complex numbers, codes that don't exist).
std::optional<ElementType> find_element_type(std::int32_t code);
/// Bytes of one element; 0 for strings.
std::size_t bytes_of(ElementType type);
/// "float32", as error messages name it.
std::string_view name_of(ElementType type);

/// The element type of a C++ type: element_type_of<float> is ElementType::float32. `bool` stands for boolean, kept as
/// one byte.
template <class T>
inline constexpr ElementType element_type_of = ElementType{};
template <>
inline constexpr ElementType element_type_of<float> = ElementType::float32;
template <>
inline constexpr ElementType element_type_of<double> = ElementType::float64;
template <>
inline constexpr ElementType element_type_of<Float16> = ElementType::float16;
template <>
inline constexpr ElementType element_type_of<BFloat16> = ElementType::bfloat16;
template <>
inline constexpr ElementType element_type_of<bool> = ElementType::boolean;
template <>
inline constexpr ElementType element_type_of<std::int8_t> = ElementType::int8;
template <>
inline constexpr ElementType element_type_of<std::int16_t> = ElementType::int16;
template <>
inline constexpr ElementType element_type_of<std::int32_t> = ElementType::int32;
template <>
inline constexpr ElementType element_type_of<std::int64_t> = ElementType::int64;
template <>
inline constexpr ElementType element_type_of<std::uint8_t> = ElementType::uint8;
template <>
inline constexpr ElementType element_type_of<std::uint16_t> = ElementType::uint16;
template <>
inline constexpr ElementType element_type_of<std::uint32_t> = ElementType::uint32;
template <>
inline constexpr ElementType element_type_of<std::uint64_t> = ElementType::uint64;

}  // namespace ohmloop
