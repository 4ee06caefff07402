#include <cstring>

#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// Indices into an axis of `size`, negative ones counted from its end.
std::vector<std::int64_t> indices_of(const TensorData& tensor, std::int64_t size) {
  std::vector<std::int64_t> indices = integers_of(tensor.reshaped({static_cast<std::int64_t>(tensor.size())}));
  for (std::int64_t& index : indices) {
    need(index >= -size && index < size, "index {} into an axis of size {}", index, size);
    if (index < 0) index += size;
  }
  return indices;
}

}  // namespace

Tensors run_gather(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& where = call.input(1);
  need(x.rank() > 0, "its input has no axis");
  const std::size_t axis = front_axis(call.node.integer("axis", 0), x.rank());
  const std::vector<std::int64_t> indices = indices_of(where, x.dims()[axis]);
  const auto middle = x.dims().begin() + static_cast<std::ptrdiff_t>(axis);
  Dims dims(x.dims().begin(), middle);
  dims.insert(dims.end(), where.dims().begin(), where.dims().end());
  dims.insert(dims.end(), middle + 1, x.dims().end());
  TensorData result = make_output(call, x.type(), dims);
  const std::size_t each = bytes_of(x.type());
  need(each != 0, "elements of type {} are not supported", name_of(x.type()));
  const AxisSplit split = split_at(x.dims(), axis);
  const std::size_t bytes = static_cast<std::size_t>(split.inner) * each;
  std::byte* to = result.mutable_bytes();
  for (std::int64_t outer = 0; bytes > 0 && outer < split.outer; ++outer) {
    for (const std::int64_t index : indices) {
      std::memcpy(to, x.bytes() + static_cast<std::size_t>(outer * split.length + index) * bytes, bytes);
      to += bytes;
    }
  }
  return {result};
}

Tensors run_gather_elements(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& where = call.input(1);
  need(x.rank() > 0 && where.rank() == x.rank(), "inputs of {} and {} axes", x.rank(), where.rank());
  const std::size_t axis = front_axis(call.node.integer("axis", 0), x.rank());
  for (std::size_t i = 0; i < x.rank(); ++i) {
    need(i == axis || where.dims()[i] <= x.dims()[i], "indices of the size {} into {}", to_string(where.dims()),
         to_string(x.dims()));
  }
  const std::vector<std::int64_t> indices = indices_of(where, x.dims()[axis]);
  Dims strides = strides_of(x.dims());
  const std::int64_t along = strides[axis];
  strides[axis] = 0;
  TensorData result = make_output(call, x.type(), where.dims());
  const StridedWalk<2> walk(where.dims(), {strides, strides_of(where.dims())});
  for_size(x.type(), [&]<class Element>() {
    const Element* const from = elements_of<Element>(x);
    Element* const to = elements_of<Element>(result);
    walk.each_row([&](const StridedRow<2>& row) {
      for (std::int64_t i = 0; i < row.length; ++i) {
        const std::int64_t at = row.at[1] + i * row.step[1];
        to[at] = from[row.at[0] + i * row.step[0] + indices[static_cast<std::size_t>(at)] * along];
      }
    });
  });
  return {result};
}

}  // namespace ohmloop
