#include <algorithm>
#include <charconv>
#include <cmath>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

/// As numpy writes numbers: the fewest digits that mean the same number.
template <class T>
std::string text_of(T value) {
  if constexpr (is_half<T>) {
    return text_of(to_float(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "True" : "False";
  } else {
    return fmt::format("{}", value);
  }
}

template <class T>
T number_in(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
  if (rest.starts_with('+')) rest.remove_prefix(1);
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    T whole = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), whole);
    if (error == std::errc() && end == rest.data() + rest.size()) return whole;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  need(error == std::errc() && end == rest.data() + rest.size(), "the text '{}' is no number", text);
  return convert<T>(value);
}

TensorData cast_to_strings(const OperatorCall& call, const TensorData& from) {
  check_output(call, ElementType::string, from.dims());
  std::vector<std::string> texts;
  for_type(NumberAndBoolTypes{}, from.type(), [&]<class T>() {
    for (const T value : from.values<T>()) texts.push_back(text_of(value));
  });
  return TensorData::of_strings(from.dims(), std::move(texts));
}

TensorData cast(const OperatorCall& call, const TensorData& from, ElementType type) {
  if (from.type() == type) return from;
  if (type == ElementType::string) return cast_to_strings(call, from);
  TensorData to = make_output(call, type, from.dims());
  for_type(NumberAndBoolTypes{}, type, [&]<class To>() {
    const auto target = to.mutable_values<To>();
    if (from.type() == ElementType::string) {
      std::transform(from.strings().begin(), from.strings().end(), target.begin(), number_in<To>);
      return;
    }
    for_type(NumberAndBoolTypes{}, from.type(), [&]<class From>() {
      const auto source = from.values<From>();
      std::transform(source.begin(), source.end(), target.begin(), [](From value) { return convert<To>(value); });
    });
  });
  return to;
}

}  // namespace

Tensors run_cast(const OperatorCall& call) {
  const std::int64_t code = call.node.integer("to", 0);
  const auto type = code > 0 && code < 1000 ? find_element_type(static_cast<std::int32_t>(code)) : std::nullopt;
  need(type.has_value(), "the element type {} is not supported", code);
  return {cast(call, call.input(0), *type)};
}

Tensors run_cast_like(const OperatorCall& call) { return {cast(call, call.input(0), call.input(1).type())}; }

}  // namespace ohmloop
