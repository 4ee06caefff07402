#pragma once

#include <vector>

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// For every evaluated layer, the layers whose results it reads, through nodes without a shape (pooling, additions,
/// activations), ascending: indices into `layers`.
std::vector<std::vector<std::size_t>> producers_of_layers(const Network& network,
                                                          const std::vector<LayerEvaluation>& layers);

}  // namespace ohmloop
