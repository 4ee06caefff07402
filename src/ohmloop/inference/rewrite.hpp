#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/inference/graph.hpp"

/// Changes of a graph's wiring that keep its nodes in execution order.
namespace ohmloop {

/// The operator of this project that applies a ValueTransform to its one input; its attribute `transform` is the number
/// of it.
inline constexpr std::string_view transform_operation = "Transform";

/// The operator of this project that makes numbers of integer sums: inputs S_0, S_1, ... of one size; attributes
/// `shifts` (one per input), `axis` of the channels (negative: counted from the back), tensors `scale` and `bias` of
/// float64, one number per channel. y = (sum_i 2^shift_i S_i) scale_c + bias_c, in double precision and rounded once.
/// It has no plain form.
inline constexpr std::string_view dequantise_operation = "Dequantise";

/// Whether an operator is one of these two.
[[nodiscard]] bool is_own_operation(std::string_view operation);

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
