#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

Dims list_dims(std::size_t size) { return {static_cast<std::int64_t>(size)}; }

Tensor float_list(const std::vector<double>& reals, Dims dims) {
  const std::vector<float> values(reals.begin(), reals.end());
  return Tensor::of<float>(std::move(dims), values);
}

}  // namespace

Tensors run_constant(const OperatorCall& call) {
  for (const Attribute& attribute : call.node.attributes) {
    if (attribute.name == "value" && attribute.tensor) return {*attribute.tensor};
    if (attribute.name == "value_float" && attribute.real) return {float_list({*attribute.real}, {})};
    if (attribute.name == "value_floats") return {float_list(attribute.reals, list_dims(attribute.reals.size()))};
    if (attribute.name == "value_int" && attribute.integer) {
      return {Tensor::of<std::int64_t>({}, std::vector<std::int64_t>{*attribute.integer})};
    }
    if (attribute.name == "value_ints") {
      return {Tensor::of<std::int64_t>(list_dims(attribute.integers.size()), attribute.integers)};
    }
    if (attribute.name == "value_string") return {Tensor::of_strings({}, {attribute.text.value_or("")})};
    if (attribute.name == "value_strings") {
      return {Tensor::of_strings(list_dims(attribute.texts.size()), attribute.texts)};
    }
  }
  throw OperatorError("a constant needs a value");
}

}  // namespace ohmloop
