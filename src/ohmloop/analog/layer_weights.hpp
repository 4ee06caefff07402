#pragma once

#include <vector>

#include "ohmloop/analog/array_values.hpp"
#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// Codes of the weights of every layer with trained weights, in execution order: of `bits` (1 to 16), signed, one scale
/// for a layer whose largest magnitude gets the largest code. Normalisation is folded into the weights before, as the
/// arrays hold them. Throws InputError where there is no such layer.
std::vector<LayerCodes> layer_weight_codes(const Graph& graph, int bits);

}  // namespace ohmloop
