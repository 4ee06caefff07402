#include "ohmloop/inference/interpret.hpp"

#include <fmt/format.h>

#include "ohmloop/inference/run_node.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {
namespace {

bool fits(const GraphInput& input, const TensorData& tensor) {
  if (tensor.type() != input.type) return false;
  if (!input.rank_known) return true;
  if (tensor.rank() != input.dims.size()) return false;
  for (std::size_t i = 0; i < input.dims.size(); ++i) {
    if (input.dims[i] >= 0 && input.dims[i] != tensor.dims()[i]) return false;
  }
  return true;
}

void check_inputs(const Graph& graph, std::span<const TensorData> inputs) {
  if (inputs.size() != graph.inputs.size()) {
    throw InputError({binary_problem(fmt::format("{}: the network takes {} inputs, but there are {}", graph.source,
                                                 graph.inputs.size(), inputs.size()))});
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const GraphInput& input = graph.inputs[i];
    if (fits(input, inputs[i])) continue;
    throw InputError(
        {binary_problem(fmt::format("{}: the input '{}' is {} of the size {}, but there is {} of the size {}",
                                    graph.source, graph.value(input.value).name, name_of(input.type),
                                    to_string(input.dims), name_of(inputs[i].type()), to_string(inputs[i].dims())))});
  }
}

/// For each value, the node behind which nobody reads it any more.
std::vector<std::size_t> last_uses(const Graph& graph) {
  std::vector<std::size_t> last(graph.values.size(), 0);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    for (const auto& output : graph.nodes[i].outputs) {
      if (output) last[output->index()] = i;
    }
    for (const auto& input : graph.nodes[i].inputs) {
      if (input) last[input->index()] = i;
    }
  }
  for (const ValueId output : graph.outputs) last[output.index()] = graph.nodes.size();
  return last;
}

class Interpreter {
 public:
  Interpreter(const Graph& graph, const OperatorLimits& limits)
      : graph_(graph), limits_(limits), last_(last_uses(graph)), values_(graph.values.size()) {}

  std::vector<TensorData> run(std::span<const TensorData> inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) values_[graph_.inputs[i].value.index()] = inputs[i];
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) step(i);
    std::vector<TensorData> outputs;
    for (const ValueId output : graph_.outputs) outputs.push_back(*find(output));
    return outputs;
  }

 private:
  const TensorData* find(std::optional<ValueId> value) const {
    if (!value) return nullptr;
    const std::optional<TensorData>& computed = values_[value->index()];
    const TensorData* found = computed ? &*computed : graph_.constant(value);
    OHM_CHECK(found != nullptr, "nodes stand in execution order");
    return found;
  }

  void step(std::size_t index) {
    const GraphNode& node = graph_.nodes[index];
    std::vector<const TensorData*> inputs;
    for (const auto& input : node.inputs) inputs.push_back(find(input));
    std::vector<TensorData> outputs = run_node(graph_.source, {node, graph_.operator_set, inputs, limits_});
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      if (node.outputs[i]) values_[node.outputs[i]->index()] = std::move(outputs[i]);
    }
    drop(node.inputs, index);
    drop(node.outputs, index);
  }

  void drop(const std::vector<std::optional<ValueId>>& names, std::size_t index) {
    for (const auto& name : names) {
      if (name && last_[name->index()] == index) values_[name->index()].reset();
    }
  }

  const Graph& graph_;
  OperatorLimits limits_;
  std::vector<std::size_t> last_;
  std::vector<std::optional<TensorData>> values_;
};

}  // namespace

std::vector<TensorData> interpret(const Graph& graph, std::span<const TensorData> inputs,
                                  const OperatorLimits& limits) {
  check_inputs(graph, inputs);
  return Interpreter(graph, limits).run(inputs);
}

}  // namespace ohmloop
