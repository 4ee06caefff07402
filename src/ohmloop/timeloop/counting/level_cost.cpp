#include "ohmloop/timeloop/counting/level_cost.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"

namespace ohmloop::timeloop {

DataSpaceResult data_space_result(const StorageLevel& level, const DataSpace& data_space, UsedInstances used,
                                  const LevelAccesses& accesses) {
  DataSpaceResult result;
  if (!accesses.kept) return result;
  result.kept = true;
  result.partition_size = accesses.partition_words;
  result.utilized_capacity = accesses.tile_words;
  result.utilized_instances = used.most;
  result.average_instances = used.average;
  result.utilized_clusters = std::min(used.most, std::max<std::int64_t>(1, level.instances / level.cluster_size));
  result.reads = accesses.reads;
  result.fills = accesses.fills;
  result.updates = accesses.updates;
  result.temporal_reductions = accesses.temporal_reductions;
  result.peer_reads = result.peer_fills = std::llround(accesses.peers);
  result.address_generations = checked_add(result.fills, data_space.read_write ? result.updates : result.reads);

  const auto energy = [&](std::int64_t words, double access_pj) {
    return static_cast<double>(ceil_divide(std::max<std::int64_t>(0, words), level.block_size)) * access_pj;
  };
  // Neighbours in a cluster share their accesses.
  const auto clusters = static_cast<double>(result.utilized_clusters);
  const double sharing = level.cluster_size > 1 ? static_cast<double>(used.most) / clusters : 1.0;
  result.access_energy_pj =
      (energy(result.reads, level.energies.read_pj) + energy(result.fills, level.energies.fill_pj) +
       energy(result.updates, level.energies.update_pj)) /
      sharing;
  result.energy_pj = result.access_energy_pj * used.average;
  result.temporal_reduction_energy_pj =
      static_cast<double>(result.temporal_reductions) * level.temporal_reduction_pj * used.average;
  result.address_generation_energy_pj =
      static_cast<double>(result.address_generations) * level.address_generation_pj * clusters;
  return result;
}

double slowdown(const StorageLevel& level, double words_read, double words_written, std::int64_t compute_cycles) {
  const double read = words_read / static_cast<double>(compute_cycles);
  const double written = words_written / static_cast<double>(compute_cycles);
  double slowest = 1.0;
  if (level.read_bandwidth && read > 0) slowest = std::min(slowest, *level.read_bandwidth / read);
  if (level.write_bandwidth && written > 0) slowest = std::min(slowest, *level.write_bandwidth / written);
  if (level.shared_bandwidth && read + written > 0) {
    slowest = std::min(slowest, *level.shared_bandwidth / (read + written));
  }
  return slowest;
}

double slowdown(const StorageLevel& level, const std::vector<DataSpaceResult>& data_spaces,
                std::int64_t compute_cycles) {
  double read = 0;
  double written = 0;
  for (std::size_t d = 0; d < data_spaces.size(); ++d) {
    const DataSpaceResult& space = data_spaces[d];
    if (!space.kept) continue;
    const double in_use = space.average_instances / static_cast<double>(space.utilized_instances);
    read += std::ceil(static_cast<double>(space.reads) * in_use) * level.rules[d].bandwidth_consumption;
    written += std::ceil(static_cast<double>(space.fills + space.updates) * in_use) * level.rules[d].bandwidth_consumption;
  }
  return slowdown(level, read, written, compute_cycles);
}

namespace {

double multicast_energy(const std::vector<MulticastEnergy>& energies, std::int64_t multicast) {
  for (const MulticastEnergy& entry : energies) {
    if (entry.multicast >= multicast) return entry.ingress_pj;
  }
  return energies.empty() ? 0.0 : energies.back().ingress_pj;
}

/// Old sums come down before the new ones go up where the outer end can't add in place: all but the first of each.
double round_trips(const StorageLevel& outer, const LevelAccesses& accesses, double total) {
  if (outer.reduction_supported.value_or(!outer.is_dram) || total == 0) return 1.0;
  return std::max(1.0, (2 * total - static_cast<double>(accesses.partition_words)) / total);
}

}  // namespace

void count_network(const NetworkPlace& place, const DataSpace& data_space, std::size_t data_space_index,
                   const LevelAccesses& accesses, NetworkDataSpaceResult& result) {
  const Network& network = place.network;
  result.ingresses = accesses.ingresses;
  result.fanout = place.fanout;
  result.link_transfers = accesses.link_transfers;
  result.spatial_reductions = 0;
  double total = 0;
  for (const Ingress& ingress : result.ingresses) total += ingress.accesses;
  const bool both_ways = data_space.read_write && network.kind == NetworkKind::legacy;
  const double trips = both_ways ? round_trips(place.outer, accesses, total) : 1.0;

  double energy = 0;
  double by_multicast = 0;
  for (Ingress& ingress : result.ingresses) {
    ingress.accesses *= trips;
    const auto additions = static_cast<double>(ingress.multicast - 1) * ingress.accesses;
    if (data_space.read_write) result.spatial_reductions += additions;
    if (network.kind == NetworkKind::simple_multicast) {
      // Timeloop keeps only what the largest factor costs.
      if (data_space_index < network.multicast_energies.size()) {
        by_multicast =
            multicast_energy(network.multicast_energies[data_space_index], ingress.multicast) * ingress.accesses;
      }
      continue;
    }
    double hops = ingress.hops;
    if (network.kind == NetworkKind::reduction_tree) {
      hops = 0.5 * std::floor(std::log2(static_cast<double>(ingress.multicast)));
    }
    energy += ingress.accesses * (hops * network.hop_pj + (1 + hops) * network.router_pj + network.ingress_pj);
    if (data_space.read_write) energy += additions * network.adder_pj;
  }
  energy += result.link_transfers * (network.hop_pj + 2 * network.router_pj);
  result.energy_pj = (energy + by_multicast) * place.used.average;
}

}  // namespace ohmloop::timeloop
