#include <fmt/format.h>

#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/following.hpp"
#include "ohmloop/inference/kernels/copy_steps.hpp"
#include "ohmloop/inference/kernels/transform_step.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"

namespace ohmloop {

namespace {

/// A slot that may be written, in a layout that transforms know.
SlotId writable_slot(Compiler& compiler, std::size_t index, ValueId value, bool any_rows) {
  const Dims dims = compiler.dims(value);
  SlotId slot = compiler.slot_of(value);
  if (any_rows || !name_of_layout(compiler.layout_of(slot), dims)) slot = compiler.slot_in(value, plain_layout(dims));
  if (compiler.dies_in(value, index)) return slot;
  const SlotId copy = compiler.new_slot(dims, compiler.layout_of(slot));
  compiler.emit(std::make_unique<ReorderStep>(compiler.engine(), compiler.layout_of(slot), compiler.layout_of(slot)),
                {slot}, {copy});
  return copy;
}

}  // namespace

bool compile_transform(Compiler& compiler, std::size_t index) {
  const GraphNode& node = compiler.node(index);
  const ValueId value = node.inputs[0].value();
  if (!compiler.is_activation(value))
    throw OperatorError("only values of float32 that a run computes can be transformed");
  const Dims dims = compiler.dims(value);
  if (dims[0] % compiler.batch() != 0) {
    throw OperatorError(
        fmt::format("the {} images of a batch can't be told apart in {}", compiler.batch(), to_string(dims)));
  }
  const std::int64_t rows = dims[0] / compiler.batch();
  const SlotId slot = writable_slot(compiler, index, value, rows != 1);
  ActivationView view;
  view.layout = name_of_layout(compiler.layout_of(slot), dims).value();
  view.image_stride = compiler.layout_of(slot).get_size() / sizeof(float) / static_cast<std::size_t>(compiler.batch());
  Dims image_dims(dims.begin() + 1, dims.end());
  if (rows != 1) image_dims.insert(image_dims.begin(), rows);

  Following following;
  following.output = node.outputs[0].value();
  add_clamp(compiler, following);
  const auto number = static_cast<std::size_t>(node.integer("transform", 0));
  compiler.emit(std::make_unique<TransformStep>(number, view, std::move(image_dims), following.clamp.value_or(Clamp())),
                {slot}, {slot});
  following.finish(compiler, slot);
  return true;
}

}  // namespace ohmloop
