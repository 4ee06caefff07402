#pragma once

#include <cstdint>
#include <optional>

#include "ohmloop/base/strong_id.hpp"

namespace ohmloop {

using NodeId = StrongId<struct NodeTag>;

/// How conductances stand for a weight. `offset`: shifted to be positive. `twos_complement`, `unsigned_binary`: its
/// bits as they are. `differential`: the magnitude (one bit less than the weight) in one element of a pair, by its
/// sign; the other is off. `xnor`: -1 or +1 in two complementary elements of neighbouring rows that complementary
/// inputs drive, as in XNOR-RRAM (Sun et al., DATE 2018).
enum class WeightEncoding { offset, twos_complement, unsigned_binary, differential, xnor };

/// `signed_binary`: two's complement, the last slice negative; one bit under xnor weights is -1 or +1. `analog`: the
/// whole value in one step, without slices.
enum class InputEncoding { unsigned_binary, signed_binary, analog };

/// Where the elements of a differential pair lie, and who takes one sum from the other.
enum class Pairs { columns, rows };
enum class Subtraction { analog, digital };

/// Where the matrices of a grouped convolution stand: each in arrays of its own, several as the blocks on the diagonal
/// of one array (zeros between them), or whichever costs less.
enum class GroupPlacement { apart, block_diagonal, either };

/// Arrays of storage elements: their lines, and how operands are sliced.
struct ArraySlicing {
  int bits_per_cell = 1;
  int input_slice_bits = 1;  ///< what one DAC step takes
  std::int64_t rows = 1;     ///< physical lines
  std::int64_t columns = 1;
  NodeId cells;  ///< the memory node of the storage elements
  WeightEncoding weight_encoding = WeightEncoding::offset;
  InputEncoding input_encoding = InputEncoding::unsigned_binary;
  std::optional<std::int64_t> active_rows = std::nullopt;     ///< that compute at once; nothing: all
  std::optional<std::int64_t> active_columns = std::nullopt;  ///< likewise
  Pairs pairs = Pairs::columns;                               ///< of differential weights
  Subtraction subtraction = Subtraction::analog;
  GroupPlacement groups = GroupPlacement::apart;
  /// Time of writing one row of an array, all its columns at once; nothing: as long as an action of the cells.
  std::optional<double> write_row_seconds = std::nullopt;

  /// Physical rows that one input drives, and physical columns that give one sum: 2 where a pair acts as one element.
  [[nodiscard]] std::int64_t rows_per_input() const;
  [[nodiscard]] std::int64_t columns_per_sum() const;
  /// Storage elements that hold one weight slice: the product of the two.
  [[nodiscard]] std::int64_t elements_per_slice() const { return rows_per_input() * columns_per_sum(); }

  /// Inputs that an array takes and sums that it gives in a step: copies of the fan-outs over rows and columns.
  [[nodiscard]] std::int64_t inputs_at_once() const { return active_rows.value_or(rows) / rows_per_input(); }
  [[nodiscard]] std::int64_t sums_at_once() const { return active_columns.value_or(columns) / columns_per_sum(); }
  /// Weight slices at each place of the computing rows and columns, of which one computes in a step.
  [[nodiscard]] std::int64_t row_sets() const { return rows / active_rows.value_or(rows); }
  [[nodiscard]] std::int64_t column_sets() const { return columns / active_columns.value_or(columns); }
  [[nodiscard]] std::int64_t slices_per_place() const { return row_sets() * column_sets(); }

  /// Sizes of the ranks WS and IS. Differential weights slice their magnitude; where their columns are converted each
  /// on its own, either has its slices.
  [[nodiscard]] std::int64_t weight_slices(int weight_bits) const;
  [[nodiscard]] std::int64_t input_slices(int input_bits) const;
};

/// Bits of a weight that storage elements have to tell apart: one less where a pair holds the sign.
int stored_bits(WeightEncoding encoding, int weight_bits);

/// What the sum of a column may be, in units of the smallest step.
struct ColumnSums {
  std::int64_t terms = 0;    ///< that add up: rows at once, or pairs of them
  std::int64_t weight = 0;   ///< largest magnitude of a slice of a weight
  std::int64_t input = 0;    ///< and of an input
  bool either_sign = false;  ///< sums run from -largest to +largest
  std::int64_t spacing = 1;  ///< between two neighbouring sums: 2 of products that are -1 or +1

  [[nodiscard]] std::int64_t largest() const;
  /// Bits that tell all of them apart: of (highest - lowest) / spacing + 1 numbers.
  [[nodiscard]] int bits() const;
};

/// Sums have either sign where a pair is subtracted before conversion, where products are -1 or +1, and where a signed
/// input of several bits enters in one step; slices of a bit-serial input are positive, whatever their place value.
/// Offset, two's complement and unsigned weights have positive slices. Throws OverflowError.
ColumnSums column_sums(const ArraySlicing& array, int input_bits);

}  // namespace ohmloop
