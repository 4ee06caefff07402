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

/// compute cycles / cycles that the level's bandwidths allow, at most 1.
double slowdown(const StorageLevel& level, const std::vector<DataSpaceResult>& data_spaces,
                std::int64_t compute_cycles);

/// Energy and traffic of one data space on a network; `accesses` are of the level above it.
NetworkDataSpaceResult network_result(const Network& network, const StorageLevel& outer, const DataSpace& data_space,
                                      std::size_t data_space_index, UsedInstances used, std::int64_t fanout,
                                      const LevelAccesses& accesses);

}  // namespace ohmloop::timeloop
