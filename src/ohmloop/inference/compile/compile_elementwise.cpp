#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/following.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

struct Elementwise {
  dnnl::algorithm algorithm;
  float alpha = 0;
  float beta = 0;
};

/// A bound of Clip: an attribute up to operator set 10, an input from 11 on. Nothing if it isn't known beforehand.
std::optional<float> bound_of(const Compiler& compiler, const GraphNode& node, std::size_t input, const char* name,
                              float otherwise) {
  if (compiler.graph().operator_set < 11) return static_cast<float>(node.real(name, otherwise));
  if (node.inputs.size() <= input || !node.inputs[input]) return otherwise;
  const TensorData* bound = compiler.known(node.inputs[input]);
  if (bound == nullptr || bound->type() != ElementType::float32 || bound->size() != 1) return std::nullopt;
  return bound->values<float>()[0];
}

std::optional<Elementwise> elementwise_of(const Compiler& compiler, const GraphNode& node) {
  using Algorithm = dnnl::algorithm;
  const auto real = [&](const char* name, double otherwise) { return static_cast<float>(node.real(name, otherwise)); };
  if (const std::optional<Clamp> clamp = clamp_of(compiler, node)) {
    if (clamp->lower == 0 && std::isinf(clamp->upper)) return Elementwise{Algorithm::eltwise_relu};
    return Elementwise{Algorithm::eltwise_clip_v2, clamp->lower, clamp->upper};
  }
  if (node.operation == "LeakyRelu") return Elementwise{Algorithm::eltwise_relu, real("alpha", 0.01)};
  if (node.operation == "Elu") return Elementwise{Algorithm::eltwise_elu, real("alpha", 1.0)};
  if (node.operation == "Sigmoid") return Elementwise{Algorithm::eltwise_logistic};
  if (node.operation == "Tanh") return Elementwise{Algorithm::eltwise_tanh};
  return std::nullopt;
}

}  // namespace

std::optional<Clamp> clamp_of(const Compiler& compiler, const GraphNode& node) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  if (node.operation == "Relu") return Clamp{0.0F, infinity};
  if (node.operation != "Clip") return std::nullopt;
  const std::optional<float> lower = bound_of(compiler, node, 1, "min", -infinity);
  const std::optional<float> upper = bound_of(compiler, node, 2, "max", infinity);
  if (!lower || !upper || !(*lower <= *upper)) return std::nullopt;
  return Clamp{*lower, *upper};
}

bool compile_elementwise(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  if (!compiler.is_activation(node.inputs[0])) return false;
  const std::optional<Elementwise> function = elementwise_of(compiler, node);
  if (!function) return false;
  const SlotId from = compiler.slot_of(*node.inputs[0]);
  const dnnl::memory::desc& layout = compiler.layout_of(from);
  const dnnl::eltwise_forward::desc desc(dnnl::prop_kind::forward_inference, function->algorithm, layout,
                                         function->alpha, function->beta);
  const dnnl::eltwise_forward::primitive_desc description(desc, session_attributes(), compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::eltwise_forward(description),
                                              fmt::format("{} {}", node.operation, node.name));
  const SlotId to =
      compiler.dies_in(*node.inputs[0], index) ? from : compiler.new_slot(compiler.dims(*node.inputs[0]), layout);
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), {from}, {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

}  // namespace ohmloop
