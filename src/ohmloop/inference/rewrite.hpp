#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/inference/graph.hpp"

/// Changes of a graph's wiring that keep its nodes in execution order.
namespace ohmloop {

/// The operator of this project that applies a ValueTransform to its one input; its attribute `transform` is the number
/// of it.
inline constexpr std::string_view transform_operation = "Transform";

/// Nodes that read a value; a node that reads it twice stands there twice.
std::vector<std::size_t> consumers(const Graph& graph, ValueId value);
[[nodiscard]] bool is_output(const Graph& graph, ValueId value);

/// Puts a Transform node behind the value: all who read it, the network's output included, read the transformed one.
/// Returns the new value; indices of nodes behind it shift by one.
ValueId insert_transform_after(Graph& graph, ValueId value, std::int64_t number);

/// Puts a Transform node before one input of one node; others keep reading the value as it was.
ValueId insert_transform_before(Graph& graph, std::size_t node, std::size_t input, std::int64_t number);

/// Drops nodes whose outputs nobody reads.
void remove_dead_nodes(Graph& graph);

/// All who read `from`, the network's output included, read `to`.
void replace_uses(Graph& graph, ValueId from, ValueId to);

}  // namespace ohmloop
