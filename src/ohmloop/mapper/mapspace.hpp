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
  /// Below the storage elements of an array whose lines take turns: what stands there is weights in further elements.
  bool takes_turns = false;
  std::int64_t copies = 1;        ///< of the fan-out
  std::int64_t least_copies = 1;  ///< that have to be in use, together with those of `beside`
  /// The other way (Y) of the same fan-out, listed before this one (X): a rank spreads along one of them alone.
  std::optional<std::size_t> beside;
  std::int64_t most_together = std::numeric_limits<std::int64_t>::max();  ///< copies in use along both ways
  /// Of the ranks in their order from the inside, how many may spread along X; the others along Y.
  std::optional<std::size_t> split;
  std::vector<FactorRange> ranges;      ///< per searched rank
  std::vector<std::size_t> last_ranks;  ///< searched ranks whose order the file fixes, outer to inner
};

/// A memory with the place of its loops and what it may keep.
struct StoragePlace {
  NodeId node;
  std::size_t place = 0;
  std::optional<std::int64_t> size_bits;
  std::int64_t least_bits = 0;               ///< that have to be in use (a bound on utilisation)
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
  const char* size_unit = "bit";  ///< of the memories' sizes and the tensors' elements, for people
  /// A memory that keeps nothing still has a place for loops, as every level of Timeloop's has.
  bool loops_without_tensors = false;
};

/// Whether the last iterations of a loop at the place may be smaller than the others.
bool imperfect_at(const Mapspace& space, const LoopPlace& place);

/// Makes the outermost memory that may keep a tensor keep it, and closes to loops what stands above: nothing there can
/// hand it other elements in time, nor add up its partial sums.
void close_outside(Mapspace& space);

Mapspace make_mapspace(const Einsum& einsum, const Architecture& architecture, const MapperOptions& options);

}  // namespace ohmloop
