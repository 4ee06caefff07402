#include "ohmloop/inference/operators/matrix_product.hpp"

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// The sizes of Gemm's operands after the transpositions that its attributes ask for.
struct GemmShape {
  bool a_transposed = false, b_transposed = false;
  std::int64_t rows = 0, inner = 0, columns = 0;
};

GemmShape gemm_shape(const OperatorCall& call, const TensorData& a, const TensorData& b) {
  need(a.rank() == 2 && b.rank() == 2, "matrices of the sizes {} and {}", to_string(a.dims()), to_string(b.dims()));
  GemmShape shape;
  shape.a_transposed = call.node.integer("transA", 0) != 0;
  shape.b_transposed = call.node.integer("transB", 0) != 0;
  shape.rows = a.dims()[shape.a_transposed ? 1 : 0];
  shape.inner = a.dims()[shape.a_transposed ? 0 : 1];
  shape.columns = b.dims()[shape.b_transposed ? 0 : 1];
  need(b.dims()[shape.b_transposed ? 1 : 0] == shape.inner, "matrices of the sizes {} and {} don't multiply",
       to_string(a.dims()), to_string(b.dims()));
  return shape;
}

/// A matrix as numbers that sums are made of, transposed if asked for.
template <class T>
std::vector<Sum<T>> matrix_of(const TensorData& tensor, bool transposed) {
  const auto values = tensor.values<T>();
  std::vector<Sum<T>> matrix(values.size());
  const auto rows = static_cast<std::size_t>(tensor.dims()[0]);
  const auto columns = static_cast<std::size_t>(tensor.dims()[1]);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      matrix[transposed ? j * rows + i : i * columns + j] = static_cast<Sum<T>>(widen(values[i * columns + j]));
    }
  }
  return matrix;
}

/// alpha and beta multiply what they stand for: as real numbers for real types, as whole ones for whole types.
template <class T>
Sum<T> factor(const OperatorCall& call, std::string_view name) {
  const double value = call.node.real(name, 1.0);
  if constexpr (std::is_floating_point_v<Sum<T>>) {
    return value;
  } else {
    return static_cast<Sum<T>>(convert<std::int64_t>(value));
  }
}

template <class T>
TensorData gemm(const OperatorCall& call, const GemmShape& shape) {
  const TensorData& a = call.input(0);
  TensorData y = make_output(call, a.type(), {shape.rows, shape.columns});
  std::vector<Sum<T>> sums(y.size(), Sum<T>{});
  const std::vector<Sum<T>> first = matrix_of<T>(a, shape.a_transposed);
  const std::vector<Sum<T>> second = matrix_of<T>(call.input(1), shape.b_transposed);
  multiply_matrices({static_cast<std::size_t>(shape.rows), static_cast<std::size_t>(shape.inner),
                     static_cast<std::size_t>(shape.columns)},
                    first.data(), second.data(), sums.data());
  const auto alpha = factor<T>(call, "alpha");
  for (auto& sum : sums) sum *= alpha;
  if (call.has(2)) {
    const TensorData& c = call.input(2);
    need_same_type(a, c);
    const auto beta = factor<T>(call, "beta");
    const StridedWalk<2> walk(y.dims(), {strides_of(y.dims()), broadcast_strides(c.dims(), y.dims())});
    walk.each_row([&](const StridedRow<2>& row) {
      for (std::int64_t i = 0; i < row.length; ++i) {
        const T value = c.values<T>()[row.at[1] + i * row.step[1]];
        sums[row.at[0] + i * row.step[0]] += beta * static_cast<Sum<T>>(widen(value));
      }
    });
  }
  std::transform(sums.begin(), sums.end(), y.mutable_values<T>().begin(), convert<T, Sum<T>>);
  return y;
}

}  // namespace

Tensors run_gemm(const OperatorCall& call) {
  const TensorData& a = call.input(0);
  need_same_type(a, call.input(1));
  const GemmShape shape = gemm_shape(call, a, call.input(1));
  check_steps(call, static_cast<double>(shape.rows) * static_cast<double>(shape.inner + 1) *
                        static_cast<double>(shape.columns));
  using Types = TypeList<float, double, Float16, BFloat16, std::int32_t, std::int64_t, std::uint32_t, std::uint64_t>;
  return for_type(Types{}, a.type(), [&]<class T>() { return Tensors{gemm<T>(call, shape)}; });
}

Tensors run_mat_mul(const OperatorCall& call) {
  const TensorData& a = call.input(0);
  const TensorData& b = call.input(1);
  need_same_type(a, b);
  const MatrixProduct product = matrix_product(call, a.dims(), b.dims());
  TensorData y = make_output(call, a.type(), product.result);
  using Types = TypeList<float, double, Float16, BFloat16, std::int32_t, std::int64_t, std::uint32_t, std::uint64_t>;
  for_type(Types{}, a.type(), [&]<class T>() {
    const auto number = [](T value, std::size_t) { return static_cast<Sum<T>>(widen(value)); };
    T* const to = y.mutable_values<T>().data();
    multiply(product, a.values<T>().data(), number, b.values<T>().data(), number,
             [&](std::size_t place, Sum<T> sum) { to[place] = convert<T>(sum); });
  });
  return {y};
}

}  // namespace ohmloop
