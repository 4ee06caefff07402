#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {

/// What --objective asks for; throws InputError at its place.
Objective objective_of(const ParsedArguments& arguments);

/// What --budget asks for, "10s" or "500 ms"; nothing if it isn't given. Throws InputError: no time, or none above 0.
std::optional<std::chrono::duration<double>> budget_of(const ParsedArguments& arguments);

/// True once the user has pressed Ctrl-C or the budget, counted from now, is spent.
std::function<bool()> stop_of(const ParsedArguments& arguments);

}  // namespace ohmloop
