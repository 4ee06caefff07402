#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/following.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

/// rows x inner times inner x columns, the second operand trained.
struct TrainedProduct {
  std::int64_t rows = 0, inner = 0, columns = 0;
  dnnl::memory weights;  ///< as columns x inner
  std::optional<dnnl::memory> bias{};
  Dims target;
};

/// The weights as oneDNN's inner product has them, whichever of both ways they lie.
dnnl::memory weights_memory(const Compiler& compiler, const TensorData& weights, bool transposed, double factor) {
  TensorData scaled(ElementType::float32, weights.dims());
  std::transform(weights.values<float>().begin(), weights.values<float>().end(), scaled.mutable_values<float>().begin(),
                 [&](float weight) { return static_cast<float>(factor * weight); });
  if (transposed) return constant_memory(compiler.engine(), scaled, weights.dims());
  const Dims dims = {weights.dims()[1], weights.dims()[0]};
  const dnnl::memory::desc layout(dims, dnnl::memory::data_type::f32, dnnl::memory::format_tag::ba);
  dnnl::memory memory(layout, compiler.engine());
  std::memcpy(memory.get_data_handle(), scaled.bytes(), scaled.size_bytes());
  return memory;
}

std::optional<dnnl::memory> bias_memory(const Compiler& compiler, const TensorData& bias, std::int64_t columns,
                                        double factor) {
  const bool per_column = bias.rank() >= 1 && bias.dims().back() == columns;
  if (static_cast<std::int64_t>(bias.size()) != columns || !per_column) {
    if (bias.size() != 1) return std::nullopt;
  }
  TensorData spread(ElementType::float32, {columns});
  const auto to = spread.mutable_values<float>();
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] = static_cast<float>(factor * bias.values<float>()[bias.size() == 1 ? 0 : i]);
  }
  return constant_memory(compiler.engine(), spread, {columns});
}

bool is_trained_matrix(const Compiler& compiler, std::optional<ValueId> value) {
  const TensorData* tensor = compiler.known(value);
  return tensor != nullptr && tensor->type() == ElementType::float32 && tensor->rank() == 2 && tensor->size() > 0;
}

std::optional<TrainedProduct> product_of(const Compiler& compiler, const GraphNode& node) {
  if (!compiler.is_activation(node.inputs[0]) || !is_trained_matrix(compiler, node.inputs[1])) return std::nullopt;
  const bool is_gemm = node.operation == "Gemm";
  const Dims& source = compiler.dims(*node.inputs[0]);
  if (is_gemm && (source.size() != 2 || node.integer("transA", 0) != 0)) return std::nullopt;
  if (source.size() < 2) return std::nullopt;
  const TensorData& weights = *compiler.known(node.inputs[1]);
  const bool transposed = is_gemm && node.integer("transB", 0) != 0;
  TrainedProduct product;
  product.inner = weights.dims()[transposed ? 1 : 0];
  product.columns = weights.dims()[transposed ? 0 : 1];
  if (source.back() != product.inner) return std::nullopt;
  product.rows = element_count(source, 0, source.size() - 1);
  product.target = source;
  product.target.back() = product.columns;
  product.weights = weights_memory(compiler, weights, transposed, is_gemm ? node.real("alpha", 1.0) : 1.0);
  if (is_gemm && node.inputs.size() > 2 && node.inputs[2]) {
    const TensorData* bias = compiler.known(node.inputs[2]);
    if (bias == nullptr || bias->type() != ElementType::float32) return std::nullopt;
    product.bias = bias_memory(compiler, *bias, product.columns, node.real("beta", 1.0));
    if (!product.bias) return std::nullopt;
  }
  return product;
}

void compile_trained(Compiler& compiler, std::size_t index, const TrainedProduct& product) {
  const GraphNode& node = compiler.node(index);
  const Dims source_dims = {product.rows, product.inner};
  const Dims target_dims = {product.rows, product.columns};
  const dnnl::memory::desc bias = product.bias ? plain_layout({product.columns}) : dnnl::memory::desc();
  const dnnl::inner_product_forward::desc desc(dnnl::prop_kind::forward_inference, plain_layout(source_dims),
                                               any_layout({product.columns, product.inner}), bias,
                                               plain_layout(target_dims));
  Following following;
  following.output = node.outputs[0].value();
  add_clamp(compiler, following);
  dnnl::primitive_attr attributes = session_attributes();
  attributes.set_post_ops(following.operations());
  const dnnl::inner_product_forward::primitive_desc description(desc, attributes, compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::inner_product_forward(description),
                                              fmt::format("{} {}{}", node.operation, node.name, following.describe()));
  step->add_constant(DNNL_ARG_WEIGHTS, reordered(compiler.engine(), product.weights, description.weights_desc()));
  if (product.bias) step->add_constant(DNNL_ARG_BIAS, *product.bias);
  const SlotId from = compiler.slot_in(*node.inputs[0], plain_layout(compiler.dims(*node.inputs[0])));
  const SlotId to = compiler.new_slot(product.target, plain_layout(product.target));
  step->add_read_as(DNNL_ARG_SRC, 0, plain_layout(source_dims));
  step->add_write_as(DNNL_ARG_DST, 0, plain_layout(target_dims));
  compiler.emit(std::move(step), {from}, {to});
  following.finish(compiler, to);
}

/// Both operands are activations of the same number of axes, as in attention.
bool compile_batched(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  if (node.operation != "MatMul" || !compiler.is_activation(node.inputs[0]) || !compiler.is_activation(node.inputs[1]))
    return false;
  const Dims& a = compiler.dims(*node.inputs[0]);
  const Dims& b = compiler.dims(*node.inputs[1]);
  if (a.size() != b.size() || a.size() < 2 || a.back() != b[b.size() - 2]) return false;
  Dims target = a;
  target.back() = b.back();
  for (std::size_t i = 0; i + 2 < a.size(); ++i) {
    if (a[i] != b[i] && a[i] != 1 && b[i] != 1) return false;
    target[i] = std::max(a[i], b[i]);
  }
  const dnnl::matmul::desc desc(plain_layout(a), plain_layout(b), plain_layout(target));
  const dnnl::matmul::primitive_desc description(desc, session_attributes(), compiler.engine());
  auto step =
      std::make_unique<PrimitiveStep>(description, dnnl::matmul(description), fmt::format("MatMul {}", node.name));
  const SlotId first = compiler.slot_in(*node.inputs[0], plain_layout(a));
  const SlotId second = compiler.slot_in(*node.inputs[1], plain_layout(b));
  const SlotId to = compiler.new_slot(target, plain_layout(target));
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_read(DNNL_ARG_WEIGHTS, 1);
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), {first, second}, {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

}  // namespace

bool compile_product(Compiler& compiler, std::size_t index) {
  if (const std::optional<TrainedProduct> product = product_of(compiler, compiler.node(index))) {
    compile_trained(compiler, index, *product);
    return true;
  }
  return compile_batched(compiler, index);
}

}  // namespace ohmloop
