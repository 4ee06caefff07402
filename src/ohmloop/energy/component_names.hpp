#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Reports component classes that nobody knows and attributes that their class does not have, and nothing else: for
/// descriptions with other errors, which can't be estimated, so that a user sees these errors in the same pass.
void check_component_names(const Architecture& architecture, Diagnostics& diagnostics);
void check_component_names(const Architecture& architecture, const Registry& estimators, Diagnostics& diagnostics);

}  // namespace ohmloop
