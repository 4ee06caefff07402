#pragma once

#include "ohmloop/analysis/counts.hpp"

namespace ohmloop {

/// Executes the loop nest element by element and counts every access by definition. Slow on purpose and written without
/// any of count_actions' shortcuts: the arbiter of the tests. Meant for nests of up to some 10^5 points.
Counts execute_nest(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

}  // namespace ohmloop
