#include <algorithm>
#include <cmath>
#include <limits>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// What is normalised together: one axis since operator set 13, before the axis and all behind it.
AxisSplit split_of(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  if (call.operator_set >= 13) {
    if (x.rank() == 0) return {};
    return split_at(x.dims(), front_axis(call.node.integer("axis", -1), x.rank()));
  }
  const auto rank = static_cast<std::int64_t>(x.rank());
  const std::int64_t given = call.node.integer("axis", 1);
  need(given >= -rank && given <= rank, "axis {} is not one of the {} axes", given, rank);
  const auto axis = static_cast<std::size_t>(given < 0 ? given + rank : given);
  return {element_count(x.dims(), 0, axis), element_count(x.dims(), axis, x.rank()), 1};
}

/// Calls `normalise(values)` for every group, in double precision, and writes what it left there.
template <class Normalise>
Tensors for_groups(const OperatorCall& call, const Normalise& normalise) {
  const TensorData& x = call.input(0);
  TensorData y = make_output(call, x.type(), x.dims());
  const AxisSplit split = split_of(call);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    const auto from = x.values<T>();
    const auto to = y.mutable_values<T>();
    std::vector<double> values(static_cast<std::size_t>(split.length));
    for (std::int64_t group = 0; !values.empty() && group < split.outer * split.inner; ++group) {
      const std::int64_t first = group / split.inner * split.length * split.inner + group % split.inner;
      for (std::int64_t i = 0; i < split.length; ++i) values[i] = widen(from[first + i * split.inner]);
      normalise(values);
      for (std::int64_t i = 0; i < split.length; ++i) to[first + i * split.inner] = convert<T>(values[i]);
    }
  });
  return {y};
}

double largest(const std::vector<double>& values) {
  double result = -std::numeric_limits<double>::infinity();
  for (const double value : values) result = larger(result, value);
  return result;
}

}  // namespace

Tensors run_softmax(const OperatorCall& call) {
  return for_groups(call, [](std::vector<double>& values) {
    const double most = largest(values);
    double sum = 0;
    for (double& value : values) sum += value = std::exp(value - most);
    for (double& value : values) value /= sum;
  });
}

Tensors run_log_softmax(const OperatorCall& call) {
  return for_groups(call, [](std::vector<double>& values) {
    const double most = largest(values);
    double sum = 0;
    for (const double value : values) sum += std::exp(value - most);
    for (double& value : values) value -= most + std::log(sum);
  });
}

Tensors run_hardmax(const OperatorCall& call) {
  return for_groups(call, [](std::vector<double>& values) {
    const auto most = std::max_element(values.begin(), values.end()) - values.begin();
    std::fill(values.begin(), values.end(), 0.0);
    values[static_cast<std::size_t>(most)] = 1;
  });
}

}  // namespace ohmloop
