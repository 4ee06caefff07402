#include "ohmloop/accelergy/accelergy_writer.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/accelergy/rounding_estimator.hpp"
#include "ohmloop/text/yaml_name.hpp"

namespace ohmloop {
namespace {

/// Sums of decimal numbers without the dust of binary ones.
std::string number(double value) { return fmt::format("{:.12g}", value); }

std::string start(std::string_view key, std::string_view version, std::string_view list) {
  // A later version is quoted: it is a name, and no number.
  const std::string written = version == "0.4" ? "'0.4'" : std::string(version);
  return fmt::format("{}:\n  version: {}\n  {}:\n", key, written, list);
}

std::string item(const std::string& name, int indent = 2) {
  return fmt::format("{:{}}- name: {}\n", "", indent, yaml_name(name));
}

/// The entries of one action, in the order of the table.
struct ActionCases {
  std::string action;
  std::vector<const ActionEnergy*> cases;
};

std::vector<ActionCases> by_action(const NodeReference& reference) {
  std::vector<ActionCases> result;
  for (const ActionEnergy& each : reference.actions) {
    auto found = std::find_if(result.begin(), result.end(),
                              [&](const ActionCases& cases) { return cases.action == each.action; });
    if (found == result.end()) found = result.insert(result.end(), ActionCases{each.action, {}});
    found->cases.push_back(&each);
  }
  return result;
}

std::string summary_of(const ActionCases& action) {
  std::string text = item(action.action, 4);
  if (action.cases.size() == 1) return text + fmt::format("      energy: {}\n", number(action.cases[0]->energy_pj));
  double sum = 0;
  double largest = action.cases[0]->energy_pj;
  double smallest = largest;
  for (const ActionEnergy* each : action.cases) {
    sum += each->energy_pj;
    largest = std::max(largest, each->energy_pj);
    smallest = std::min(smallest, each->energy_pj);
  }
  const double mean = round_to_decimals(sum / static_cast<double>(action.cases.size()), 3);
  return text + fmt::format("      average_energy: {}\n      max_energy: {}\n      min_energy: {}\n", number(mean),
                            number(largest), number(smallest));
}

std::string estimator_of(const Provenance& provenance) {
  return yaml_name(provenance.estimator.empty() ? "nobody" : provenance.estimator);
}

}  // namespace

std::string write_ert(const SystemTables& tables, std::string_view version) {
  std::string text = start("ERT", version, "tables");
  for (const SystemEntry& entry : tables.entries) {
    text += item(entry.name) + "    actions:" + (entry.reference.actions.empty() ? " []\n" : "\n");
    for (const ActionEnergy& action : entry.reference.actions) {
      text += item(action.action, 4);
      text += action.arguments.empty() ? "      arguments: null\n" : "      arguments:\n";
      for (const auto& [name, value] : action.arguments) {
        text += fmt::format("        {}: {}\n", yaml_name(name), number(value));
      }
      text += fmt::format("      energy: {}\n", number(action.energy_pj));
    }
  }
  return text;
}

std::string write_art(const SystemTables& tables, std::string_view version) {
  std::string text = start("ART", version, "tables");
  for (const SystemEntry& entry : tables.entries) {
    text += item(entry.name) + fmt::format("    area: {}\n", number(entry.reference.area_um2));
  }
  return text;
}

std::string write_ert_summary(const SystemTables& tables, std::string_view version) {
  std::string text = start("ERT_summary", version, "table_summary");
  for (const SystemEntry& entry : tables.entries) {
    text += item(entry.name) + "    actions:" + (entry.reference.actions.empty() ? " []\n" : "\n");
    std::vector<std::string> estimators;
    for (const ActionCases& action : by_action(entry.reference)) {
      text += summary_of(action);
      std::string estimator = estimator_of(action.cases[0]->provenance);
      if (std::find(estimators.begin(), estimators.end(), estimator) == estimators.end()) {
        estimators.push_back(std::move(estimator));
      }
    }
    if (!estimators.empty()) text += "    primitive_estimation(s):\n";
    for (const std::string& estimator : estimators) {
      text += item(entry.name, 4) + fmt::format("      estimator: {}\n", estimator);
    }
  }
  return text;
}

std::string write_art_summary(const SystemTables& tables, std::string_view version) {
  std::string text = start("ART_summary", version, "table_summary");
  for (const SystemEntry& entry : tables.entries) {
    text +=
        item(entry.name) + fmt::format("    area: {}\n    primitive_estimations: {}\n",
                                       number(entry.reference.area_um2), estimator_of(entry.reference.area_provenance));
  }
  return text;
}

std::string write_energy_estimation(const ChargedEnergy& charged, std::string_view version) {
  std::vector<std::pair<std::string, double>> components;
  std::map<std::string, std::size_t, std::less<>> places;
  for (const ChargedAction& action : charged.actions) {
    const auto [place, is_new] = places.try_emplace(action.component, components.size());
    if (is_new) components.emplace_back(action.component, 0);
    components[place->second].second += action.energy_pj;
  }
  std::string text = start("energy_estimation", version, "components");
  for (const auto& [name, energy_pj] : components) {
    text += item(name) + fmt::format("    energy: {}\n", number(energy_pj));
  }
  return text;
}

std::string write_accelergy(const SystemTables& tables, const ChargedEnergy* charged, std::string_view version) {
  std::string text = write_ert(tables, version) + write_ert_summary(tables, version) + write_art(tables, version) +
                     write_art_summary(tables, version);
  if (charged != nullptr) text += write_energy_estimation(*charged, version);
  return text;
}

}  // namespace ohmloop
