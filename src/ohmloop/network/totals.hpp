#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// The network's totals from its layers, whose weights have been placed: sums, and in time one after the other or
/// overlapping, as the schedule says. Leakage is that of all chips over the run (in a pipeline, from one result to the
/// next), and each layer's is its part of it.
void add_totals(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                NetworkEvaluation& evaluation);

}  // namespace ohmloop
