#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ohmloop {

/// Sizes of a tensor, outermost first; empty for a scalar.
using Dims = std::vector<std::int64_t>;

/// More axes than any operator has; bounds the work that a damaged file can cause.
inline constexpr std::size_t max_rank = 64;

/// Product of the sizes; throws OverflowError.
std::int64_t element_count(const Dims& dims);

/// "1x3x224x224", or "scalar".
std::string to_string(const Dims& dims);

/// Sizes after numpy broadcasting, or nothing if they don't fit.
std::optional<Dims> broadcast(const Dims& a, const Dims& b);

/// Product of the sizes [first, last); throws OverflowError.
std::int64_t element_count(const Dims& dims, std::size_t first, std::size_t last);

}  // namespace ohmloop
