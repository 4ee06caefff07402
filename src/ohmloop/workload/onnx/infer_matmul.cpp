#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

/// A product of (batch) x rows x inner by (batch) x inner x columns.
struct Product {
  Dims first;  ///< both with at least two axes
  Dims second;
  Dims batch;  ///< of the result
};

std::int64_t rows(const Product& p) { return p.first[p.first.size() - 2]; }
std::int64_t inner(const Product& p) { return p.first.back(); }
std::int64_t columns(const Product& p) { return p.second.back(); }

Product product(Dims first, Dims second) {
  Product result{std::move(first), std::move(second), {}};
  const std::int64_t other = result.second[result.second.size() - 2];
  const auto batch = broadcast(Dims(result.first.begin(), result.first.end() - 2),
                               Dims(result.second.begin(), result.second.end() - 2));
  if (inner(result) != other || !batch) {
    throw NodeError(fmt::format("{} cannot be multiplied by {}", to_string(result.first), to_string(result.second)));
  }
  result.batch = *batch;
  return result;
}

/// The second operand has one matrix of weights: every row of the first is a position of a fully connected layer.
LayerShape linear_layer(const Product& p) {
  const std::int64_t vectors = checked_multiply(element_count(p.batch), rows(p));
  const std::int64_t batch = p.first.size() > 2 ? p.batch.front() : vectors;
  return fully_connected(batch, inner(p), columns(p), vectors / batch);
}

/// The first operand is the weight: its rows are the outputs, the columns of the second one the positions.
LayerShape transposed_linear_layer(const Product& p) {
  return fully_connected(element_count(p.batch), inner(p), rows(p), columns(p));
}

/// One matrix per group in the second operand; what it is repeated over is the batch.
LayerShape grouped_layer(const Product& p) {
  const std::int64_t groups = element_count(p.second, 0, p.second.size() - 2);
  LayerShape shape = matmul(groups, rows(p), inner(p), columns(p));
  shape.N = element_count(p.batch) / groups;
  return shape;
}

LayerShape layer(const Product& p, bool first_is_static, bool second_is_static) {
  const bool one_matrix = element_count(p.second, 0, p.second.size() - 2) == 1;
  if (second_is_static && one_matrix) return linear_layer(p);
  if (second_is_static) {
    LayerShape shape = grouped_layer(p);
    shape.weight_is_activation = false;
    return shape;
  }
  if (first_is_static && element_count(p.first, 0, p.first.size() - 2) == 1) return transposed_linear_layer(p);
  return grouped_layer(p);
}

void require_elements(const Product& p) {
  for (const Dims* dims : {&p.first, &p.second}) {
    for (const std::int64_t dim : *dims) {
      if (dim < 1) throw NodeError(fmt::format("an operand is empty: {}", to_string(*dims)));
    }
  }
}

Inference multiply(const NodeContext& node, std::size_t second_input) {
  Dims first = node.dims(0, 1);
  Dims second = node.dims(second_input, 1);
  const bool first_is_vector = first.size() == 1;
  const bool second_is_vector = second.size() == 1;
  if (first_is_vector) first.insert(first.begin(), 1);
  if (second_is_vector) second.push_back(1);
  const Product p = product(std::move(first), std::move(second));
  Dims dims = p.batch;
  if (!first_is_vector) dims.push_back(rows(p));
  if (!second_is_vector) dims.push_back(columns(p));
  require_elements(p);
  Inference result = one_output(std::move(dims));
  result.layer = layer(p, node.input(0).is_static, node.input(second_input).is_static);
  return result;
}

Dims matrix(const NodeContext& node, std::size_t input, bool transposed) {
  const Dims& dims = node.dims(input, 2);
  if (dims.size() > 2) throw NodeError(fmt::format("its input {} is no matrix: {}", input, to_string(dims)));
  return transposed ? Dims{dims[1], dims[0]} : dims;
}

}  // namespace

Inference infer_gemm(const NodeContext& node) {
  const Product p =
      product(matrix(node, 0, node.integer("transA", 0) != 0), matrix(node, 1, node.integer("transB", 0) != 0));
  require_elements(p);
  Inference result = one_output(Dims{rows(p), columns(p)});
  result.layer = layer(p, node.input(0).is_static, node.input(1).is_static);
  return result;
}

Inference infer_matmul(const NodeContext& node) { return multiply(node, 1); }

Inference infer_quantized_matmul(const NodeContext& node) { return multiply(node, 3); }

}  // namespace ohmloop
