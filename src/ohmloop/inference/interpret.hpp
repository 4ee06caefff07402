#pragma once

#include <span>
#include <vector>

#include "ohmloop/inference/graph.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"

namespace ohmloop {

/// Runs a graph node by node with the plain operators: slow, and what a Program is held to. `inputs` are those of the
/// graph in its order, of the type and the sizes that the file states (any size where it leaves one open). Returns the
/// outputs. Values are dropped after their last use. Throws InputError: inputs that don't fit, a node that can't work
/// on its inputs or goes beyond the limits.
std::vector<TensorData> interpret(const Graph& graph, std::span<const TensorData> inputs,
                                  const OperatorLimits& limits = {});

}  // namespace ohmloop
