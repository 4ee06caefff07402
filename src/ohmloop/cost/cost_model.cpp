#include "ohmloop/cost/cost_model.hpp"

#include "ohmloop/cost/energy_items.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/cost/node_times.hpp"

namespace ohmloop {

CostModel::CostModel(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables)
    : einsum_(&einsum), architecture_(&architecture), leakage_w_(leakage_power_w(architecture, tables)) {
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const NodeId id(i);
    NodeCost cost;
    if (architecture.node(id).as<Memory>() != nullptr) {
      cost.read_pj = element_energies_pj(einsum, architecture, tables, id, "read");
      cost.write_pj = element_energies_pj(einsum, architecture, tables, id, "write");
    } else if (architecture.node(id).as<Converter>() != nullptr) {
      cost.value_pj = value_energies_pj(einsum, tables, id);
    }
    nodes_.push_back(cost);
  }
  const NodeReference& compute = tables.of(architecture.compute());
  const ActionEnergy* named = compute.find("compute");
  if (named == nullptr && !compute.actions.empty()) named = &compute.actions.front();
  if (named != nullptr) compute_pj_ = named->energy_pj;
}

double CostModel::energy_pj(const Counts& counts, const ChargedTraffic& traffic) const {
  double energy = compute_pj_ * static_cast<double>(counts.computes);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const NodeCost& cost = nodes_[i];
    const Node& node = architecture_->nodes[i];
    if (node.as<Memory>() != nullptr) {
      const ByRole<TensorActions> actions = traffic.of_memory(NodeId(i), counts.memories[i].total);
      for (std::size_t role = 0; role < actions.size(); ++role) {
        const TensorActions& a = actions[role];
        energy += cost.read_pj[role] * (static_cast<double>(a.reads) + static_cast<double>(a.drains));
        energy += cost.write_pj[role] * (static_cast<double>(a.fills) + static_cast<double>(a.updates));
      }
    } else if (node.as<Converter>() != nullptr) {
      const ByRole<std::int64_t> values = traffic.of_converter(NodeId(i), counts.converters[i].total);
      for (std::size_t role = 0; role < values.size(); ++role) {
        energy += cost.value_pj[role] * static_cast<double>(values[role]);
      }
    }
  }
  return energy;
}

Cost CostModel::cost(const Counts& counts) const {
  const ChargedTraffic traffic(*einsum_, *architecture_, counts);
  Cost cost;
  cost.energy_pj = energy_pj(counts, traffic);
  cost.latency_cycles = whole_cycles(ohmloop::latency_cycles(*einsum_, *architecture_, counts, traffic));
  cost.leakage_pj = leakage_pj(cost.latency_cycles);
  return cost;
}

Cost CostModel::least_cost(std::int64_t computes, double steps) const {
  Cost cost;
  cost.energy_pj = compute_pj_ * static_cast<double>(computes);
  cost.latency_cycles = whole_cycles(steps * cycles_per_step(*architecture_));
  cost.leakage_pj = leakage_pj(cost.latency_cycles);
  return cost;
}

double CostModel::leakage_pj(std::int64_t cycles) const {
  return leakage_w_ * (static_cast<double>(cycles) / architecture_->clock_hertz) * 1e12;
}

}  // namespace ohmloop
