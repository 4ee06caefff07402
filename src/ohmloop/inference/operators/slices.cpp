#include <algorithm>
#include <cstring>
#include <limits>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_view.hpp"

namespace ohmloop {
namespace {

StridedView whole(const TensorData& tensor) { return {tensor.dims(), strides_of(tensor.dims())}; }

/// Cuts one axis of a view: positions start, start + step, ... before `end`, both counted from the back if negative and
/// moved into the axis.
void cut(StridedView& view, std::size_t axis, std::int64_t start, std::int64_t end, std::int64_t step) {
  need(step != 0, "a step of 0");
  // The most negative step has no counterpart; one less of them skips everything just as well.
  step = std::max(step, -std::numeric_limits<std::int64_t>::max());
  const std::int64_t size = view.dims[axis];
  const auto position = [&](std::int64_t given, std::int64_t least, std::int64_t most) {
    return std::clamp(given < 0 ? given + size : given, least, most);
  };
  if (size == 0) return;
  const bool forwards = step > 0;
  const std::int64_t first = position(start, 0, forwards ? size : size - 1);
  const std::int64_t last = forwards ? position(end, 0, size) : position(end, -1, size - 1);
  const std::int64_t way = forwards ? last - first : first - last;
  const std::int64_t pace = forwards ? step : -step;
  const std::int64_t count = way <= 0 ? 0 : (way - 1) / pace + 1;
  view.offset += count == 0 ? 0 : first * view.strides[axis];
  view.dims[axis] = count;
  // Of one position the step is never gone, however large.
  view.strides[axis] = count > 1 ? view.strides[axis] * step : 0;
}

/// Sizes of the parts along an axis.
Dims parts_of(const OperatorCall& call, std::int64_t size) {
  if (const auto given = integers_from(call, "split", 1)) {
    std::int64_t sum = 0;
    for (const std::int64_t part : *given) {
      need(part >= 0, "a part of {}", part);
      sum = checked_add(sum, part);
    }
    need(sum == size, "the parts are {} together, the axis is {}", sum, size);
    need(given->size() == call.node.outputs.size(), "{} parts for {} outputs", given->size(), call.node.outputs.size());
    return *given;
  }
  const auto count = static_cast<std::int64_t>(call.node.outputs.size());
  need(count > 0 && size % count == 0, "a size of {} is not split into {} equal parts", size, count);
  return Dims(call.node.outputs.size(), size / count);
}

}  // namespace

Tensors run_slice(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const bool as_inputs = call.operator_set >= 10;
  const auto list = [&](std::string_view name, std::size_t input) {
    return as_inputs ? integers_from(call, "", input) : call.node.integers(name);
  };
  const auto starts = list("starts", 1);
  const auto ends = list("ends", 2);
  need(starts && ends && starts->size() == ends->size(), "it needs as many starts as ends");
  Dims axes = list("axes", 3).value_or(Dims());
  if (axes.empty()) {
    for (std::size_t i = 0; i < starts->size(); ++i) axes.push_back(static_cast<std::int64_t>(i));
  }
  const Dims steps = as_inputs ? list("", 4).value_or(Dims(axes.size(), 1)) : Dims(axes.size(), 1);
  need(axes.size() == starts->size() && steps.size() == starts->size(), "{} starts, but {} axes and {} steps",
       starts->size(), axes.size(), steps.size());
  StridedView view = whole(x);
  const std::vector<std::size_t> counted = front_axes(axes, x.rank());
  for (std::size_t i = 0; i < counted.size(); ++i) cut(view, counted[i], (*starts)[i], (*ends)[i], steps[i]);
  return {copy_view(call, x, view)};
}

Tensors run_split(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const std::size_t axis = front_axis(call.node.integer("axis", 0), x.rank());
  Tensors results;
  std::int64_t start = 0;
  for (const std::int64_t part : parts_of(call, x.dims()[axis])) {
    StridedView view = whole(x);
    cut(view, axis, start, start + part, 1);
    start += part;
    results.push_back(copy_view(call, x, view));
  }
  return results;
}

Tensors run_concat(const OperatorCall& call) {
  const TensorData& first = call.input(0);
  const std::size_t axis = front_axis(call.node.integer("axis", 1), first.rank());
  Dims dims = first.dims();
  dims[axis] = 0;
  for (std::size_t i = 0; i < call.inputs.size(); ++i) {
    const TensorData& part = call.input(i);
    need_same_type(first, part);
    Dims others = part.dims();
    need(others.size() == dims.size(), "inputs of {} and {} axes", dims.size(), others.size());
    dims[axis] = checked_add(dims[axis], others[axis]);
    others[axis] = dims[axis];
    need(others == dims, "inputs of the sizes {} and {} along axis {}", to_string(first.dims()), to_string(part.dims()),
         axis);
  }
  TensorData result = make_output(call, first.type(), dims);
  const std::size_t each = bytes_of(first.type());
  need(each != 0, "elements of type {} are not supported", name_of(first.type()));
  const AxisSplit split = split_at(dims, axis);
  const std::size_t row = static_cast<std::size_t>(split.length * split.inner) * each;
  std::size_t offset = 0;
  for (const TensorData* part : call.inputs) {
    const std::size_t bytes = static_cast<std::size_t>(part->dims()[axis] * split.inner) * each;
    for (std::size_t outer = 0; bytes > 0 && outer < static_cast<std::size_t>(split.outer); ++outer) {
      std::memcpy(result.mutable_bytes() + outer * row + offset, part->bytes() + outer * bytes, bytes);
    }
    offset += bytes;
  }
  return {result};
}

}  // namespace ohmloop
