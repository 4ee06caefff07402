#include "ohmloop/energy/compound_actions.hpp"

#include <cmath>

#include <fmt/format.h>

#include "ohmloop/text/expression.hpp"

namespace ohmloop {
namespace {

/// An action's arguments, and behind them the compound's attributes.
class ArgumentScope final : public Scope {
 public:
  ArgumentScope(const ActionArguments& arguments, Scope& outer) : arguments_(arguments), outer_(outer) {}

  std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) override {
    const auto found = arguments_.find(name);
    if (found == arguments_.end()) return outer_.lookup(name, use, diagnostics);
    return Quantity{found->second, dimension::none};
  }

  [[nodiscard]] std::vector<std::string> names() const override {
    std::vector<std::string> names = outer_.names();
    for (const auto& [name, value] : arguments_) names.push_back(name);
    return names;
  }

 private:
  const ActionArguments& arguments_;
  Scope& outer_;
};

class ActionEvaluator {
 public:
  ActionEvaluator(const CompoundClass& compound, const ComponentInstance& instance, Scope& scope,
                  EstimateBudget& budget, Diagnostics& diagnostics)
      : compound_(compound), instance_(instance), scope_(scope), budget_(budget), diagnostics_(diagnostics) {}

  std::optional<std::vector<CompoundActionCases>> run(const WantedActions& wanted) {
    for (const CompoundAction& action : compound_.actions) {
      if (wanted.whatever_is_known) add_all(action, false);
      for (const WantedAction& each : wanted.actions) {
        if (each.name == action.name) add_wanted(action, each);
      }
    }
    if (!good_) return std::nullopt;
    return std::move(result_);
  }

 private:
  void add_wanted(const CompoundAction& action, const WantedAction& wanted) {
    if (wanted.arguments.empty()) return add_all(action, true);
    const std::optional<std::vector<ArgumentRange>> ranges = ranges_of(action);
    if (!ranges || !check_arguments(wanted, *ranges, instance_.what, instance_.where, diagnostics_) ||
        !spend(action, 1)) {
      good_ = false;
      return;
    }
    CompoundActionCases cases{&action, false, {}};
    add_case(action, wanted.arguments, cases);
    result_.push_back(std::move(cases));
  }

  void add_all(const CompoundAction& action, bool costliest) {
    const std::optional<std::vector<ArgumentRange>> ranges = ranges_of(action);
    std::optional<std::vector<ActionArguments>> all;
    if (ranges) all = argument_combinations(*ranges, action.name, instance_.what, action.where, diagnostics_);
    if (!all || !spend(action, all->size())) {
      good_ = false;
      return;
    }
    CompoundActionCases cases{&action, costliest && all->size() > 1, {}};
    for (const ActionArguments& arguments : *all) {
      add_case(action, arguments, cases);
      if (!good_) return;  // every further combination would say the same
    }
    result_.push_back(std::move(cases));
  }

  /// Every step of every case asks for a number of a part.
  bool spend(const CompoundAction& action, std::size_t cases) {
    return budget_.spend(cases * (action.steps.size() + 1), instance_.what, action.where, diagnostics_);
  }

  std::optional<std::vector<ArgumentRange>> ranges_of(const CompoundAction& action) {
    std::vector<ArgumentRange> ranges;
    bool good = true;
    for (const CompoundArgument& argument : action.arguments) {
      const std::optional<double> low = bound(argument.low);
      const std::optional<double> high = bound(argument.high);
      good = good && low && high;
      if (low && high && *high < *low) {
        diagnostics_.error(fmt::format("argument '{}' of action '{}' of '{}' has no value", argument.name, action.name,
                                       compound_.name),
                           argument.where, fmt::format("its values go from {:g} to {:g}", *low, *high));
        good = false;
      }
      if (good) ranges.push_back({argument.name, *low, *high});
    }
    return good ? std::optional(std::move(ranges)) : std::nullopt;
  }

  std::optional<double> bound(const YamlNode& expression) {
    return whole(expression, evaluate(expression, scope_, diagnostics_));
  }

  std::optional<double> whole(const YamlNode& expression, const std::optional<Value>& value) {
    if (!value) return std::nullopt;
    const auto* quantity = std::get_if<Quantity>(&*value);
    const bool plain = quantity != nullptr && quantity->dimension == dimension::none;
    if (plain && quantity->value == std::floor(quantity->value)) return quantity->value;
    diagnostics_.error(fmt::format("expected a whole number for an argument in '{}'", compound_.name), expression.span,
                       "this is " + to_string(*value));
    return std::nullopt;
  }

  void add_case(const CompoundAction& action, const ActionArguments& arguments, CompoundActionCases& cases) {
    ArgumentScope scope(arguments, scope_);
    CompoundActionCase one{arguments, {}};
    if (action.energy) {
      one.energy = evaluate_formula(*action.energy, FormulaKind::energy, scope, diagnostics_);
      good_ = good_ && one.energy.has_value();
    }
    for (const CompoundStep& step : action.steps) {
      CompoundStepCase evaluated;
      evaluated.component = step.component;
      evaluated.action = {step.action, {}, step.where};
      const auto instances = plain_number(step.instances, 1, compound_.name, scope, diagnostics_);
      const auto repeat = plain_number(step.repeat, 1, compound_.name, scope, diagnostics_);
      const bool known = add_arguments(step, scope, evaluated.action);
      good_ = good_ && instances && repeat && known;
      evaluated.instances = instances.value_or(1);
      evaluated.repeat = repeat.value_or(1);
      one.steps.push_back(std::move(evaluated));
    }
    cases.cases.push_back(std::move(one));
  }

  bool add_arguments(const CompoundStep& step, Scope& scope, WantedAction& action) {
    bool good = true;
    for (const YamlEntry& entry : step.arguments) {
      if (!entry.value.is_scalar()) {
        diagnostics_.error(fmt::format("argument '{}' must be a value", entry.key), entry.key_span,
                           "this is " + kind_name(entry.value));
        good = false;
        continue;
      }
      const std::optional<double> value = whole(entry.value, evaluate(entry.value, scope, diagnostics_));
      if (value) action.arguments[entry.key] = *value;
      good = good && value.has_value();
    }
    if (!step.arguments.empty()) action.where = step.arguments.front().key_span;
    return good;
  }

  const CompoundClass& compound_;
  const ComponentInstance& instance_;
  Scope& scope_;
  EstimateBudget& budget_;
  Diagnostics& diagnostics_;
  std::vector<CompoundActionCases> result_;
  bool good_ = true;
};

}  // namespace

std::optional<double> plain_number(const std::optional<YamlNode>& expression, double otherwise,
                                   const std::string& compound, Scope& scope, Diagnostics& diagnostics) {
  if (!expression) return otherwise;
  const std::optional<Value> value = evaluate(*expression, scope, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  if (quantity != nullptr && quantity->dimension == dimension::none && quantity->value >= 0) return quantity->value;
  diagnostics.error(fmt::format("expected a plain number >= 0 in '{}'", compound), expression->span,
                    "this is " + to_string(*value));
  return std::nullopt;
}

std::optional<std::vector<CompoundActionCases>> evaluate_actions(const CompoundClass& compound,
                                                                 const WantedActions& wanted,
                                                                 const ComponentInstance& instance, Scope& scope,
                                                                 EstimateBudget& budget, Diagnostics& diagnostics) {
  return ActionEvaluator(compound, instance, scope, budget, diagnostics).run(wanted);
}

}  // namespace ohmloop
