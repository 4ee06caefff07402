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
    add(id, "read bandwidth", read_bits / *memory.read_bandwidth_bits_per_cycle);
  }
  if (memory.write_bandwidth_bits_per_cycle && write_bits > 0) {
    add(id, "write bandwidth", write_bits / *memory.write_bandwidth_bits_per_cycle);
  }
}

/// Calls `add` with node, limit and cycles of everything that can limit the layer.
template <class Add>
void each_time(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
               const ChargedTraffic& traffic, const Add& add) {
  add(architecture.compute(), "compute", static_cast<double>(counts.steps) * cycles_per_step(architecture));
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    const NodeId id(i);
    if (const auto* memory = node.as<Memory>()) {
      add_memory_times(einsum, id, *memory, traffic.of_memory(id, counts.memories[i].busiest), add);
    } else if (const auto* converter = node.as<Converter>()) {
      const ByRole<std::int64_t> busiest = traffic.of_converter(id, counts.converters[i].busiest);
      const double cycles = converter_cycles(node, *converter, architecture.clock_hertz, counts.steps, busiest);
      if (cycles > 0) add(id, "conversions", cycles);
    }
  }
}

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
  each_time(einsum, architecture, counts, traffic, [&](NodeId node, const char* limit, double cycles) {
    times.push_back({node, limit, cycles});
  });
  return times;
}

double slowest_cycles(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                      const ChargedTraffic& traffic) {
  double slowest = 0;
  each_time(einsum, architecture, counts, traffic,
            [&](NodeId, const char*, double cycles) { slowest = std::max(slowest, cycles); });
  return slowest;
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
