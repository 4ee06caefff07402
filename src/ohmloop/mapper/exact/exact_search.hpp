#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "ohmloop/mapper/exact/nest_search.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"

namespace ohmloop {

/// Makes the traffic model of a skeleton, which outlives it.
using TrafficFactory = std::function<std::unique_ptr<TrafficModel>(const Skeleton&)>;

struct ExactSearchOptions {
  std::size_t threads = 1;  ///< 0: as many as the machine has; the result is the same for any
  /// Of all nest searches together, about; tables that take as long as a state count as one. 0: no limit.
  std::int64_t most_states = 0;
  std::function<bool()> stop = {};  ///< asked now and then, by one thread at a time
  /// Only mappings under which another tensor stands still longest, see `stationary_tensor`.
  std::optional<Role> not_stationary = {};
  /// Only mappings better than this.
  std::optional<Score> better_than = {};
  /// Only choices of spatial loops for which this holds, if it is set.
  std::function<bool(const SpatialFactors&)> spatial = {};
};

/// What every step of the search came to and removed.
struct ExactSearchStats {
  std::int64_t placements = 0;
  std::int64_t spatial = 0;        ///< choices of spatial loops, of all placements
  std::int64_t cut_at_once = 0;    ///< of these, those that the least traffic excludes
  std::int64_t cut_by_tables = 0;  ///< those that the bound over all temporal loops excludes
  std::int64_t not_searched = 0;   ///< those left out for lack of time or of memory
  std::int64_t table_entries = 0;
  NestSearchStats nests;
};

struct ExactSearchResult {
  std::optional<Found> best;
  bool complete = true;  ///< the best of all; else nothing is better than `bound`
  Score bound;
};

/// Whether states of the search have room for a mapspace's memories, ranks and axes, and its numbers for the layer's
/// computes (up to 2^53).
bool has_room_for(const Mapspace& space);

/// The best candidate of a mapspace whose temporal factors divide: over all placements and spatial loops, in the order
/// of a lower bound, until none can be better than what was found. The result does not depend on the number of threads.
ExactSearchResult exact_search(const Mapspace& space, const TrafficFactory& make_traffic,
                               const ExactSearchOptions& options = {}, ExactSearchStats* stats = nullptr);

}  // namespace ohmloop
