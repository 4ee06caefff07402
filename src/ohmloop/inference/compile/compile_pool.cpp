#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/kernels/primitive_step.hpp"
#include "ohmloop/inference/operators/window.hpp"

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
  // oneDNN would count what rounding up adds as padding.
  if (with_padding && window.pad_end != window.stated_pad_end) return false;
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
  const bool maximum = node.operation == "GlobalMaxPool";
  emit_pool(compiler, index, maximum ? dnnl::algorithm::pooling_max : dnnl::algorithm::pooling_avg_exclude_padding,
            whole_window(source));
  return true;
}

}  // namespace ohmloop
