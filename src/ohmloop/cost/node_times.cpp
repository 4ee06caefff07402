#include "ohmloop/cost/node_times.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

double cycles_per_action(const Node& node, double clock_hertz) {
  return std::max(1.0, node.step_seconds.value_or(0.0) * clock_hertz);
}

double converter_cycles(const Node& node, const Converter& converter, double clock_hertz, std::int64_t steps,
                        const ByRole<std::int64_t>& busiest) {
  double values = 0;
  for (const std::int64_t count : busiest) values += static_cast<double>(count);
  const double room = static_cast<double>(steps) * static_cast<double>(converter.shared_by);
  return std::min(values, room) * cycles_per_conversion(node, clock_hertz);
}

template <class Add>
void add_memory_times(const Einsum& einsum, NodeId id, const Memory& memory, const ByRole<TensorActions>& busiest,
                      const Add& add) {
  double read_bits = 0;
  double write_bits = 0;
  for (const Role role : all_roles) {
    const TensorActions& actions = busiest[role_index(role)];
    const double bits = einsum.tensor(role).bits;
    read_bits += bits * (static_cast<double>(actions.reads) + static_cast<double>(actions.drains));
    write_bits += bits * (static_cast<double>(actions.fills) + static_cast<double>(actions.updates));
  }
  if (memory.read_bandwidth_bits_per_cycle && read_bits > 0) {
    add(id, "read bandwidth", read_bits / *memory.read_bandwidth_bits_per_cycle, false);
  }
  if (memory.write_bandwidth_bits_per_cycle && write_bits > 0) {
    add(id, "write bandwidth", write_bits / *memory.write_bandwidth_bits_per_cycle, false);
  }
}

/// Cycles in which arrays are written and do not compute.
double programming_cycles(const Architecture& architecture, const Counts& counts, const ChargedTraffic& traffic) {
  const ArraySlicing& array = *architecture.array;
  const MemoryCounts& cells = counts.memories[array.cells.index()];
  const std::size_t weight = role_index(Role::weight);
  const std::int64_t fills = traffic.of_memory(array.cells, cells.busiest)[weight].fills;
  if (fills == 0) return 0;
  const Node& node = architecture.node(array.cells);
  const double row_cycles = array.write_row_seconds ? *array.write_row_seconds * architecture.clock_hertz
                                                    : cycles_per_action(node, architecture.clock_hertz);
  const auto rows = static_cast<double>(counts.rows_in_use) * static_cast<double>(array.rows_per_input());
  const std::int64_t written_together =
      std::max<std::int64_t>(1, std::min(array.column_sets(), cells.tile_elements[weight]));
  return rows * static_cast<double>(fills) / static_cast<double>(written_together) * row_cycles;
}

/// Calls `add` with node, limit, cycles and whether nothing else goes on, for everything that can limit the layer.
template <class Add>
void each_time(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
               const ChargedTraffic& traffic, const Add& add) {
  add(architecture.compute(), "compute", static_cast<double>(counts.steps) * cycles_per_step(architecture), false);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    const NodeId id(i);
    if (const auto* memory = node.as<Memory>()) {
      add_memory_times(einsum, id, *memory, traffic.of_memory(id, counts.memories[i].busiest), add);
    } else if (const auto* converter = node.as<Converter>()) {
      const ByRole<std::int64_t> busiest = traffic.of_converter(id, counts.converters[i].busiest);
      const double cycles = converter_cycles(node, *converter, architecture.clock_hertz, counts.steps, busiest);
      if (cycles > 0) add(id, "conversions", cycles, false);
    }
  }
  if (!architecture.array) return;
  const double cycles = programming_cycles(architecture, counts, traffic);
  if (cycles > 0) add(architecture.array->cells, "programming", cycles, true);
}

struct LayerCycles {
  double together = 0;  ///< the longest of what goes on at the same time
  double alone = 0;

  void add(double cycles, bool is_alone) {
    if (is_alone) {
      alone += cycles;
    } else {
      together = std::max(together, cycles);
    }
  }
};

}  // namespace

double cycles_per_conversion(const Node& node, double clock_hertz) {
  return node.step_seconds ? *node.step_seconds * clock_hertz : 1.0;
}

double cycles_per_step(const Architecture& architecture) {
  const double step = cycles_per_action(architecture.node(architecture.compute()), architecture.clock_hertz);
  if (!architecture.array) return step;
  return std::max(step, cycles_per_action(architecture.node(architecture.array->cells), architecture.clock_hertz));
}

std::vector<NodeTime> node_times(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                                 const ChargedTraffic& traffic) {
  std::vector<NodeTime> times;
  times.reserve(architecture.nodes.size() * 2);
  each_time(einsum, architecture, counts, traffic, [&](NodeId node, const char* limit, double cycles, bool alone) {
    times.push_back({node, limit, cycles, alone});
  });
  return times;
}

double cycles_of(const std::vector<NodeTime>& times) {
  LayerCycles sum;
  for (const NodeTime& time : times) sum.add(time.cycles, time.alone);
  return sum.together + sum.alone;
}

double latency_cycles(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                      const ChargedTraffic& traffic) {
  LayerCycles sum;
  each_time(einsum, architecture, counts, traffic,
            [&](NodeId, const char*, double cycles, bool alone) { sum.add(cycles, alone); });
  return sum.together + sum.alone;
}

std::int64_t whole_cycles(double cycles) {
  constexpr double limit = 9.2e18;
  if (!(cycles <= limit)) throw OverflowError("the latency is beyond 64 bits of clock cycles");
  // A product such as 100 ns x 1.2 GHz may land a rounding error above its integer.
  const double below = std::floor(cycles);
  const bool rounding_only = cycles - below <= 1e-12 * cycles;
  return static_cast<std::int64_t>(rounding_only ? below : std::ceil(cycles));
}

}  // namespace ohmloop
