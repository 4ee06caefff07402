#include "ohmloop/workload/onnx/dims.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

std::int64_t element_count(const Dims& dims, std::size_t first, std::size_t last) {
  std::int64_t count = 1;
  for (std::size_t i = first; i < last; ++i) count = checked_multiply(count, dims[i]);
  return count;
}

std::int64_t element_count(const Dims& dims) { return element_count(dims, 0, dims.size()); }

std::string to_string(const Dims& dims) { return dims.empty() ? "scalar" : fmt::format("{}", fmt::join(dims, "x")); }

std::optional<Dims> broadcast(const Dims& a, const Dims& b) {
  Dims result(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1) return std::nullopt;
    result[result.size() - 1 - i] = x == 1 ? y : x;
  }
  return result;
}

}  // namespace ohmloop
