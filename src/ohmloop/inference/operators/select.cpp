#include <algorithm>
#include <cmath>
#include <numeric>

#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// Whether a is larger; NaN counts as larger than every number.
template <class T>
bool exceeds(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return !std::isnan(b);
  }
  return a > b;
}

Tensors index_of_best(const OperatorCall& call, bool largest) {
  const TensorData& x = call.input(0);
  need(x.rank() > 0, "its input has no axis");
  const std::size_t axis = front_axis(call.node.integer("axis", 0), x.rank());
  const bool take_last = call.node.integer("select_last_index", 0) != 0;
  const AxisSplit split = split_at(x.dims(), axis);
  need(split.length > 0, "axis {} of the size {} has no elements", axis, to_string(x.dims()));
  Dims dims = x.dims();
  dims[axis] = 1;
  if (call.node.integer("keepdims", 1) == 0) dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis));
  TensorData y = make_output(call, ElementType::int64, dims);
  const auto to = y.mutable_values<std::int64_t>();
  for_type(NumberTypes{}, x.type(), [&]<class T>() {
    const auto from = x.values<T>();
    for (std::int64_t place = 0; place < split.outer * split.inner; ++place) {
      const std::int64_t first = place / split.inner * split.length * split.inner + place % split.inner;
      const auto at = [&](std::int64_t i) { return widen(from[first + i * split.inner]); };
      std::int64_t best = 0;
      for (std::int64_t i = 1; i < split.length; ++i) {
        const bool better = largest ? exceeds(at(i), at(best)) : exceeds(at(best), at(i));
        const bool equal = at(i) == at(best);
        if (better || (equal && take_last)) best = i;
      }
      to[place] = best;
    }
  });
  return {y};
}

/// k is an attribute before operator set 10.
std::int64_t count_of(const OperatorCall& call) {
  if (call.operator_set < 10) return call.node.integer("k", -1);
  const std::vector<std::int64_t> count = integers_of(call.input(1));
  need(count.size() == 1, "its k must be a single number");
  return count.front();
}

}  // namespace

Tensors run_arg_max(const OperatorCall& call) { return index_of_best(call, true); }

Tensors run_arg_min(const OperatorCall& call) { return index_of_best(call, false); }

Tensors run_top_k(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  need(x.rank() > 0, "its input has no axis");
  const std::size_t axis = front_axis(call.node.integer("axis", -1), x.rank());
  const bool largest = call.node.integer("largest", 1) != 0;
  const AxisSplit split = split_at(x.dims(), axis);
  const std::int64_t count = count_of(call);
  need(count >= 0 && count <= split.length, "{} elements out of {}", count, split.length);
  Dims dims = x.dims();
  dims[axis] = count;
  TensorData values = make_output(call, x.type(), dims);
  TensorData indices = make_output(call, ElementType::int64, dims);
  for_type(NumberTypes{}, x.type(), [&]<class T>() {
    // An axis among none may have any length.
    if (values.size() == 0) return;
    const auto from = x.values<T>();
    std::vector<std::int64_t> order(static_cast<std::size_t>(split.length));
    for (std::int64_t place = 0; place < split.outer * split.inner; ++place) {
      const std::int64_t outer = place / split.inner;
      const std::int64_t inner = place % split.inner;
      const auto at = [&](std::int64_t i) { return widen(from[(outer * split.length + i) * split.inner + inner]); };
      std::iota(order.begin(), order.end(), 0);
      // Equal elements in the order in which they stand.
      std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return largest ? exceeds(at(a), at(b)) : exceeds(at(b), at(a));
      });
      for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t to = (outer * count + i) * split.inner + inner;
        values.mutable_values<T>()[to] = convert<T>(at(order[i]));
        indices.mutable_values<std::int64_t>()[to] = order[i];
      }
    }
  });
  return {values, indices};
}

}  // namespace ohmloop
