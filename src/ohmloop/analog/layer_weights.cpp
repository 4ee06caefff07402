#include "ohmloop/analog/layer_weights.hpp"

#include "ohmloop/analog/layered_network.hpp"
#include "ohmloop/analog/weight_quantisation.hpp"
#include "ohmloop/inference/weight_layers.hpp"

namespace ohmloop {

std::vector<LayerCodes> layer_weight_codes(const Graph& graph, int bits) {
  const LayeredNetwork network = layer_network(graph);
  WeightQuantisation options;
  options.bits = bits;
  std::vector<LayerCodes> layers;
  for (const WeightLayer& layer : find_weight_layers(network.graph)) {
    const TensorData& weights = *network.graph.constant(network.graph.nodes[layer.node].inputs[layer.weight_input]);
    if (weights.type() != ElementType::float32) continue;
    const QuantisedWeights quantised = quantise_weights(weights.values<float>(), {1, 1, weights.size()}, options);
    CodeHistogram codes(bits, true);
    codes.observe(std::span<const std::int16_t>(quantised.codes));
    layers.push_back({layer.name, std::move(codes), std::nullopt});
  }
  return layers;
}

}  // namespace ohmloop
