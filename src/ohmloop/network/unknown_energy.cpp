#include "ohmloop/network/unknown_energy.hpp"

#include <fmt/format.h>

namespace ohmloop {

std::vector<UnknownEnergy> unknown_energies(const NetworkEvaluation& evaluation, const ReferenceTables& tables) {
  std::vector<UnknownEnergy> unknown;
  for (std::size_t i = 0; i < tables.nodes.size(); ++i) {
    for (const ActionEnergy& action : tables.nodes[i].actions) {
      if (!action.known) unknown.push_back({NodeId(i), action.action, false});
    }
  }
  const auto mark = [&](const EnergyItem& item) {
    for (UnknownEnergy& one : unknown) {
      if (one.node == item.node && one.action == item.action && item.count > 0) one.charged = true;
    }
  };
  for (const UniqueLayer& layer : evaluation.unique) {
    for (const EnergyItem& item : layer.mapped.evaluation.items) mark(item);
  }
  for (const DigitalEvaluation& one : evaluation.digital) {
    for (const EnergyItem& item : one.cost.items) mark(item);
  }
  return unknown;
}

std::vector<Diagnostic> without_uncharged(std::vector<Diagnostic> warnings, const NetworkEvaluation& evaluation,
                                          const Architecture& architecture, const ReferenceTables& tables) {
  for (const UnknownEnergy& one : unknown_energies(evaluation, tables)) {
    if (one.charged) continue;
    const std::string beginning = fmt::format("the energy of '{}' is unknown", one.action);
    const std::string place = to_string(architecture.node(one.node).where);
    std::erase_if(warnings, [&](const Diagnostic& warning) {
      return to_string(warning.where) == place && warning.message.find(beginning) != std::string::npos;
    });
  }
  return warnings;
}

}  // namespace ohmloop
