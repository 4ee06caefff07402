#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

/// Why an operation has no result: "cannot add a length to an energy".
struct OperationFailure {
  std::string message;
  std::string label;
};

using OperationResult = std::variant<Value, OperationFailure>;

/// + - * / // ** and the comparisons.
OperationResult apply_operator(std::string_view symbol, const Value& left, const Value& right);

/// ceil floor trunc round round_even abs sqrt log2 log10 ln of one argument, min max of one or more. `round` takes
/// halves away from zero, `round_even` to the even neighbour.
OperationResult apply_function(std::string_view name, std::span<const Value> arguments);

bool is_function(std::string_view name);
const std::vector<std::string>& function_names();

/// "a length", "a plain number", "true or false", "the text 'abc'": for messages.
std::string describe(const Value& value);

}  // namespace ohmloop
