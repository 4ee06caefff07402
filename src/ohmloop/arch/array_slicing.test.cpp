#include "ohmloop/arch/array_slicing.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

ArraySlicing sliced(WeightEncoding encoding, std::int64_t rows, int cell, int step) {
  ArraySlicing array;
  array.weight_encoding = encoding;
  array.rows = rows;
  array.columns = rows;
  array.bits_per_cell = cell;
  array.input_slice_bits = step;
  return array;
}

TEST(ColumnSums, OfPositiveSlicesNeedTheBitsOfTheLargest) {
  const auto bits = [](std::int64_t rows, int cell, int step) {
    return column_sums(sliced(WeightEncoding::offset, rows, cell, step), 16).bits();
  };
  EXPECT_EQ(bits(128, 2, 1), 9);  // 384
  EXPECT_EQ(bits(1, 1, 1), 1);    // 1
  EXPECT_EQ(bits(255, 1, 1), 8);  // 255
  EXPECT_EQ(bits(256, 1, 1), 9);  // 256
  EXPECT_EQ(bits(1'000'000, 16, 16), 52);
}

TEST(ColumnSums, OfPairsHaveEitherSign) {
  // -384 to 384 are 769 numbers.
  ArraySlicing pairs = sliced(WeightEncoding::differential, 128, 2, 1);
  EXPECT_EQ(column_sums(pairs, 8).bits(), 10);
  // Half of the rows are the other elements: 64 x 3.
  pairs.pairs = Pairs::rows;
  EXPECT_EQ(column_sums(pairs, 8).largest(), 192);
  EXPECT_EQ(column_sums(pairs, 8).bits(), 9);
  // Each column on its own: 0 to 384.
  pairs.pairs = Pairs::columns;
  pairs.subtraction = Subtraction::digital;
  EXPECT_EQ(column_sums(pairs, 8).bits(), 9);
}

TEST(ColumnSums, OfXnorMoveInStepsOfTwo) {
  // 64 products: -64, -62, ... 64 are 65 numbers.
  const ColumnSums sums = column_sums(sliced(WeightEncoding::xnor, 128, 1, 1), 1);
  EXPECT_EQ(sums.largest(), 64);
  EXPECT_EQ(sums.bits(), 7);
}

TEST(ColumnSums, OfActiveRowsAlone) {
  ArraySlicing array = sliced(WeightEncoding::offset, 128, 2, 1);
  array.active_rows = 16;
  EXPECT_EQ(column_sums(array, 8).largest(), 48);
  EXPECT_EQ(column_sums(array, 8).bits(), 6);
}

TEST(ColumnSums, OfSignedInputsAreSignedOnlyWhereTheyEnterWhole) {
  ArraySlicing array = sliced(WeightEncoding::offset, 4, 1, 1);
  array.input_encoding = InputEncoding::signed_binary;
  EXPECT_FALSE(column_sums(array, 8).either_sign) << "bits, the last of which counts negatively afterwards";
  array.input_slice_bits = 4;
  // -8 .. 7 times 4.
  EXPECT_EQ(column_sums(array, 4).largest(), 32);
  EXPECT_EQ(column_sums(array, 4).bits(), 7);
}

/// By trying all sums of small columns.
TEST(ColumnSums, AreAsManyAsCanBeTold) {
  for (int terms = 1; terms <= 40; ++terms) {
    // Products of -1 and +1 from pairs of rows.
    const ColumnSums xnor = column_sums(sliced(WeightEncoding::xnor, 2 * terms, 1, 1), 1);
    int numbers = 0;
    for (int sum = -terms; sum <= terms; sum += 2) ++numbers;
    EXPECT_GE(1 << xnor.bits(), numbers);
    EXPECT_LT(1 << (xnor.bits() - 1), numbers);
    const ColumnSums pairs = column_sums(sliced(WeightEncoding::differential, terms, 2, 1), 8);
    EXPECT_GE(1 << pairs.bits(), 2 * 3 * terms + 1);
    EXPECT_LT(1 << (pairs.bits() - 1), 2 * 3 * terms + 1);
  }
}

TEST(ArraySlicing, SlicesMagnitudesOfDifferentialWeights) {
  EXPECT_EQ(sliced(WeightEncoding::offset, 8, 2, 1).weight_slices(8), 4);
  EXPECT_EQ(sliced(WeightEncoding::offset, 8, 4, 1).weight_slices(9), 3);
  ArraySlicing pairs = sliced(WeightEncoding::differential, 8, 4, 1);
  EXPECT_EQ(pairs.weight_slices(9), 2) << "eight bits of magnitude";
  EXPECT_EQ(pairs.elements_per_slice(), 2);
  pairs.subtraction = Subtraction::digital;
  EXPECT_EQ(pairs.weight_slices(9), 4) << "either column is converted";
  EXPECT_EQ(pairs.elements_per_slice(), 1);
}

TEST(ArraySlicing, PairsTakeTwoLinesAndTurnsKeepEveryElement) {
  ArraySlicing array = sliced(WeightEncoding::differential, 128, 1, 1);
  array.columns = 64;
  array.active_rows = 32;
  array.active_columns = 16;
  EXPECT_EQ(array.inputs_at_once(), 32);
  EXPECT_EQ(array.sums_at_once(), 8);
  EXPECT_EQ(array.slices_per_place(), 4 * 4);
  EXPECT_EQ(array.inputs_at_once() * array.sums_at_once() * array.slices_per_place() * array.elements_per_slice(),
            128 * 64);
  array.pairs = Pairs::rows;
  EXPECT_EQ(array.inputs_at_once(), 16);
  EXPECT_EQ(array.sums_at_once(), 16);
}

}  // namespace
}  // namespace ohmloop
