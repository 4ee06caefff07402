#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Looks at all nodes together: unique names, one compute at the end, a memory for every tensor, copies within 64 bits,
/// an array's converters. Fills in what an array knows only from the converters above it: the bits of one input slice.
/// Errors and warnings go to `diagnostics`.
void check_structure(Architecture& architecture, Diagnostics& diagnostics);

}  // namespace ohmloop
