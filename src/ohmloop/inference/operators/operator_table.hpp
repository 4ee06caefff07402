#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// What a node may ask for at most, however few bytes ask for it: an operator that needs more throws OperatorError.
struct OperatorLimits {
  std::size_t bytes = std::size_t{1} << 31U;  ///< of one tensor
  double steps = 1e14;                        ///< innermost steps (products, say) of one node
};

/// What a plain operator sees of its node. Inputs that are left out are null.
struct OperatorCall {
  const GraphNode& node;
  std::int64_t operator_set;
  std::span<const TensorData* const> inputs;
  OperatorLimits limits{};

  [[nodiscard]] bool has(std::size_t input) const { return input < inputs.size() && inputs[input] != nullptr; }
  /// Throws OperatorError if it is missing.
  [[nodiscard]] const TensorData& input(std::size_t index) const;
};

/// Computes the outputs of a node from its inputs (https://onnx.ai/onnx/operators, operator sets 7-17), in C order,
/// on the caller's thread: simple, the reference for the fast forms. As many outputs as the operator has, at least
/// those that the node names. Throws OperatorError (sizes, types or attributes that don't fit) and OverflowError.
using PlainOperator = std::vector<TensorData> (*)(const OperatorCall& call);

inline constexpr std::size_t any_number = ~std::size_t{0};

struct OperatorEntry {
  std::string_view operation;
  PlainOperator run;
  std::size_t required_inputs = 1;  ///< so many first ones must be there
  std::size_t most_outputs = 1;     ///< that a node may name
};

/// All operators, sorted by name: the one list that reading, errors and docs use.
std::span<const OperatorEntry> operator_table();
/// Null if there is none of that name.
const OperatorEntry* find_operator(std::string_view operation);

}  // namespace ohmloop
