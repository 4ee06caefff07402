#include "ohmloop/timeloop/counting/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/counting/closed_traffic.hpp"
#include "ohmloop/timeloop/counting/collapse.hpp"
#include "ohmloop/timeloop/counting/level_cost.hpp"

namespace ohmloop::timeloop {
namespace {

/// Copies of the spatial loops from `loop` outwards that have work, on average over the steps outside.
double average_copies(const Nest& nest, const FlatNest& flat, std::size_t begin) {
  double copies = 1;
  for (std::size_t i = begin; i < flat.loops.size(); ++i) {
    const FlatLoop& loop = flat.loops[i];
    if (!loop.spatial()) continue;
    const std::int64_t size = nest.problem.sizes[loop.dimension];
    const std::int64_t inner = ceil_divide(size, loop.step);
    const std::int64_t outer = ceil_divide(size, checked_multiply(loop.step, loop.bound));
    copies *= static_cast<double>(inner) / static_cast<double>(outer);
  }
  return copies;
}

std::int64_t temporal_steps(const FlatNest& flat) {
  std::int64_t steps = 1;
  for (const FlatLoop& loop : flat.loops) {
    if (!loop.spatial()) steps = checked_multiply(steps, loop.bound);
  }
  return steps;
}

UsedInstances used_instances(const Nest& nest, const FlatNest& flat, std::size_t level) {
  const std::int64_t most = flat.instances[level];
  return {most, flat.perfect ? static_cast<double>(most) : average_copies(nest, flat, flat.first[level + 1])};
}

void evaluate_arithmetic(const Nest& nest, const FlatNest& flat, double computes_per_instance, TimeloopResult& result) {
  const Arithmetic& arithmetic = nest.arithmetic;
  ArithmeticResult& out = result.arithmetic;
  out.utilized_instances = flat.arithmetic_instances;
  out.average_instances = flat.perfect ? static_cast<double>(flat.arithmetic_instances) : average_copies(nest, flat, 0);
  out.computes = std::llround(computes_per_instance * static_cast<double>(flat.arithmetic_instances));
  out.cycles = flat.perfect
                   ? static_cast<std::int64_t>(std::ceil(static_cast<double>(out.computes) / out.average_instances))
                   : temporal_steps(flat);
  out.energy_pj = static_cast<double>(out.computes) * arithmetic.compute_pj;
  out.area_um2 = arithmetic.area_um2 * static_cast<double>(arithmetic.instances);
}

/// Cycles of every level, and of the whole without the networks' latencies.
std::int64_t evaluate_time(const Nest& nest, TimeloopResult& result) {
  const std::int64_t compute_cycles = result.arithmetic.cycles;
  std::int64_t longest = compute_cycles;
  result.bottleneck = result.levels.size();
  for (std::size_t l = 0; l < result.levels.size(); ++l) {
    LevelResult& level = result.levels[l];
    level.slowdown = slowdown(nest.levels[l], level.data_spaces, compute_cycles);
    level.cycles = static_cast<std::int64_t>(std::ceil(static_cast<double>(compute_cycles) / level.slowdown));
    for (std::size_t d = 0; d < level.data_spaces.size(); ++d) {
      DataSpaceResult& space = level.data_spaces[d];
      if (!space.kept) continue;
      const double scale = nest.levels[l].rules[d].bandwidth_consumption / static_cast<double>(level.cycles);
      space.read_words_per_cycle = static_cast<double>(space.reads) * scale;
      space.write_words_per_cycle = static_cast<double>(space.fills + space.updates) * scale;
    }
    if (level.cycles > longest) {
      longest = level.cycles;
      result.bottleneck = l;
    }
  }
  return longest;
}

/// Unused instances do not leak, unless they are switched off together with used ones.
double leaking_instances(const Nest& nest, const FlatNest& flat, std::size_t level) {
  const StorageLevel& storage = nest.levels[level];
  if (storage.power_gated_at && *storage.power_gated_at < nest.levels.size()) {
    const std::size_t gate = *storage.power_gated_at;
    const auto together = static_cast<double>(storage.instances) / static_cast<double>(nest.levels[gate].instances);
    if (together > 1) return together * used_instances(nest, flat, gate).average;
  }
  return std::max(1.0, used_instances(nest, flat, level).average);
}

void evaluate_energy(const Nest& nest, const FlatNest& flat, std::int64_t cycles, TimeloopResult& result) {
  result.energy_pj = result.arithmetic.energy_pj;
  result.area_um2 = result.arithmetic.area_um2;
  for (std::size_t l = 0; l < result.levels.size(); ++l) {
    LevelResult& level = result.levels[l];
    level.leakage_energy_pj =
        nest.levels[l].energies.leak_pj * static_cast<double>(cycles) * leaking_instances(nest, flat, l);
    level.energy_pj = level.leakage_energy_pj;
    for (const DataSpaceResult& space : level.data_spaces) {
      level.energy_pj += space.energy_pj + space.temporal_reduction_energy_pj + space.address_generation_energy_pj;
    }
    level.area_um2 = nest.levels[l].area_um2 * static_cast<double>(nest.levels[l].instances);
    result.energy_pj += level.energy_pj;
    result.area_um2 += level.area_um2;
  }
}

Network inferred_network(const Nest& nest, std::size_t outer) {
  Network network;
  network.name = nest.levels[outer].name + " <==> " + (outer == 0 ? nest.arithmetic.name : nest.levels[outer - 1].name);
  network.outer = outer;
  network.word_bits = nest.levels[outer].word_bits;
  return network;
}

void evaluate_network(const Nest& nest, const FlatNest& flat, const std::vector<std::vector<LevelAccesses>>& accesses,
                      const Network& network, TimeloopResult& result) {
  NetworkResult out;
  out.name = network.name;
  const UsedInstances used = used_instances(nest, flat, network.outer);
  for (std::size_t d = 0; d < accesses.size(); ++d) {
    out.data_spaces.push_back(network_result(network, nest.levels[network.outer], nest.problem.data_spaces[d], d, used,
                                             flat.fanout[network.outer], accesses[d][network.outer]));
    out.energy_pj += out.data_spaces.back().energy_pj;
  }
  result.energy_pj += out.energy_pj;
  result.cycles += network.fill_latency_cycles + network.drain_latency_cycles;
  result.networks.push_back(std::move(out));
}

void evaluate_networks(const Nest& nest, const FlatNest& flat, const std::vector<std::vector<LevelAccesses>>& accesses,
                       TimeloopResult& result) {
  std::vector<bool> named(nest.levels.size(), false);
  for (const Network& network : nest.networks) {
    named[network.outer] = true;
    evaluate_network(nest, flat, accesses, network, result);
  }
  for (std::size_t l = nest.levels.size(); l-- > 0;) {
    if (!named[l]) evaluate_network(nest, flat, accesses, inferred_network(nest, l), result);
  }
}

}  // namespace

TimeloopResult evaluate(const Nest& nest, const CountingOptions& options) {
  FlatNest flat;
  flat.assign(nest);
  NestTraffic traffic;
  if (flat.perfect) {
    ClosedTraffic().count(nest, flat, options, traffic);
  } else {
    simulate_traffic(nest, flat, options, traffic);
  }
  std::vector<std::vector<LevelAccesses>> accesses(nest.problem.data_spaces.size());
  for (std::size_t d = 0; d < accesses.size(); ++d) {
    collapse(nest, flat, options, d, traffic.tiles[d], accesses[d]);
  }

  TimeloopResult result;
  evaluate_arithmetic(nest, flat, traffic.computes_per_instance, result);
  for (std::size_t l = 0; l < nest.levels.size(); ++l) {
    LevelResult level;
    level.name = nest.levels[l].name;
    for (std::size_t d = 0; d < accesses.size(); ++d) {
      level.data_spaces.push_back(data_space_result(nest.levels[l], nest.problem.data_spaces[d],
                                                    used_instances(nest, flat, l), accesses[d][l]));
    }
    result.levels.push_back(std::move(level));
  }
  const std::int64_t cycles = evaluate_time(nest, result);
  result.cycles = cycles;
  result.computes = result.arithmetic.computes;
  evaluate_energy(nest, flat, cycles, result);
  evaluate_networks(nest, flat, accesses, result);
  result.utilization = static_cast<double>(result.computes) / static_cast<double>(nest.arithmetic.instances) /
                       static_cast<double>(result.cycles);
  return result;
}

}  // namespace ohmloop::timeloop
