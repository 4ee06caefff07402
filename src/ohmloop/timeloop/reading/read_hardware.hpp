#pragma once

#include "ohmloop/accelergy/architecture_tree.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// The storage levels, the arithmetic and the networks of an architecture. `raw_v04`: the file has `nodes`, so that
/// what Timeloop's front end does is done here: a level for the copies of every node, cumulative meshes, standard
/// attributes. Components that Timeloop does not count are warned of.
Hardware read_hardware(const FieldArchitecture& architecture, bool raw_v04, Diagnostics& diagnostics);

}  // namespace ohmloop::timeloop
