#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/window.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

void emit_pool(Compiler& compiler, std::size_t index, dnnl::algorithm algorithm, const WindowGeometry& window) {
  const GraphNode& node = compiler.node(index);
  const SlotId from = compiler.slot_of(*node.inputs[0]);
  const Dims& source = compiler.dims(*node.inputs[0]);
  Dims target = {source[0], source[1]};
  target.insert(target.end(), window.output.begin(), window.output.end());
  Dims dilation = window.dilation;
  for (std::int64_t& one : dilation) --one;
  const dnnl::pooling_v2_forward::desc desc(dnnl::prop_kind::forward_inference, algorithm, compiler.layout_of(from),
                                            any_layout(target), window.stride, window.kernel, dilation,
                                            window.pad_begin, window.pad_end);
  const dnnl::pooling_v2_forward::primitive_desc description(desc, session_attributes(), compiler.engine());
  auto step = std::make_unique<PrimitiveStep>(description, dnnl::pooling_v2_forward(description),
                                              fmt::format("{} {}", node.operation, node.name));
  const SlotId to = compiler.new_slot(target, description.dst_desc());
  step->add_read(DNNL_ARG_SRC, 0);
  step->add_write(DNNL_ARG_DST, 0);
  compiler.emit(std::move(step), {from}, {to});
  compiler.define(node.outputs[0].value(), to);
}

bool has_one_output(const GraphNode& node) { return node.outputs.size() == 1 || !node.outputs[1]; }

/// Whether a window lies with its end beyond padding that the node states, as rounding up makes it: oneDNN would count
/// that as padding.
bool is_padded_further(const GraphNode& node, const WindowGeometry& window) {
  if (node.integer("ceil_mode", 0) == 0) return false;
  const Dims pads = node.integers("pads").value_or(Dims(2 * window.kernel.size(), 0));
  for (std::size_t i = 0; i < window.kernel.size(); ++i) {
    if (window.pad_end[i] > pads[window.kernel.size() + i]) return true;
  }
  return false;
}

}  // namespace

bool compile_pool(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  if (!compiler.is_activation(node.inputs[0]) || !has_one_output(node)) return false;
  const Dims& source = compiler.dims(*node.inputs[0]);
  const Dims kernel = node.integers("kernel_shape").value_or(Dims());
  if (source.size() < 3 || kernel.size() + 2 != source.size()) return false;
  const WindowGeometry window = window_geometry(node, source, kernel);
  if (node.operation == "MaxPool") {
    emit_pool(compiler, index, dnnl::algorithm::pooling_max, window);
    return true;
  }
  const bool with_padding = node.integer("count_include_pad", 0) != 0;
  if (with_padding && is_padded_further(node, window)) return false;
  emit_pool(compiler, index,
            with_padding ? dnnl::algorithm::pooling_avg_include_padding : dnnl::algorithm::pooling_avg_exclude_padding,
            window);
  return true;
}

bool compile_global_pool(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  if (!compiler.is_activation(node.inputs[0])) return false;
  const Dims& source = compiler.dims(*node.inputs[0]);
  if (source.size() < 3) return false;
  const std::size_t axes = source.size() - 2;
  WindowGeometry window{
      {source.begin() + 2, source.end()}, Dims(axes, 1), Dims(axes, 1), Dims(axes, 0), Dims(axes, 0), Dims(axes, 1)};
  const bool maximum = node.operation == "GlobalMaxPool";
  emit_pool(compiler, index, maximum ? dnnl::algorithm::pooling_max : dnnl::algorithm::pooling_avg_exclude_padding,
            window);
  return true;
}

}  // namespace ohmloop
