#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

/// How a count treats a loop.
enum class Walk {
  time,   ///< temporal, outside the child: the child's tile changes with it
  sum,    ///< copies that are served one by one
  merge,  ///< copies that one word serves together
  pin,    ///< only index 0
  inside  ///< inside the child: part of its tile
};

struct WalkedLoop {
  RankId rank;
  std::int64_t bound = 1;
  std::int64_t step = 1;
  Walk walk = Walk::inside;

  friend bool operator==(const WalkedLoop&, const WalkedLoop&) = default;
};

/// A tile that must stay for the child to go on holding an element.
struct Holder {
  std::size_t loops_outside = 0;      ///< number of the nest's loops outside the tile
  std::vector<std::int64_t> extents;  ///< of the tile, by rank
};

/// Elements that enter a child's instances, seen from some place above it: for every step of the time loops and every
/// index of the summed loops, the size of the union over the merged loops of (tile now without what was held before).
struct Crossing {
  std::span<const WalkedLoop> loops;  ///< the whole nest, outer to inner
  /// The child's own tile last. Before it, for outputs, the tiles of the levels above: a sum is handed up when the
  /// level above drops its element, even if the child is idle then. Operands just stay where they are.
  std::span<const Holder> holders;
  bool holds = true;  ///< the child keeps its tile from step to step (compute does not)

  [[nodiscard]] const std::vector<std::int64_t>& extents() const { return holders.back().extents; }
};

}  // namespace ohmloop
