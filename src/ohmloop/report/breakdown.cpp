#include "ohmloop/report/breakdown.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

namespace {

constexpr std::string_view compute_name = "compute";

const Evaluation& evaluation_of(const NetworkEvaluation& network, const LayerEvaluation& layer) {
  return network.unique[layer.unique].mapped.evaluation;
}

}  // namespace

std::vector<double> energy_by_node_pj(const Evaluation& evaluation, const Architecture& architecture) {
  std::vector<double> energy(architecture.nodes.size(), 0.0);
  for (const EnergyItem& item : evaluation.items) energy[item.node.index()] += item.energy_pj;
  return energy;
}

std::vector<double> energy_by_node_pj(const NetworkEvaluation& evaluation, const Architecture& architecture) {
  std::vector<double> energy(architecture.nodes.size(), 0.0);
  for (const LayerEvaluation& layer : evaluation.layers) {
    for (const EnergyItem& item : evaluation_of(evaluation, layer).items) energy[item.node.index()] += item.energy_pj;
  }
  if (evaluation.residence && evaluation.residence->link) {
    energy[evaluation.residence->link->node.index()] += evaluation.residence->link->energy_pj;
  }
  for (const DigitalEvaluation& one : evaluation.digital) {
    for (const EnergyItem& item : one.cost.items) energy[item.node.index()] += item.energy_pj;
  }
  return energy;
}

std::int64_t chips_of(const NetworkEvaluation& evaluation) {
  return evaluation.residence ? evaluation.residence->chips : 1;
}

std::vector<double> area_of_chips_um2(const RunReport& report) {
  std::vector<double> areas = area_by_node_um2(report.architecture, report.tables);
  const auto chips = static_cast<double>(chips_of(report.evaluation));
  for (double& area : areas) area *= chips;
  return areas;
}

std::string_view tensor_name(const EnergyItem& item) { return item.role ? to_string(*item.role) : compute_name; }

std::array<TensorEnergy, 4> energy_by_tensor_pj(const Evaluation& evaluation) {
  std::array<TensorEnergy, 4> energy;
  for (const Role role : all_roles) energy[role_index(role)].tensor = to_string(role);
  energy.back().tensor = compute_name;
  for (const EnergyItem& item : evaluation.items) {
    energy[item.role ? role_index(*item.role) : energy.size() - 1].energy_pj += item.energy_pj;
  }
  return energy;
}

std::vector<UnchargedOperator> uncharged_operators(const Network& network) {
  return uncharged_operators(network, {}, Charge::uncharged);
}

std::vector<UnchargedOperator> uncharged_operators(const Network& network, const NetworkEvaluation& evaluation,
                                                   Charge charge) {
  std::vector<UnchargedOperator> operators;
  const std::vector<Charge> of_node = charges(network, evaluation);
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const NetworkNode& node = network.nodes[i];
    if (of_node[i] != charge) continue;
    auto known = std::find_if(operators.begin(), operators.end(),
                              [&](const UnchargedOperator& other) { return other.operation == node.operation; });
    if (known == operators.end()) {
      known = operators.insert(operators.end(), {node.operation, 0, 0, node.supported});
    }
    ++known->count;
    known->activations = checked_add(known->activations, node.output_elements());
    known->supported = known->supported && node.supported;
  }
  return operators;
}

std::vector<FittedConstant> fitted_constants(const ReferenceTables& tables) {
  std::vector<FittedConstant> fitted;
  for (std::size_t i = 0; i < tables.nodes.size(); ++i) {
    const NodeReference& reference = tables.nodes[i];
    for (const ActionEnergy& action : reference.actions) {
      if (action.provenance.fitted) fitted.push_back({NodeId(i), action.action, action.provenance.source});
    }
    if (reference.area_provenance.fitted) fitted.push_back({NodeId(i), "area", reference.area_provenance.source});
  }
  return fitted;
}

EffectivePerformance effective_performance(const RunReport& report, double area_um2) {
  const NetworkEvaluation& evaluation = report.evaluation;
  return effective_performance(static_cast<double>(report.network.macs()), evaluation.energy_pj + evaluation.leakage_pj,
                               evaluation.throughput.interval_s, area_um2);
}

bool leakage_known(const ReferenceTables& tables) {
  return std::any_of(tables.nodes.begin(), tables.nodes.end(),
                     [](const NodeReference& node) { return node.leakage_power_w > 0; });
}

std::vector<std::string> nodes_of_unknown_leakage(const Architecture& architecture, const ReferenceTables& tables) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tables.nodes.size(); ++i) {
    if (!tables.nodes[i].leakage_known) names.push_back(architecture.nodes[i].name);
  }
  return names;
}

bool programming_energy_known(const ReferenceTables& tables) {
  return std::none_of(tables.nodes.begin(), tables.nodes.end(), [](const NodeReference& node) {
    const ActionEnergy* write = node.find("write");
    return write != nullptr && !write->known;
  });
}

std::int64_t RunValues::layers() const {
  return std::count_if(of_node.begin(), of_node.end(),
                       [](const LayerMoments& one) { return one.weights.has_value() || one.inputs.has_value(); });
}

Programming programming(const NetworkEvaluation& evaluation) {
  Programming total;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& one = evaluation_of(evaluation, layer);
    total.elements = checked_add(total.elements, one.programmed_elements);
    total.energy_pj += one.programming_energy_pj;
  }
  return total;
}

}  // namespace ohmloop
