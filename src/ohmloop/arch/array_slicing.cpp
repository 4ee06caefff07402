#include "ohmloop/arch/array_slicing.hpp"

#include <bit>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t elements_of_a_pair = 2;

bool subtracts_before_conversion(const ArraySlicing& array) {
  return array.weight_encoding == WeightEncoding::differential && array.subtraction == Subtraction::analog;
}

}  // namespace

std::int64_t ArraySlicing::rows_per_input() const {
  const bool in_rows = subtracts_before_conversion(*this) && pairs == Pairs::rows;
  return in_rows || weight_encoding == WeightEncoding::xnor ? elements_of_a_pair : 1;
}

std::int64_t ArraySlicing::columns_per_sum() const {
  return subtracts_before_conversion(*this) && pairs == Pairs::columns ? elements_of_a_pair : 1;
}

std::int64_t ArraySlicing::weight_slices(int weight_bits) const {
  const std::int64_t slices = ceil_divide(stored_bits(weight_encoding, weight_bits), bits_per_cell);
  const bool apart = weight_encoding == WeightEncoding::differential && !subtracts_before_conversion(*this);
  return apart ? elements_of_a_pair * slices : slices;
}

std::int64_t ArraySlicing::input_slices(int input_bits) const { return ceil_divide(input_bits, input_slice_bits); }

int stored_bits(WeightEncoding encoding, int weight_bits) {
  return encoding == WeightEncoding::differential ? weight_bits - 1 : weight_bits;
}

std::int64_t ColumnSums::largest() const { return checked_multiply(terms, checked_multiply(weight, input)); }

int ColumnSums::bits() const {
  const std::int64_t range = either_sign ? checked_multiply(2, largest()) : largest();
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(range / spacing)));
}

ColumnSums column_sums(const ArraySlicing& array, int input_bits) {
  ColumnSums sums;
  sums.terms = array.inputs_at_once();
  sums.weight = (std::int64_t{1} << array.bits_per_cell) - 1;
  const bool one_step = array.input_slice_bits >= input_bits;
  const bool signed_step = array.input_encoding == InputEncoding::signed_binary && one_step && input_bits > 1;
  sums.input =
      signed_step ? std::int64_t{1} << (array.input_slice_bits - 1) : (std::int64_t{1} << array.input_slice_bits) - 1;
  sums.either_sign = subtracts_before_conversion(array) || array.weight_encoding == WeightEncoding::xnor || signed_step;
  sums.spacing = array.weight_encoding == WeightEncoding::xnor ? 2 : 1;
  return sums;
}

}  // namespace ohmloop
