#include "ohmloop/timeloop/counting/evaluate.hpp"

#include <algorithm>
#include <cmath>

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

void count_one_network(const Nest& nest, const FlatNest& flat, const std::vector<std::vector<LevelAccesses>>& accesses,
                       const Network& network, TimeloopResult& result, NetworkResult& out) {
  const NetworkPlace place{network, nest.levels[network.outer], used_instances(nest, flat, network.outer),
                           flat.fanout[network.outer]};
  out.data_spaces.resize(accesses.size());
  out.energy_pj = 0;
  for (std::size_t d = 0; d < accesses.size(); ++d) {
    count_network(place, nest.problem.data_spaces[d], d, accesses[d][network.outer], out.data_spaces[d]);
    out.energy_pj += out.data_spaces[d].energy_pj;
  }
  result.energy_pj += out.energy_pj;
  result.cycles += network.fill_latency_cycles + network.drain_latency_cycles;
}

bool has_network(const Nest& nest, std::size_t outer) {
  return std::any_of(nest.networks.begin(), nest.networks.end(),
                     [&](const Network& network) { return network.outer == outer; });
}

/// The networks that are described, then a free one below every other level.
void evaluate_networks(const Nest& nest, const FlatNest& flat, const std::vector<std::vector<LevelAccesses>>& accesses,
                       TimeloopResult& result) {
  std::size_t count = nest.networks.size();
  for (std::size_t l = 0; l < nest.levels.size(); ++l) count += has_network(nest, l) ? 0 : 1;
  result.networks.resize(count);
  std::size_t next = 0;
  for (const Network& network : nest.networks) {
    result.networks[next].name = network.name;
    count_one_network(nest, flat, accesses, network, result, result.networks[next++]);
  }
  for (std::size_t l = nest.levels.size(); l-- > 0;) {
    if (has_network(nest, l)) continue;
    Network network;
    network.outer = l;
    std::string& name = result.networks[next].name;
    name = nest.levels[l].name;
    name += " <==> ";
    name += l == 0 ? nest.arithmetic.name : nest.levels[l - 1].name;
    count_one_network(nest, flat, accesses, network, result, result.networks[next++]);
  }
}

}  // namespace

struct Evaluator::State {
  CountingOptions options;
  FlatNest flat;
  ClosedTraffic closed;
  NestTraffic traffic;
  std::vector<std::vector<LevelAccesses>> accesses;
  TimeloopResult result;
};

Evaluator::Evaluator(const CountingOptions& options) : state_(std::make_unique<State>()) { state_->options = options; }
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

const TimeloopResult& Evaluator::evaluate(const Nest& nest) {
  State& state = *state_;
  const std::size_t data_spaces = nest.problem.data_spaces.size();
  state.flat.assign(nest);
  if (state.flat.perfect) {
    state.closed.count(nest, state.flat, state.options, state.traffic);
  } else {
    simulate_traffic(nest, state.flat, state.options, state.traffic);
  }
  state.accesses.resize(data_spaces);
  for (std::size_t d = 0; d < data_spaces; ++d) {
    collapse(nest, state.flat, state.options, d, state.traffic.tiles[d], state.accesses[d]);
  }

  TimeloopResult& result = state.result;
  evaluate_arithmetic(nest, state.flat, state.traffic.computes_per_instance, result);
  result.levels.resize(nest.levels.size());
  for (std::size_t l = 0; l < nest.levels.size(); ++l) {
    LevelResult& level = result.levels[l];
    level.name = nest.levels[l].name;
    level.data_spaces.resize(data_spaces);
    const UsedInstances used = used_instances(nest, state.flat, l);
    for (std::size_t d = 0; d < data_spaces; ++d) {
      level.data_spaces[d] = data_space_result(nest.levels[l], nest.problem.data_spaces[d], used, state.accesses[d][l]);
    }
  }
  const std::int64_t cycles = evaluate_time(nest, result);
  result.cycles = cycles;
  result.computes = result.arithmetic.computes;
  evaluate_energy(nest, state.flat, cycles, result);
  evaluate_networks(nest, state.flat, state.accesses, result);
  result.utilization = static_cast<double>(result.computes) / static_cast<double>(nest.arithmetic.instances) /
                       static_cast<double>(result.cycles);
  return result;
}

TimeloopResult evaluate(const Nest& nest, const CountingOptions& options) { return Evaluator(options).evaluate(nest); }

CountingOptions counting_of_2020() {
  CountingOptions options;
  options.stride_rule = StrideRule::steps;
  options.link_transfers = false;
  options.fill_first_visit = true;
  return options;
}

}  // namespace ohmloop::timeloop
