#include "ohmloop/report/energy_explanation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

constexpr std::string_view indent = "    ";

std::string line(std::string_view name, const std::string& text) {
  return text.empty() ? std::string() : fmt::format("{}  {:<12}{}\n", indent, fmt::format("{}:", name), text);
}

std::string provenance_lines(const Provenance& provenance) {
  std::string text = line("from", provenance.estimator) + line("source", provenance.source);
  text += line("derivation", provenance.derivation);
  return provenance.fitted ? text + line("fitted", "to published measurements") : text;
}

bool same_origin(const Provenance& a, const Provenance& b) {
  return a.estimator == b.estimator && a.source == b.source && a.derivation == b.derivation && a.fitted == b.fitted;
}

std::string with_arguments(const std::string& name, const ActionArguments& arguments) {
  return arguments.empty() ? name : fmt::format("{} ({})", name, argument_text(arguments));
}

class Explanation {
 public:
  Explanation(const SystemTables& tables, const ChargedEnergy* charged, const ExplainedPart& part)
      : tables_(tables), part_(part) {
    if (charged == nullptr) return;
    counted_ = true;
    whole_pj_ = charged->dynamic_pj;
    rows_ = energy_rows(tables, *charged, Detail::entries);
  }

  std::string run() {
    std::string text;
    for (std::size_t i = 0; i < tables_.entries.size(); ++i) {
      if (!part_.component.empty() && tables_.entries[i].name != part_.component) continue;
      if (!text.empty()) text += "\n";
      text += component(i);
    }
    if (counted_)
      text += fmt::format("\n{}: {}\n", part_.component.empty() ? "energy" : "energy above", energy(shown_pj_));
    return text;
  }

 private:
  static std::string energy(double value_pj) { return format_with_unit(value_pj, energy_unit(value_pj)); }
  /// With the digits that checking a product by hand takes.
  static std::string energy_of_one(double value_pj) { return fmt::format("{:.6g} pJ", value_pj); }

  std::string component(std::size_t place) {
    const SystemEntry& entry = tables_.entries[place];
    std::string text = fmt::format("{}: class {}, {}", entry.name, entry.class_name,
                                   entry.copies == 1 ? "1 copy" : format_copies(entry.copies) + " copies");
    if (!entry.where.empty()) text += ", " + to_string(entry.where);
    text += entry.attributes.empty() ? "\n" : fmt::format("\n{}{}\n", indent, entry.attributes);
    const std::vector<std::size_t> shown = shown_actions(place);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const bool last = i + 1 == shown.size();
      text += action(entry, place, shown[i], last ? nullptr : &entry.reference.actions[shown[i + 1]]);
    }
    if (!part_.action.empty()) return text;
    if (const std::size_t left_out = entry.reference.actions.size() - shown.size(); left_out > 0) {
      text += fmt::format("{}cases of its actions that did not occur: {}; explain '{}' alone to see them\n", indent,
                          left_out, entry.name);
    }
    return text + area(entry) + leakage(entry);
  }

  /// Where a whole chip's counts are explained, the cases of an action that never occurred would bury the others.
  [[nodiscard]] std::vector<std::size_t> shown_actions(std::size_t place) const {
    const std::vector<ActionEnergy>& actions = tables_.entries[place].reference.actions;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (!part_.action.empty() && actions[i].action != part_.action) continue;
      const bool occurred = std::any_of(rows_.begin(), rows_.end(),
                                        [&](const EnergyRow& row) { return row.entry == place && row.action == i; });
      const bool matters = occurred || !counted_ || !part_.component.empty() || actions[i].arguments.empty();
      if (matters) shown.push_back(i);
    }
    return shown;
  }

  /// Cases of one action whose numbers come from the same place are told together.
  std::string action(const SystemEntry& entry, std::size_t place, std::size_t which, const ActionEnergy* next) {
    const ActionEnergy& one = entry.reference.actions[which];
    std::string text = fmt::format("{}{}: {} per {}\n", indent, with_arguments(one.action, one.arguments),
                                   one.known ? energy_of_one(one.energy_pj) : std::string("unknown, counts as 0"),
                                   to_string(one.unit));
    const bool repeated =
        next != nullptr && next->action == one.action && same_origin(next->provenance, one.provenance);
    std::string counts;
    for (const EnergyRow& row : rows_) {
      if (row.entry == place && row.action == which) counts += count(row, one);
    }
    return text + counts + (repeated ? "" : provenance_lines(one.provenance));
  }

  std::string count(const EnergyRow& row, const ActionEnergy& one) {
    shown_pj_ += row.energy_pj;
    return line(row.tensor.empty() ? "counted" : row.tensor,
                fmt::format("{} x {} = {} ({} %)", format_copies(row.count), energy_of_one(one.energy_pj),
                            energy(row.energy_pj), format_number(100 * share(row.energy_pj, whole_pj_))));
  }

  static std::string area(const SystemEntry& entry) {
    const double one = entry.reference.area_um2;
    const double all = entry.copies * one;
    std::string text = fmt::format("{}area: {}", indent, format_with_unit(one, area_unit(one)));
    if (entry.copies != 1) {
      text += fmt::format(" x {} = {}", format_copies(entry.copies), format_with_unit(all, area_unit(all)));
    }
    return text + "\n" + provenance_lines(entry.reference.area_provenance);
  }

  static std::string leakage(const SystemEntry& entry) {
    const NodeReference& reference = entry.reference;
    if (!reference.leakage_known) return fmt::format("{}leakage: unknown, counts as 0\n", indent);
    const double one = reference.leakage_power_w;
    const double all = entry.copies * one;
    std::string text = fmt::format("{}leakage: {}", indent, format_with_unit(one, power_unit(one)));
    if (entry.copies != 1) {
      text += fmt::format(" x {} = {}", format_copies(entry.copies), format_with_unit(all, power_unit(all)));
    }
    return text + "\n" + provenance_lines(reference.leakage_provenance);
  }

  const SystemTables& tables_;
  const ExplainedPart& part_;
  std::vector<EnergyRow> rows_;
  bool counted_ = false;
  double whole_pj_ = 0;
  double shown_pj_ = 0;
};

std::vector<std::string> action_names(const SystemEntry& entry) {
  std::vector<std::string> names;
  for (const ActionEnergy& action : entry.reference.actions) {
    if (std::find(names.begin(), names.end(), action.action) == names.end()) names.push_back(action.action);
  }
  return names;
}

}  // namespace

ExplainedPart parse_explained_part(const std::string& word, const SourceSpan& where, const SystemTables& tables,
                                   Diagnostics& diagnostics) {
  if (word == "all" || word.empty()) return {};
  ExplainedPart part{word, ""};
  if (tables.find(word) == nullptr) {
    const std::size_t colon = word.rfind(':');
    part.component = word.substr(0, colon);
    if (colon != std::string::npos) part.action = word.substr(colon + 1);
  }
  const SystemEntry* entry = tables.find(part.component);
  if (entry == nullptr) {
    std::vector<std::string> names;
    for (const SystemEntry& one : tables.entries) names.push_back(one.name);
    diagnostics.error(fmt::format("there is no component '{}' to explain", part.component), where,
                      did_you_mean(part.component, names), {"components: " + list_names(names), "or 'all'"});
    return part;
  }
  const std::vector<std::string> actions = action_names(*entry);
  if (!part.action.empty() && std::find(actions.begin(), actions.end(), part.action) == actions.end()) {
    diagnostics.error(fmt::format("'{}' has no action '{}'", part.component, part.action), where,
                      did_you_mean(part.action, actions), {"actions: " + list_names(actions)});
  }
  return part;
}

std::string explain_energy(const SystemTables& tables, const ChargedEnergy* charged, const ExplainedPart& part) {
  return Explanation(tables, charged, part).run();
}

}  // namespace ohmloop
