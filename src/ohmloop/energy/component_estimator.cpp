#include "ohmloop/energy/component_estimator.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/energy/compound_estimate.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// Asks for every number of one primitive component.
class PrimitiveEstimate {
 public:
  PrimitiveEstimate(const Registry& registry, const ComponentClass& component_class, const ComponentInstance& instance,
                    Diagnostics& diagnostics, const std::set<std::string>& tables, EstimateBudget& budget)
      : registry_(registry),
        class_(component_class),
        instance_(instance),
        diagnostics_(diagnostics),
        tables_(tables),
        budget_(budget) {}

  ComponentEstimate run(const WantedActions& wanted) {
    result_.good = true;
    if (wanted.whatever_is_known) {
      for (const ActionSpec& action : class_.actions) add_every_case(action);
    }
    for (const WantedAction& action : wanted.actions) {
      add_wanted(action);
      // The other cases of the same action would fail alike, each with its own message.
      if (!result_.good && !action.arguments.empty()) break;
    }
    add_area();
    add_leakage();
    find_unread();
    return std::move(result_);
  }

 private:
  Choice choose(Query::Subject subject, const ActionSpec* action = nullptr,
                const ActionArguments* arguments = nullptr) {
    Choice choice = choose_estimate(registry_, class_, instance_.attributes, subject, action, tables_, arguments);
    if (!choice.estimate) return choice;
    for (const std::string& name : choice.used) {
      const auto attribute = instance_.attributes.find(name);
      const bool fitted = attribute != instance_.attributes.end() && attribute->second.fitted;
      choice.estimate->provenance.fitted = choice.estimate->provenance.fitted || fitted;
    }
    used_.insert(choice.used.begin(), choice.used.end());
    return choice;
  }

  /// Names that the class does not have are nobody's: nodes and compound components were checked before.
  void add_wanted(const WantedAction& wanted) {
    const ActionSpec* action = class_.action(wanted.name);
    if (action == nullptr) return;
    const std::optional<std::vector<ArgumentRange>> ranges = argument_ranges(*action, instance_, diagnostics_);
    if (!ranges || !check_arguments(wanted, *ranges, instance_.what, instance_.where, diagnostics_)) {
      result_.good = false;
      return;
    }
    read_by_ranges(*action);
    add_action(*action, wanted.arguments, true);
  }

  void add_every_case(const ActionSpec& action) {
    const std::optional<std::vector<ArgumentRange>> ranges = argument_ranges(action, instance_, diagnostics_);
    std::optional<std::vector<ActionArguments>> cases;
    if (ranges) cases = argument_combinations(*ranges, action.name, instance_.what, instance_.where, diagnostics_);
    if (!cases || !budget_.spend(cases->size(), instance_.what, instance_.where, diagnostics_)) {
      result_.good = false;
      return;
    }
    read_by_ranges(action);
    for (const ActionArguments& arguments : *cases) add_action(action, arguments, false);
  }

  void read_by_ranges(const ActionSpec& action) {
    for (const ActionArgumentSpec& spec : action.arguments) {
      if (!spec.high_attribute.empty()) used_.insert(spec.high_attribute);
    }
  }

  void add_action(const ActionSpec& action, const ActionArguments& arguments, bool required) {
    Choice choice = choose(Query::Subject::energy, &action, &arguments);
    if (!choice.estimate) {
      if (required) fail(action, arguments, choice);
      return;
    }
    Estimate& estimate = *choice.estimate;
    if (estimate.unknown) {
      warn(fmt::format("the energy of '{}' is unknown and counts as 0: {}", action.name,
                       estimate.provenance.derivation));
    }
    if (!estimate.warning.empty()) warn(estimate.warning);
    result_.actions.push_back({action.name, action.unit, estimate.value, std::move(estimate.provenance),
                               estimate.full_rate_hz, !estimate.unknown, arguments});
  }

  /// Cases of one action give the same warning: once is enough.
  void warn(std::string warning) {
    std::vector<std::string>& warnings = result_.warnings;
    if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(std::move(warning));
  }

  void fail(const ActionSpec& action, const ActionArguments& arguments, const Choice& choice) {
    result_.good = false;
    std::vector<std::string> notes = choice.rejections;
    if (notes.empty()) notes.emplace_back("no estimator knows this class");
    if (!registry_.selection().empty()) {
      const EstimatorSelection& selection = registry_.selection();
      notes.push_back(fmt::format("asked were only those selected: {}", fmt::join(selection, ", ")));
    }
    diagnostics_.error(fmt::format("nobody can estimate '{}'{}{} of {}: class {}, {}", action.name,
                                   arguments.empty() ? "" : " ", describe_arguments(arguments), instance_.what,
                                   class_.name, describe_attributes(class_, instance_.attributes)),
                       instance_.where, "change an attribute, or give a table that has it", std::move(notes));
  }

  void add_area() {
    if (class_.no_area) {
      result_.area_provenance.derivation = "class " + class_.name + " takes no area on the chip";
      return;
    }
    Choice choice = choose(Query::Subject::area);
    result_.area_known = choice.estimate.has_value() && !choice.estimate->unknown;
    if (choice.estimate) {
      result_.area_um2 = choice.estimate->value;
      result_.area_provenance = std::move(choice.estimate->provenance);
    } else {
      result_.area_provenance.derivation = "unknown, counts as 0";
    }
  }

  void add_leakage() {
    Choice choice = choose(Query::Subject::leakage);
    result_.leakage_known = choice.estimate.has_value() && !choice.estimate->unknown;
    if (choice.estimate) {
      result_.leakage_power_w = choice.estimate->value;
      result_.leakage_provenance = std::move(choice.estimate->provenance);
    } else {
      result_.leakage_provenance.derivation = "unknown, counts as 0";
    }
  }

  void find_unread() {
    for (const auto& [name, attribute] : instance_.attributes) {
      if (attribute.origin != AttributeOrigin::stated || name == "units" || used_.contains(name)) continue;
      result_.unread.push_back(name);
    }
  }

  const Registry& registry_;
  const ComponentClass& class_;
  const ComponentInstance& instance_;
  Diagnostics& diagnostics_;
  const std::set<std::string>& tables_;
  EstimateBudget& budget_;
  ComponentEstimate result_;
  std::set<std::string> used_;
};

std::string cache_key(const ComponentInstance& instance, const WantedActions& wanted) {
  std::string key = identity(instance.class_name, instance.attributes);
  key += wanted.whatever_is_known ? "|*" : "|";
  for (const WantedAction& action : wanted.actions) key += action.name + describe_arguments(action.arguments) + ",";
  return key;
}

bool check_pinned(const Registry& registry, const ComponentInstance& instance, Diagnostics& diagnostics) {
  const auto pinned = instance.attributes.find("from");
  if (pinned == instance.attributes.end()) return true;
  const std::vector<std::string> names = registry.names();
  const auto* name = std::get_if<std::string>(&pinned->second.value);
  if (name == nullptr || std::find(names.begin(), names.end(), *name) != names.end()) return true;
  diagnostics.error(fmt::format("no table or model '{}' for {}", *name, instance.what), pinned->second.where,
                    did_you_mean(*name, names), {"tables and models: " + list_names(names)});
  return false;
}

}  // namespace

const ActionEnergy* ComponentEstimate::find(std::string_view action, const ActionArguments& arguments) const {
  const auto found = std::find_if(actions.begin(), actions.end(), [&](const ActionEnergy& candidate) {
    return candidate.action == action && candidate.arguments == arguments;
  });
  return found == actions.end() ? nullptr : &*found;
}

const ComponentEstimate& ComponentEstimator::estimate(ComponentInstance instance, const WantedActions& wanted) {
  const std::string key = cache_key(instance, wanted);
  const auto known = known_.find(key);
  // What went wrong is told again, for every node.
  if (known != known_.end() && known->second.good) return known->second;
  ComponentEstimate result;
  if (budget_.exhausted()) return known_.insert_or_assign(key, std::move(result)).first->second;
  if (const CompoundClass* compound = compounds_.find(instance.class_name)) {
    result = estimate_compound(*compound, instance, wanted, *this);
  } else if (const ComponentClass* primitive = registry_.classes().find(instance.class_name)) {
    result = estimate_primitive(*primitive, instance, wanted);
  } else {
    report_unknown_class(instance, compounds_.known_classes(registry_.classes()), registry_.names(), diagnostics_);
  }
  return known_.insert_or_assign(key, std::move(result)).first->second;
}

ComponentEstimate ComponentEstimator::estimate_primitive(const ComponentClass& component_class,
                                                         ComponentInstance& instance, const WantedActions& wanted) {
  const bool pinned = check_pinned(registry_, instance, diagnostics_);
  if (!complete_attributes(component_class, instance, diagnostics_) || !pinned) return {};
  return PrimitiveEstimate(registry_, component_class, instance, diagnostics_, tables_, budget_).run(wanted);
}

}  // namespace ohmloop
