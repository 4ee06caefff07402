#include "ohmloop/inference/operators/strided_view.hpp"

#include "ohmloop/inference/operators/numbers.hpp"

namespace ohmloop {

TensorData copy_view(const OperatorCall& call, const TensorData& from, const StridedView& view, const Dims& dims) {
  TensorData result = make_output(call, from.type(), dims);
  const StridedWalk<1> walk(view.dims, {view.strides});
  for_size(from.type(), [&]<class Element>() {
    Element* to = elements_of<Element>(result);
    const Element* const source = elements_of<Element>(from);
    walk.each_row([&](const StridedRow<1>& row) {
      std::int64_t at = view.offset + row.at[0];
      for (std::int64_t i = 0; i < row.length; ++i, at += row.step[0]) *to++ = source[at];
    });
  });
  return result;
}

TensorData copy_view(const OperatorCall& call, const TensorData& from, const StridedView& view) {
  return copy_view(call, from, view, view.dims);
}

}  // namespace ohmloop
