#pragma once

#include <vector>

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// The layers of a network, equal ones sharing one entry.
struct LayerTable {
  std::vector<LayerEvaluation> layers;
  std::vector<std::size_t> unique;  ///< the first network node of every different layer
};

/// Equal are layers of the same shape with the same tables (NetworkOptions).
LayerTable unique_layers(const Network& network, const NetworkOptions& options = {});
/// The tables that hold for a network node: its own, or the common ones.
const ReferenceTables& tables_of_layer(std::size_t node, const ReferenceTables& common, const NetworkOptions& options);

}  // namespace ohmloop
