#pragma once

#include <vector>

#include "ohmloop/cost/charged_traffic.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// The three numbers that mappings are compared by.
struct Cost {
  double energy_pj = 0;   ///< dynamic
  double leakage_pj = 0;  ///< of the whole chip over the latency
  std::int64_t latency_cycles = 0;
};

/// What evaluate() gives, without a word: for those who compare many mappings of one layer. Energies of single elements
/// are looked up once. Sums are taken in another order, so that the last bits of the energy may differ.
class CostModel {
 public:
  CostModel(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables);

  [[nodiscard]] Cost cost(const Counts& counts) const;
  /// Of the multiplications alone, in at least so many steps.
  [[nodiscard]] Cost least_cost(std::int64_t computes, double steps) const;
  /// Of one element.
  [[nodiscard]] double read_pj(NodeId memory, Role role) const {
    return nodes_[memory.index()].read_pj[role_index(role)];
  }
  [[nodiscard]] double write_pj(NodeId memory, Role role) const {
    return nodes_[memory.index()].write_pj[role_index(role)];
  }
  /// Of one value that passes a converter.
  [[nodiscard]] double value_pj(NodeId converter, Role role) const {
    return nodes_[converter.index()].value_pj[role_index(role)];
  }
  /// Of the whole chip.
  [[nodiscard]] double leakage_pj(std::int64_t cycles) const;

 private:
  /// Per element or value of each role.
  struct NodeCost {
    ByRole<double> read_pj{};
    ByRole<double> write_pj{};
    ByRole<double> value_pj{};
  };

  [[nodiscard]] double energy_pj(const Counts& counts, const ChargedTraffic& traffic) const;

  const Einsum* einsum_;
  const Architecture* architecture_;
  std::vector<NodeCost> nodes_;
  double compute_pj_ = 0;
  double leakage_w_ = 0;
};

}  // namespace ohmloop
