#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

bool all_known(const Graph& graph, const GraphNode& node) {
  for (const auto& input : node.inputs) {
    if (input && graph.constant(input) == nullptr) return false;
  }
  return true;
}

std::vector<TensorData> evaluate(const Graph& graph, const GraphNode& node) {
  const OperatorEntry* entry = find_operator(node.operation);
  OHM_CHECK(entry != nullptr, "read_graph lets only known operators pass");
  std::vector<const TensorData*> inputs;
  for (const auto& input : node.inputs) inputs.push_back(graph.constant(input));
  try {
    return entry->run({node, graph.operator_set, inputs});
  } catch (const OperatorError& error) {
    throw InputError(
        {binary_problem(fmt::format("{}: node '{}' ({}): {}", graph.source, node.name, node.operation, error.what()))});
  }
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
