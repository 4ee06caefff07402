#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ohmloop/energy/action_arguments.hpp"
#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/energy/estimate_budget.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/expression.hpp"

namespace ohmloop {

/// What is known of one physical unit of a component.
struct ComponentEstimate {
  bool good = false;  ///< false: errors were reported
  std::vector<ActionEnergy> actions;
  double area_um2 = 0;
  bool area_known = true;
  Provenance area_provenance;
  double leakage_power_w = 0;
  bool leakage_known = true;
  Provenance leakage_provenance;
  std::vector<std::string> unread;    ///< stated attributes that none of the numbers depends on
  std::vector<std::string> warnings;  ///< "the energy of 'write' is unknown and counts as 0"

  /// The action with these arguments; without: its costliest case where that was asked for.
  [[nodiscard]] const ActionEnergy* find(std::string_view action, const ActionArguments& arguments = {}) const;
};

/// Which actions an estimate must have: those named, or all that are known of the class, with every combination of
/// their arguments' values.
struct WantedActions {
  bool whatever_is_known = false;
  std::set<WantedAction> actions = {};
};

/// Estimates components, primitive and compound ones. Equal components are estimated once.
class ComponentEstimator {
 public:
  /// `variables` are visible in the expressions of compound components; may be null. `tables` are those that the
  /// description names, `fitted_names` those of its variables that stand on a fitted constant.
  ComponentEstimator(const Registry& registry, const CompoundLibrary& compounds, Scope* variables,
                     Diagnostics& diagnostics, std::set<std::string> tables = {},
                     std::set<std::string> fitted_names = {})
      : registry_(registry),
        compounds_(compounds),
        variables_(variables),
        diagnostics_(diagnostics),
        tables_(std::move(tables)),
        fitted_names_(std::move(fitted_names)) {}

  /// Reports unknown classes, attributes and arguments, wanted actions that nobody can estimate, and more estimates
  /// than one description may ask for (EstimateBudget); after that nothing is estimated any more.
  const ComponentEstimate& estimate(ComponentInstance instance, const WantedActions& wanted);

  [[nodiscard]] const Registry& registry() const { return registry_; }
  [[nodiscard]] EstimateBudget& budget() { return budget_; }
  [[nodiscard]] Scope* variables() const { return variables_; }
  [[nodiscard]] const std::set<std::string>& fitted_names() const { return fitted_names_; }
  [[nodiscard]] Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  ComponentEstimate estimate_primitive(const ComponentClass& component_class, ComponentInstance& instance,
                                       const WantedActions& wanted);

  const Registry& registry_;
  const CompoundLibrary& compounds_;
  Scope* variables_;
  Diagnostics& diagnostics_;
  std::set<std::string> tables_;
  std::set<std::string> fitted_names_;
  std::map<std::string, ComponentEstimate> known_;
  EstimateBudget budget_;
};

}  // namespace ohmloop
