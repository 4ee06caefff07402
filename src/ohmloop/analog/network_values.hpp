#pragma once

#include <span>
#include <vector>

#include "ohmloop/analog/array_values.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// What is known of the values of a network's layers on an architecture with an array: one entry per network node,
/// empty for nodes that are no layers. Codes are found by the layer's name; for a node without a name of its own in the
/// file, `Conv of 'output'` is that, too.
///
/// Warnings, at `where`: a layer with trained weights that the codes do not have, with the nearest name. Errors: none
/// of the layers is there; a layer has another number of weights; inputs have other bits than the array's. Weights of
/// other bits than weight_code_bits count as not known.
std::vector<LayerMoments> network_values(const Network& network, const Architecture& architecture,
                                         std::span<const LayerCodes> codes, const SourceSpan& where,
                                         Diagnostics& diagnostics);

}  // namespace ohmloop
