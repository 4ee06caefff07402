#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/onnx/inference.hpp"

namespace ohmloop {
namespace {

Dims checked_dims(Dims dims) {
  const bool negative = std::any_of(dims.begin(), dims.end(), [](std::int64_t dim) { return dim < 0; });
  if (dims.size() > max_rank || negative) throw NodeError(fmt::format("its result cannot be {}", to_string(dims)));
  return dims;
}

/// A constant repeated under broadcasting.
std::optional<Constant> repeated(const Constant& value, const Dims& dims) {
  if (element_count(dims) > max_constant_elements) return std::nullopt;
  const auto count = static_cast<std::size_t>(element_count(dims));
  if (value.is_integer()) return fold(Arithmetic::add, value, Constant{dims, std::vector<std::int64_t>(count, 0)});
  return fold(Arithmetic::add, value, Constant{dims, std::vector<double>(count, 0)});
}

Constant scalar(const OnnxAttribute& value) {
  if (value.integer) return {{}, std::vector<std::int64_t>{*value.integer}};
  return {{}, std::vector<double>{value.real.value_or(0)}};
}

/// Number of values from `start` in steps of `delta` before `limit`.
std::optional<std::int64_t> range_count(double start, double limit, double delta) {
  const double count = std::ceil((limit - start) / delta);
  if (delta == 0 || !(count < 1e15)) return std::nullopt;
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::max(count, 0.0)));
}

/// Scale factors: an attribute of Upsample 7, input 1 of Upsample 9 and Resize 10, input 2 of Resize 11.
std::vector<double> scale_factors(const NodeContext& node) {
  if (const OnnxAttribute* attribute = node.attribute("scales")) return attribute->reals;
  const std::size_t input = node.operator_set() >= 11 && node.inputs() > 2 ? 2 : 1;
  const Constant& constant = node.constant(input);
  std::vector<double> result;
  for (std::size_t i = 0; i < constant.size(); ++i) result.push_back(constant.real(i));
  return result;
}

bool has_values(const NodeContext& node, std::size_t input) {
  return node.has(input) && !(node.input(input).dims && node.input(input).dims == Dims{0});
}

}  // namespace

Inference infer_shape(const NodeContext& node) {
  const Dims& input = node.dims(0);
  const auto rank = static_cast<std::int64_t>(input.size());
  const auto clamp = [rank](std::int64_t position) {
    return std::clamp<std::int64_t>(position < 0 ? position + rank : position, 0, rank);
  };
  const std::int64_t start = clamp(node.integer("start", 0));
  const std::int64_t end = std::max(start, clamp(node.integer("end", rank)));
  return one_output(integer_list(Dims(input.begin() + start, input.begin() + end)));
}

Inference infer_size(const NodeContext& node) {
  return one_output(Constant{{}, std::vector<std::int64_t>{element_count(node.dims(0))}});
}

Inference infer_constant(const NodeContext& node) {
  if (const OnnxAttribute* value = node.attribute("value"); value != nullptr && value->tensor) {
    return one_output(value->tensor->dims, value->tensor->values);
  }
  if (const OnnxAttribute* value = node.attribute("value_ints")) return one_output(integer_list(value->integers));
  if (const OnnxAttribute* value = node.attribute("value_floats")) {
    return one_output(Constant{{static_cast<std::int64_t>(value->reals.size())}, value->reals});
  }
  for (const std::string_view name : {"value_int", "value_float"}) {
    if (const OnnxAttribute* value = node.attribute(name)) return one_output(scalar(*value));
  }
  if (node.attribute("value_string") != nullptr) return one_output(Dims{});
  throw NodeError("it has no value");
}

Inference infer_constant_of_shape(const NodeContext& node) {
  const Dims dims = checked_dims(node.integers(0));
  const OnnxAttribute* value = node.attribute("value");
  Constant fill{{}, std::vector<double>{0}};
  if (value != nullptr && value->tensor) {
    if (!value->tensor->values || value->tensor->values->size() != 1) return one_output(dims);
    fill = *value->tensor->values;
    fill.dims = {};
  }
  return one_output(dims, repeated(fill, dims));
}

Inference infer_range(const NodeContext& node) {
  const Constant* parts[] = {&node.constant(0), &node.constant(1), &node.constant(2)};
  for (const Constant* part : parts) {
    if (part->size() != 1) throw NodeError("its start, limit and delta must be one number each");
  }
  const auto count = range_count(parts[0]->real(0), parts[1]->real(0), parts[2]->real(0));
  if (!count) throw NodeError("its range has no end");
  const bool known = parts[0]->is_integer() && parts[2]->is_integer() && *count <= max_constant_elements;
  if (!known) return one_output(Dims{*count});
  std::vector<std::int64_t> values;
  const std::int64_t start = std::get<0>(parts[0]->elements)[0];
  const std::int64_t delta = std::get<0>(parts[2]->elements)[0];
  for (std::int64_t i = 0; i < *count; ++i) {
    values.push_back(checked_add(start, checked_multiply(i, delta)));
  }
  return one_output(integer_list(std::move(values)));
}

Inference infer_expand(const NodeContext& node) {
  const Dims target = checked_dims(node.integers(1));
  const auto dims = broadcast(node.dims(0), target);
  if (!dims) {
    throw NodeError(fmt::format("{} cannot be expanded to {}", to_string(node.dims(0)), to_string(target)));
  }
  const Constant* constant = node.find_constant(0);
  return one_output(*dims, constant == nullptr ? std::nullopt : repeated(*constant, *dims));
}

Inference infer_tile(const NodeContext& node) {
  Dims dims = node.dims(0);
  const std::vector<std::int64_t> repeats = node.integers(1);
  if (repeats.size() != dims.size()) throw NodeError("it needs one number of repeats per dimension");
  for (std::size_t i = 0; i < dims.size(); ++i) dims[i] = checked_multiply(dims[i], repeats[i]);
  return one_output(checked_dims(std::move(dims)));
}

Inference infer_resize(const NodeContext& node) {
  Dims dims = node.dims(0);
  if (has_values(node, 3)) {
    const Dims sizes = node.integers(3);
    if (sizes.size() != dims.size()) throw NodeError("it needs one size per dimension");
    return one_output(checked_dims(sizes));
  }
  const std::vector<double> scales = scale_factors(node);
  if (scales.size() != dims.size()) {
    throw NodeError(fmt::format("it has {} scale factors for {} dimensions", scales.size(), dims.size()));
  }
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const double scaled = std::floor(static_cast<double>(dims[i]) * scales[i]);
    if (!(scaled >= 0 && scaled < 9e15)) throw NodeError(fmt::format("its scale factor {} is no number", scales[i]));
    dims[i] = static_cast<std::int64_t>(scaled);
  }
  return one_output(std::move(dims));
}

}  // namespace ohmloop
