#include "ohmloop/inference/operators/arguments.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/numbers.hpp"

namespace ohmloop {

void check_output(const OperatorCall& call, ElementType type, const Dims& dims) {
  for (const std::int64_t dim : dims) need(dim >= 0, "its output would have the size {}", to_string(dims));
  // As if no size were 0: the strides of a tensor must be countable, too.
  double bytes = type == ElementType::string ? sizeof(std::string) : static_cast<double>(bytes_of(type));
  for (const std::int64_t dim : dims) bytes *= static_cast<double>(std::max<std::int64_t>(dim, 1));
  need(bytes <= static_cast<double>(call.limits.bytes), "its output of the size {} would take more than {} bytes",
       to_string(dims), call.limits.bytes);
}

TensorData make_output(const OperatorCall& call, ElementType type, const Dims& dims) {
  check_output(call, type, dims);
  return {type, dims};
}

void check_steps(const OperatorCall& call, double steps) {
  need(steps <= call.limits.steps, "it would take {:.3g} steps, more than the limit of {:.3g}", steps,
       call.limits.steps);
}

std::size_t front_axis(std::int64_t axis, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(rank);
  need(axis >= -count && axis < count, "axis {} is not one of the {} axes", axis, rank);
  return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

std::vector<std::size_t> front_axes(const std::vector<std::int64_t>& axes, std::size_t rank) {
  std::vector<bool> seen(rank, false);
  std::vector<std::size_t> result;
  for (const std::int64_t axis : axes) {
    result.push_back(front_axis(axis, rank));
    need(!seen[result.back()], "axis {} is named twice", axis);
    seen[result.back()] = true;
  }
  return result;
}

std::vector<std::int64_t> integers_of(const TensorData& tensor) {
  need(tensor.rank() <= 1, "a list of whole numbers has the size {}, must have one axis", to_string(tensor.dims()));
  return for_type(TypeList<std::int64_t, std::int32_t>{}, tensor.type(), [&]<class T>() {
    const auto values = tensor.values<T>();
    return std::vector<std::int64_t>(values.begin(), values.end());
  });
}

std::vector<double> reals_of(const TensorData& tensor) {
  need(tensor.rank() <= 1, "a list of numbers has the size {}, must have one axis", to_string(tensor.dims()));
  return for_type(NumberAndBoolTypes{}, tensor.type(), [&]<class T>() {
    std::vector<double> result;
    for (const T value : tensor.values<T>()) result.push_back(convert<double>(value));
    return result;
  });
}

double number_of(const TensorData& tensor) {
  need(tensor.size() == 1, "a single number has the size {}", to_string(tensor.dims()));
  return reals_of(tensor.reshaped({})).front();
}

std::optional<std::vector<std::int64_t>> integers_from(const OperatorCall& call, std::string_view attribute,
                                                       std::size_t input) {
  if (call.has(input)) return integers_of(call.input(input));
  return call.node.integers(attribute);
}

std::optional<std::vector<double>> reals_from(const OperatorCall& call, std::string_view attribute) {
  const NodeAttribute* found = call.node.attribute(attribute);
  return found == nullptr ? std::nullopt : std::optional(found->reals);
}

void need_same_type(const TensorData& a, const TensorData& b) {
  need(a.type() == b.type(), "its inputs have the types {} and {}, must have the same", name_of(a.type()),
       name_of(b.type()));
}

AxisSplit split_at(const Dims& dims, std::size_t axis) {
  return {element_count(dims, 0, axis), dims[axis], element_count(dims, axis + 1, dims.size())};
}

}  // namespace ohmloop
