#pragma once

#include <cstddef>

#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

struct SimplifyOptions {
  bool fold_normalisation = true;  ///< BatchNormalization into the convolution or product before it
  bool fold_bias = true;           ///< an addition of constants per channel into the convolution before it
};

struct SimplifyStats {
  std::size_t folded_constants = 0;
  std::size_t folded_normalisations = 0;
  std::size_t folded_biases = 0;
};

/// The same function in fewer nodes: what depends on constants alone is computed, Identity and Dropout go,
/// normalisation and biases move into the layer before them where nobody else reads what lies between. Throws
/// InputError where a constant part can't be computed.
Graph simplify(const Graph& graph, const SimplifyOptions& options = {}, SimplifyStats* stats = nullptr);

/// Parts of simplify.
std::size_t fold_constants(Graph& graph);
std::size_t fold_normalisation(Graph& graph);
std::size_t fold_bias(Graph& graph);

}  // namespace ohmloop
