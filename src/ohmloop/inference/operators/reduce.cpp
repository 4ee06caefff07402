#include <cmath>
#include <limits>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// Which axes of the input go, and what is left of its size.
struct Reduction {
  std::vector<bool> gone;
  Dims kept;    ///< the result's size
  Dims walked;  ///< the same with a 1 for every axis that goes
  std::int64_t count = 1;
};

/// Axes are an attribute, for ReduceSum an input since operator set 13. None means all, unless the node says no.
std::optional<Reduction> reduction_of(const OperatorCall& call, bool axes_as_input) {
  const TensorData& x = call.input(0);
  const auto given = axes_as_input && call.operator_set >= 13 ? integers_from(call, "", 1) : call.node.integers("axes");
  const bool all = !given || given->empty();
  if (all && call.node.integer("noop_with_empty_axes", 0) != 0) return std::nullopt;
  Reduction reduction{.gone = std::vector<bool>(x.rank(), all), .kept = {}, .walked = x.dims()};
  if (!all) {
    for (const std::size_t axis : front_axes(*given, x.rank())) reduction.gone[axis] = true;
  }
  const bool keep = call.node.integer("keepdims", 1) != 0;
  for (std::size_t i = 0; i < x.rank(); ++i) {
    if (reduction.gone[i]) {
      reduction.count = checked_multiply(reduction.count, x.dims()[i]);
      reduction.walked[i] = 1;
    }
    if (!reduction.gone[i] || keep) reduction.kept.push_back(reduction.walked[i]);
  }
  return reduction;
}

/// Folds the elements that belong to one result, in their order: state = fold(state, x) from `start`, then
/// finish(state, count).
template <class T, class State, class Fold, class Finish>
TensorData reduce(const OperatorCall& call, const Reduction& reduction, State start, const Fold& fold,
                  const Finish& finish) {
  const TensorData& x = call.input(0);
  TensorData y = make_output(call, x.type(), reduction.kept);
  std::vector<State> states(y.size(), start);
  const StridedWalk<2> walk(x.dims(), {strides_of(x.dims()), broadcast_strides(reduction.walked, x.dims())});
  const T* const from = x.values<T>().data();
  walk.each_row([&](const StridedRow<2>& row) {
    for (std::int64_t i = 0; i < row.length; ++i) {
      State& state = states[row.at[1] + i * row.step[1]];
      state = fold(state, widen(from[row.at[0] + i * row.step[0]]));
    }
  });
  const auto to = y.mutable_values<T>();
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = convert<T>(finish(states[i], reduction.count));
  return y;
}

/// The square, magnitude ... of each element, added in a type that holds the sum.
template <class Types, class Term, class Finish>
Tensors reduce_by_sum(const OperatorCall& call, Types types, bool axes_as_input, const Term& term,
                      const Finish& finish) {
  const std::optional<Reduction> reduction = reduction_of(call, axes_as_input);
  if (!reduction) return {call.input(0)};
  return for_type(types, call.input(0).type(), [&]<class T>() {
    using Total = Sum<T>;
    const auto fold = [&](Total sum, Wide<T> x) { return sum + static_cast<Total>(term(static_cast<Total>(x), x)); };
    return Tensors{reduce<T>(call, *reduction, Total{}, fold, finish)};
  });
}

constexpr auto as_it_is = [](auto sum, std::int64_t /*count*/) { return sum; };

template <class Better>
Tensors reduce_to_one(const OperatorCall& call, bool largest, const Better& better) {
  const std::optional<Reduction> reduction = reduction_of(call, false);
  if (!reduction) return {call.input(0)};
  return for_type(NumberTypes{}, call.input(0).type(), [&]<class T>() {
    using Limits = std::numeric_limits<Wide<T>>;
    Wide<T> start = largest ? Limits::lowest() : Limits::max();
    if constexpr (Limits::has_infinity) start = largest ? -Limits::infinity() : Limits::infinity();
    return Tensors{reduce<T>(call, *reduction, start, better, as_it_is)};
  });
}

}  // namespace

Tensors run_reduce_sum(const OperatorCall& call) {
  return reduce_by_sum(
      call, NumberTypes{}, true, [](auto x, auto) { return x; }, as_it_is);
}

Tensors run_reduce_mean(const OperatorCall& call) {
  const std::optional<Reduction> reduction = reduction_of(call, false);
  if (!reduction) return {call.input(0)};
  // Means of whole numbers are cut off, like their quotients.
  const auto mean = []<class Total>(Total sum, std::int64_t count) { return sum / static_cast<Total>(count); };
  return for_type(NumberTypes{}, call.input(0).type(), [&]<class T>() {
    using Total = std::conditional_t<std::is_signed_v<Wide<T>> && std::is_integral_v<Wide<T>>, std::int64_t, Sum<T>>;
    need(std::is_floating_point_v<Total> || reduction->count > 0, "the mean of no whole numbers");
    const auto add = [](Total sum, Wide<T> x) { return wrapping_add(sum, static_cast<Total>(x)); };
    return Tensors{reduce<T>(call, *reduction, Total{}, add, mean)};
  });
}

Tensors run_reduce_sum_square(const OperatorCall& call) {
  return reduce_by_sum(
      call, NumberTypes{}, false, [](auto x, auto) { return x * x; }, as_it_is);
}

Tensors run_reduce_l1(const OperatorCall& call) {
  return reduce_by_sum(
      call, NumberTypes{}, false, [](auto x, auto given) { return given < 0 ? 0 - x : x; }, as_it_is);
}

Tensors run_reduce_l2(const OperatorCall& call) {
  return reduce_by_sum(
      call, NumberTypes{}, false, [](auto x, auto) { return x * x; },
      [](auto sum, std::int64_t /*count*/) { return std::sqrt(static_cast<double>(sum)); });
}

Tensors run_reduce_log_sum(const OperatorCall& call) {
  return reduce_by_sum(
      call, NumberTypes{}, false, [](auto x, auto) { return x; },
      [](auto sum, std::int64_t /*count*/) { return std::log(static_cast<double>(sum)); });
}

Tensors run_reduce_log_sum_exp(const OperatorCall& call) {
  const std::optional<Reduction> reduction = reduction_of(call, false);
  if (!reduction) return {call.input(0)};
  // ln of a sum of e^x as a pair: the largest x so far, and the sum of e^(x - largest).
  struct Scaled {
    double most = -std::numeric_limits<double>::infinity();
    double sum = 0;
  };
  const auto add = [](Scaled state, auto value) {
    const auto x = static_cast<double>(value);
    if (x == state.most) return Scaled{x, state.sum + 1};
    if (!(x > state.most)) return Scaled{state.most, state.sum + std::exp(x - state.most)};
    return Scaled{x, state.sum * std::exp(state.most - x) + 1};
  };
  const auto log = [](const Scaled& state, std::int64_t /*count*/) { return state.most + std::log(state.sum); };
  return for_type(NumberTypes{}, call.input(0).type(),
                  [&]<class T>() { return Tensors{reduce<T>(call, *reduction, Scaled{}, add, log)}; });
}

Tensors run_reduce_prod(const OperatorCall& call) {
  const std::optional<Reduction> reduction = reduction_of(call, false);
  if (!reduction) return {call.input(0)};
  return for_type(NumberTypes{}, call.input(0).type(), [&]<class T>() {
    const auto multiply = [](Sum<T> product, Wide<T> x) { return product * static_cast<Sum<T>>(x); };
    return Tensors{reduce<T>(call, *reduction, Sum<T>{1}, multiply, as_it_is)};
  });
}

Tensors run_reduce_max(const OperatorCall& call) {
  return reduce_to_one(call, true, [](auto a, auto b) { return larger(a, b); });
}

Tensors run_reduce_min(const OperatorCall& call) {
  return reduce_to_one(call, false, [](auto a, auto b) { return smaller(a, b); });
}

}  // namespace ohmloop
