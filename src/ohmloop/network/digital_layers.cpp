#include "ohmloop/network/digital_layers.hpp"

#include "ohmloop/cost/node_times.hpp"
#include "ohmloop/workload/onnx/operators.hpp"

namespace ohmloop {
namespace {

bool folds(const DigitalWork& work) { return work.kind == DigitalKind::normalisation && work.operations == 0; }

}  // namespace

std::vector<DigitalEvaluation> evaluate_digital(const Network& network, const Architecture& architecture,
                                                const ReferenceTables& tables) {
  std::vector<DigitalEvaluation> evaluations;
  const std::vector<std::optional<DigitalWork>> works = digital_work(network);
  for (std::size_t node = 0; node < works.size(); ++node) {
    if (!works[node] || folds(*works[node])) continue;
    const std::optional<NodeId> component = architecture.digital_unit(works[node]->kind);
    if (!component) continue;
    DigitalCost cost = digital_cost(*works[node], *component, architecture, tables);
    const std::int64_t cycles = whole_cycles(cost.latency_cycles);
    evaluations.push_back({node, *works[node], std::move(cost), cycles});
  }
  return evaluations;
}

std::vector<std::int64_t> digital_cycles(const Network& network, const NetworkEvaluation& evaluation) {
  std::vector<std::int64_t> cycles(network.nodes.size(), 0);
  for (const DigitalEvaluation& one : evaluation.digital) cycles[one.network_node] = one.latency_cycles;
  return cycles;
}

std::vector<Charge> charges(const Network& network, const NetworkEvaluation& evaluation) {
  std::vector<Charge> result(network.nodes.size(), Charge::uncharged);
  const std::vector<std::optional<DigitalWork>> works = digital_work(network);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const OnnxOperator* known = find_onnx_operator(network.nodes[i].operation);
    const bool moves = known != nullptr && known->kind == OperatorKind::free && network.nodes[i].supported;
    const bool folded = works[i] && folds(*works[i]);
    if ((moves || folded) && !evaluation.digital.empty()) result[i] = Charge::free;
    if (network.nodes[i].shape) result[i] = Charge::layer;
  }
  for (const DigitalEvaluation& one : evaluation.digital) result[one.network_node] = Charge::digital;
  return result;
}

}  // namespace ohmloop
