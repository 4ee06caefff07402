#pragma once

#include <cstddef>
#include <cstdint>

namespace ohmloop {

/// Rows that are multiplied together, so that the matrix is read less often.
inline constexpr std::int64_t rows_at_once = 8;

struct ProductSize {
  std::size_t rows = 0;     ///< of the first operand and of the sums
  std::size_t inner = 0;    ///< what is summed over
  std::size_t columns = 0;  ///< of the second operand and of the sums
};

/// sums += first * second, all in C order. Every sum is added in the order of the inner index.
template <class Number>
void add_products(const ProductSize& size, const Number* first, const Number* second, Number* sums) {
  for (std::size_t k = 0; k < size.inner; ++k) {
    const Number* const row = second + k * size.columns;
    for (std::size_t i = 0; i < size.rows; ++i) {
      const Number factor = first[i * size.inner + k];
      Number* const to = sums + i * size.columns;
      for (std::size_t n = 0; n < size.columns; ++n) to[n] += factor * row[n];
    }
  }
}

}  // namespace ohmloop
