#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ohmloop/cost/digital_cost.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/network/map_network_layer.hpp"
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
  std::int64_t chips = 1;   ///< that one copy of the layer is spread over, where one chip is too small
  std::int64_t copies = 1;  ///< of the weights, each for its part of the positions; the mapping has them
  bool reloaded = false;    ///< its weights are written into arrays while the network runs
  /// Energies that hold for this layer alone, as its values make them; null: the common ones.
  std::shared_ptr<const ReferenceTables> own_tables = nullptr;
};

/// The tables that a layer is charged by.
inline const ReferenceTables& tables_of(const UniqueLayer& layer, const ReferenceTables& common) {
  return layer.own_tables ? *layer.own_tables : common;
}

/// Where the weights of a network are while it runs (docs/schedule.md); only of chips whose arrays keep them.
struct Residence {
  std::int64_t arrays_of_chip = 0;
  std::int64_t arrays_needed = 0;  ///< by one copy of every layer, operands of attention included
  std::int64_t arrays_taken = 0;   ///< with copies, or with layers that take turns
  std::int64_t chips = 1;
  std::size_t reloaded_layers = 0;    ///< weights that are written while the network runs
  std::int64_t written_elements = 0;  ///< storage elements written meanwhile, operands of attention included
  double link_bits = 0;               ///< activations and sums that pass between chips
  std::optional<EnergyItem> link;     ///< that charges these; nothing where the file names no link
};

/// Successive inputs (batches) through a network.
struct Throughput {
  double interval_s = 0;  ///< from one result to the next
  std::int64_t interval_cycles = 0;
  double inferences_per_s = 0;               ///< batch / interval
  std::optional<std::size_t> slowest_layer;  ///< of a pipeline: index into `layers`
  std::optional<NodeId> slowest_component;   ///< or what serves operators without weights
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
  std::optional<NoMapping> refused;  ///< the schedule cannot be kept: as with `failed`, there is nothing else
  std::vector<Diagnostic> warnings;

  double energy_pj = 0;  ///< dynamic, all layers and `digital`
  double leakage_pj = 0;
  std::int64_t latency_cycles = 0;  ///< of one input: layers and `digital` one after the other, or in a pipeline
  double latency_s = 0;
  double digital_energy_pj = 0;             ///< part of the above
  std::int64_t digital_latency_cycles = 0;  ///< of all `digital` one after the other
  Throughput throughput;
  std::optional<Residence> residence;
  double utilisation = 0;  ///< mean of the layers' over time
  std::optional<double> array_utilisation;
  std::optional<std::int64_t> arrays_used;  ///< of all layers together, copies included
};

struct NetworkOptions {
  MapperOptions mapper = {};
  unsigned threads = 0;  ///< 0: all cores
  /// By network node, tables that hold for this layer alone, as its values make them; null or beyond the end: the
  /// common ones. Layers are equal if their shapes are and their tables are the same object.
  std::vector<std::shared_ptr<const ReferenceTables>> layer_tables = {};
  /// Who keeps answers for layers gives one that it has, or what `map` gives; from any thread. Nothing: `map`.
  std::function<MappedNetworkLayer(const LayerShape& shape, const std::function<MappedNetworkLayer()>& map)>
      layer_answer = {};
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
