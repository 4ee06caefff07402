#pragma once

#include "ohmloop/mapper/exact/traffic_model.hpp"

namespace ohmloop {

/// The mapping of a path as one tensor sees it: Keeps of other tensors are left out. What the path leaves of the ranks
/// runs directly below the tensor's outermost memory.
Mapping path_mapping(const Skeleton& skeleton, const NestPath& path, Role role);

/// The candidate of a path that leaves nothing.
Candidate path_candidate(const Skeleton& skeleton, const NestPath& path);

/// Steps for which the tile of each tensor in its innermost memory stands still, as `stationary_tensor` defines it, as
/// far as the path goes.
ByRole<double> steps_standing_still(const Skeleton& skeleton, const NestPath& path);

}  // namespace ohmloop
