#include "ohmloop/cost/evaluation.hpp"

#include <algorithm>

#include "ohmloop/cost/charged_traffic.hpp"
#include "ohmloop/cost/energy_items.hpp"
#include "ohmloop/cost/node_times.hpp"

namespace ohmloop {
namespace {

/// Placed copies of a node: everything above it is fanned out, and a component may come several times.
double placed(const Architecture& architecture, NodeId id) {
  const auto* component = architecture.node(id).as<Component>();
  const double copies = component != nullptr ? static_cast<double>(component->count) : 1.0;
  return copies * static_cast<double>(architecture.instances(id));
}

void set_latency(const Architecture& architecture, Evaluation& evaluation) {
  const auto slowest = std::max_element(evaluation.times.begin(), evaluation.times.end(),
                                        [](const NodeTime& a, const NodeTime& b) { return a.cycles < b.cycles; });
  evaluation.latency_cycles = whole_cycles(slowest->cycles);
  evaluation.latency_s = static_cast<double>(evaluation.latency_cycles) / architecture.clock_hertz;
  const bool compute = slowest->node == architecture.compute();
  evaluation.bottleneck = compute ? slowest->limit : architecture.node(slowest->node).name + " " + slowest->limit;
}

void set_array_use(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                   Evaluation& evaluation) {
  if (!architecture.array) return;
  const ArraySlicing& array = *architecture.array;
  // The node two above the cells is the fan-out over columns: its copies are whole arrays.
  const std::int64_t arrays = counts.used_instances[array.cells.index() - 2];
  const MemoryCounts& cells = counts.memories[array.cells.index()];
  const std::size_t weight = role_index(Role::weight);
  const double loads = cells.tile_elements[weight] == 0 ? 1.0
                                                        : static_cast<double>(cells.busiest[weight].fills) /
                                                              static_cast<double>(cells.tile_elements[weight]);
  const double storage_elements =
      static_cast<double>(arrays) * static_cast<double>(array.rows) * static_cast<double>(array.columns);
  // Of a block diagonal only the blocks are weights.
  const auto zeros = static_cast<double>(einsum.diagonal_blocks);
  evaluation.arrays_used = arrays;
  evaluation.array_utilisation =
      static_cast<double>(cells.total[weight].fills) / (std::max(loads, 1.0) * storage_elements * zeros);
}

}  // namespace

double leakage_power_w(const Architecture& architecture, const ReferenceTables& tables) {
  double watts = 0;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const double leakage = tables.of(NodeId(i)).leakage_power_w;
    if (leakage != 0) watts += leakage * placed(architecture, NodeId(i));
  }
  return watts;
}

Evaluation evaluate(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                    const Counts& counts, const EvaluationOptions& options) {
  const ChargedTraffic traffic(einsum, architecture, counts, options.weights_written);
  Evaluation evaluation;
  evaluation.items = energy_items(einsum, architecture, tables, counts, traffic);
  for (const EnergyItem& item : evaluation.items) evaluation.energy_pj += item.energy_pj;
  evaluation.times = node_times(einsum, architecture, counts, traffic);
  set_latency(architecture, evaluation);
  evaluation.leakage_pj = leakage_power_w(architecture, tables) * evaluation.latency_s * 1e12;
  const auto instances = static_cast<double>(architecture.instances(architecture.compute()));
  const double useful = static_cast<double>(counts.computes) / static_cast<double>(einsum.diagonal_blocks);
  evaluation.utilisation = useful / (instances * static_cast<double>(counts.steps));
  set_array_use(einsum, architecture, counts, evaluation);
  if (traffic.programmed()) {
    const NodeId memory = *traffic.programmed();
    evaluation.programmed_elements = counts.memories[memory.index()].total[role_index(Role::weight)].fills;
    evaluation.programming_energy_pj =
        write_energy_pj(einsum, architecture, tables, memory, evaluation.programmed_elements);
  }
  return evaluation;
}

std::vector<double> area_by_node_um2(const Architecture& architecture, const ReferenceTables& tables) {
  std::vector<double> areas;
  areas.reserve(architecture.nodes.size());
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    areas.push_back(tables.of(NodeId(i)).area_um2 * placed(architecture, NodeId(i)));
  }
  return areas;
}

}  // namespace ohmloop
