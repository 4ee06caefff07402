#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Decides where the weights of the evaluated layers stay, as the schedule says (docs/schedule.md): sets
/// `residence`, or `refused`; layers that are written anew become unique layers of their own, and layers with copies
/// are evaluated again. Nothing to do for chips without arrays, and for arrays whose weights do not stay.
void place_weights(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                   NetworkEvaluation& evaluation);

}  // namespace ohmloop
