#include "ohmloop/inference/operators/quantise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {

std::vector<std::int64_t> zero_points_of(const TensorData& tensor) {
  need(tensor.rank() <= 1, "zero points of the size {}", to_string(tensor.dims()));
  return for_type(TypeList<std::uint8_t, std::int8_t, std::int32_t>{}, tensor.type(), [&]<class Q>() {
    const auto values = tensor.values<Q>();
    return std::vector<std::int64_t>(values.begin(), values.end());
  });
}

Scales scales_of(const OperatorCall& call, std::size_t scale, std::size_t zero_point, std::int64_t channels) {
  Scales scales{.step = reals_of(call.input(scale)), .zero = {}};
  if (call.has(zero_point)) {
    scales.zero = zero_points_of(call.input(zero_point));
  } else {
    scales.zero.assign(scales.step.size(), 0);
  }
  for (const std::size_t count : {scales.step.size(), scales.zero.size()}) {
    need(count == 1 || static_cast<std::int64_t>(count) == channels, "{} scales or zero points for {} channels", count,
         channels);
  }
  return scales;
}

namespace {

using QuantisedTypes = TypeList<std::uint8_t, std::int8_t>;

/// Where the channels lie, if there is a scale for each; a single scale is one channel around everything.
AxisSplit channels_of(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const TensorData& scale = call.input(1);
  need(scale.rank() <= 1, "a scale of the size {}", to_string(scale.dims()));
  if (scale.size() == 1) return {1, 1, static_cast<std::int64_t>(x.size())};
  const AxisSplit split = split_at(x.dims(), front_axis(call.node.integer("axis", 1), x.rank()));
  need(split.length == static_cast<std::int64_t>(scale.size()), "{} scales for {} channels", scale.size(),
       split.length);
  return split;
}

/// Calls visit(element, channel) for every element.
template <class Visit>
void each_element(const AxisSplit& split, const Visit& visit) {
  std::int64_t at = 0;
  for (std::int64_t outer = 0; outer < split.outer; ++outer) {
    for (std::int64_t channel = 0; channel < split.length; ++channel) {
      for (std::int64_t inner = 0; inner < split.inner; ++inner) visit(at++, static_cast<std::size_t>(channel));
    }
  }
}

}  // namespace

Tensors run_quantize_linear(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const AxisSplit split = channels_of(call);
  const Scales scales = scales_of(call, 1, 2, split.length);
  TensorData y = make_output(call, call.has(2) ? call.input(2).type() : ElementType::uint8, x.dims());
  for_type(QuantisedTypes{}, y.type(), [&]<class Q>() {
    for_type(TypeList<float, std::int32_t>{}, x.type(), [&]<class T>() {
      const auto from = x.values<T>();
      const auto to = y.mutable_values<Q>();
      each_element(split, [&](std::int64_t i, std::size_t channel) {
        // In single precision, as the standard has it: which quotients lie half-way depends on it.
        const float quotient = static_cast<float>(from[i]) / static_cast<float>(scales.step_of(channel));
        to[i] = saturate<Q>(round_to_even(quotient), scales.zero_of(channel));
      });
    });
  });
  return {y};
}

Tensors run_dequantize_linear(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const AxisSplit split = channels_of(call);
  const Scales scales = scales_of(call, 1, 2, split.length);
  if (call.has(2)) need_same_type(x, call.input(2));
  TensorData y = make_output(call, ElementType::float32, x.dims());
  const auto to = y.mutable_values<float>();
  for_type(TypeList<std::uint8_t, std::int8_t, std::int32_t>{}, x.type(), [&]<class Q>() {
    const auto from = x.values<Q>();
    each_element(split, [&](std::int64_t i, std::size_t channel) {
      const auto difference = static_cast<double>(static_cast<std::int64_t>(from[i]) - scales.zero_of(channel));
      to[i] = static_cast<float>(difference * scales.step_of(channel));
    });
  });
  return {y};
}

Tensors run_dynamic_quantize_linear(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  need(x.type() == ElementType::float32, "elements of type {} are not supported", name_of(x.type()));
  const auto from = x.values<float>();
  // The range always holds 0, so that zero has a code of its own.
  float least = 0;
  float most = 0;
  for (const float value : from) {
    least = smaller(least, value);
    most = larger(most, value);
  }
  const float step = (most - least) / 255.0F;
  need(std::isfinite(step), "its values are not finite");
  const float zero = step == 0 ? 0 : std::clamp(round_to_even(0 - least / step), 0.0F, 255.0F);
  TensorData y = make_output(call, ElementType::uint8, x.dims());
  std::transform(from.begin(), from.end(), y.mutable_values<std::uint8_t>().begin(), [&](float value) {
    return saturate<std::uint8_t>(step == 0 ? 0 : round_to_even(value / step), static_cast<std::int64_t>(zero));
  });
  return {y, TensorData::of<float>({}, std::vector<float>{step}),
          TensorData::of<std::uint8_t>({}, std::vector<std::uint8_t>{static_cast<std::uint8_t>(zero)})};
}

}  // namespace ohmloop
