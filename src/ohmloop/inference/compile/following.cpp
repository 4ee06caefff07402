#include "ohmloop/inference/compile/following.hpp"

#include "ohmloop/inference/kernels/primitive_step.hpp"

namespace ohmloop {

namespace {

/// The other operand of an addition, if the sum may be written over it.
std::optional<ValueId> other_operand(const Compiler& compiler, std::size_t addition, ValueId one, const Dims& dims) {
  const GraphNode& node = compiler.node(addition);
  if (node.operation != "Add" || node.inputs[0] == node.inputs[1]) return std::nullopt;
  const ValueId other = *node.inputs[node.inputs[0] == one ? 1 : 0];
  if (!compiler.is_computed(other) || !compiler.is_activation(other)) return std::nullopt;
  return compiler.dims(other) == dims && compiler.dies_in(other, addition) ? std::optional(other) : std::nullopt;
}

}  // namespace

void add_clamp(const Compiler& compiler, Following& following) {
  const std::optional<std::size_t> reader = compiler.only_reader(following.output);
  if (!reader) return;
  following.clamp = clamp_of(compiler, compiler.node(*reader));
  if (!following.clamp) return;
  following.nodes.push_back(*reader);
  following.output = compiler.node(*reader).outputs[0].value();
}

Following following_of(const Compiler& compiler, std::size_t index, const Dims& dims) {
  Following following;
  following.output = compiler.node(index).outputs[0].value();
  if (const std::optional<std::size_t> reader = compiler.only_reader(following.output)) {
    following.residual = other_operand(compiler, *reader, following.output, dims);
    if (following.residual) {
      following.nodes.push_back(*reader);
      following.output = compiler.node(*reader).outputs[0].value();
    }
  }
  add_clamp(compiler, following);
  return following;
}

dnnl::post_ops Following::operations() const {
  dnnl::post_ops operations;
  if (residual) operations.append_sum(1.0F);
  if (clamp) append_clamp(operations, *clamp);
  return operations;
}

std::string Following::describe() const {
  return std::string(residual ? " + addition" : "") + (clamp ? " + clamp" : "");
}

void Following::finish(Compiler& compiler, SlotId slot) const {
  for (const std::size_t node : nodes) compiler.absorb(node);
  compiler.define(output, slot);
}

}  // namespace ohmloop
