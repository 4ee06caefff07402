#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// What a digital unit beside the arrays computes.
enum class DigitalKind {
  activation,     ///< a function of one value
  pooling,        ///< many values become one: windows, whole maps, reductions
  normalisation,  ///< statistics over some axes, and what follows from them
  elementwise     ///< a function of the values at one place of several tensors
};
inline constexpr std::array<DigitalKind, 4> all_digital_kinds = {DigitalKind::activation, DigitalKind::pooling,
                                                                 DigitalKind::normalisation, DigitalKind::elementwise};
/// "activation": as keys have it.
std::string_view to_string(DigitalKind kind);

/// One row of the table of operators: what an operator of ONNX (or of the zoo) is and how many operations it takes.
struct DigitalOperator {
  std::string_view operation;
  DigitalKind kind = DigitalKind::activation;
  /// Operations per output element; of pooling, per element that it reads.
  std::int64_t operations = 1;
};

/// Sorted by operation.
std::span<const DigitalOperator> digital_operators();
/// Null: the operator is none of a digital unit's.
const DigitalOperator* find_digital_operator(std::string_view operation);

/// What one node of a network asks of a digital unit.
struct DigitalWork {
  DigitalKind kind = DigitalKind::activation;
  std::int64_t operations = 0;        ///< 0: folded into the weights of the layer before
  std::int64_t elements_read = 0;     ///< of activations, from memory; 0 where values are taken on their way
  std::int64_t elements_written = 0;  ///< likewise

  friend bool operator==(const DigitalWork&, const DigitalWork&) = default;
};

/// By network node; nothing for layers and for operators that the table does not have. Rules:
/// - activation, and elementwise with one tensor of activations (the other operand is trained or constant): one
///   operation per output element, on the way out of the operator before, without traffic;
/// - pooling: one operation per element that a window reads (padding is not read), all elements of a map or a
/// reduction;
/// - BatchNormalization: folded if it reads a layer with weights that nobody else reads, else a multiplication and an
///   addition per element on the way;
/// - other normalisation: the table's operations per element;
/// - elementwise: one operation per output element and operand beyond the first.
/// All but those on the way read their operands from memory and write their output there. Throws OverflowError.
std::vector<std::optional<DigitalWork>> digital_work(const Network& network);

}  // namespace ohmloop
