#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

using WeightLayerId = StrongId<struct WeightLayerTag>;

/// A convolution or matrix product with trained weights: what an array of a PIM chip would compute.
struct WeightLayer {
  std::string name;            ///< the node's
  std::size_t node = 0;        ///< index into Graph::nodes
  std::size_t data_input = 0;  ///< which input of the node is the activation
  std::size_t weight_input = 1;
  std::size_t output_channel_axis = 0;  ///< axis of the weights that numbers the output channels
  std::int64_t output_channels = 0;
  std::int64_t weights = 0;
};

/// Weight layers in execution order: Conv, Gemm and MatMul whose one operand is a constant of the graph.
std::vector<WeightLayer> find_weight_layers(const Graph& graph);

}  // namespace ohmloop
