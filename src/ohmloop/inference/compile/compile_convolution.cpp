#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/following.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"
#include "ohmloop/inference/operators/window.hpp"

namespace ohmloop {

namespace {

using Convolution = dnnl::convolution_forward;

struct ConvolutionDims {
  Dims source, weights, target;
  WindowGeometry window;
};

/// Sizes as oneDNN wants them: groups as an axis of their own. Nothing if they don't fit; the plain form says why.
std::optional<ConvolutionDims> dims_of(const GraphNode& node, const Dims& source, const TensorData& weights) {
  const std::int64_t groups = node.integer("group", 1);
  const Dims& kernel = weights.dims();
  if (source.size() < 3 || source.size() != kernel.size() || groups < 1 || kernel[0] % groups != 0 ||
      kernel[1] * groups != source[1]) {
    return std::nullopt;
  }
  ConvolutionDims dims{
      source, kernel, {source[0], kernel[0]}, window_geometry(node, source, {kernel.begin() + 2, kernel.end()})};
  dims.target.insert(dims.target.end(), dims.window.output.begin(), dims.window.output.end());
  if (groups > 1) {
    dims.weights = {groups, kernel[0] / groups};
    dims.weights.insert(dims.weights.end(), kernel.begin() + 1, kernel.end());
  }
  return dims;
}

Convolution::primitive_desc description_of(const Compiler& compiler, const ConvolutionDims& dims, bool has_bias,
                                           const dnnl::memory::desc& target, const dnnl::primitive_attr& attributes) {
  Dims dilation = dims.window.dilation;
  for (std::int64_t& one : dilation) --one;
  const dnnl::memory::desc bias = has_bias ? plain_layout({dims.target[1]}) : dnnl::memory::desc();
  const Convolution::desc desc(dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
                               any_layout(dims.source), any_layout(dims.weights), bias, target, dims.window.stride,
                               dilation, dims.window.pad_begin, dims.window.pad_end);
  return {desc, attributes, compiler.engine()};
}

}  // namespace

bool compile_convolution(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  const TensorData* weights = compiler.known(node.inputs[1]);
  const bool has_bias = node.inputs.size() > 2 && node.inputs[2].has_value();
  const TensorData* bias = has_bias ? compiler.known(node.inputs[2]) : nullptr;
  if (!compiler.is_activation(node.inputs[0]) || weights == nullptr || weights->type() != ElementType::float32)
    return false;
  if (has_bias && (bias == nullptr || static_cast<std::int64_t>(bias->size()) != weights->dims()[0])) return false;
  const std::optional<ConvolutionDims> dims = dims_of(node, compiler.dims(*node.inputs[0]), *weights);
  if (!dims) return false;

  Following following = following_of(compiler, index, dims->target);
  dnnl::primitive_attr attributes = session_attributes();
  attributes.set_post_ops(following.operations());
  const Convolution::primitive_desc description =
      description_of(compiler, *dims, has_bias, any_layout(dims->target), attributes);
  // The value that is added on the way takes the layout that the convolution likes, not the other way round.
  std::optional<SlotId> residual;
  if (following.residual) residual = compiler.slot_in(*following.residual, description.dst_desc());

  auto step = std::make_unique<PrimitiveStep>(description, Convolution(description),
                                              fmt::format("{} {}{}", node.operation, node.name, following.describe()));
  step->add_constant(DNNL_ARG_WEIGHTS,
                     reordered(compiler.engine(), constant_memory(compiler.engine(), *weights, dims->weights),
                               description.weights_desc()));
  if (has_bias) step->add_constant(DNNL_ARG_BIAS, constant_memory(compiler.engine(), *bias, {dims->target[1]}));
  const SlotId from = compiler.slot_in(*node.inputs[0], description.src_desc());
  const SlotId to = residual ? *residual : compiler.new_slot(dims->target, description.dst_desc());
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), residual ? std::vector<SlotId>{from, to} : std::vector<SlotId>{from}, {to});
  following.finish(compiler, to);
  return true;
}

}  // namespace ohmloop
