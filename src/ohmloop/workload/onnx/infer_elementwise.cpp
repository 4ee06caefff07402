#include <fmt/format.h>

#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

Dims broadcast_inputs(const NodeContext& node) {
  Dims dims = node.dims(0);
  for (std::size_t i = 1; i < node.inputs(); ++i) {
    const std::optional<Dims> wider = broadcast(dims, node.dims(i));
    if (!wider) {
      throw NodeError(
          fmt::format("its inputs {} and {} do not fit together", to_string(dims), to_string(node.dims(i))));
    }
    dims = *wider;
  }
  return dims;
}

bool is_whole_type(std::int64_t type) {
  const bool is_real = type == onnx_type::float32 || type == onnx_type::float16 || type == onnx_type::float64 ||
                       type == onnx_type::bfloat16;
  return !is_real;
}

}  // namespace

Inference infer_same(const NodeContext& node) {
  Inference result = one_output(node.dims(0));
  while (result.outputs.size() < node.outputs()) result.outputs.push_back(result.outputs.front());
  return result;
}

Inference infer_identity(const NodeContext& node) {
  Inference result = infer_same(node);
  result.outputs.front().constant = node.input(0).constant;
  return result;
}

Inference infer_normalise(const NodeContext& node) { return one_output(node.dims(0)); }

Inference infer_broadcast(const NodeContext& node) { return one_output(broadcast_inputs(node)); }

Inference infer_cast(const NodeContext& node) {
  const std::int64_t type = node.integer("to", onnx_type::float32);
  const Constant* constant = node.find_constant(0);
  return one_output(node.dims(0), constant == nullptr ? std::nullopt : fold_cast(*constant, is_whole_type(type)));
}

Inference infer_where(const NodeContext& node) {
  Dims dims = broadcast_inputs(node);
  const Constant* parts[] = {node.find_constant(0), node.find_constant(1), node.find_constant(2)};
  const bool known = parts[0] != nullptr && parts[1] != nullptr && parts[2] != nullptr;
  return one_output(std::move(dims), known ? fold_where(*parts[0], *parts[1], *parts[2]) : std::nullopt);
}

template <Arithmetic operation>
Inference infer_arithmetic(const NodeContext& node) {
  Dims dims = broadcast_inputs(node);
  const Constant* a = node.find_constant(0);
  const Constant* b = node.find_constant(1);
  const bool known = node.inputs() == 2 && a != nullptr && b != nullptr;
  return one_output(std::move(dims), known ? fold(operation, *a, *b) : std::nullopt);
}

template <Rounding operation>
Inference infer_rounding(const NodeContext& node) {
  const Constant* a = node.find_constant(0);
  return one_output(node.dims(0), a == nullptr ? std::nullopt : fold(operation, *a));
}

template Inference infer_arithmetic<Arithmetic::add>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::subtract>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::multiply>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::divide>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::modulo>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::minimum>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::maximum>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::equal>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::less>(const NodeContext&);
template Inference infer_arithmetic<Arithmetic::greater>(const NodeContext&);
template Inference infer_rounding<Rounding::negate>(const NodeContext&);
template Inference infer_rounding<Rounding::absolute>(const NodeContext&);
template Inference infer_rounding<Rounding::floor>(const NodeContext&);
template Inference infer_rounding<Rounding::ceiling>(const NodeContext&);
template Inference infer_rounding<Rounding::round>(const NodeContext&);
template Inference infer_rounding<Rounding::square_root>(const NodeContext&);

}  // namespace ohmloop
