#pragma once

#include <algorithm>
#include <vector>

#include "ohmloop/inference/operators/accumulate.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"

namespace ohmloop {

/// Products of matrices after numpy's rule for `matmul`: a vector is a row or a column, the axes before the last two
/// are repeated.
struct MatrixProduct {
  ProductSize size;                ///< of one product
  std::vector<std::int64_t> as{};  ///< where the first operand of each product begins
  std::vector<std::int64_t> bs{};
  Dims result{};
};

/// Checks the sizes and the work. Throws OperatorError.
MatrixProduct matrix_product(const OperatorCall& call, const Dims& a, const Dims& b);

/// sums += first * second, a few rows at a time.
template <class Number>
void multiply_matrices(const ProductSize& size, const Number* first, const Number* second, Number* sums) {
  for (std::size_t row = 0; row < size.rows; row += rows_at_once) {
    const std::size_t count = std::min<std::size_t>(rows_at_once, size.rows - row);
    add_products({count, size.inner, size.columns}, first + row * size.inner, second, sums + row * size.columns);
  }
}

/// Multiplies; the elements are made numbers by `number_a(element, row)` and `number_b(element, column)`, and every
/// result is handed to `emit(place, sum)`.
template <class A, class B, class NumberA, class NumberB, class Emit>
void multiply(const MatrixProduct& product, const A* a, const NumberA& number_a, const B* b, const NumberB& number_b,
              const Emit& emit) {
  using Number = decltype(number_a(*a, 0));
  const auto [rows, inner, columns] = product.size;
  std::vector<Number> first(rows * inner);
  std::vector<Number> second(inner * columns);
  std::vector<Number> sums(rows * columns);
  for (std::size_t i = 0; i < product.as.size(); ++i) {
    for (std::size_t k = 0; k < first.size(); ++k) first[k] = number_a(a[product.as[i] + k], k / inner);
    for (std::size_t k = 0; k < second.size(); ++k) second[k] = number_b(b[product.bs[i] + k], k % columns);
    std::fill(sums.begin(), sums.end(), Number{});
    multiply_matrices(product.size, first.data(), second.data(), sums.data());
    for (std::size_t k = 0; k < sums.size(); ++k) emit(i * sums.size() + k, sums[k]);
  }
}

}  // namespace ohmloop
