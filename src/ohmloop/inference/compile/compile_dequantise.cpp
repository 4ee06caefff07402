#include <cmath>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/kernels/dequantise_step.hpp"

namespace ohmloop {

namespace {

std::vector<double> numbers_of(const GraphNode& node, const char* name) {
  const NodeAttribute* attribute = node.attribute(name);
  OHM_CHECK(attribute != nullptr && attribute->tensor.has_value(), "whoever makes the node gives its numbers");
  const auto values = attribute->tensor->values<double>();
  return {values.begin(), values.end()};
}

ChannelPlacement order_of(ActivationLayout layout, const Dims& dims, std::size_t axis) {
  ChannelPlacement order;
  order.channels = static_cast<std::size_t>(dims[axis]);
  const auto behind = static_cast<std::size_t>(element_count(dims, axis + 1, dims.size()));
  switch (layout) {
    case ActivationLayout::plain:
      order.run = behind;
      break;
    case ActivationLayout::channels_last:
      order.block = order.channels;
      order.run = behind;
      break;
    case ActivationLayout::channels_by_8:
      order.block = 8;
      order.run = behind;
      break;
    case ActivationLayout::channels_by_16:
      order.block = 16;
      order.run = behind;
      break;
  }
  return order;
}

}  // namespace

bool compile_dequantise(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  const ValueId first = node.inputs[0].value();
  const Dims dims = compiler.dims(first);
  const std::int64_t given = node.integer("axis", 1);
  const auto axis = static_cast<std::size_t>(given < 0 ? given + static_cast<std::int64_t>(dims.size()) : given);
  SlotId slot = compiler.slot_of(first);
  if (axis != 1 || !name_of_layout(compiler.layout_of(slot), dims)) slot = compiler.slot_in(first, plain_layout(dims));
  const dnnl::memory::desc layout = compiler.layout_of(slot);
  std::vector<SlotId> reads;
  for (const auto& input : node.inputs) reads.push_back(compiler.slot_in(*input, layout));

  Dequantisation numbers;
  for (const std::int64_t shift : node.integers("shifts").value_or(Dims())) {
    numbers.factors.push_back(std::ldexp(1.0, static_cast<int>(shift)));
  }
  numbers.scale = numbers_of(node, "scale");
  numbers.bias = numbers_of(node, "bias");
  OHM_CHECK(numbers.factors.size() == reads.size() && numbers.scale.size() == static_cast<std::size_t>(dims[axis]) &&
                numbers.bias.size() == numbers.scale.size(),
            "numbers for every input and channel");
  auto step =
      std::make_unique<DequantiseStep>(std::move(numbers), order_of(name_of_layout(layout, dims).value(), dims, axis),
                                       layout.get_size() / sizeof(float));
  const SlotId to = compiler.dies_in(first, index) ? slot : compiler.new_slot(dims, layout);
  compiler.emit(std::move(step), std::move(reads), {to});
  compiler.define(node.outputs[0].value(), to);
  return true;
}

}  // namespace ohmloop
