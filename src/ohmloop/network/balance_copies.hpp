#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Gives the arrays of all chips that are left over to copies of slow layers, and evaluates these again. In a pipeline,
/// the slowest layer becomes as fast as it can be, with the fewest arrays (exact: of all choices of `copy_choices`,
/// equal layers having equally many copies). Layers one after another: copies go, one step after the other, where an
/// array spares the most cycles (not proved best).
void balance_copies(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation);

}  // namespace ohmloop
