#include "ohmloop/inference/weight_layers.hpp"

namespace ohmloop {

namespace {

WeightLayer layer_of(const GraphNode& node, std::size_t index, std::size_t weight_input, std::size_t channel_axis,
                     const TensorData& weights) {
  WeightLayer layer;
  layer.name = node.name;
  layer.node = index;
  layer.data_input = 1 - weight_input;
  layer.weight_input = weight_input;
  layer.output_channel_axis = channel_axis;
  layer.output_channels = weights.dims()[channel_axis];
  layer.weights = static_cast<std::int64_t>(weights.size());
  return layer;
}

}  // namespace

std::vector<WeightLayer> find_weight_layers(const Graph& graph) {
  std::vector<WeightLayer> layers;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (node.inputs.size() < 2) continue;
    const TensorData* first = graph.constant(node.inputs[0]);
    const TensorData* second = graph.constant(node.inputs[1]);
    if (second == nullptr && first == nullptr) continue;
    if (first != nullptr && second != nullptr) continue;
    if (node.operation == "Conv" && second != nullptr && second->rank() >= 3) {
      layers.push_back(layer_of(node, i, 1, 0, *second));
    } else if (node.operation == "Gemm" && second != nullptr && second->rank() == 2) {
      layers.push_back(layer_of(node, i, 1, node.integer("transB", 0) != 0 ? 0 : 1, *second));
    } else if (node.operation == "MatMul" && second != nullptr && second->rank() == 2) {
      layers.push_back(layer_of(node, i, 1, 1, *second));
    } else if (node.operation == "MatMul" && first != nullptr && first->rank() == 2) {
      layers.push_back(layer_of(node, i, 0, 0, *first));
    }
  }
  return layers;
}

}  // namespace ohmloop
