#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

Dims reduced(const Dims& input, const std::vector<bool>& gone, bool keep) {
  Dims dims;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (!gone[i]) dims.push_back(input[i]);
    if (gone[i] && keep) dims.push_back(1);
  }
  return dims;
}

}  // namespace

Inference infer_reduce(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const auto axes = node.list("axes", 1);
  const bool names_axes = axes && !axes->empty();
  const bool nothing = !names_axes && node.integer("noop_with_empty_axes", 0) != 0;
  std::vector<bool> gone(input.size(), !names_axes && !nothing);
  if (names_axes) {
    for (const std::int64_t axis : *axes) gone[resolve_axis(axis, input.size())] = true;
  }
  return one_output(reduced(input, gone, node.integer("keepdims", 1) != 0));
}

Inference infer_arg_reduce(const NodeContext& node) {
  const Dims& input = node.dims(0, 1);
  std::vector<bool> gone(input.size(), false);
  gone[resolve_axis(node.integer("axis", 0), input.size())] = true;
  return one_output(reduced(input, gone, node.integer("keepdims", 1) != 0));
}

}  // namespace ohmloop
