#include <algorithm>
#include <cmath>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

Dims list_dims(std::size_t size) { return {static_cast<std::int64_t>(size)}; }

TensorData float_list(const std::vector<double>& reals, Dims dims) {
  const std::vector<float> values(reals.begin(), reals.end());
  return TensorData::of<float>(std::move(dims), values);
}

}  // namespace

Tensors run_constant(const OperatorCall& call) {
  for (const NodeAttribute& attribute : call.node.attributes) {
    if (attribute.name == "value" && attribute.tensor) return {*attribute.tensor};
    if (attribute.name == "value_float" && attribute.real) return {float_list({*attribute.real}, {})};
    if (attribute.name == "value_floats") return {float_list(attribute.reals, list_dims(attribute.reals.size()))};
    if (attribute.name == "value_int" && attribute.integer) {
      return {TensorData::of<std::int64_t>({}, std::vector<std::int64_t>{*attribute.integer})};
    }
    if (attribute.name == "value_ints") {
      return {TensorData::of<std::int64_t>(list_dims(attribute.integers.size()), attribute.integers)};
    }
    if (attribute.name == "value_string") return {TensorData::of_strings({}, {attribute.text.value_or("")})};
    if (attribute.name == "value_strings") {
      return {TensorData::of_strings(list_dims(attribute.texts.size()), attribute.texts)};
    }
  }
  throw OperatorError("a constant needs a value");
}

Tensors run_constant_of_shape(const OperatorCall& call) {
  const NodeAttribute* value = call.node.attribute("value");
  const TensorData one = value != nullptr && value->tensor ? *value->tensor : TensorData();
  need(one.size() == 1, "its value has the size {}, must be a single element", to_string(one.dims()));
  TensorData result = make_output(call, one.type(), integers_of(call.input(0)));
  for_size(one.type(), [&]<class Element>() {
    std::fill_n(elements_of<Element>(result), result.size(), *elements_of<Element>(one));
  });
  return {result};
}

Tensors run_range(const OperatorCall& call) {
  const TensorData& start = call.input(0);
  for (std::size_t i = 0; i < 3; ++i) {
    need_same_type(start, call.input(i));
    need(call.input(i).size() == 1, "input {} must be a single number", i + 1);
  }
  using Types = TypeList<std::int64_t, std::int32_t, std::int16_t, float, double>;
  return for_type(Types{}, start.type(), [&]<class T>() {
    const T first = start.values<T>()[0];
    const T step = call.input(2).values<T>()[0];
    const double span = static_cast<double>(call.input(1).values<T>()[0]) - static_cast<double>(first);
    const double count = std::ceil(span / static_cast<double>(step));
    need(step != T{} && std::isfinite(count), "it has a step of 0, or bounds that are not finite");
    need(count <= 0x1p40, "it would give {:.3g} numbers", count);
    TensorData result = make_output(call, start.type(), {std::max<std::int64_t>(0, static_cast<std::int64_t>(count))});
    const auto values = result.mutable_values<T>();
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = wrapping_add(first, wrapping_multiply(static_cast<T>(i), step));
    }
    return Tensors{result};
  });
}

}  // namespace ohmloop
