#pragma once

#include <cstdint>

namespace ohmloop {

/// One axis under sliding windows.
struct WindowAxis {
  std::int64_t size = 1;    ///< of the input
  std::int64_t output = 1;  ///< number of windows
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t pad_low = 0;
  std::int64_t dilation = 1;
};

/// Elements of the input in all windows of an axis together, without padding; over several axes these multiply. Windows
/// of more than 65536 elements count as if nothing of them was padding. Throws OverflowError.
std::int64_t elements_in_windows(const WindowAxis& axis);

}  // namespace ohmloop
