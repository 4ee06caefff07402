#include "ohmloop/inference/rewrite.hpp"

#include <algorithm>

namespace ohmloop {

namespace {

GraphNode transform_node(const Graph& graph, ValueId input, ValueId output, std::int64_t number) {
  GraphNode node;
  node.name = graph.value(input).name + "/transform";
  node.operation = transform_operation;
  node.inputs = {input};
  node.outputs = {output};
  node.attributes.push_back({.name = "transform", .integer = number});
  return node;
}

/// The place behind the node that computes the value; the front for inputs of the network.
std::size_t place_behind(const Graph& graph, ValueId value) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto& outputs = graph.nodes[i].outputs;
    if (std::find(outputs.begin(), outputs.end(), std::optional(value)) != outputs.end()) return i + 1;
  }
  return 0;
}

}  // namespace

bool is_own_operation(std::string_view operation) {
  return operation == transform_operation || operation == dequantise_operation;
}

std::vector<std::size_t> consumers(const Graph& graph, ValueId value) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    for (const std::optional<ValueId>& input : graph.nodes[i].inputs) {
      if (input == value) found.push_back(i);
    }
  }
  return found;
}

bool is_output(const Graph& graph, ValueId value) {
  return std::find(graph.outputs.begin(), graph.outputs.end(), value) != graph.outputs.end();
}

void replace_uses(Graph& graph, ValueId from, ValueId to) {
  for (GraphNode& node : graph.nodes)
    std::replace(node.inputs.begin(), node.inputs.end(), std::optional(from), std::optional(to));
  std::replace(graph.outputs.begin(), graph.outputs.end(), from, to);
}

ValueId insert_transform_after(Graph& graph, ValueId value, std::int64_t number) {
  const ValueId transformed = graph.add_value(graph.value(value).name + "/transformed");
  replace_uses(graph, value, transformed);
  graph.nodes.insert(graph.nodes.begin() + static_cast<std::ptrdiff_t>(place_behind(graph, value)),
                     transform_node(graph, value, transformed, number));
  return transformed;
}

ValueId insert_transform_before(Graph& graph, std::size_t node, std::size_t input, std::int64_t number) {
  const ValueId value = graph.nodes[node].inputs[input].value();
  const ValueId transformed = graph.add_value(graph.nodes[node].name + "/input");
  graph.nodes[node].inputs[input] = transformed;
  graph.nodes.insert(graph.nodes.begin() + static_cast<std::ptrdiff_t>(node),
                     transform_node(graph, value, transformed, number));
  return transformed;
}

void remove_dead_nodes(Graph& graph) {
  std::vector<bool> wanted(graph.values.size(), false);
  for (const ValueId output : graph.outputs) wanted[output.index()] = true;
  std::vector<GraphNode> kept;
  for (std::size_t i = graph.nodes.size(); i-- > 0;) {
    GraphNode& node = graph.nodes[i];
    const bool needed = std::any_of(node.outputs.begin(), node.outputs.end(),
                                    [&](const auto& output) { return output && wanted[output->index()]; });
    if (!needed) continue;
    for (const auto& input : node.inputs) {
      if (input) wanted[input->index()] = true;
    }
    kept.push_back(std::move(node));
  }
  std::reverse(kept.begin(), kept.end());
  graph.nodes = std::move(kept);
}

}  // namespace ohmloop
