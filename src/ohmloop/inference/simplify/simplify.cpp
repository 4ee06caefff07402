#include "ohmloop/inference/simplify/simplify.hpp"

#include "ohmloop/inference/rewrite.hpp"

namespace ohmloop {

namespace {

/// Nodes that hand on their first input as it is. Whether a Dropout trains is an input, which may not be known.
bool hands_on(const GraphNode& node) {
  const bool one_output = node.outputs.size() == 1 || !node.outputs[1];
  const bool may_train = node.inputs.size() > 2 && node.inputs[2].has_value();
  return one_output && (node.operation == "Identity" || (node.operation == "Dropout" && !may_train));
}

void remove_idle_nodes(Graph& graph) {
  for (const GraphNode& node : std::vector<GraphNode>(graph.nodes)) {
    if (!hands_on(node) || !node.inputs[0]) continue;
    const ValueId input = *node.inputs[0];
    const ValueId output = node.outputs[0].value();
    const bool from_input_to_output = is_output(graph, output) && graph.value(input).constant.has_value();
    if (!from_input_to_output) replace_uses(graph, output, input);
  }
  remove_dead_nodes(graph);
}

}  // namespace

Graph simplify(const Graph& graph, const SimplifyOptions& options, SimplifyStats* stats) {
  Graph result = graph;
  SimplifyStats counted;
  counted.folded_constants = fold_constants(result);
  remove_idle_nodes(result);
  if (options.fold_bias) counted.folded_biases = fold_bias(result);
  if (options.fold_normalisation) counted.folded_normalisations = fold_normalisation(result);
  remove_dead_nodes(result);
  if (stats != nullptr) *stats = counted;
  return result;
}

}  // namespace ohmloop
