#include "ohmloop/workload/onnx/node_context.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ohmloop {

Inference one_output(Dims dims) { return one_output(std::move(dims), std::nullopt); }

Inference one_output(Constant constant) {
  Dims dims = constant.dims;
  return one_output(std::move(dims), std::move(constant));
}

Inference one_output(Dims dims, std::optional<Constant> constant) {
  Inference result;
  result.outputs.push_back({std::move(dims), std::move(constant)});
  return result;
}

const OnnxValue& NodeContext::input(std::size_t input) const {
  if (!has(input)) throw NodeError(fmt::format("it has no input {}, which it needs", input));
  return *inputs_[input];
}

const Dims& NodeContext::dims(std::size_t input) const {
  const OnnxValue& value = this->input(input);
  if (!value.dims) throw ShapeUnknown(input, "size");
  return *value.dims;
}

const Dims& NodeContext::dims(std::size_t input, std::size_t least_rank) const {
  const Dims& result = dims(input);
  if (result.size() < least_rank) {
    throw NodeError(fmt::format("its input {} has {} dimensions ({}), it needs at least {}", input, result.size(),
                                to_string(result), least_rank));
  }
  return result;
}

const Constant* NodeContext::find_constant(std::size_t input) const {
  return has(input) && inputs_[input]->constant ? &*inputs_[input]->constant : nullptr;
}

const Constant& NodeContext::constant(std::size_t input) const {
  const OnnxValue& value = this->input(input);
  if (!value.constant) throw ShapeUnknown(input, "values");
  return *value.constant;
}

std::vector<std::int64_t> NodeContext::integers(std::size_t input) const {
  const Constant& values = constant(input);
  if (!values.is_integer()) throw NodeError(fmt::format("its input {} should hold whole numbers", input));
  return *values.integers();
}

const OnnxAttribute* NodeContext::attribute(std::string_view name) const {
  const auto& all = node_->attributes;
  const auto found = std::find_if(all.begin(), all.end(), [&](const OnnxAttribute& a) { return a.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::int64_t NodeContext::integer(std::string_view name, std::int64_t otherwise) const {
  const OnnxAttribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  if (!found->integer) throw NodeError(fmt::format("its attribute '{}' should be a whole number", name));
  return *found->integer;
}

std::string_view NodeContext::text(std::string_view name, std::string_view otherwise) const {
  const OnnxAttribute* found = attribute(name);
  return found == nullptr || found->text.empty() ? otherwise : found->text;
}

std::optional<std::vector<std::int64_t>> NodeContext::list(std::string_view name) const {
  const OnnxAttribute* found = attribute(name);
  if (found == nullptr) return std::nullopt;
  return found->integers;
}

std::optional<std::vector<std::int64_t>> NodeContext::list(std::string_view name, std::size_t input) const {
  if (has(input)) return integers(input);
  return list(name);
}

std::size_t resolve_axis(std::int64_t axis, std::size_t rank) {
  const auto size = static_cast<std::int64_t>(rank);
  if (axis < -size || axis >= size) {
    throw NodeError(fmt::format("axis {} does not exist: the tensor has {} dimensions", axis, rank));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + size : axis);
}

}  // namespace ohmloop
