#pragma once

#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {

/// The elements of a tensor in another order: element (i, j, ...) of the view lies at offset + i stride_0 + j stride_1
/// ... of the tensor.
struct StridedView {
  Dims dims;
  Dims strides;
  std::int64_t offset = 0;
};

/// Copies what a view shows, in C order, into a tensor of the size `dims`, which has as many elements.
TensorData copy_view(const OperatorCall& call, const TensorData& from, const StridedView& view, const Dims& dims);

/// The same under the view's own size.
TensorData copy_view(const OperatorCall& call, const TensorData& from, const StridedView& view);

}  // namespace ohmloop
