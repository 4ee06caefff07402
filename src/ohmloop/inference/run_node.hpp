#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// What a user reads when a node can't work; `source` is the path of its graph.
InputError node_error(std::string_view source, const GraphNode& node, std::string_view why);

/// Runs a node's plain operator: at least as many outputs as the node names. Throws InputError if it has none, or can't
/// work on these inputs.
std::vector<TensorData> run_node(std::string_view source, const OperatorCall& call);

}  // namespace ohmloop
