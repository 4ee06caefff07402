#include "ohmloop/report/model_report.hpp"

#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/report/breakdown.hpp"

namespace ohmloop {

namespace {

WordCounts words_of(const TensorActions& actions) {
  return {actions.reads, actions.fills, actions.updates, actions.drains};
}

double energy_of(const Evaluation& evaluation, NodeId node, Role role) {
  double energy_pj = 0;
  for (const EnergyItem& item : evaluation.items) {
    if (item.node == node && item.role == role) energy_pj += item.energy_pj;
  }
  return energy_pj;
}

void add_memory(const Einsum& einsum, const Evaluation& evaluation, const Counts& counts, NodeId node,
                ModelReport& report, const std::string& name) {
  const MemoryCounts& memory = counts.memories[node.index()];
  ModelLevel level{name, {}};
  for (const Role role : all_roles) {
    const std::size_t index = role_index(role);
    if (!memory.keeps[index]) continue;
    level.tensors.push_back({einsum.tensor(role).name, words_of(memory.busiest[index]), words_of(memory.total[index]),
                             static_cast<double>(counts.used_instances[node.index()]), memory.tile_elements[index],
                             energy_of(evaluation, node, role)});
  }
  report.levels.push_back(std::move(level));
}

void add_converter(const Einsum& einsum, const Evaluation& evaluation, const Counts& counts, NodeId node,
                   const Converter& converter, ModelReport& report, const std::string& name) {
  const ConverterCounts& passed = counts.converters[node.index()];
  for (const Role role : all_roles) {
    const std::size_t index = role_index(role);
    if (!converter.passes[index]) continue;
    report.converters.push_back({name, einsum.tensor(role).name, passed.busiest[index], passed.total[index],
                                 static_cast<double>(counts.used_instances[node.index()]),
                                 energy_of(evaluation, node, role)});
  }
}

}  // namespace

ModelReport model_report(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                         const Mapping& mapping, const Counts& counts) {
  const Evaluation evaluation = evaluate(einsum, architecture, tables, counts);
  ModelReport report;
  report.architecture = architecture.name;
  report.layer = einsum.name;
  report.counting = "exact";
  report.computes = counts.computes;
  report.cycles = evaluation.latency_cycles;
  report.latency_s = evaluation.latency_s;
  report.energy_pj = evaluation.energy_pj;
  report.leakage_pj = evaluation.leakage_pj;
  report.utilisation = evaluation.utilisation;
  report.bottleneck = evaluation.bottleneck;
  for (const double area : area_by_node_um2(architecture, tables)) report.area_um2 += area;
  const std::vector<double> energy = energy_by_node_pj(evaluation, architecture);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (node.as<Memory>() != nullptr) add_memory(einsum, evaluation, counts, NodeId(i), report, node.name);
    if (const auto* converter = node.as<Converter>()) {
      add_converter(einsum, evaluation, counts, NodeId(i), *converter, report, node.name);
    }
    if (!node.class_name.empty()) report.energy_by_component.emplace_back(node.name, energy[i]);
  }
  report.mapping = to_text(einsum, architecture, mapping);
  report.nest = nest_lines(einsum, architecture, mapping);
  return report;
}

}  // namespace ohmloop
