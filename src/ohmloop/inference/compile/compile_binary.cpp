#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/following.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

std::optional<dnnl::algorithm> algorithm_of(const GraphNode& node) {
  if (node.operation == "Add") return dnnl::algorithm::binary_add;
  if (node.operation == "Sub") return dnnl::algorithm::binary_sub;
  if (node.operation == "Mul") return dnnl::algorithm::binary_mul;
  if (node.operation == "Div") return dnnl::algorithm::binary_div;
  return std::nullopt;
}

/// A constant's sizes with leading ones, if it broadcasts to the activation's sizes.
std::optional<Dims> broadcast_dims(const Dims& constant, const Dims& activation) {
  if (constant.size() > activation.size()) return std::nullopt;
  Dims dims(activation.size() - constant.size(), 1);
  dims.insert(dims.end(), constant.begin(), constant.end());
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] != 1 && dims[i] != activation[i]) return std::nullopt;
  }
  return dims;
}

}  // namespace

bool compile_binary(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  const std::optional<dnnl::algorithm> algorithm = algorithm_of(node);
  if (!algorithm) return false;
  const bool commutes = node.operation == "Add" || node.operation == "Mul";
  const bool swapped = commutes && !compiler.is_activation(node.inputs[0]);
  const ValueId first = *node.inputs[swapped ? 1 : 0];
  const ValueId second = *node.inputs[swapped ? 0 : 1];
  if (!compiler.is_activation(first)) return false;
  const TensorData* constant = compiler.known(second);
  if (constant != nullptr ? constant->type() != ElementType::float32 : !compiler.is_activation(second)) return false;
  const Dims dims = compiler.dims(first);
  const std::optional<Dims> second_dims = broadcast_dims(compiler.dims(second), dims);
  if (!second_dims || (constant == nullptr && *second_dims != dims)) return false;

  const SlotId from = compiler.slot_of(first);
  const dnnl::memory::desc layout = compiler.layout_of(from);
  const dnnl::memory::desc second_layout = constant != nullptr ? plain_layout(*second_dims) : layout;
  Following following;
  following.output = node.outputs[0].value();
  add_clamp(compiler, following);
  dnnl::primitive_attr attributes = session_attributes();
  attributes.set_post_ops(following.operations());
  const dnnl::binary::primitive_desc description(dnnl::binary::desc(*algorithm, layout, second_layout, layout),
                                                 attributes, compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::binary(description),
                                              fmt::format("{} {}{}", node.operation, node.name, following.describe()));
  std::vector<SlotId> reads = {from};
  step->add_read(DNNL_ARG_SRC_0, 0);
  if (constant != nullptr) {
    step->add_constant(DNNL_ARG_SRC_1, constant_memory(compiler.engine(), *constant, *second_dims));
  } else {
    reads.push_back(compiler.slot_in(second, layout));
    step->add_read(DNNL_ARG_SRC_1, 1);
  }
  const bool in_place = compiler.dies_in(first, index) && first != second;
  const SlotId to = in_place ? from : compiler.new_slot(dims, layout);
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), std::move(reads), {to});
  following.finish(compiler, to);
  return true;
}

bool compile_concat(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  std::vector<dnnl::memory::desc> layouts;
  std::vector<SlotId> reads;
  Dims target;
  for (const auto& input : node.inputs) {
    if (!compiler.is_activation(input)) return false;
  }
  const auto rank = static_cast<std::int64_t>(compiler.dims(*node.inputs[0]).size());
  const std::int64_t given = node.integer("axis", 1);
  const std::int64_t axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank) return false;
  for (const auto& input : node.inputs) {
    const Dims& dims = compiler.dims(*input);
    if (static_cast<std::int64_t>(dims.size()) != rank) return false;
    reads.push_back(compiler.slot_of(*input));
    layouts.push_back(compiler.layout_of(reads.back()));
    if (target.empty()) {
      target = dims;
    } else {
      target[static_cast<std::size_t>(axis)] += dims[static_cast<std::size_t>(axis)];
    }
  }
  const dnnl::concat::primitive_desc description(static_cast<int>(axis), layouts, compiler.engine(),
                                                 session_attributes());
  auto step =
      std::make_unique<PrimitiveStep>(description, dnnl::concat(description), fmt::format("Concat {}", node.name));
  for (std::size_t i = 0; i < reads.size(); ++i) step->add_read(DNNL_ARG_MULTIPLE_SRC + static_cast<int>(i), i);
  const SlotId to = compiler.new_slot(target, description.dst_desc());
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), std::move(reads), {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

}  // namespace ohmloop
