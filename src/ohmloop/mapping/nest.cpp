#include "ohmloop/mapping/nest.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

std::vector<NestLoop> nest_loops(const Einsum& einsum, const Mapping& mapping) {
  std::vector<NestLoop> loops;
  loops.reserve(mapping.steps.size());
  std::vector<std::int64_t> inside;
  find_nest_loops(einsum, mapping, loops, inside);
  return loops;
}

void find_nest_loops(const Einsum& einsum, const Mapping& mapping, std::vector<NestLoop>& loops,
                     std::vector<std::int64_t>& inside) {
  loops.clear();
  inside.assign(einsum.ranks.size(), 1);
  for (std::size_t position = mapping.steps.size(); position-- > 0;) {
    const Loop* loop = std::get_if<Loop>(&mapping.steps[position]);
    if (loop == nullptr) continue;
    std::int64_t& step = inside[loop->rank.index()];
    loops.push_back({position, loop->rank, loop->bound, step, loop->fanout});
    step = checked_multiply(step, loop->bound);
  }
  std::reverse(loops.begin(), loops.end());
}

std::vector<std::int64_t> tile_extents(const Einsum& einsum, const std::vector<NestLoop>& loops, std::size_t position) {
  std::vector<std::int64_t> extents;
  find_tile_extents(einsum, loops, position, extents);
  return extents;
}

void find_tile_extents(const Einsum& einsum, const std::vector<NestLoop>& loops, std::size_t position,
                       std::vector<std::int64_t>& extents) {
  extents.assign(einsum.ranks.size(), 1);
  for (const NestLoop& loop : loops) {
    if (loop.position > position) extents[loop.rank.index()] *= loop.bound;
  }
  for (std::size_t i = 0; i < extents.size(); ++i) extents[i] = std::min(extents[i], einsum.ranks[i].size);
}

bool in_window_view(const Node& node) {
  const Memory* memory = node.as<Memory>();
  return memory != nullptr ? memory->holds_windows : !std::holds_alternative<Fanout>(node.body);
}

const std::vector<Axis>& axes_at(const Tensor& tensor, const Node& node) {
  return !tensor.window_axes.empty() && in_window_view(node) ? tensor.window_axes : tensor.axes;
}

}  // namespace ohmloop
