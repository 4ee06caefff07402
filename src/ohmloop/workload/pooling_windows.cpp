#include "ohmloop/workload/pooling_windows.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// Bounds the work that a file can ask for.
constexpr std::int64_t largest_kernel = 65536;

/// Windows whose element `tap` lies in the input: 0 <= o * stride - pad_low + tap * dilation < size.
std::int64_t windows_with(std::int64_t tap, const WindowAxis& axis) {
  const std::int64_t offset = checked_add(checked_multiply(tap, axis.dilation), -axis.pad_low);
  const std::int64_t first = offset >= 0 ? 0 : ceil_divide(-offset, axis.stride);
  const std::int64_t beyond = checked_subtract(axis.size, offset);
  const std::int64_t end = beyond <= 0 ? 0 : ceil_divide(beyond, axis.stride);
  return std::max<std::int64_t>(0, std::min(end, axis.output) - first);
}

}  // namespace

std::int64_t elements_in_windows(const WindowAxis& axis) {
  if (axis.kernel > largest_kernel) return checked_multiply(axis.output, std::min(axis.kernel, axis.size));
  std::int64_t elements = 0;
  for (std::int64_t tap = 0; tap < axis.kernel; ++tap) elements = checked_add(elements, windows_with(tap, axis));
  return elements;
}

}  // namespace ohmloop
