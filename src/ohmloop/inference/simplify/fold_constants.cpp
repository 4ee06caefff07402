#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/run_node.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"

namespace ohmloop {

namespace {

bool all_known(const Graph& graph, const GraphNode& node) {
  for (const auto& input : node.inputs) {
    if (input && graph.constant(input) == nullptr) return false;
  }
  return true;
}

std::vector<TensorData> evaluate(const Graph& graph, const GraphNode& node) {
  std::vector<const TensorData*> inputs;
  for (const auto& input : node.inputs) inputs.push_back(graph.constant(input));
  return run_node(graph.source, {node, graph.operator_set, inputs});
}

}  // namespace

std::size_t fold_constants(Graph& graph) {
  std::size_t folded = 0;
  for (const GraphNode& node : graph.nodes) {
    if (is_own_operation(node.operation) || !all_known(graph, node)) continue;
    std::vector<TensorData> outputs = evaluate(graph, node);
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      if (node.outputs[i]) graph.values[node.outputs[i]->index()].constant = std::move(outputs[i]);
    }
    ++folded;
  }
  std::erase_if(graph.nodes,
                [&](const GraphNode& node) { return !is_own_operation(node.operation) && all_known(graph, node); });
  return folded;
}

}  // namespace ohmloop
