#include "ohmloop/report/run_counts.hpp"

#include <map>
#include <tuple>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/breakdown.hpp"

namespace ohmloop {

ActionCounts run_counts(const RunReport& report) {
  std::map<std::tuple<NodeId, std::string, std::string>, double> sums;
  const auto add = [&](const EnergyItem& item) {
    sums[{item.node, item.action, std::string(tensor_name(item))}] += item.count;
  };
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    for (const EnergyItem& item : report.evaluation.unique[layer.unique].mapped.evaluation.items) add(item);
  }
  const std::optional<Residence>& residence = report.evaluation.residence;
  if (residence && residence->link) add(*residence->link);
  for (const DigitalEvaluation& one : report.evaluation.digital) {
    for (const EnergyItem& item : one.cost.items) add(item);
  }
  ActionCounts counts;
  // The tables are those of one chip, and all chips leak.
  counts.runtime_s = report.evaluation.throughput.interval_s * static_cast<double>(chips_of(report.evaluation));
  for (const auto& [key, count] : sums) {
    const auto& [node, action, tensor] = key;
    ActionCount one;
    one.component = report.architecture.node(node).name;
    one.action = action;
    one.count = count;
    one.tensor = tensor;
    counts.actions.push_back(std::move(one));
  }
  return counts;
}

EnergyReport run_as_energy(const RunReport& report) {
  EnergyReport energy;
  energy.tool = report.tool;
  energy.inputs = report.inputs;
  energy.name = report.settings.architecture;
  energy.tables = system_tables(report.architecture, report.tables);
  energy.counts = run_counts(report);
  Diagnostics diagnostics;
  energy.charged = charge(*energy.counts, energy.tables, diagnostics);
  OHM_CHECK(!diagnostics.has_errors(), "a run counts an action that its tables do not have");
  return energy;
}

}  // namespace ohmloop
