#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// A loop of a mapping with what follows from its place.
struct NestLoop {
  std::size_t position = 0;  ///< index in Mapping::steps
  RankId rank;
  std::int64_t bound = 1;
  std::int64_t step = 1;  ///< product of the bounds of the same rank's loops inside
  std::optional<NodeId> fanout;

  [[nodiscard]] bool temporal() const { return !fanout.has_value(); }
};

/// The loops, outer to inner. Throws OverflowError if a step leaves 64 bits.
std::vector<NestLoop> nest_loops(const Einsum& einsum, const Mapping& mapping);

/// The same into `loops`, which is emptied first; `inside` is room for one number per rank.
void find_nest_loops(const Einsum& einsum, const Mapping& mapping, std::vector<NestLoop>& loops,
                     std::vector<std::int64_t>& inside);

/// Values of each rank that the loops inside `position` walk over, at most the rank's size.
std::vector<std::int64_t> tile_extents(const Einsum& einsum, const std::vector<NestLoop>& loops, std::size_t position);
/// The same into `extents`, which is emptied first.
void find_tile_extents(const Einsum& einsum, const std::vector<NestLoop>& loops, std::size_t position,
                       std::vector<std::int64_t>& extents);

/// True if the node looks at the input through its windows: compute, converters, memories that hold windows.
bool in_window_view(const Node& node);

/// The axes in which a node sees a tensor: its window axes where it has some and the node is in window view.
const std::vector<Axis>& axes_at(const Tensor& tensor, const Node& node);

}  // namespace ohmloop
