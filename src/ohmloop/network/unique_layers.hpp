#pragma once

#include <vector>

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// The layers of a network, equal shapes sharing one entry.
struct LayerTable {
  std::vector<LayerEvaluation> layers;
  std::vector<std::size_t> unique;  ///< the first network node of every different shape
};

LayerTable unique_layers(const Network& network);

}  // namespace ohmloop
