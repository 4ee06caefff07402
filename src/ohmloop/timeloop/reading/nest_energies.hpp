#pragma once

#include "ohmloop/timeloop/reading/spec.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop::timeloop {

/// Sets the energies and areas of a nest's levels, arithmetic and networks from the ERT and ART, by the rules of
/// Timeloop: for a read the first of random_read, read; for a fill random_fill, random_write, fill, write; for an
/// update random_update, random_write, update, write; the maximum over the arguments of an action.
void set_energies(const TimeloopSpec& spec, const NestOptions& options, Diagnostics& diagnostics, Nest& nest);

}  // namespace ohmloop::timeloop
