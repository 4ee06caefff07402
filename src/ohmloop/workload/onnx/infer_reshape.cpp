#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

/// The same elements under other sizes.
Inference rearranged(const NodeContext& node, Dims dims) {
  const Constant* constant = node.find_constant(0);
  if (constant == nullptr) return one_output(std::move(dims));
  return one_output(dims, Constant{dims, constant->elements});
}

/// Every axis of `axes` counted from the front, each once.
std::vector<bool> axis_set(const std::vector<std::int64_t>& axes, std::size_t rank) {
  std::vector<bool> chosen(rank, false);
  for (const std::int64_t axis : axes) {
    const std::size_t index = resolve_axis(axis, rank);
    if (chosen[index]) throw NodeError(fmt::format("axis {} is named twice", axis));
    chosen[index] = true;
  }
  return chosen;
}

[[noreturn]] void fail_reshape(const Dims& input, const Dims& target) {
  throw NodeError(
      fmt::format("{} cannot be reshaped to {}: other number of elements", to_string(input), to_string(target)),
      {"a batch size may be written into the file's reshapes: try --batch 1, or export with a dynamic batch"});
}

/// Zeros of a target mean "as the input" unless zeros are allowed.
void copy_zeros(Dims& target, const Dims& input) {
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] != 0) continue;
    if (i >= input.size()) throw NodeError(fmt::format("it copies size {} of an input that has no such axis", i));
    target[i] = input[i];
  }
}

Inference swap_space_and_depth(const NodeContext& node, bool to_space) {
  Dims dims = node.dims(0, 4);
  const std::int64_t block = node.integer("blocksize", 0);
  if (dims.size() != 4 || block < 1) throw NodeError("it needs an input of 4 dimensions and a blocksize of at least 1");
  const std::int64_t area = checked_multiply(block, block);
  const bool fits = to_space ? dims[1] % area == 0 : dims[2] % block == 0 && dims[3] % block == 0;
  if (!fits) throw NodeError(fmt::format("blocks of {} do not divide its input {}", block, to_string(dims)));
  dims[1] = to_space ? dims[1] / area : checked_multiply(dims[1], area);
  for (const std::size_t axis : {std::size_t{2}, std::size_t{3}}) {
    dims[axis] = to_space ? checked_multiply(dims[axis], block) : dims[axis] / block;
  }
  return one_output(std::move(dims));
}

}  // namespace

Inference infer_reshape(const NodeContext& node) {
  Dims target = node.integers(1);
  if (target.size() > max_rank) throw NodeError(fmt::format("its result has {} dimensions", target.size()));
  const bool is_fixed = std::all_of(target.begin(), target.end(), [](std::int64_t dim) { return dim > 0; });
  if (is_fixed && !node.input(0).dims) return one_output(std::move(target));
  const Dims& input = node.dims(0);
  const Dims written = target;
  if (node.integer("allowzero", 0) == 0) copy_zeros(target, input);
  const auto open = std::count(target.begin(), target.end(), -1);
  const bool negative = std::any_of(target.begin(), target.end(), [](std::int64_t dim) { return dim < -1; });
  if (open > 1 || negative)
    throw NodeError(fmt::format("its shape {} leaves more open than one size", to_string(written)));
  const std::int64_t elements = element_count(input);
  if (open == 1) {
    std::int64_t& missing = *std::find(target.begin(), target.end(), -1);
    missing = 1;
    const std::int64_t rest = element_count(target);
    if (rest == 0 || elements % rest != 0) fail_reshape(input, written);
    missing = elements / rest;
  }
  if (element_count(target) != elements) fail_reshape(input, written);
  return rearranged(node, std::move(target));
}

Inference infer_flatten(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const std::int64_t axis = node.integer("axis", 1);
  const auto rank = static_cast<std::int64_t>(input.size());
  const std::size_t split = axis == rank ? input.size() : resolve_axis(axis, input.size());
  return rearranged(node, {element_count(input, 0, split), element_count(input, split, input.size())});
}

Inference infer_squeeze(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const auto axes = node.list("axes", 1);
  const std::vector<bool> chosen = axis_set(axes.value_or(std::vector<std::int64_t>{}), input.size());
  Dims dims;
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (chosen[i] && input[i] != 1) throw NodeError(fmt::format("size {} of {} is not 1", i, to_string(input)));
    const bool removed = axes ? chosen[i] : input[i] == 1;
    if (!removed) dims.push_back(input[i]);
  }
  return rearranged(node, std::move(dims));
}

Inference infer_unsqueeze(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const auto axes = node.list("axes", 1);
  if (!axes) throw NodeError("it does not say its axes");
  if (axes->size() + input.size() > max_rank) throw NodeError("its result has too many dimensions");
  const std::vector<bool> added = axis_set(*axes, input.size() + axes->size());
  Dims dims;
  std::size_t next = 0;
  for (const bool is_new : added) dims.push_back(is_new ? 1 : input[next++]);
  return rearranged(node, std::move(dims));
}

Inference infer_transpose(const NodeContext& node) {
  const Dims& input = node.dims(0);
  std::vector<std::int64_t> order(input.size());
  std::iota(order.rbegin(), order.rend(), 0);
  if (const auto permutation = node.list("perm")) order = *permutation;
  if (order.size() != input.size()) throw NodeError("its attribute 'perm' has another number of axes than its input");
  const std::vector<bool> chosen = axis_set(order, input.size());
  Dims dims;
  for (const std::int64_t axis : order) dims.push_back(input[resolve_axis(axis, input.size())]);
  if (input.size() <= 1) return rearranged(node, std::move(dims));
  return one_output(std::move(dims));
}

Inference infer_depth_to_space(const NodeContext& node) { return swap_space_and_depth(node, true); }

Inference infer_space_to_depth(const NodeContext& node) { return swap_space_and_depth(node, false); }

}  // namespace ohmloop
