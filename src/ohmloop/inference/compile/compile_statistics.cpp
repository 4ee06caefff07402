#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

const TensorData* vector_of(const Compiler& compiler, std::optional<ValueId> value, std::int64_t size) {
  const TensorData* tensor = compiler.known(value);
  const bool fits = tensor != nullptr && tensor->type() == ElementType::float32 && tensor->dims() == Dims{size};
  return fits ? tensor : nullptr;
}

}  // namespace

bool compile_softmax(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  if (!compiler.is_activation(node.inputs[0])) return false;
  const Dims dims = compiler.dims(*node.inputs[0]);
  const auto rank = static_cast<std::int64_t>(dims.size());
  const bool over_one_axis = compiler.graph().operator_set >= 13;
  const std::int64_t given = node.integer("axis", over_one_axis ? -1 : 1);
  const std::int64_t axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank || (!over_one_axis && axis != rank - 1)) return false;
  const dnnl::memory::desc layout = plain_layout(dims);
  const dnnl::softmax_forward::desc desc(dnnl::prop_kind::forward_inference, layout, static_cast<int>(axis));
  const dnnl::softmax_forward::primitive_desc description(desc, session_attributes(), compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::softmax_forward(description),
                                              fmt::format("Softmax {}", node.name));
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_write(DNNL_ARG_DST, 0);
  const SlotId from = compiler.slot_in(*node.inputs[0], layout);
  const SlotId to = compiler.new_slot(dims, layout);
  compiler.emit(std::move(step), {from}, {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

bool compile_normalisation(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  const bool one_output = node.outputs.size() == 1 || !node.outputs[1];
  if (!compiler.is_activation(node.inputs[0]) || !one_output || node.integer("training_mode", 0) != 0 ||
      node.inputs.size() < 5)
    return false;
  const Dims dims = compiler.dims(*node.inputs[0]);
  if (dims.size() < 2) return false;
  const TensorData* scale = vector_of(compiler, node.inputs[1], dims[1]);
  const TensorData* shift = vector_of(compiler, node.inputs[2], dims[1]);
  const TensorData* mean = vector_of(compiler, node.inputs[3], dims[1]);
  const TensorData* variance = vector_of(compiler, node.inputs[4], dims[1]);
  if (scale == nullptr || shift == nullptr || mean == nullptr || variance == nullptr) return false;
  const SlotId from = compiler.slot_of(*node.inputs[0]);
  using Flags = dnnl::normalization_flags;
  const dnnl::batch_normalization_forward::desc desc(dnnl::prop_kind::forward_inference, compiler.layout_of(from),
                                                     static_cast<float>(node.real("epsilon", 1e-5)),
                                                     Flags::use_global_stats | Flags::use_scale | Flags::use_shift);
  const dnnl::batch_normalization_forward::primitive_desc description(desc, session_attributes(), compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::batch_normalization_forward(description),
                                              fmt::format("BatchNormalization {}", node.name));
  step->add_constant(DNNL_ARG_SCALE, constant_memory(compiler.engine(), *scale, scale->dims()));
  step->add_constant(DNNL_ARG_SHIFT, constant_memory(compiler.engine(), *shift, shift->dims()));
  step->add_constant(DNNL_ARG_MEAN, constant_memory(compiler.engine(), *mean, mean->dims()));
  step->add_constant(DNNL_ARG_VARIANCE, constant_memory(compiler.engine(), *variance, variance->dims()));
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_write(DNNL_ARG_DST, 0);
  const SlotId to = compiler.new_slot(dims, compiler.layout_of(from));
  compiler.emit(std::move(step), {from}, {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

}  // namespace ohmloop
