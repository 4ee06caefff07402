#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/tile_sizes.hpp"

namespace ohmloop {

/// Bounds on one loop: [1, 1] where a rank may have no loop.
struct FactorRange {
  std::int64_t least = 1;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  /// Closed because the place stands above the outermost memory that keeps this role, not by the file's constraints.
  std::optional<Role> closed_by;
};

/// Where loops can stand: directly below a memory (temporal) or at a fan-out (spatial).
struct LoopPlace {
  NodeId node;
  bool spatial = false;
  std::int64_t copies = 1;              ///< of the fan-out
  std::vector<FactorRange> ranges;      ///< per searched rank
  std::vector<std::size_t> last_ranks;  ///< searched ranks whose order the file fixes, outer to inner
};

/// A memory with the place of its loops and what it may keep.
struct StoragePlace {
  NodeId node;
  std::size_t place = 0;
  std::optional<std::int64_t> size_bits;
  ByRole<Placement> placement{};             ///< `keep` where the outermost memory must keep
  ByRole<std::shared_ptr<TileSizes>> tiles;  ///< shared by memories that see a tensor alike
};

/// What is searched, by one thread: the factors of every rank larger than 1 at every place, in node order, the loop
/// orders, and the free placements.
struct Mapspace {
  const Einsum* einsum = nullptr;
  const Architecture* architecture = nullptr;
  std::vector<RankId> ranks;
  std::vector<std::int64_t> sizes;  ///< of these ranks
  std::vector<LoopPlace> places;
  std::vector<StoragePlace> storages;
  bool imperfect_spatial = false;
  bool imperfect_temporal = false;
};

Mapspace make_mapspace(const Einsum& einsum, const Architecture& architecture, const MapperOptions& options);

}  // namespace ohmloop
