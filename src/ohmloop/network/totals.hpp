#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Sums the layers and what a digital unit does, one after the other in time, into the network's totals, and warns
/// where layers together need more arrays than the chip has.
void add_totals(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation);

}  // namespace ohmloop
