#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ohmloop {

/// An unsigned number of `size` bytes, the lowest first; size is at most 8.
inline std::uint64_t little_endian(std::span<const std::uint8_t> bytes, std::size_t offset, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8U | bytes[offset + i];
  return value;
}

/// The same, the highest first.
inline std::uint64_t big_endian(std::span<const std::uint8_t> bytes, std::size_t offset, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | bytes[offset + i];
  return value;
}

}  // namespace ohmloop
