#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

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

struct NetworkEvaluation {
  std::vector<LayerEvaluation> layers;  ///< in execution order
  std::vector<UniqueLayer> unique;
  std::vector<FailedLayer> failed;
  std::vector<Diagnostic> warnings;

  double energy_pj = 0;  ///< dynamic, all layers
  double leakage_pj = 0;
  std::int64_t latency_cycles = 0;  ///< layers one after the other
  double latency_s = 0;
  double utilisation = 0;  ///< mean of the layers' over time
  std::optional<double> array_utilisation;
  std::optional<std::int64_t> arrays_used;  ///< of all layers together, as if all were resident at once
};

struct NetworkOptions {
  MapperOptions mapper = {};
  unsigned threads = 0;  ///< 0: all cores
  /// Maps a layer in place of find_mapping, for who keeps answers; from any thread. Nothing: find_mapping.
  std::function<MapperResult(const LayerShape& shape, const Einsum& einsum, MapperStats& stats)> map_layer = {};
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
