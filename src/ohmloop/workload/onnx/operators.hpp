#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ohmloop/workload/onnx/node_context.hpp"

namespace ohmloop {

enum class OperatorKind {
  weighted,  ///< multiplies weights (or two activations): it has a layer shape
  kept,      ///< computes on activations; listed, and its activations counted
  free,      ///< rearranges or renames; listed, costs nothing by itself
};

/// Bits of OnnxOperator's input sets: bit i stands for input i.
using InputSet = std::uint32_t;
inline constexpr InputSet every_input = ~InputSet{0};

/// One operator: the table of these is all that the reader knows about operators.
struct OnnxOperator {
  std::string_view name;
  OperatorKind kind = OperatorKind::kept;
  Inference (*infer)(const NodeContext&) = nullptr;
  /// Inputs that can only be parameters, even where a file leaves their values out.
  InputSet weights = 0;
  /// Inputs whose trained values are counted. Running statistics are not trained.
  InputSet trained = 0;
};

/// All operators, sorted by name.
std::span<const OnnxOperator> onnx_operators();

/// An operator of the default domain, or null.
const OnnxOperator* find_onnx_operator(std::string_view name);

inline bool contains(InputSet set, std::size_t input) { return input < 32 && ((set >> input) & 1U) != 0; }

}  // namespace ohmloop
