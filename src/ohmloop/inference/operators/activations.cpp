#include <cmath>
#include <numbers>

#include "ohmloop/inference/operators/broadcast_elements.hpp"
#include "ohmloop/inference/operators/map_elements.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// An attribute in single precision, as the file holds it: its default, too, is the nearest float.
float real(const OperatorCall& call, std::string_view name, float otherwise) {
  return static_cast<float>(call.node.real(name, otherwise));
}

}  // namespace

Tensors run_relu(const OperatorCall& call) {
  return map_elements(call, NumberTypes{}, []<class T>(T x) { return larger(x, T{}); });
}

Tensors run_leaky_relu(const OperatorCall& call) {
  const float alpha = real(call, "alpha", 0.01F);
  return map_elements(call, FloatTypes{}, [&]<class T>(T x) { return x < 0 ? static_cast<T>(alpha) * x : x; });
}

Tensors run_prelu(const OperatorCall& call) {
  const Dims& dims = call.input(0).dims();
  need(broadcast_dims(dims, call.input(1).dims()) == dims, "slopes of the size {} for an input of {}",
       to_string(call.input(1).dims()), to_string(dims));
  return broadcast_node(call, NumberTypes{},
                        [](auto x, auto slope) { return x < decltype(x){} ? wrapping_multiply(slope, x) : x; });
}

Tensors run_thresholded_relu(const OperatorCall& call) {
  const float alpha = real(call, "alpha", 1.0F);
  return map_elements(call, FloatTypes{}, [&]<class T>(T x) { return x <= static_cast<T>(alpha) ? T{} : x; });
}

Tensors run_elu(const OperatorCall& call) {
  const float alpha = real(call, "alpha", 1.0F);
  return map_elements(call, FloatTypes{},
                      [&]<class T>(T x) { return x < 0 ? static_cast<T>(alpha) * std::expm1(x) : x; });
}

Tensors run_celu(const OperatorCall& call) {
  const float alpha = real(call, "alpha", 1.0F);
  return map_elements(call, FloatTypes{}, [&]<class T>(T x) {
    return x < 0 ? static_cast<T>(alpha) * std::expm1(x / static_cast<T>(alpha)) : x;
  });
}

Tensors run_selu(const OperatorCall& call) {
  // The defaults of operator set 6 on.
  const float alpha = real(call, "alpha", 1.67326319217681884765625F);
  const float gamma = real(call, "gamma", 1.05070102214813232421875F);
  return map_elements(call, FloatTypes{}, [&]<class T>(T x) {
    return static_cast<T>(gamma) * (x <= 0 ? static_cast<T>(alpha) * std::expm1(x) : x);
  });
}

Tensors run_sigmoid(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, []<class T>(T x) { return 1 / (1 + std::exp(-x)); });
}

Tensors run_hard_sigmoid(const OperatorCall& call) {
  const float alpha = real(call, "alpha", 0.2F);
  const float beta = real(call, "beta", 0.5F);
  return map_elements(call, FloatTypes{}, [&]<class T>(T x) {
    return smaller(T{1}, larger(T{}, static_cast<T>(alpha) * x + static_cast<T>(beta)));
  });
}

Tensors run_hard_swish(const OperatorCall& call) {
  return map_elements(call, FloatTypes{},
                      []<class T>(T x) { return x * smaller(T{1}, larger(T{}, x / 6 + static_cast<T>(0.5))); });
}

Tensors run_tanh(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return std::tanh(x); });
}

Tensors run_softplus(const OperatorCall& call) {
  // ln(1 + e^x) without an intermediate overflow.
  return map_elements(call, FloatTypes{},
                      []<class T>(T x) { return larger(x, T{}) + std::log1p(std::exp(-std::abs(x))); });
}

Tensors run_softsign(const OperatorCall& call) {
  return map_elements(call, FloatTypes{}, [](auto x) { return x / (1 + std::abs(x)); });
}

Tensors run_gelu(const OperatorCall& call) {
  // Operator set 20 has it as an operator; exporters name their own function so before.
  const std::string_view approximate = call.node.text("approximate", "none");
  need(approximate == "none" || approximate == "tanh", "the approximation '{}' is not known: 'none' or 'tanh'",
       approximate);
  if (approximate == "tanh") {
    return map_elements(call, FloatTypes{}, []<class T>(T x) {
      const T root = std::sqrt(2 * std::numbers::inv_pi_v<T>);
      return x / 2 * (1 + std::tanh(root * (x + static_cast<T>(0.044715) * x * x * x)));
    });
  }
  return map_elements(call, FloatTypes{}, []<class T>(T x) { return x / 2 * (1 + std::erf(x / std::sqrt(T{2}))); });
}

Tensors run_clip(const OperatorCall& call) {
  const bool as_inputs = call.operator_set >= 11;
  return for_type(NumberTypes{}, call.input(0).type(), [&]<class T>() {
    const auto bound = [&](std::size_t input, std::string_view name) -> std::optional<Wide<T>> {
      if (!as_inputs) {
        const NodeAttribute* given = call.node.attribute(name);
        return given != nullptr && given->real ? std::optional(convert<Wide<T>>(*given->real)) : std::nullopt;
      }
      if (!call.has(input)) return std::nullopt;
      need_same_type(call.input(0), call.input(input));
      need(call.input(input).size() == 1, "its bound '{}' must be a single number", name);
      return widen(call.input(input).values<T>()[0]);
    };
    const std::optional<Wide<T>> lower = bound(1, "min");
    const std::optional<Wide<T>> upper = bound(2, "max");
    return map_elements(call, TypeList<T>{}, [&](Wide<T> x) {
      if (lower) x = larger(x, *lower);
      return upper ? smaller(x, *upper) : x;
    });
  });
}

}  // namespace ohmloop
