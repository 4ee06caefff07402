#pragma once

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/workload/digital_operators.hpp"

namespace ohmloop {

/// What one operator costs in the component that serves it.
struct DigitalCost {
  NodeId component;
  std::vector<EnergyItem> items;  ///< the operations, and reads and writes of the memories
  double energy_pj = 0;           ///< of all items
  double latency_cycles = 0;      ///< of the architecture's clock; not rounded
};

/// Operations cost served_action each and are shared out among all copies, one per step of the component. Operands come
/// from the innermost memory above it that keeps inputs, results go to the innermost one that keeps outputs (a memory
/// that is not bound to keep them counts where none does); both have the width of an input activation. The slowest of
/// operations, reads and writes (bandwidth x copies of the memory) is the latency.
DigitalCost digital_cost(const DigitalWork& work, NodeId component, const Architecture& architecture,
                         const ReferenceTables& tables);

}  // namespace ohmloop
