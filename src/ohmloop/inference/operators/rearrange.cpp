#include <numeric>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_view.hpp"

namespace ohmloop {
namespace {

/// The view whose axis i is axis order[i] of a tensor of that size.
StridedView permuted(const Dims& dims, const std::vector<std::size_t>& order) {
  const Dims strides = strides_of(dims);
  StridedView view;
  for (const std::size_t axis : order) {
    view.dims.push_back(dims[axis]);
    view.strides.push_back(strides[axis]);
  }
  return view;
}

struct Blocks {
  std::int64_t batch, channels, height, width, size;
};

Blocks blocks_of(const OperatorCall& call) {
  const Dims& dims = call.input(0).dims();
  need(dims.size() == 4, "its input has {} axes, must have 4", dims.size());
  const std::int64_t size = call.node.integer("blocksize", 0);
  need(size >= 1 && size <= (std::int64_t{1} << 30), "a block size of {}", size);
  return {dims[0], dims[1], dims[2], dims[3], size};
}

}  // namespace

Tensors run_transpose(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  std::vector<std::size_t> order(x.rank());
  if (const auto given = call.node.integers("perm")) {
    need(given->size() == x.rank(), "{} axes are permuted, but the input has {}", given->size(), x.rank());
    order = front_axes(*given, x.rank());
  } else {
    std::iota(order.rbegin(), order.rend(), 0);
  }
  return {copy_view(call, x, permuted(x.dims(), order))};
}

Tensors run_expand(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const Dims dims = broadcast_dims(x.dims(), integers_of(call.input(1)));
  check_output(call, x.type(), dims);
  return {copy_view(call, x, {dims, broadcast_strides(x.dims(), dims)})};
}

Tensors run_tile(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const Dims repeats = integers_of(call.input(1));
  need(repeats.size() == x.rank(), "{} repeats for {} axes", repeats.size(), x.rank());
  const Dims strides = strides_of(x.dims());
  // Every axis becomes two: the copies, and what is copied.
  StridedView view;
  Dims dims;
  for (std::size_t i = 0; i < x.rank(); ++i) {
    need(repeats[i] >= 0, "{} repeats", repeats[i]);
    view.dims.insert(view.dims.end(), {repeats[i], x.dims()[i]});
    view.strides.insert(view.strides.end(), {0, strides[i]});
    dims.push_back(checked_multiply(repeats[i], x.dims()[i]));
  }
  return {copy_view(call, x, view, dims)};
}

Tensors run_depth_to_space(const OperatorCall& call) {
  const auto [batch, channels, height, width, size] = blocks_of(call);
  const std::string_view mode = call.node.text("mode", "DCR");
  need(mode == "DCR" || mode == "CRD", "the mode '{}' is not known: 'DCR' or 'CRD'", mode);
  const std::int64_t depth = channels / (size * size);
  need(depth * size * size == channels, "{} channels are not blocks of {} x {}", channels, size, size);
  const bool depth_inside = mode == "DCR";
  const StridedView view = depth_inside ? permuted({batch, size, size, depth, height, width}, {0, 3, 4, 1, 5, 2})
                                        : permuted({batch, depth, size, size, height, width}, {0, 1, 4, 2, 5, 3});
  return {copy_view(call, call.input(0), view,
                    {batch, depth, checked_multiply(height, size), checked_multiply(width, size)})};
}

Tensors run_space_to_depth(const OperatorCall& call) {
  const auto [batch, channels, height, width, size] = blocks_of(call);
  need(height % size == 0 && width % size == 0, "{} x {} are not blocks of {} x {}", height, width, size, size);
  const StridedView view = permuted({batch, channels, height / size, size, width / size, size}, {0, 3, 5, 1, 2, 4});
  return {copy_view(call, call.input(0), view,
                    {batch, checked_multiply(channels, size * size), height / size, width / size})};
}

}  // namespace ohmloop
