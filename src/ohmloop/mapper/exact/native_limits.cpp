#include "ohmloop/mapper/exact/native_limits.hpp"

#include <algorithm>

#include "ohmloop/cost/node_times.hpp"

namespace ohmloop {

NativeLimits::NativeLimits(const Mapspace& space, const CostModel& model, const Objective& objective)
    : space_(&space), model_(&model), objective_(objective) {
  const Architecture& architecture = *space.architecture;
  cycles_per_step_ = cycles_per_step(architecture);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    NodeLimits& limits = nodes_.emplace_back();
    if (const auto* memory = node.as<Memory>()) {
      limits.read_bandwidth = memory->read_bandwidth_bits_per_cycle.value_or(0);
      limits.write_bandwidth = memory->write_bandwidth_bits_per_cycle.value_or(0);
      if (memory->read_bandwidth_bits_per_cycle) limits.reads = used_++;
      if (memory->write_bandwidth_bits_per_cycle) limits.writes = used_++;
    } else if (const auto* converter = node.as<Converter>()) {
      limits.value_cycles = cycles_per_conversion(node, architecture.clock_hertz);
      const double most = limits.value_cycles * static_cast<double>(converter->shared_by);
      // One that is done with a step's values within the step never limits.
      if (most <= cycles_per_step_) continue;
      limits.values = used_;
      rooms_.push_back({used_++, most});
    }
  }
}

void NativeLimits::add_reads(NodeId node, Role role, double total, double busiest, Amounts& amounts) const {
  const NodeLimits& limits = nodes_[node.index()];
  amounts.energy_pj() += total * model_->read_pj(node, role);
  if (limits.reads) amounts.of[*limits.reads] += busiest * space_->einsum->tensor(role).bits / limits.read_bandwidth;
}

void NativeLimits::add_writes(NodeId node, Role role, double total, double busiest, Amounts& amounts) const {
  const NodeLimits& limits = nodes_[node.index()];
  amounts.energy_pj() += total * model_->write_pj(node, role);
  if (limits.writes) amounts.of[*limits.writes] += busiest * space_->einsum->tensor(role).bits / limits.write_bandwidth;
}

void NativeLimits::add_values(NodeId node, Role role, double total, double busiest, Amounts& amounts) const {
  const NodeLimits& limits = nodes_[node.index()];
  amounts.energy_pj() += total * model_->value_pj(node, role);
  if (limits.values) amounts.of[*limits.values] += busiest * limits.value_cycles;
}

void NativeLimits::add_computes(Amounts& amounts) const {
  amounts.energy_pj() += model_->least_cost(space_->einsum->points(), 0).energy_pj;
}

Score NativeLimits::score(const Amounts& amounts, std::int64_t steps) const {
  double cycles = static_cast<double>(steps) * cycles_per_step_;
  Amounts limited = amounts;
  for (const Room& room : rooms_) {
    limited.of[room.amount] = std::min(limited.of[room.amount], room.cycles_per_step * static_cast<double>(steps));
  }
  for (std::size_t i = 1; i < used_; ++i) cycles = std::max(cycles, limited.of[i]);
  Cost cost;
  cost.energy_pj = amounts.energy_pj();
  cost.latency_cycles = whole_cycles(cycles);
  cost.leakage_pj = model_->leakage_pj(cost.latency_cycles);
  return ohmloop::score(objective_, cost);
}

}  // namespace ohmloop
