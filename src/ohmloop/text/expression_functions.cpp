#include "ohmloop/text/expression_functions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/text/unit.hpp"

namespace ohmloop {
namespace {

OperationFailure failure(std::string message, std::string label = {}) { return {std::move(message), std::move(label)}; }

/// The result, or an error where the arithmetic left the finite numbers.
OperationResult finite(double value, Dimension dimension) {
  if (!std::isfinite(value)) return failure("the result is too large for a number");
  return Value(Quantity{.value = value, .dimension = dimension});
}

/// "Whole" depends on the unit for lengths or energies, but not for things that are counted.
bool is_counted(Dimension dimension) {
  return dimension == dimension::none || dimension == dimension::bits || dimension == Dimension{.cycle = 1};
}

/// floor(a / b) without the rounding of the quotient.
double floor_divide(double a, double b) {
  const double remainder = std::fmod(a, b);
  const double quotient = std::round((a - remainder) / b);
  return remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient;
}

OperationResult divide(std::string_view symbol, const Quantity& left, const Quantity& right) {
  if (right.value == 0) return failure("division by zero");
  const std::optional<Dimension> dimension = multiply(left.dimension, right.dimension, -1);
  if (!dimension) return failure("the power of the unit is too large");
  if (symbol == "/") return finite(left.value / right.value, *dimension);
  if (!is_counted(*dimension)) {
    return failure(fmt::format("'//' gives a whole number, but {} has none", describe(*dimension)));
  }
  return finite(floor_divide(left.value, right.value), *dimension);
}

OperationResult raise(const Quantity& base, const Quantity& exponent) {
  if (exponent.dimension != dimension::none) {
    return failure(fmt::format("an exponent is a plain number, not {}", describe(exponent.dimension)));
  }
  if (base.value == 0 && exponent.value < 0) return failure("division by zero");
  const bool whole = exponent.value == std::floor(exponent.value);
  if (base.value < 0 && !whole) return failure("a negative number has no such power");
  if (base.dimension == dimension::none) return finite(std::pow(base.value, exponent.value), dimension::none);
  const bool small = whole && std::abs(exponent.value) <= max_dimension_exponent;
  const auto dimension = small ? multiply({}, base.dimension, static_cast<int>(exponent.value)) : std::nullopt;
  if (!dimension) return failure("a unit takes small whole powers only");
  return finite(std::pow(base.value, exponent.value), *dimension);
}

bool compare(std::string_view symbol, double left, double right) {
  if (symbol == "<") return left < right;
  if (symbol == "<=") return left <= right;
  if (symbol == ">") return left > right;
  if (symbol == ">=") return left >= right;
  return (left == right) == (symbol == "==");
}

OperationResult apply_to_quantities(std::string_view symbol, const Quantity& left, const Quantity& right) {
  if (symbol == "*") {
    const std::optional<Dimension> dimension = multiply(left.dimension, right.dimension);
    if (!dimension) return failure("the power of the unit is too large");
    return finite(left.value * right.value, *dimension);
  }
  if (symbol == "/" || symbol == "//") return divide(symbol, left, right);
  if (symbol == "**") return raise(left, right);
  if (left.dimension != right.dimension) {
    const std::string_view verb = symbol == "+" ? "add" : symbol == "-" ? "subtract" : "compare";
    return failure(fmt::format("cannot {} {} and {}", verb, to_string(left), to_string(right)),
                   "the units do not fit together");
  }
  if (symbol == "+") return finite(left.value + right.value, left.dimension);
  if (symbol == "-") return finite(left.value - right.value, left.dimension);
  return Value(compare(symbol, left.value, right.value));
}

OperationResult square_root(const Quantity& argument) {
  if (argument.value < 0) return failure("a negative number has no square root");
  Dimension half = argument.dimension;
  for (std::int8_t* exponent : {&half.bit, &half.second, &half.joule, &half.metre, &half.volt, &half.cycle}) {
    if (*exponent % 2 != 0) return failure(fmt::format("{} has no square root", to_string(argument)));
    *exponent = static_cast<std::int8_t>(*exponent / 2);
  }
  return finite(std::sqrt(argument.value), half);
}

OperationResult logarithm(std::string_view name, const Quantity& argument) {
  if (argument.dimension != dimension::none) {
    return failure(fmt::format("{} takes a plain number, not {}", name, to_string(argument)));
  }
  if (argument.value <= 0) return failure(fmt::format("{} takes a number above zero", name));
  const double result = name == "log2"    ? std::log2(argument.value)
                        : name == "log10" ? std::log10(argument.value)
                                          : std::log(argument.value);
  return finite(result, dimension::none);
}

/// The nearest whole number; of two equally near ones the even one.
double round_half_to_even(double value) {
  const double low = std::floor(value);
  if (value - low != 0.5) return std::round(value);
  return std::fmod(low, 2) == 0 ? low : low + 1;
}

OperationResult apply_to_one(std::string_view name, const Quantity& argument) {
  if (name == "abs") return finite(std::abs(argument.value), argument.dimension);
  if (name == "sqrt") return square_root(argument);
  if (name == "log2" || name == "log10" || name == "ln") return logarithm(name, argument);
  if (!is_counted(argument.dimension)) {
    return failure(fmt::format("{} takes a plain number, bits or cycles, not {}", name, to_string(argument)),
                   "divide by a unit first");
  }
  if (name == "ceil") return finite(std::ceil(argument.value), argument.dimension);
  if (name == "floor") return finite(std::floor(argument.value), argument.dimension);
  if (name == "trunc") return finite(std::trunc(argument.value), argument.dimension);
  if (name == "round_even") return finite(round_half_to_even(argument.value), argument.dimension);
  return finite(std::round(argument.value), argument.dimension);
}

OperationResult extreme(std::string_view name, std::span<const Value> arguments) {
  Quantity result = std::get<Quantity>(arguments.front());
  for (const Value& argument : arguments.subspan(1)) {
    const Quantity& other = std::get<Quantity>(argument);
    if (other.dimension != result.dimension) {
      return failure(fmt::format("{} cannot compare {} and {}", name, to_string(result), to_string(other)),
                     "the units do not fit together");
    }
    result.value = name == "min" ? std::min(result.value, other.value) : std::max(result.value, other.value);
  }
  return Value(result);
}

}  // namespace

OperationResult apply_operator(std::string_view symbol, const Value& left, const Value& right) {
  const auto* left_quantity = std::get_if<Quantity>(&left);
  const auto* right_quantity = std::get_if<Quantity>(&right);
  if (left_quantity != nullptr && right_quantity != nullptr) {
    return apply_to_quantities(symbol, *left_quantity, *right_quantity);
  }
  if ((symbol == "==" || symbol == "!=") && left.index() == right.index()) {
    return Value((left == right) == (symbol == "=="));
  }
  if (symbol == "==" || symbol == "!=") {
    return failure(fmt::format("cannot compare {} and {}", describe(left), describe(right)));
  }
  const Value& culprit = left_quantity == nullptr ? left : right;
  return failure(fmt::format("'{}' takes numbers, not {}", symbol, describe(culprit)));
}

OperationResult apply_function(std::string_view name, std::span<const Value> arguments) {
  const bool takes_many = name == "min" || name == "max";
  if (arguments.empty() || (arguments.size() > 1 && !takes_many)) {
    return failure(
        fmt::format("{} takes {}, not {}", name, takes_many ? "one or more values" : "one value", arguments.size()));
  }
  for (const Value& argument : arguments) {
    if (!std::holds_alternative<Quantity>(argument)) {
      return failure(fmt::format("{} takes numbers, not {}", name, describe(argument)));
    }
  }
  return takes_many ? extreme(name, arguments) : apply_to_one(name, std::get<Quantity>(arguments.front()));
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = {"ceil",  "floor",      "trunc", "log2", "log10", "ln",
                                                 "round", "round_even", "min",   "max",  "abs",   "sqrt"};
  return names;
}

bool is_function(std::string_view name) {
  const std::vector<std::string>& names = function_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string describe(const Value& value) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return to_string(*quantity);
  if (const auto* truth = std::get_if<bool>(&value)) return fmt::format("'{}'", *truth ? "true" : "false");
  return fmt::format("the word '{}'", std::get<std::string>(value));
}

}  // namespace ohmloop
