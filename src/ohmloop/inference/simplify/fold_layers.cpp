#include <array>
#include <cmath>

#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"

namespace ohmloop {

namespace {

/// y -> scale[c] * y + shift[c], per output channel.
struct ChannelMap {
  std::vector<double> scale;
  std::vector<double> shift;
};

/// The node that alone reads the value, if it does so once and the value is no output; else null.
const GraphNode* only_reader(const Graph& graph, ValueId value) {
  const std::vector<std::size_t> readers = consumers(graph, value);
  return readers.size() == 1 && !is_output(graph, value) ? &graph.nodes[readers[0]] : nullptr;
}

const TensorData* float_constant(const Graph& graph, std::optional<ValueId> value) {
  const TensorData* tensor = graph.constant(value);
  return tensor != nullptr && tensor->type() == ElementType::float32 ? tensor : nullptr;
}

/// What a BatchNormalization of trained statistics does; nothing if it is something else or not constant.
std::optional<ChannelMap> normalisation_of(const Graph& graph, const GraphNode& node) {
  if (node.operation != "BatchNormalization" || node.inputs.size() < 5 || node.integer("training_mode", 0) != 0)
    return std::nullopt;
  std::array<const TensorData*, 4> parts{};  // scale, shift, mean, variance
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = float_constant(graph, node.inputs[i + 1]);
    if (parts[i] == nullptr || parts[i]->size() != parts[0]->size()) return std::nullopt;
  }
  const double epsilon = node.real("epsilon", 1e-5);
  ChannelMap map;
  for (std::size_t c = 0; c < parts[0]->size(); ++c) {
    const double scale = parts[0]->values<float>()[c] / std::sqrt(parts[3]->values<float>()[c] + epsilon);
    map.scale.push_back(scale);
    map.shift.push_back(parts[1]->values<float>()[c] - parts[2]->values<float>()[c] * scale);
  }
  return map;
}

/// Constants that an addition gives to every channel of a convolution's output: C x 1 x 1, with any leading ones.
std::optional<ChannelMap> bias_of(const Graph& graph, const GraphNode& node, std::size_t channels,
                                  std::size_t spatial_axes) {
  if (node.operation != "Add") return std::nullopt;
  for (const auto& input : node.inputs) {
    const TensorData* tensor = float_constant(graph, input);
    if (tensor == nullptr || tensor->size() != channels || tensor->rank() < spatial_axes + 1) continue;
    const std::size_t axis = tensor->rank() - spatial_axes - 1;
    if (tensor->rank() > spatial_axes + 2 || tensor->dims()[axis] != static_cast<std::int64_t>(channels)) continue;
    const auto values = tensor->values<float>();
    return ChannelMap{std::vector<double>(channels, 1.0), {values.begin(), values.end()}};
  }
  return std::nullopt;
}

std::size_t output_channels(const TensorData& weights, const GraphNode& node) {
  const bool columns = node.operation == "Gemm" && node.integer("transB", 0) == 0;
  return static_cast<std::size_t>(weights.dims()[columns ? 1 : 0]);
}

/// The weights with every output channel multiplied.
TensorData scaled_weights(const TensorData& weights, const GraphNode& node, const ChannelMap& map) {
  TensorData result(ElementType::float32, weights.dims());
  const auto from = weights.values<float>();
  const auto to = result.mutable_values<float>();
  const std::size_t channels = map.scale.size();
  const bool columns = node.operation == "Gemm" && node.integer("transB", 0) == 0;
  const std::size_t inner = columns ? 1 : from.size() / channels;
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i] = static_cast<float>(from[i] * map.scale[i / inner % channels]);
  }
  return result;
}

TensorData mapped_bias(const TensorData* bias, double bias_factor, const ChannelMap& map) {
  TensorData result(ElementType::float32, {static_cast<std::int64_t>(map.scale.size())});
  const auto to = result.mutable_values<float>();
  for (std::size_t c = 0; c < to.size(); ++c) {
    const double before = bias == nullptr ? 0.0 : bias_factor * bias->values<float>()[bias->size() == 1 ? 0 : c];
    to[c] = static_cast<float>(before * map.scale[c] + map.shift[c]);
  }
  return result;
}

void set_attribute(GraphNode& node, const std::string& name, double value) {
  std::erase_if(node.attributes, [&](const NodeAttribute& attribute) { return attribute.name == name; });
  node.attributes.push_back({.name = name, .real = value});
}

/// Puts the map into the layer's weights and bias; the layer then writes what `behind` wrote.
bool absorb(Graph& graph, GraphNode& layer, const GraphNode& behind, const ChannelMap& map) {
  const TensorData& weights = *graph.constant(layer.inputs[1]);
  const TensorData* bias = layer.inputs.size() > 2 ? float_constant(graph, layer.inputs[2]) : nullptr;
  const std::size_t channels = map.scale.size();
  if (layer.inputs.size() > 2 && layer.inputs[2] && bias == nullptr) return false;
  if (bias != nullptr && bias->size() != channels && bias->size() != 1) return false;
  TensorData new_bias = mapped_bias(bias, layer.real("beta", 1.0), map);
  TensorData new_weights = scaled_weights(weights, layer, map);
  layer.inputs.resize(3);
  layer.inputs[1] = graph.add_value(layer.name + "/weights", std::move(new_weights));
  layer.inputs[2] = graph.add_value(layer.name + "/bias", std::move(new_bias));
  if (layer.operation == "Gemm") set_attribute(layer, "beta", 1.0);
  layer.outputs = {behind.outputs[0]};
  return true;
}

bool is_foldable_layer(const Graph& graph, const GraphNode& node) {
  if (node.operation != "Conv" && node.operation != "Gemm") return false;
  const TensorData* weights = float_constant(graph, node.inputs.size() > 1 ? node.inputs[1] : std::nullopt);
  return weights != nullptr && weights->rank() >= 2 && node.outputs.size() == 1;
}

template <class MapOf>
std::size_t fold_into_layers(Graph& graph, const MapOf& map_of) {
  std::size_t folded = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (!is_foldable_layer(graph, graph.nodes[i])) continue;
    const GraphNode* reader = only_reader(graph, graph.nodes[i].outputs[0].value());
    if (reader == nullptr) continue;
    const GraphNode behind = *reader;
    const std::optional<ChannelMap> map = map_of(graph, graph.nodes[i], behind);
    const TensorData& weights = *graph.constant(graph.nodes[i].inputs[1]);
    if (!map || map->scale.size() != output_channels(weights, graph.nodes[i])) continue;
    const std::size_t place = static_cast<std::size_t>(reader - graph.nodes.data());
    if (!absorb(graph, graph.nodes[i], behind, *map)) continue;
    graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(place));
    ++folded;
  }
  return folded;
}

}  // namespace

std::size_t fold_normalisation(Graph& graph) {
  return fold_into_layers(graph, [](const Graph& whole, const GraphNode& layer, const GraphNode& behind) {
    const bool reads_layer = behind.inputs[0] == layer.outputs[0];
    return reads_layer ? normalisation_of(whole, behind) : std::nullopt;
  });
}

std::size_t fold_bias(Graph& graph) {
  return fold_into_layers(
      graph, [](const Graph& whole, const GraphNode& layer, const GraphNode& behind) -> std::optional<ChannelMap> {
        if (layer.operation != "Conv") return std::nullopt;
        const TensorData& weights = *whole.constant(layer.inputs[1]);
        return bias_of(whole, behind, static_cast<std::size_t>(weights.dims()[0]), weights.rank() - 2);
      });
}

}  // namespace ohmloop
