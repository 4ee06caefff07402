#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/counting/flat_nest.hpp"

namespace ohmloop::timeloop {

/// What a level's children ask of one instance of it, before bypassing: Timeloop's access statistics. `Ingress` is its
/// signature: how many children an access reaches, and how many such groups there are.
struct TileTraffic {
  std::int64_t tile_words = 0;     ///< the level's own largest tile
  std::int64_t union_words = 0;    ///< the smallest box around the tiles of all children of one instance
  std::vector<Ingress> ingresses;  ///< ascending by (multicast, scatter)
  double link_transfers = 0;       ///< words that children take from a neighbour
};

/// Of a whole nest: traffic[data space][level].
struct NestTraffic {
  std::vector<std::vector<TileTraffic>> tiles;
  double computes_per_instance = 0;
};

/// Where children stand to each other below a fan-out, and which ask for the same words.
struct FanoutShape {
  std::int64_t columns = 1;  ///< of the grid that Timeloop numbers children in, row by row
  std::int64_t rows = 1;
};

/// The grid below the level: the larger of the hardware's and the loops' extent, each way.
FanoutShape fanout_shape(const Nest& nest, const FlatNest& flat, std::size_t level);

/// Adds accesses to the entry of the same signature; hops become the mean weighted by accesses.
void add_ingress(std::vector<Ingress>& ingresses, const Ingress& added);

/// Runs the nest as Timeloop does, for factors of any kind. Throws InternalError beyond `max_steps` visits of a tile.
void simulate_traffic(const Nest& nest, const FlatNest& flat, const CountingOptions& options, NestTraffic& traffic);

/// Tile visits that the simulation makes; saturates.
std::int64_t simulation_steps(const FlatNest& flat, const CountingOptions& options);

}  // namespace ohmloop::timeloop
