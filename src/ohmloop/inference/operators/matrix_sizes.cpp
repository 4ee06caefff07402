#include "ohmloop/inference/operators/matrix_product.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {

MatrixProduct matrix_product(const OperatorCall& call, const Dims& a, const Dims& b) {
  need(!a.empty() && !b.empty(), "operands of the sizes {} and {}", to_string(a), to_string(b));
  Dims first = a.size() == 1 ? Dims{1, a[0]} : a;
  Dims second = b.size() == 1 ? Dims{b[0], 1} : b;
  const std::int64_t inner = first.back();
  need(second[second.size() - 2] == inner, "matrices of the sizes {} and {} don't multiply", to_string(a),
       to_string(b));
  const std::int64_t rows = first[first.size() - 2];
  const std::int64_t columns = second.back();
  first.resize(first.size() - 2);
  second.resize(second.size() - 2);

  MatrixProduct product;
  product.size = {static_cast<std::size_t>(rows), static_cast<std::size_t>(inner), static_cast<std::size_t>(columns)};
  const Dims batch = broadcast_dims(first, second);
  product.result = batch;
  if (a.size() > 1) product.result.push_back(rows);
  if (b.size() > 1) product.result.push_back(columns);
  check_output(call, ElementType::float64, product.result);
  // As if no size were 0: the list of products, too, must stay within bounds.
  double steps = static_cast<double>(std::max<std::int64_t>(rows * columns, 1)) * static_cast<double>(inner + 1);
  for (const std::int64_t dim : batch) steps *= static_cast<double>(dim);
  check_steps(call, steps);

  const StridedWalk<2> walk(batch, {broadcast_strides(first, batch), broadcast_strides(second, batch)});
  walk.each_row([&](const StridedRow<2>& row) {
    for (std::int64_t i = 0; i < row.length; ++i) {
      product.as.push_back((row.at[0] + i * row.step[0]) * rows * inner);
      product.bs.push_back((row.at[1] + i * row.step[1]) * inner * columns);
    }
  });
  return product;
}

}  // namespace ohmloop
