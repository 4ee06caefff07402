#pragma once

#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// The built-in estimators and those of `--estimator-program`, which answer within `--estimator-timeout`. Throws
/// InputError if one of the programs can't be used.
void register_estimators(const ParsedArguments& arguments, Registry& registry);

/// Restricts the choice to those of `--estimator`; none: no restriction. A table that a description brings along may be
/// among them, so that who reads the description checks the names (Registry::check_selection).
void select_estimators(const ParsedArguments& arguments, Registry& registry);

/// All that one of our own descriptions is estimated with: both of the above, and `unit`.
Registry chosen_estimators(const ParsedArguments& arguments);

/// The options of the functions above that say whom to ask: where they mean nothing, they are refused.
std::vector<const char*> estimator_option_names();

/// The words of an option, for reports.
std::vector<std::string> texts_of(const std::vector<ArgumentText>& words);

}  // namespace ohmloop
