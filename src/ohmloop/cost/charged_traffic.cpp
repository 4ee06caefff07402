#include "ohmloop/cost/charged_traffic.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t weight = role_index(Role::weight);

std::optional<NodeId> find_programmed(const Einsum& einsum, const Architecture& architecture, const Counts& counts) {
  if (einsum.weight_is_activation) return std::nullopt;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const auto* memory = architecture.nodes[i].as<Memory>();
    if (memory == nullptr || !memory->resident) continue;
    const MemoryCounts& counted = counts.memories[i];
    // Instance 0 holds the largest tile and never does less than another: filled with no more than that tile, no
    // instance was ever loaded twice.
    if (counted.keeps[weight] && counted.busiest[weight].fills <= counted.tile_elements[weight]) return NodeId(i);
  }
  return std::nullopt;
}

}  // namespace

ChargedTraffic::ChargedTraffic(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                               bool weights_written) {
  if (!weights_written) programmed_ = find_programmed(einsum, architecture, counts);
  if (architecture.array) cells_ = architecture.array->cells;
}

ByRole<TensorActions> ChargedTraffic::of_memory(NodeId node, const ByRole<TensorActions>& counted) const {
  ByRole<TensorActions> charged = counted;
  if (programmed_ && node < *programmed_) charged[weight] = {};
  if (programmed_ == node) charged[weight].fills = 0;
  if (cells_ == node) charged[weight].reads = 0;
  return charged;
}

ByRole<std::int64_t> ChargedTraffic::of_converter(NodeId node, const ByRole<std::int64_t>& counted) const {
  ByRole<std::int64_t> charged = counted;
  if (programmed_ && node < *programmed_) charged[weight] = 0;
  return charged;
}

}  // namespace ohmloop
