#pragma once

#include <vector>

#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {

/// Loops that stand directly at each node, outer to inner: a fan-out's spatial loops; for a memory the temporal loops
/// whose nearest Keep step outside is one of its own, with no spatial loop between the two.
std::vector<std::vector<NestLoop>> loops_by_node(const Architecture& architecture, const Mapping& mapping,
                                                 const std::vector<NestLoop>& loops);

/// Violations of the architecture's loop constraints. A constraint on a rank that the einsum does not have asks
/// nothing; a bound above the rank's size means the whole rank.
std::vector<Violation> check_loop_constraints(const Einsum& einsum, const Architecture& architecture,
                                              const Mapping& mapping, const std::vector<NestLoop>& loops);

}  // namespace ohmloop
