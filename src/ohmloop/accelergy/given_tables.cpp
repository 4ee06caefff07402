#include "ohmloop/accelergy/given_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/energy/instance_names.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// A number that the file must hold; `what` starts the message.
std::optional<double> number_of(const YamlNode* node, const SourceSpan& where, std::string_view what,
                                Diagnostics& diagnostics) {
  if (node == nullptr) {
    diagnostics.error(fmt::format("{} is missing", what), where);
    return std::nullopt;
  }
  EmptyScope nothing;
  const std::optional<Value> value = evaluate_field(*node, FieldDialect::v04, nothing, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  if (quantity != nullptr && quantity->dimension == dimension::none && quantity->value >= 0) return quantity->value;
  diagnostics.error(fmt::format("{} must be a plain number that is not negative", what), node->span);
  return std::nullopt;
}

const std::vector<YamlNode>& tables_of(const YamlNode& file, std::string_view what, Diagnostics& diagnostics) {
  static const std::vector<YamlNode> none;
  if (file.is_map()) report_unknown_keys(file, {"version", "tables"}, what, diagnostics);
  const YamlNode* tables = file.find("tables");
  if (tables != nullptr && tables->is_sequence()) return tables->items;
  diagnostics.error(fmt::format("{} needs a list of 'tables'", what), file.span);
  return none;
}

std::string name_of(const YamlNode& table, Diagnostics& diagnostics) {
  const YamlNode* name = table.find("name");
  if (name != nullptr && name->is_scalar() && !name->scalar.empty()) return name->scalar;
  diagnostics.error("a table needs the 'name' of its component", table.span);
  return {};
}

/// Timeloop writes how long an action takes beside its arguments.
bool is_duration(std::string_view name) { return name == "global_cycle_seconds" || name == "action_latency_cycles"; }

ActionArguments arguments_of(const YamlNode& action, Diagnostics& diagnostics) {
  ActionArguments arguments;
  const YamlNode* given = action.find("arguments");
  if (given == nullptr || given->is_null()) return arguments;
  if (!given->is_map()) {
    diagnostics.error(fmt::format("expected a map of arguments, found {}", kind_name(*given)), given->span);
    return arguments;
  }
  for (const YamlEntry& entry : given->entries) {
    if (is_duration(entry.key)) continue;
    const auto value = number_of(&entry.value, entry.key_span, fmt::format("argument '{}'", entry.key), diagnostics);
    if (!value) continue;
    if (*value != std::floor(*value)) {
      diagnostics.error(fmt::format("argument '{}' must be a whole number", entry.key), entry.value.span);
    }
    arguments[entry.key] = *value;
  }
  return arguments;
}

/// Repeats what the tables say; every component of theirs has a class of its own.
class GivenEstimator final : public Estimator {
 public:
  void add(std::string class_name, const GivenComponent& component) {
    by_class_.emplace(std::move(class_name), component);
  }

  [[nodiscard]] std::string name() const override { return "as_given"; }
  [[nodiscard]] std::string title() const override { return "reference table, as given"; }
  [[nodiscard]] std::vector<std::string> classes() const override {
    std::vector<std::string> names;
    names.reserve(by_class_.size());
    for (const auto& [name, component] : by_class_) names.push_back(name);
    return names;
  }
  [[nodiscard]] bool knows(const ComponentClass& component_class) const override {
    return by_class_.contains(component_class.name);
  }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    const GivenComponent& component = by_class_.find(query.component_class().name)->second;
    // The file has the last word, whatever the attributes are.
    for (const auto& [name, attribute] : query.attributes()) static_cast<void>(query.value(name));
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    if (query.subject() == Query::Subject::area) {
      if (!component.area_um2) return Rejection{"says nothing of the area"};
      return answer(*component.area_um2, component.area_where);
    }
    const GivenEnergy* costliest = nullptr;
    for (const GivenEnergy& energy : component.energies) {
      if (energy.action != query.action()->name) continue;
      if (energy.arguments == query.arguments()) return answer(energy.energy_pj, energy.where);
      if (costliest == nullptr || energy.energy_pj > costliest->energy_pj) costliest = &energy;
    }
    if (costliest == nullptr || !query.arguments().empty()) return Rejection{"has no entry for these arguments"};
    return answer(costliest->energy_pj, costliest->where);
  }

 private:
  static Answer answer(double value, const SourceSpan& where) {
    Estimate estimate;
    estimate.value = value;
    estimate.accuracy_percent = 100;
    estimate.provenance = {"as given", to_string(where), {}, false};
    return estimate;
  }

  std::map<std::string, GivenComponent, std::less<>> by_class_;
};

/// The actions of the entries, with the ranges that their arguments cover.
std::vector<ActionSpec> actions_of(const GivenComponent& component) {
  std::vector<ActionSpec> actions;
  for (const GivenEnergy& energy : component.energies) {
    auto action = std::find_if(actions.begin(), actions.end(),
                               [&](const ActionSpec& each) { return each.name == energy.action; });
    if (action == actions.end()) action = actions.insert(actions.end(), ActionSpec{.name = energy.action});
    for (const auto& [name, value] : energy.arguments) {
      auto argument = std::find_if(action->arguments.begin(), action->arguments.end(),
                                   [&, &wanted = name](const ActionArgumentSpec& each) { return each.name == wanted; });
      if (argument == action->arguments.end()) {
        action->arguments.push_back({.name = name, .low = value, .high = value});
      } else {
        argument->low = std::min(argument->low, value);
        argument->high = std::max(argument->high, value);
      }
    }
  }
  return actions;
}

double instances_in(const std::string& name) {
  double copies = 1;
  for (const InstanceName::Range& range : parse_instance_name(name).ranges) {
    copies *= static_cast<double>(range.last - range.first + 1);
  }
  return copies;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  name.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  while (true) {
    const std::size_t next = pattern.find('*');
    if (next == std::string_view::npos) return name.ends_with(pattern);
    const std::size_t found = name.find(pattern.substr(0, next));
    if (found == std::string_view::npos) return false;
    name.remove_prefix(found + next);
    pattern.remove_prefix(next + 1);
  }
}

GivenComponent& GivenTables::component(const std::string& name, const SourceSpan& where) {
  const auto [place, is_new] = places_.try_emplace(parse_instance_name(name).base, components_.size());
  if (is_new) components_.push_back({.name = name, .energies = {}, .area_um2 = {}, .where = where, .area_where = {}});
  GivenComponent& found = components_[place->second];
  // An ART may leave the range out that the ERT has.
  if (name.size() > found.name.size()) found.name = name;
  return found;
}

void GivenTables::add_energies(const YamlNode& ert, Diagnostics& diagnostics) {
  for (const YamlNode& table : tables_of(ert, "'ERT'", diagnostics)) {
    const std::string name = name_of(table, diagnostics);
    if (name.empty()) continue;
    report_unknown_keys(table, {"name", "actions"}, fmt::format("the table of '{}'", name), diagnostics);
    GivenComponent& given = component(name, table.find("name")->span);
    const YamlNode* actions = table.find("actions");
    if (actions == nullptr || !actions->is_sequence()) {
      diagnostics.error(fmt::format("the table of '{}' needs a list of 'actions'", name), table.span);
      continue;
    }
    std::set<std::pair<std::string, ActionArguments>> seen;
    for (const YamlNode& item : actions->items) {
      const YamlNode* action = item.find("name");
      if (action == nullptr || !action->is_scalar()) {
        diagnostics.error(fmt::format("an action of '{}' needs a 'name'", name), item.span);
        continue;
      }
      GivenEnergy energy{action->scalar, arguments_of(item, diagnostics), 0, action->span};
      const auto value = number_of(item.find("energy"), action->span, "'energy'", diagnostics);
      energy.energy_pj = value.value_or(0);
      if (!seen.emplace(energy.action, energy.arguments).second) {
        diagnostics.error(fmt::format("'{}' of '{}' stands twice with the same arguments", energy.action, name),
                          action->span);
      }
      given.energies.push_back(std::move(energy));
    }
  }
}

void GivenTables::add_areas(const YamlNode& art, Diagnostics& diagnostics) {
  for (const YamlNode& table : tables_of(art, "'ART'", diagnostics)) {
    const std::string name = name_of(table, diagnostics);
    if (name.empty()) continue;
    report_unknown_keys(table, {"name", "area"}, fmt::format("the area of '{}'", name), diagnostics);
    GivenComponent& given = component(name, table.find("name")->span);
    if (given.area_um2) {
      diagnostics.error(fmt::format("the area of '{}' stands twice", name), table.find("name")->span, {},
                        {"the other one is at " + to_string(given.area_where)});
    }
    given.area_um2 = number_of(table.find("area"), table.span, "'area'", diagnostics);
    given.area_where = table.find("name")->span;
  }
}

void use_given_tables(const GivenTables& tables, SystemDescription& system, Registry& registry,
                      Diagnostics& diagnostics) {
  if (tables.empty()) return;
  auto estimator = std::make_unique<GivenEstimator>();
  std::set<std::string> done;
  std::map<std::string, int> counted;
  const auto give = [&](SystemComponent& component, const GivenComponent& given) {
    if (!done.insert(component.name).second) return;
    const std::string kind =
        component.component.class_name + (component.component.class_name.empty() ? "" : " ") + "as given";
    const int number = ++counted[kind];
    const std::string class_name = number == 1 ? kind : fmt::format("{} #{}", kind, number);
    ComponentClass own{.name = class_name, .actions = actions_of(given), .scales = false, .open = true};
    registry.classes().add(std::move(own));
    estimator->add(class_name, given);
    component.component.class_name = class_name;
  };
  const bool alone = system.components.empty();
  std::vector<std::string> names;
  names.reserve(system.components.size());
  for (const SystemComponent& component : system.components) names.push_back(component.name);
  const InstanceIndex index(names);
  for (const GivenComponent& given : tables.components()) {
    const bool is_pattern = given.name.find('*') != std::string::npos;
    if (alone && !is_pattern) {
      SystemComponent component{.name = given.name, .component = {}, .copies = instances_in(given.name)};
      component.component.what = fmt::format("component '{}'", given.name);
      component.component.where = given.where;
      give(component, given);
      system.components.push_back(std::move(component));
      continue;
    }
    bool used = false;
    for (std::size_t i = 0; is_pattern && i < names.size(); ++i) {
      if (!matches_pattern(given.name, names[i])) continue;
      give(system.components[i], given);
      used = true;
    }
    const auto place = is_pattern ? std::nullopt : index.find(given.name);
    if (place) give(system.components[*place], given);
    if (place || used) continue;
    diagnostics.error(fmt::format("the reference tables name '{}', which the architecture does not have", given.name),
                      given.where, did_you_mean(given.name, names), {"components: " + list_names(names)});
  }
  registry.add(std::move(estimator));
}

}  // namespace ohmloop
