#pragma once

#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// The tensor that stands still longest: the one whose tiles in its innermost memory serve the most steps before a loop
/// moves them, which are the temporal loops inside that memory and those around it up to the first that moves the
/// tensor. A tensor that one memory alone keeps streams, and stands still for one step. The first of equals in the
/// order of the roles.
Role stationary_tensor(const Einsum& einsum, const Mapping& mapping);

/// The same with the steps of every tensor given.
Role stationary_tensor(const ByRole<double>& steps);

}  // namespace ohmloop
