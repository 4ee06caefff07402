#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// Energy of one action on one tensor at one node.
struct EnergyItem {
  NodeId node;
  std::optional<Role> role;  ///< nothing for compute
  std::string action;        ///< of the reference table: "read", "write", "convert"
  double count = 0;          ///< of that action (accesses, values or bits)
  double energy_pj = 0;
};

/// What limits a node: its time if nothing else did.
struct NodeTime {
  NodeId node;
  std::string limit;  ///< "compute", "read bandwidth", "write bandwidth", "conversions"
  double cycles = 0;
};

/// Cost of one layer under one mapping.
struct Evaluation {
  double energy_pj = 0;             ///< dynamic energy of the items; leakage is in leakage_pj
  double leakage_pj = 0;            ///< leakage power of the whole chip over the latency
  std::int64_t latency_cycles = 0;  ///< of the architecture's clock
  double latency_s = 0;
  double utilisation = 0;                   ///< computes / (compute instances x temporal steps)
  std::optional<double> array_utilisation;  ///< weight slices / storage elements of the arrays that hold any
  std::optional<std::int64_t> arrays_used;
  std::string bottleneck;         ///< "shared_glb read bandwidth", "compute"
  std::vector<EnergyItem> items;  ///< ordered by node, role, action
  std::vector<NodeTime> times;
  std::int64_t programmed_elements =
      0;                             ///< weight slices written before inference (resident arrays), not in the energy
  double programming_energy_pj = 0;  ///< of those
};

struct EvaluationOptions {
  /// Weights of resident arrays are written while the network runs, because arrays are too few: charged as any traffic.
  bool weights_written = false;
};

/// Counts x reference tables. The rules are in docs/cost.md.
Evaluation evaluate(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                    const Counts& counts, const EvaluationOptions& options = {});

/// Leakage power of the whole chip, used or not.
double leakage_power_w(const Architecture& architecture, const ReferenceTables& tables);

/// Area of the whole chip by node (all instances, used or not), um2; same index as the architecture's nodes.
std::vector<double> area_by_node_um2(const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
