#include "ohmloop/inference/run_node.hpp"

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

InputError node_error(std::string_view source, const GraphNode& node, std::string_view why) {
  return InputError({binary_problem(fmt::format("{}: node '{}' ({}): {}", source, node.name, node.operation, why))});
}

std::vector<TensorData> run_node(std::string_view source, const OperatorCall& call) {
  const OperatorEntry* const entry = find_operator(call.node.operation);
  if (entry == nullptr) throw node_error(source, call.node, "it has no plain form");
  try {
    std::vector<TensorData> outputs = entry->run(call);
    OHM_CHECK(outputs.size() >= call.node.outputs.size(), "an operator gives as many outputs as its node names");
    return outputs;
  } catch (const OperatorError& error) {
    throw node_error(source, call.node, error.what());
  } catch (const OverflowError& error) {
    throw node_error(source, call.node, error.what());
  }
}

}  // namespace ohmloop
