#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ohmloop/cost/digital_cost.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// A layer that was evaluated; equal layers share one entry of NetworkEvaluation::unique.
struct LayerEvaluation {
  std::size_t network_node = 0;  ///< index into Network::nodes
  std::size_t unique = 0;
};

struct UniqueLayer {
  LayerShape shape;
  Einsum einsum;
  MappedLayer mapped;
};

/// A layer without a legal mapping: the whole run's answer is "no".
struct FailedLayer {
  std::string layer;
  NoMapping reason;
};

/// An operator without weights that a component of the chip serves.
struct DigitalEvaluation {
  std::size_t network_node = 0;
  DigitalWork work;
  DigitalCost cost;
  std::int64_t latency_cycles = 0;  ///< whole ones
};

struct NetworkEvaluation {
  std::vector<LayerEvaluation> layers;  ///< in execution order
  std::vector<UniqueLayer> unique;
  std::vector<DigitalEvaluation> digital;  ///< in execution order
  std::vector<FailedLayer> failed;
  std::vector<Diagnostic> warnings;

  double energy_pj = 0;  ///< dynamic, all layers and `digital`
  double leakage_pj = 0;
  std::int64_t latency_cycles = 0;  ///< layers and `digital` one after the other
  double latency_s = 0;
  double digital_energy_pj = 0;             ///< part of the above
  std::int64_t digital_latency_cycles = 0;  ///< likewise
  double utilisation = 0;                   ///< mean of the layers' over time
  std::optional<double> array_utilisation;
  std::optional<std::int64_t> arrays_used;  ///< of all layers together, as if all were resident at once
};

struct NetworkOptions {
  MapperOptions mapper = {};
  unsigned threads = 0;  ///< 0: all cores
  /// By network node, tables that hold for this layer alone, as its values make them; null or beyond the end: the
  /// common ones. Layers are equal if their shapes are and their tables are the same object.
  std::vector<std::shared_ptr<const ReferenceTables>> layer_tables = {};
  /// Called after each unique layer, from any thread.
  std::function<void(std::size_t done, std::size_t all)> progress = {};
};

struct NetworkStats {
  std::int64_t mappings_evaluated = 0;
  double seconds = 0;
};

/// Evaluates every layer with a shape, equal layers once, in parallel; the result does not depend on the threads.
NetworkEvaluation evaluate_network(const Network& network, const Architecture& architecture,
                                   const ReferenceTables& tables, const NetworkOptions& options = {},
                                   NetworkStats* stats = nullptr);

}  // namespace ohmloop
