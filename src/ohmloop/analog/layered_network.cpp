#include "ohmloop/analog/layered_network.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/inference/weight_layers.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

constexpr std::array<std::string_view, 14> activation_functions = {
    "Relu", "Clip", "LeakyRelu", "PRelu", "Sigmoid", "HardSigmoid", "HardSwish",
    "Tanh", "Gelu", "Elu",       "Selu",  "Celu",    "Softplus",    "Softsign"};

bool is_activation_function(const GraphNode& node) {
  return std::find(activation_functions.begin(), activation_functions.end(), node.operation) !=
         activation_functions.end();
}

std::optional<std::size_t> only_reader(const Graph& graph, ValueId value) {
  const std::vector<std::size_t> readers = consumers(graph, value);
  if (readers.size() != 1 || is_output(graph, value)) return std::nullopt;
  return readers.front();
}

/// The value behind a bias that stands as an addition of its own, as matrix products have it.
ValueId behind_bias(const Graph& graph, ValueId value) {
  const std::optional<std::size_t> reader = only_reader(graph, value);
  if (!reader || graph.nodes[*reader].operation != "Add") return value;
  const GraphNode& addition = graph.nodes[*reader];
  const bool has_constant = std::any_of(addition.inputs.begin(), addition.inputs.end(),
                                        [&](const auto& input) { return graph.constant(input) != nullptr; });
  return has_constant ? addition.outputs[0].value() : value;
}

ValueId behind_activation_function(const Graph& graph, ValueId value) {
  const std::optional<std::size_t> reader = only_reader(graph, value);
  return reader && is_activation_function(graph.nodes[*reader]) ? graph.nodes[*reader].outputs[0].value() : value;
}

/// Sizes under which a bias per channel adds to the layer's output.
Dims bias_dims(const GraphNode& layer, const TensorData& weights, std::int64_t channels) {
  if (layer.operation != "Conv") return {channels};
  Dims dims(weights.rank() - 1, 1);
  dims[0] = channels;
  return dims;
}

/// Makes the bias of a layer an addition of its own.
void split_bias(Graph& graph, std::size_t index) {
  GraphNode& layer = graph.nodes[index];
  if (layer.inputs.size() < 3 || !layer.inputs[2]) return;
  const TensorData* bias = graph.constant(layer.inputs[2]);
  if (bias == nullptr || bias->type() != ElementType::float32) return;
  const std::int64_t channels = static_cast<std::int64_t>(bias->size());
  TensorData scaled(ElementType::float32, layer.operation == "Conv"
                                              ? bias_dims(layer, *graph.constant(layer.inputs[1]), channels)
                                              : bias->dims());
  const double beta = layer.real("beta", 1.0);
  std::transform(bias->values<float>().begin(), bias->values<float>().end(), scaled.mutable_values<float>().begin(),
                 [&](float value) { return static_cast<float>(beta * value); });
  GraphNode addition;
  addition.name = layer.name + "/bias";
  addition.operation = "Add";
  addition.outputs = layer.outputs;
  layer.inputs.resize(2);
  const ValueId sum = graph.add_value(layer.name + "/sum");
  layer.outputs = {sum};
  addition.inputs = {sum, graph.add_value(layer.name + "/bias", std::move(scaled))};
  graph.nodes.insert(graph.nodes.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(addition));
}

/// The value that the noise of a layer is put on.
ValueId noisy_value(const Graph& graph, const GraphNode& layer, NoisePlace place) {
  const ValueId sum = layer.outputs[0].value();
  if (place == NoisePlace::sum) return sum;
  const ValueId biased = behind_bias(graph, sum);
  return place == NoisePlace::activation ? behind_activation_function(graph, biased) : biased;
}

std::size_t node_named(const Graph& graph, const std::string& name) {
  const auto found =
      std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const GraphNode& node) { return node.name == name; });
  OHM_CHECK(found != graph.nodes.end(), "nodes keep their names");
  return static_cast<std::size_t>(found - graph.nodes.begin());
}

/// Names that tell all nodes apart; files need not have them.
void make_names_unique(Graph& graph) {
  std::unordered_set<std::string> seen;
  for (GraphNode& node : graph.nodes) {
    const std::string base = node.name;
    for (int i = 2; !seen.insert(node.name).second; ++i) node.name = fmt::format("{} ({})", base, i);
  }
}

}  // namespace

LayeredNetwork layer_network(const Graph& graph, const LayeringOptions& options) {
  const NoisePlace place = options.place;
  const bool fold = place == NoisePlace::normalised || place == NoisePlace::activation;
  LayeredNetwork network;
  network.graph = simplify(graph, {.fold_normalisation = fold, .fold_bias = place != NoisePlace::sum});
  make_names_unique(network.graph);
  const std::vector<WeightLayer> layers = find_weight_layers(network.graph);
  if (layers.empty()) {
    throw InputError({binary_problem(fmt::format("{}: no layer with trained weights", graph.source),
                                     {"expected a Conv, Gemm or MatMul whose weights are in the file"})});
  }
  for (const WeightLayer& layer : layers) network.layers.push_back(layer.name);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (place == NoisePlace::sum) split_bias(network.graph, node_named(network.graph, layers[i].name));
    std::size_t node = node_named(network.graph, layers[i].name);
    if (options.inputs) {
      insert_transform_before(network.graph, node, layers[i].data_input,
                              static_cast<std::int64_t>(network.input_transform(i)));
      ++node;
    }
    insert_transform_after(network.graph, noisy_value(network.graph, network.graph.nodes[node], place),
                           static_cast<std::int64_t>(network.output_transform(i)));
  }
  return network;
}

}  // namespace ohmloop
