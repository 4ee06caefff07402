#include "ohmloop/energy/compound_estimate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/compound_actions.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/expression_names.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// The attributes that an instance gives, and behind them the description's variables. Remembers what was looked up.
class GivenScope final : public Scope {
 public:
  GivenScope(const AttributeMap& attributes, Scope* outer) : attributes_(attributes), outer_(outer) {}

  std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) override {
    const auto found = attributes_.find(name);
    if (found == attributes_.end()) return outer_ == nullptr ? std::nullopt : outer_->lookup(name, use, diagnostics);
    used_.insert(found->first);
    return found->second.value;
  }

  [[nodiscard]] std::vector<std::string> names() const override {
    std::vector<std::string> names = outer_ == nullptr ? std::vector<std::string>() : outer_->names();
    for (const auto& [name, attribute] : attributes_) names.push_back(name);
    return names;
  }

  [[nodiscard]] bool used(const std::string& name) const { return used_.contains(name); }

 private:
  const AttributeMap& attributes_;
  Scope* outer_;
  std::set<std::string> used_;
};

/// The compound's own expressions for attributes that the instance does not give.
YamlNode open_attributes(const CompoundClass& compound, const AttributeMap& given) {
  YamlNode map;
  map.kind = YamlNode::Kind::map;
  for (const YamlEntry& entry : compound.attributes) {
    if (!given.contains(entry.key) && !entry.value.is_null()) map.entries.push_back(entry);
  }
  return map;
}

/// Names in the compound's expressions that stand on a fitted constant of the description: a variable's, unless an
/// attribute of that name hides it, and attributes'.
std::set<std::string> fitted_names(const AttributeMap& given, const YamlNode& open, std::set<std::string> variables) {
  for (const auto& [name, attribute] : given) {
    if (attribute.fitted) {
      variables.insert(name);
    } else {
      variables.erase(name);
    }
  }
  return with_inner_dependents(std::move(variables), open.entries);
}

/// What any node may say: of its process and copies, and of a converter, whose bits decide slices and are checked
/// whatever its class makes of them.
bool is_common(const std::string& name) { return name == "technology" || name == "units" || name == "resolution"; }

class CompoundEstimator {
 public:
  CompoundEstimator(const CompoundClass& compound, const ComponentInstance& instance, const WantedActions& wanted,
                    ComponentEstimator& estimator)
      : compound_(compound),
        instance_(instance),
        wanted_(wanted),
        estimator_(estimator),
        diagnostics_(estimator.diagnostics()),
        given_(instance.attributes, estimator.variables()),
        expressions_(open_attributes(compound, instance.attributes)),
        scope_(expressions_, &given_, estimator.diagnostics()),
        fitted_(fitted_names(instance.attributes, expressions_, estimator.fitted_names())) {}

  ComponentEstimate run() {
    result_.good = check_attributes();
    if (!result_.good) return std::move(result_);
    const std::optional<std::vector<CompoundActionCases>> actions =
        evaluate_actions(compound_, wanted_, instance_, scope_, estimator_.budget(), diagnostics_);
    if (!actions) fail();
    add_own(compound_.area, FormulaKind::area, result_.area_um2, result_.area_provenance);
    add_own(compound_.leakage, FormulaKind::leakage, result_.leakage_power_w, result_.leakage_provenance);
    // Without parts and without a number of its own, nobody says anything.
    result_.area_known = compound_.area || !compound_.subcomponents.empty();
    result_.leakage_known = compound_.leakage || !compound_.subcomponents.empty();
    for (const Subcomponent& part : compound_.subcomponents) {
      add_part(part, actions ? *actions : std::vector<CompoundActionCases>());
    }
    if (!result_.good) return std::move(result_);
    for (const CompoundActionCases& action : *actions) add_action(action);
    describe_sums();
    for (const auto& [name, attribute] : instance_.attributes) {
      const bool stated = attribute.origin == AttributeOrigin::stated && !compound_.open;
      if (stated && !is_common(name) && !given_.used(name)) result_.unread.push_back(name);
    }
    return std::move(result_);
  }

 private:
  bool check_attributes() {
    bool good = true;
    std::vector<std::string> known = {"technology", "units"};
    for (const YamlEntry& entry : compound_.attributes) known.push_back(entry.key);
    for (const auto& [name, attribute] : instance_.attributes) {
      if (compound_.open || is_common(name) || compound_.attribute(name) != nullptr) continue;
      diagnostics_.error(
          fmt::format("unknown attribute '{}' in {} of class '{}'", name, instance_.what, compound_.name),
          place_of_name(attribute), did_you_mean(name, known),
          {"attributes of " + compound_.name + ": " + list_names(known)});
      good = false;
    }
    for (const YamlEntry& entry : compound_.attributes) {
      if (!entry.value.is_null() || instance_.attributes.contains(entry.key)) continue;
      diagnostics_.error(fmt::format("{} of class '{}' needs '{}'", instance_.what, compound_.name, entry.key),
                         instance_.where, fmt::format("add '{}: ...'", entry.key));
      good = false;
    }
    return good;
  }

  [[nodiscard]] const SourceSpan& place_of_name(const ComponentAttribute& attribute) const {
    if (!attribute.key_where.empty()) return attribute.key_where;
    return attribute.where.empty() ? instance_.where : attribute.where;
  }

  bool fail() {
    result_.good = false;
    return false;
  }

  /// Estimates a part with the actions that wanted actions of the compound ask of it.
  void add_part(const Subcomponent& part, const std::vector<CompoundActionCases>& actions) {
    const std::optional<double> count = plain_number(part.count, 1, compound_.name, scope_, diagnostics_);
    ComponentInstance inner;
    inner.class_name = part.class_name;
    inner.what = fmt::format("subcomponent '{}' of '{}'", part.name, compound_.name);
    inner.where = part.where;
    if (!fill_attributes(part, inner) || !count) {
      fail();
      return;
    }
    const ComponentEstimate& estimate = estimator_.estimate(std::move(inner), wanted_of(part, actions));
    if (!estimate.good) fail();
    add_sums(part, estimate, *count);
    parts_[part.name] = &estimate;
  }

  static WantedActions wanted_of(const Subcomponent& part, const std::vector<CompoundActionCases>& actions) {
    WantedActions wanted;
    for (const CompoundActionCases& action : actions) {
      for (const CompoundActionCase& each : action.cases) {
        for (const CompoundStepCase& step : each.steps) {
          if (step.component == part.name) wanted.actions.insert(step.action);
        }
      }
    }
    return wanted;
  }

  bool fill_attributes(const Subcomponent& part, ComponentInstance& inner) {
    bool good = true;
    for (const YamlEntry& entry : part.attributes) {
      std::optional<Value> value;
      if (entry.key == "units") {
        diagnostics_.error(fmt::format("'units' is an attribute of nodes, not of {}", inner.what), entry.key_span,
                           "write 'count'");
        good = false;
      }
      if (entry.value.is_scalar()) value = evaluate(entry.value, scope_, diagnostics_);
      if (!entry.value.is_scalar()) {
        diagnostics_.error(fmt::format("'{}' of {} must be a value", entry.key, inner.what), entry.value.span,
                           "this is " + kind_name(entry.value));
      }
      good = good && value.has_value();
      const AttributeOrigin origin = compound_.open ? AttributeOrigin::derived : AttributeOrigin::stated;
      if (value) {
        inner.attributes[entry.key] = {*value, entry.value.span, origin, entry.key_span, is_fitted(entry.value)};
      }
    }
    const auto technology = instance_.attributes.find("technology");
    if (technology != instance_.attributes.end() && !inner.attributes.contains("technology")) {
      inner.attributes["technology"] = {technology->second.value, technology->second.where, AttributeOrigin::derived};
    }
    return good;
  }

  void add_own(const std::optional<YamlNode>& expression, FormulaKind kind, double& sum, Provenance& provenance) {
    if (!expression) return;
    const std::optional<FormulaValue> own = evaluate_formula(*expression, kind, scope_, diagnostics_);
    if (!own) {
      fail();
      return;
    }
    sum += own->value;
    append(provenance, own_provenance(*expression), own->derivation);
  }

  [[nodiscard]] bool is_fitted(const YamlNode& expression) const {
    const std::vector<std::string> names = names_in(expression);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return fitted_.contains(name); });
  }

  [[nodiscard]] Provenance own_provenance(const YamlNode& expression) const {
    std::string source = compound_.source.empty() ? "the description itself" : compound_.source;
    if (compound_.accuracy_percent) source += fmt::format(" (accuracy {:g}%)", *compound_.accuracy_percent);
    return {"", std::move(source), "", is_fitted(expression)};
  }

  void add_sums(const Subcomponent& part, const ComponentEstimate& estimate, double count) {
    result_.area_um2 += count * estimate.area_um2;
    result_.area_known = result_.area_known && estimate.area_known;
    result_.leakage_power_w += count * estimate.leakage_power_w;
    result_.leakage_known = result_.leakage_known && estimate.leakage_known;
    const auto term = [&](double value, const char* unit) {
      return fmt::format("{:g} x {} {:.4g} {}", count, part.name, value, unit);
    };
    append(result_.area_provenance, estimate.area_provenance, term(estimate.area_um2, "um2"));
    append(result_.leakage_provenance, estimate.leakage_provenance, term(estimate.leakage_power_w, "W"));
    for (const std::string& warning : estimate.warnings) {
      result_.warnings.push_back(fmt::format("subcomponent '{}': {}", part.name, warning));
    }
    for (const std::string& name : estimate.unread) {
      result_.warnings.push_back(
          fmt::format("attribute '{}' of subcomponent '{}' of '{}' has no influence", name, part.name, compound_.name));
    }
  }

  static void append(Provenance& whole, const Provenance& part, const std::string& term) {
    whole.derivation += (whole.derivation.empty() ? "" : " + ") + term;
    whole.fitted = whole.fitted || part.fitted;
    if (part.source.empty() || whole.source.find(part.source) != std::string::npos) return;
    whole.source += (whole.source.empty() ? "" : "; ") + part.source;
  }

  void add_action(const CompoundActionCases& action) {
    std::vector<ActionEnergy> sums;
    for (const CompoundActionCase& each : action.cases) sums.push_back(sum_of(*action.action, each));
    if (!action.costliest) {
      for (ActionEnergy& sum : sums) result_.actions.push_back(std::move(sum));
      return;
    }
    const auto less = [](const ActionEnergy& a, const ActionEnergy& b) { return a.energy_pj < b.energy_pj; };
    ActionEnergy costliest = *std::max_element(sums.begin(), sums.end(), less);
    costliest.provenance.derivation +=
        fmt::format("; the costliest of {} cases: {}", sums.size(), describe_arguments(costliest.arguments));
    costliest.arguments.clear();
    result_.actions.push_back(std::move(costliest));
  }

  ActionEnergy sum_of(const CompoundAction& action, const CompoundActionCase& one) {
    const bool access = action.name == "read" || action.name == "write";
    ActionEnergy sum;
    sum.action = action.name;
    sum.arguments = one.arguments;
    sum.unit = action.unit.value_or(access ? ActionUnit::access : ActionUnit::value);
    if (one.energy) {
      sum.energy_pj = one.energy->value;
      append(sum.provenance, own_provenance(*action.energy), one.energy->derivation);
    }
    for (const CompoundStepCase& step : one.steps) {
      const auto part = parts_.find(step.component);
      const ActionEnergy* energy =
          part == parts_.end() ? nullptr : part->second->find(step.action.name, step.action.arguments);
      if (energy == nullptr) {
        fail();
        continue;
      }
      add_step(sum, step, *energy);
    }
    sum.provenance.estimator = title();
    return sum;
  }

  static void add_step(ActionEnergy& sum, const CompoundStepCase& step, const ActionEnergy& energy) {
    sum.energy_pj += step.instances * step.repeat * energy.energy_pj;
    sum.known = sum.known && energy.known;
    const std::string instances = step.instances == 1 ? "" : fmt::format("{:g} x ", step.instances);
    append(sum.provenance, energy.provenance,
           fmt::format("{}{:g} x {}.{}{} {:.4g} pJ", instances, step.repeat, step.component, step.action.name,
                       describe_arguments(step.action.arguments), energy.energy_pj));
    limit_rate(sum, energy, step.repeat);
  }

  /// The slowest part sets the pace.
  static void limit_rate(ActionEnergy& sum, const ActionEnergy& step, double repeat) {
    if (step.full_rate_hz <= 0 || repeat <= 0) return;
    const double rate = step.full_rate_hz / repeat;
    sum.full_rate_hz = sum.full_rate_hz > 0 ? std::min(sum.full_rate_hz, rate) : rate;
  }

  [[nodiscard]] std::string title() const {
    return (compound_.subcomponents.empty() ? "formula " : "compound ") + compound_.name;
  }

  void describe_sums() {
    result_.area_provenance.estimator = title();
    result_.leakage_provenance.estimator = title();
  }

  const CompoundClass& compound_;
  const ComponentInstance& instance_;
  const WantedActions& wanted_;
  ComponentEstimator& estimator_;
  Diagnostics& diagnostics_;
  GivenScope given_;
  YamlNode expressions_;
  VariableScope scope_;
  std::set<std::string> fitted_;
  ComponentEstimate result_;
  std::map<std::string, const ComponentEstimate*> parts_;
};

}  // namespace

ComponentEstimate estimate_compound(const CompoundClass& compound, const ComponentInstance& instance,
                                    const WantedActions& wanted, ComponentEstimator& estimator) {
  return CompoundEstimator(compound, instance, wanted, estimator).run();
}

}  // namespace ohmloop
