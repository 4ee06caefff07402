#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/timeloop/counting/nest.hpp"

/// What Timeloop prints of one evaluation. Energies in pJ, cycles of the clock; counts of one instance are of scalar
/// words.
namespace ohmloop::timeloop {

/// A data space at a storage level. All zero where it is bypassed.
struct DataSpaceResult {
  bool kept = false;
  std::int64_t partition_size = 0;
  std::int64_t utilized_capacity = 0;   ///< words of the largest tile
  std::int64_t utilized_instances = 0;  ///< the most at a time
  double average_instances = 0;         ///< differs from the most only where factors do not divide
  std::int64_t utilized_clusters = 0;
  std::int64_t reads = 0;  ///< per instance, as all that follow up to the clusters'
  std::int64_t fills = 0;
  std::int64_t updates = 0;
  std::int64_t temporal_reductions = 0;
  std::int64_t peer_reads = 0;              ///< words handed to a neighbour, contained in reads
  std::int64_t peer_fills = 0;              ///< words taken from a neighbour, contained in fills
  std::int64_t address_generations = 0;     ///< per cluster
  double access_energy_pj = 0;              ///< of one instance, without leakage
  double energy_pj = 0;                     ///< of all utilised instances, without leakage
  double temporal_reduction_energy_pj = 0;  ///< of all utilised instances
  double address_generation_energy_pj = 0;  ///< of all clusters
  double read_words_per_cycle = 0;          ///< of one instance, at the cycles that the level takes
  double write_words_per_cycle = 0;
};

struct LevelResult {
  std::string name;
  std::vector<DataSpaceResult> data_spaces;
  std::int64_t cycles = 0;
  double slowdown = 1;  ///< compute cycles / cycles that the bandwidth asks for; 1: not throttled
  double leakage_energy_pj = 0;
  double energy_pj = 0;  ///< all data spaces and leakage
  double area_um2 = 0;   ///< all instances of the hardware
};

struct ArithmeticResult {
  std::int64_t computes = 0;
  std::int64_t utilized_instances = 0;
  double average_instances = 0;
  std::int64_t cycles = 0;
  double energy_pj = 0;
  double area_um2 = 0;
};

/// Accesses of the outer level that reach `multicast` children each, while `scatter` groups of children exist.
struct Ingress {
  std::int64_t multicast = 1;
  std::int64_t scatter = 1;
  double accesses = 0;
  double hops = 0;  ///< average

  friend bool operator==(const Ingress&, const Ingress&) = default;
};

struct NetworkDataSpaceResult {
  std::vector<Ingress> ingresses;  ///< per instance of the outer level, ascending by (multicast, scatter)
  std::int64_t fanout = 0;
  double link_transfers = 0;
  double spatial_reductions = 0;
  double energy_pj = 0;  ///< of all utilised instances of the outer level, with links and additions
};

struct NetworkResult {
  std::string name;
  std::vector<NetworkDataSpaceResult> data_spaces;
  double energy_pj = 0;
};

struct TimeloopResult {
  ArithmeticResult arithmetic;
  std::vector<LevelResult> levels;  ///< innermost first, as in the nest
  std::vector<NetworkResult> networks;
  std::int64_t computes = 0;
  std::int64_t cycles = 0;
  double energy_pj = 0;
  double utilization = 0;  ///< computes / (hardware's MACs x cycles)
  double area_um2 = 0;
  /// What bounds the cycles: a level of `levels`, or none of them where it is the arithmetic (levels.size()).
  std::size_t bottleneck = 0;

  [[nodiscard]] double pj_per_compute() const {
    return computes == 0 ? 0.0 : energy_pj / static_cast<double>(computes);
  }
};

}  // namespace ohmloop::timeloop
