#pragma once

#include <cstdint>

#include "ohmloop/timeloop/counting/collapse.hpp"
#include "ohmloop/timeloop/counting/result.hpp"

namespace ohmloop::timeloop {

/// Instances of a level that the mapping uses.
struct UsedInstances {
  std::int64_t most = 1;
  double average = 1;
};

/// Counts, capacity and energies of one data space at one level.
DataSpaceResult data_space_result(const StorageLevel& level, const DataSpace& data_space, UsedInstances used,
                                  const LevelAccesses& accesses);

/// compute cycles / cycles that the level's bandwidths allow for so many words of one instance, at most 1.
double slowdown(const StorageLevel& level, double words_read, double words_written, std::int64_t compute_cycles);
double slowdown(const StorageLevel& level, const std::vector<DataSpaceResult>& data_spaces,
                std::int64_t compute_cycles);

/// Where a network stands, and what it costs.
struct NetworkPlace {
  const Network& network;
  const StorageLevel& outer;
  UsedInstances used;  ///< of the level above it
  std::int64_t fanout = 1;
};

/// Energy and traffic of a data space; `accesses` are of the level above. Buffers of `result` are used again.
void count_network(const NetworkPlace& place, const DataSpace& data_space, std::size_t data_space_index,
                   const LevelAccesses& accesses, NetworkDataSpaceResult& result);

}  // namespace ohmloop::timeloop
