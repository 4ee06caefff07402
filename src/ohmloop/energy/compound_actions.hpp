#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/component_estimator.hpp"
#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/energy/compound_formula.hpp"

namespace ohmloop {

/// A step under one choice of its action's arguments.
struct CompoundStepCase {
  std::string component;
  WantedAction action;  ///< of the part, with the values of its arguments
  double instances = 1;
  double repeat = 1;
};

struct CompoundActionCase {
  ActionArguments arguments;
  std::vector<CompoundStepCase> steps;
  std::optional<FormulaValue> energy = {};  ///< of the action itself
};

/// What is to be known of one action: each case, or the costliest of them.
struct CompoundActionCases {
  const CompoundAction* action = nullptr;
  bool costliest = false;  ///< the cases are all combinations, and only the costliest counts
  std::vector<CompoundActionCase> cases;
};

/// A plain number >= 0; `otherwise` where there is no expression, nothing after an error.
std::optional<double> plain_number(const std::optional<YamlNode>& expression, double otherwise,
                                   const std::string& compound, Scope& scope, Diagnostics& diagnostics);

/// Evaluates the steps of the wanted actions: instances, repeats and arguments are expressions over `scope` (attributes
/// of the compound) and the action's arguments. Reports arguments that are unknown, missing or out of range, and more
/// than max_argument_combinations or than the budget has. Nothing after an error.
std::optional<std::vector<CompoundActionCases>> evaluate_actions(const CompoundClass& compound,
                                                                 const WantedActions& wanted,
                                                                 const ComponentInstance& instance, Scope& scope,
                                                                 EstimateBudget& budget, Diagnostics& diagnostics);

}  // namespace ohmloop
