#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {

/// A data space at a level after bypassing. Counts are per instance.
struct LevelAccesses {
  bool kept = false;
  std::int64_t tile_words = 0;
  std::int64_t partition_words = 0;  ///< the part of the tensor that an instance is responsible for
  double content = 0;                ///< accesses by the level below
  double parent_share = 0;           ///< words that the level above serves
  double peers = 0;                  ///< words from a neighbour
  std::int64_t reads = 0;
  std::int64_t fills = 0;
  std::int64_t updates = 0;
  std::int64_t temporal_reductions = 0;
  std::vector<Ingress> ingresses;  ///< of the network below; a bypassed level keeps them
  double link_transfers = 0;
};

/// From what tiles ask for to what levels do, for one data space: partitions, parents' shares, bypass, elision.
/// `accesses` has one entry per level.
void collapse(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t data_space,
              const std::vector<TileTraffic>& tiles, std::vector<LevelAccesses>& accesses);

}  // namespace ohmloop::timeloop
