#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/workload/layer_shape.hpp"

namespace ohmloop {

using RankId = StrongId<struct RankTag>;
using TensorId = StrongId<struct TensorTag>;

/// What a tensor does in a layer; architectures speak of roles, never of tensor names.
enum class Role { input, weight, output };
std::string_view to_string(Role role);
inline constexpr std::array<Role, 3> all_roles = {Role::input, Role::weight, Role::output};

/// A dimension of the iteration space ("rank variable").
struct Rank {
  std::string name;
  std::int64_t size = 1;

  friend bool operator==(const Rank&, const Rank&) = default;
};

/// `coefficient` x one digit of a rank's value v: ((v / divisor) mod modulus). A plain term has divisor 1 and modulus 0
/// (no modulus). Digits appear where ranks were flattened: the filter C*R*S becomes K, and a channel is K / (R*S).
struct AxisTerm {
  RankId rank;
  std::int64_t coefficient = 1;
  std::int64_t divisor = 1;
  std::int64_t modulus = 0;

  friend bool operator==(const AxisTerm&, const AxisTerm&) = default;
};

/// One dimension of a tensor: position = offset + sum of the terms. Positions outside [0, size) are padding: they exist
/// in the loop nest, but no word stands behind them.
struct Axis {
  std::string name;
  std::vector<AxisTerm> terms{};
  std::int64_t offset = 0;
  std::int64_t size = 1;

  friend bool operator==(const Axis&, const Axis&) = default;
};

struct Tensor {
  std::string name;
  Role role = Role::input;
  std::vector<Axis> axes{};
  /// Input tensors of flattened einsums only: the same tensor as the array's rows see it, one element per (row,
  /// position) and no overlap between windows. Memories that hold windows, converters and compute count in these axes.
  std::vector<Axis> window_axes{};
  int bits = 16;  ///< of one element (of one slice, where slices are ranks)

  friend bool operator==(const Tensor&, const Tensor&) = default;

  [[nodiscard]] std::int64_t elements() const;  ///< product of the axis sizes; throws OverflowError
};

/// A layer as a nest over ranks: for every point of the iteration space, output += input x weight.
/// Invariants (checked by validate()): one tensor per role, in the order of `Role`; sizes >= 1; every axis of the
/// output is one plain term of its own rank; every rank is used by a tensor.
struct Einsum {
  std::string name;
  std::vector<Rank> ranks{};
  std::vector<Tensor> tensors{};
  bool weight_is_activation = false;
  /// Groups that are the blocks on the diagonal of one matrix: of so many elements of the weight one is not zero.
  std::int64_t diagonal_blocks = 1;

  friend bool operator==(const Einsum&, const Einsum&) = default;

  [[nodiscard]] const Rank& rank(RankId id) const { return ranks[id.index()]; }
  [[nodiscard]] const Tensor& tensor(Role role) const { return tensors[static_cast<std::size_t>(role)]; }
  [[nodiscard]] Tensor& tensor(Role role) { return tensors[static_cast<std::size_t>(role)]; }
  /// Points of the iteration space; throws OverflowError.
  [[nodiscard]] std::int64_t points() const;
  /// True if the rank moves the tensor (occurs in one of its axes).
  [[nodiscard]] bool relevant(RankId rank, Role role) const;
};

/// Throws InternalError if an invariant does not hold.
void validate(const Einsum& einsum);

/// Element widths in bits.
struct OperandBits {
  int input = 16;
  int weight = 16;
  int output = 16;
};

/// Ranks N G M C E F R S (M and C per group), for digital architectures. Input axes N, G, C, H (E and R), W (F and S).
Einsum conv_einsum(std::string name, const LayerShape& shape, const OperandBits& bits);

/// How an array of storage elements cuts operands into slices.
struct SliceParameters {
  int weight_slices = 1;  ///< storage elements per weight
  int input_slices = 1;   ///< steps per input
  int weight_slice_bits = 16;
  int input_slice_bits = 16;
  int output_bits = 16;
  std::int64_t diagonal_blocks = 1;  ///< groups that one matrix holds on its diagonal; divides the layer's
};

/// Ranks N G M K E F IS WS for arrays: K = C*R*S per group, flattened in the order (C, R, S) with S fastest; IS input
/// slices, WS weight slices. The weight has axes G M K WS; the input N G C H W IS with digits of K, and window axes
/// N G K E F IS; the output N G M E F. Where groups are blocks on the diagonal of one matrix, G, K and M are those of
/// the matrices, zeros between the blocks included.
Einsum array_einsum(std::string name, const LayerShape& shape, const SliceParameters& slices);

}  // namespace ohmloop
