#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

TensorData under(const TensorData& tensor, const Dims& dims) {
  for (const std::int64_t dim : dims) need(dim >= 0, "a size of {}", dim);
  need(dims.size() <= max_rank, "{} axes are more than {}", dims.size(), max_rank);
  need(static_cast<std::size_t>(element_count(dims)) == tensor.size(), "{} elements don't fit the size {}",
       tensor.size(), to_string(dims));
  return tensor.reshaped(dims);
}

TensorData integer_list(const std::vector<std::int64_t>& values) {
  return TensorData::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
}

}  // namespace

Tensors run_identity(const OperatorCall& call) { return {call.input(0)}; }

Tensors run_dropout(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const bool trains = call.has(2) && number_of(call.input(2)) != 0;
  const double ratio = call.has(1) ? number_of(call.input(1)) : call.node.real("ratio", 0.5);
  need(!trains || ratio == 0, "it is in training mode, which is not supported");
  if (call.node.outputs.size() < 2) return {x};
  // The mask: bool since operator set 10, before of the type of the values.
  TensorData mask = make_output(call, call.operator_set >= 10 ? ElementType::boolean : x.type(), x.dims());
  if (mask.type() == ElementType::boolean) {
    const auto values = mask.mutable_values<bool>();
    std::fill(values.begin(), values.end(), true);
  }
  return {x, mask};
}

Tensors run_reshape(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  Dims dims = integers_of(call.input(1));
  const bool allow_zero = call.node.integer("allowzero", 0) != 0;
  std::optional<std::size_t> open;
  std::int64_t rest = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == 0 && !allow_zero) {
      need(i < x.rank(), "the size {} takes over axis {}, which an input of {} axes lacks", to_string(dims), i,
           x.rank());
      dims[i] = x.dims()[i];
    }
    if (dims[i] == -1) {
      need(!open, "the size {} leaves two axes open", to_string(dims));
      open = i;
    } else {
      need(dims[i] >= 0, "a size of {}", dims[i]);
      rest = checked_multiply(rest, dims[i]);
    }
  }
  if (open) {
    need(rest != 0, "the size {} leaves an axis open beside one of 0", to_string(dims));
    dims[*open] = static_cast<std::int64_t>(x.size()) / rest;
  }
  return {under(x, dims)};
}

Tensors run_flatten(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const auto rank = static_cast<std::int64_t>(x.rank());
  const std::int64_t given = call.node.integer("axis", 1);
  need(given >= -rank && given <= rank, "axis {} is not one of the {} axes", given, rank);
  const auto axis = static_cast<std::size_t>(given < 0 ? given + rank : given);
  return {under(x, {element_count(x.dims(), 0, axis), element_count(x.dims(), axis, x.rank())})};
}

Tensors run_squeeze(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  std::vector<bool> dropped(x.rank(), false);
  if (const auto axes = integers_from(call, "axes", 1)) {
    for (const std::size_t axis : front_axes(*axes, x.rank())) {
      need(x.dims()[axis] == 1, "axis {} of the size {} is not 1", axis, to_string(x.dims()));
      dropped[axis] = true;
    }
  } else {
    for (std::size_t i = 0; i < x.rank(); ++i) dropped[i] = x.dims()[i] == 1;
  }
  Dims dims;
  for (std::size_t i = 0; i < x.rank(); ++i) {
    if (!dropped[i]) dims.push_back(x.dims()[i]);
  }
  return {under(x, dims)};
}

Tensors run_unsqueeze(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const auto axes = integers_from(call, "axes", 1);
  need(axes.has_value(), "its axes are missing");
  need(axes->size() + x.rank() <= max_rank, "{} new axes are too many", axes->size());
  Dims dims(x.rank() + axes->size(), -1);
  for (const std::size_t axis : front_axes(*axes, dims.size())) dims[axis] = 1;
  auto next = x.dims().begin();
  for (std::int64_t& dim : dims) {
    if (dim < 0) dim = *next++;
  }
  return {under(x, dims)};
}

Tensors run_shape(const OperatorCall& call) {
  const Dims& dims = call.input(0).dims();
  const auto rank = static_cast<std::int64_t>(dims.size());
  const auto bound = [&](std::string_view name, std::int64_t otherwise) {
    const std::int64_t given = call.node.integer(name, otherwise);
    return std::clamp<std::int64_t>(given < 0 && given >= -rank ? given + rank : given, 0, rank);
  };
  const std::int64_t start = bound("start", 0);
  const std::int64_t end = std::max(start, bound("end", rank));
  return {integer_list({dims.begin() + start, dims.begin() + end})};
}

Tensors run_size(const OperatorCall& call) {
  return {TensorData::of<std::int64_t>({}, std::vector<std::int64_t>{static_cast<std::int64_t>(call.input(0).size())})};
}

}  // namespace ohmloop
