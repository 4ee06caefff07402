#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

/// Which elements of one axis a slice takes.
struct Cut {
  std::size_t axis = 0;
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

Cut cut(std::size_t axis, std::int64_t size, std::int64_t start, std::int64_t end, std::int64_t step) {
  if (step == 0) throw NodeError("a step is 0");
  // Ends beyond the tensor are cut to it; counting back, "before the first" is -1. Sizes are not negative, so that
  // adding one to a negative position can't overflow.
  const bool forward = step > 0;
  const auto clamp = [&](std::int64_t position) {
    if (position < 0) position += size;
    return forward ? std::clamp<std::int64_t>(position, 0, size)
                   : std::clamp<std::int64_t>(position, -1, std::max<std::int64_t>(size - 1, -1));
  };
  Cut result{.axis = axis, .start = clamp(start), .step = step};
  const std::int64_t distance = forward ? clamp(end) - result.start : result.start - clamp(end);
  if (distance <= 0) return result;
  // The smallest step has no positive twin; it takes one element, as any step beyond the distance does.
  const std::int64_t stride = forward ? step : step < -distance ? distance : -step;
  result.count = ceil_divide(distance, stride);
  return result;
}

std::vector<Cut> cuts(const NodeContext& node, const Dims& input) {
  const auto starts = node.list("starts", 1);
  const auto ends = node.list("ends", 2);
  const auto axes = node.list("axes", 3);
  const auto steps = node.has(4) ? std::optional(node.integers(4)) : std::nullopt;
  if (!starts || !ends) throw NodeError("it does not say its starts and ends");
  const std::size_t count = starts->size();
  if (ends->size() != count || (axes && axes->size() != count) || (steps && steps->size() != count)) {
    throw NodeError("its starts, ends, axes and steps differ in number");
  }
  std::vector<Cut> result;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t axis = resolve_axis(axes ? (*axes)[i] : static_cast<std::int64_t>(i), input.size());
    result.push_back(cut(axis, input[axis], (*starts)[i], (*ends)[i], steps ? (*steps)[i] : 1));
  }
  return result;
}

std::vector<std::int64_t> positions(const Cut& c) {
  std::vector<std::int64_t> result;
  for (std::int64_t i = 0; i < c.count; ++i) result.push_back(c.start + i * c.step);
  return result;
}

std::vector<std::int64_t> split_sizes(const NodeContext& node, std::int64_t size) {
  if (const auto given = node.list("split", 1)) {
    std::int64_t sum = 0;
    for (const std::int64_t part : *given) sum = checked_add(sum, part);
    const bool negative = std::any_of(given->begin(), given->end(), [](std::int64_t part) { return part < 0; });
    if (sum != size || negative || given->size() != node.outputs()) {
      throw NodeError(fmt::format("its {} parts {} do not make up {}", node.outputs(), to_string(*given), size));
    }
    return *given;
  }
  const auto parts = static_cast<std::int64_t>(node.outputs());
  if (parts == 0) return {};
  const std::int64_t each = ceil_divide(size, parts);
  const std::int64_t last = size - each * (parts - 1);
  if (last < 1) throw NodeError(fmt::format("{} cannot be split into {} parts", size, parts));
  std::vector<std::int64_t> result(node.outputs() - 1, each);
  result.push_back(last);
  return result;
}

}  // namespace

Inference infer_concat(const NodeContext& node) {
  Dims dims = node.dims(0);
  const std::size_t axis = resolve_axis(node.integer("axis", 1), dims.size());
  std::vector<const Constant*> parts{node.find_constant(0)};
  for (std::size_t i = 1; i < node.inputs(); ++i) {
    Dims other = node.dims(i);
    if (other.size() != dims.size()) {
      throw NodeError(fmt::format("its inputs {} and {} do not fit together", to_string(dims), to_string(other)));
    }
    const std::int64_t more = other[axis];
    other[axis] = dims[axis];
    if (other != dims) {
      throw NodeError(
          fmt::format("its inputs {} and {} do not fit together", to_string(dims), to_string(node.dims(i))));
    }
    dims[axis] = checked_add(dims[axis], more);
    parts.push_back(node.find_constant(i));
  }
  const bool known = dims.size() == 1 && std::find(parts.begin(), parts.end(), nullptr) == parts.end();
  return one_output(std::move(dims), known ? join(parts) : std::nullopt);
}

Inference infer_split(const NodeContext& node) {
  const Dims& input = node.dims(0, 1);
  const std::size_t axis = resolve_axis(node.integer("axis", 0), input.size());
  Inference result;
  std::int64_t start = 0;
  for (const std::int64_t size : split_sizes(node, input[axis])) {
    InferredOutput& output = result.outputs.emplace_back();
    output.dims = input;
    output.dims[axis] = size;
    const Constant* constant = node.find_constant(0);
    if (constant != nullptr && input.size() == 1) {
      output.constant = pick(*constant, output.dims, positions({.axis = 0, .start = start, .count = size}));
    }
    start += size;
  }
  return result;
}

Inference infer_slice(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const std::vector<Cut> all = cuts(node, input);
  Dims dims = input;
  for (const Cut& c : all) dims[c.axis] = c.count;
  const Constant* constant = node.find_constant(0);
  const bool known = constant != nullptr && input.size() == 1 && all.size() == 1;
  return one_output(dims, known ? pick(*constant, dims, positions(all.front())) : std::nullopt);
}

Inference infer_gather(const NodeContext& node) {
  const Dims& data = node.dims(0, 1);
  const Dims& indices = node.dims(1);
  const std::size_t axis = resolve_axis(node.integer("axis", 0), data.size());
  Dims dims(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(axis));
  dims.insert(dims.end(), indices.begin(), indices.end());
  dims.insert(dims.end(), data.begin() + static_cast<std::ptrdiff_t>(axis) + 1, data.end());
  if (dims.size() > max_rank) throw NodeError("its result has too many dimensions");
  const Constant* constant = node.find_constant(0);
  const Constant* chosen = node.find_constant(1);
  if (constant == nullptr || chosen == nullptr || data.size() != 1 || !chosen->is_integer()) {
    return one_output(std::move(dims));
  }
  std::vector<std::int64_t> from_front = *chosen->integers();
  for (std::int64_t& index : from_front) index += index < 0 ? data[0] : 0;
  return one_output(dims, pick(*constant, dims, from_front));
}

Inference infer_gather_elements(const NodeContext& node) { return one_output(node.dims(1)); }

Inference infer_pad(const NodeContext& node) {
  Dims dims = node.dims(0);
  const auto pads = node.list("pads", 1);
  if (!pads || pads->size() != 2 * dims.size()) {
    throw NodeError(fmt::format("it needs a start and an end of padding for each of {} dimensions", dims.size()));
  }
  for (std::size_t i = 0; i < dims.size(); ++i) {
    dims[i] = checked_add(checked_add(dims[i], (*pads)[i]), (*pads)[dims.size() + i]);
  }
  return one_output(std::move(dims));
}

Inference infer_top_k(const NodeContext& node) {
  Dims dims = node.dims(0, 1);
  const std::vector<std::int64_t> k = node.has(1) ? node.integers(1) : std::vector{node.integer("k", 0)};
  if (k.size() != 1) throw NodeError("its k is not one number");
  const std::size_t axis = resolve_axis(node.integer("axis", -1), dims.size());
  if (k[0] < 1 || k[0] > dims[axis]) throw NodeError(fmt::format("k is {}, its input is {}", k[0], to_string(dims)));
  dims[axis] = k[0];
  Inference result = one_output(dims);
  result.outputs.push_back({dims, std::nullopt});
  return result;
}

}  // namespace ohmloop
