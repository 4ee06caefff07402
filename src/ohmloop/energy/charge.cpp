#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/energy/action_counts.hpp"
#include "ohmloop/energy/instance_names.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// "address_delta 0, data_delta 1"; "none" for no arguments.
std::string argument_text(const ActionArguments& arguments) {
  std::string text;
  for (const auto& [name, value] : arguments) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, shortest_double(value));
  }
  return text.empty() ? "none" : text;
}

std::string key_of(std::string_view action, const ActionArguments& arguments) {
  std::string key(action);
  for (const auto& [name, value] : arguments) key += fmt::format("|{}={}", name, shortest_double(value));
  return key;
}

std::vector<std::string> names_of(const SystemTables& tables) {
  std::vector<std::string> names;
  for (const SystemEntry& entry : tables.entries) names.push_back(entry.name);
  return names;
}

/// "data_delta 0..1", per argument, of all entries of one action.
std::string ranges_of_arguments(const SystemEntry& entry, const std::string& action) {
  std::map<std::string, std::set<double>> values;
  for (const ActionEnergy& one : entry.reference.actions) {
    if (one.action != action) continue;
    for (const auto& [name, value] : one.arguments) values[name].insert(value);
  }
  std::string text;
  for (const auto& [name, known] : values) {
    text += fmt::format("{}{} {}..{}", text.empty() ? "" : ", ", name, shortest_double(*known.begin()),
                        shortest_double(*known.rbegin()));
  }
  return text.empty() ? "none" : text;
}

class Charger {
 public:
  Charger(const SystemTables& tables, Diagnostics& diagnostics)
      : tables_(tables), diagnostics_(diagnostics), names_(names_of(tables)), index_(names_) {
    actions_.resize(tables.entries.size());
  }

  ChargedEnergy run(const ActionCounts& counts) {
    result_.by_entry_pj.assign(tables_.entries.size(), 0);
    for (const ActionCount& count : counts.actions) charge(count);
    constexpr double pj_per_joule = 1e12;
    for (const SystemEntry& entry : tables_.entries) {
      result_.leakage_pj += entry.copies * entry.reference.leakage_power_w * counts.runtime_s * pj_per_joule;
    }
    return std::move(result_);
  }

 private:
  void charge(const ActionCount& count) {
    const std::optional<std::size_t> entry = find_entry(count);
    if (!entry) return;
    const std::optional<std::size_t> action = find_action(count, *entry);
    if (!action) {
      report_action(count, *entry);
      return;
    }
    const double energy = count.count * tables_.entries[*entry].reference.actions[*action].energy_pj;
    result_.actions.push_back({*entry, *action, count.component, count.tensor, count.count, energy});
    result_.by_entry_pj[*entry] += energy;
    result_.dynamic_pj += energy;
  }

  /// Counts of one component mostly follow one another.
  std::optional<std::size_t> find_entry(const ActionCount& count) {
    if (count.component != last_component_ || !last_entry_) {
      last_component_ = count.component;
      last_entry_ = index_.find(count.component);
      if (!last_entry_) report_component(count);
    }
    return last_entry_;
  }

  std::optional<std::size_t> find_action(const ActionCount& count, std::size_t entry) {
    const auto& actions = actions_of(entry);
    const auto found = actions.find(key_of(count.action, count.arguments));
    if (found != actions.end()) return found->second;
    return count.arguments.empty() ? costliest_case(count, entry) : std::nullopt;
  }

  /// Nothing if the component does not have the action.
  std::optional<std::size_t> costliest_case(const ActionCount& count, std::size_t place) {
    const SystemEntry& entry = tables_.entries[place];
    const std::vector<ActionEnergy>& actions = entry.reference.actions;
    std::optional<std::size_t> costliest;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].action != count.action) continue;
      if (!costliest || actions[i].energy_pj > actions[*costliest].energy_pj) costliest = i;
    }
    if (costliest && reported_.insert(entry.name + "|" + count.action).second) {
      diagnostics_.warning(fmt::format("counts of '{}' of '{}' give no arguments: its costliest case is charged ({})",
                                       count.action, entry.name, argument_text(actions[*costliest].arguments)),
                           count.where, {}, {"its arguments: " + ranges_of_arguments(entry, count.action)});
    }
    return costliest;
  }

  const std::map<std::string, std::size_t>& actions_of(std::size_t entry) {
    std::map<std::string, std::size_t>& known = actions_[entry];
    const std::vector<ActionEnergy>& actions = tables_.entries[entry].reference.actions;
    if (!known.empty() || actions.empty()) return known;
    for (std::size_t i = 0; i < actions.size(); ++i) known.emplace(key_of(actions[i].action, actions[i].arguments), i);
    return known;
  }

  void report_component(const ActionCount& count) {
    if (!reported_.insert(count.component).second) return;
    std::string near = did_you_mean(count.component, names_);
    if (near.empty()) near = did_you_mean(parse_instance_name(count.component).base, names_);
    diagnostics_.error(fmt::format("a count for a component that does not exist: '{}'", count.component),
                       count.component_where, std::move(near), {"components: " + list_names(names_)});
  }

  void report_action(const ActionCount& count, std::size_t place) {
    const SystemEntry& entry = tables_.entries[place];
    if (!reported_.insert(entry.name + "|" + key_of(count.action, count.arguments)).second) return;
    std::vector<std::string> known;
    for (const ActionEnergy& action : entry.reference.actions) {
      if (known.empty() || known.back() != action.action) known.push_back(action.action);
    }
    const std::string whose = fmt::format("'{}' (class {})", entry.name, entry.class_name);
    if (std::find(known.begin(), known.end(), count.action) == known.end()) {
      diagnostics_.error(fmt::format("a count for an action that {} does not have: '{}'", whose, count.action),
                         count.where, did_you_mean(count.action, known),
                         {"actions with an energy: " + (known.empty() ? "none" : list_names(known))});
      return;
    }
    diagnostics_.error(fmt::format("a count with arguments that '{}' of {} does not have: {}", count.action, whose,
                                   argument_text(count.arguments)),
                       count.where, {}, {"its arguments: " + ranges_of_arguments(entry, count.action)});
  }

  const SystemTables& tables_;
  Diagnostics& diagnostics_;
  std::vector<std::string> names_;
  InstanceIndex index_;
  std::vector<std::map<std::string, std::size_t>> actions_;  ///< by entry; made when first asked for
  std::string last_component_;
  std::optional<std::size_t> last_entry_;
  std::set<std::string> reported_;
  ChargedEnergy result_;
};

}  // namespace

ChargedEnergy charge(const ActionCounts& counts, const SystemTables& tables, Diagnostics& diagnostics) {
  return Charger(tables, diagnostics).run(counts);
}

}  // namespace ohmloop
