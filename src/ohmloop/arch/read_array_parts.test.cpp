#include "ohmloop/arch/read_array_parts.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"
#include "ohmloop/arch/describe.hpp"

namespace ohmloop {
namespace {

using arch_testing::analog;
using arch_testing::body;
using arch_testing::complaints;
using arch_testing::file;

const std::string lines = "rows: 128, columns: 64, ";
const std::string operands = "bits_per_cell: 2, input: {bits: 1}, weight: {bits: 8}";

Architecture read(const std::string& array) { return arch_testing::read(file(analog(array))); }

/// An array of 128 x 64 with this weight, inputs of one bit.
std::string with_weight(const std::string& weight, const std::string& more = "bits_per_cell: 1") {
  return lines + more + ", input: {bits: 1}, weight: {" + weight + "}";
}

void expect_complaint(const std::string& array, const std::string& message, const std::string& label) {
  const std::string found = complaints(file(analog(array)));
  EXPECT_NE(found.find(message), std::string::npos) << "expected " << message << "\nin\n" << found;
  EXPECT_NE(found.find(label), std::string::npos) << "expected " << label << "\nin\n" << found;
}

TEST(ActiveLines, BecomeFanoutsAboveDeeperCells) {
  const Architecture chip = read(lines + operands + ", active_rows: 16, active_columns: 32");
  EXPECT_EQ(body<Fanout>(chip, "cells.rows").count, 16);
  EXPECT_EQ(body<Fanout>(chip, "cells.columns").count, 32);
  const auto& cells = body<Memory>(chip, "cells");
  EXPECT_EQ(cells.size_bits, 8 * 2 * 2) << "slices of 2 bits in 8 x 2 sets of lines";
  EXPECT_EQ(cells.width_bits, 2);
  EXPECT_EQ(cells.loops.ranks, (std::vector<std::string>{"N", "E", "F", "IS", "K", "M", "WS"}));
  EXPECT_EQ(chip.array->rows, 128) << "physical";
  EXPECT_NE(to_text(chip).find("16 rows at once, 32 columns at once"), std::string::npos) << to_text(chip);
}

TEST(ActiveLines, AllOfThemAreNoneInParticular) {
  const Architecture chip = read(lines + operands + ", active_rows: rows, active_columns: columns");
  EXPECT_FALSE(chip.array->active_rows.has_value());
  EXPECT_EQ(body<Memory>(chip, "cells").size_bits, 2);
  EXPECT_EQ(body<Memory>(chip, "cells").loops.ranks, (std::vector<std::string>{"N", "E", "F", "IS"}));
}

TEST(ActiveLines, ThatDoNotDivideAreToldTheNearest) {
  expect_complaint(lines + operands + ", active_rows: 30",
                   "'active_rows' of array 'cells' must divide its 128 rows\n --> chip.yaml:6:", "^^ 32 does");
  expect_complaint(lines + operands + ", active_columns: 65",
                   "'active_columns' of array 'cells' must divide its 64 columns", "64 does");
  expect_complaint(lines + operands + ", active_rows: 0", "'active_rows' of array 'cells' must be at least 1", "");
}

TEST(Levels, BoundTheBitsOfACell) {
  EXPECT_EQ(complaints(file(analog(lines + operands + ", levels: 4"))), "");
  expect_complaint(with_weight("bits: 8", "bits_per_cell: 3, levels: 4"),
                   "a storage element of array 'cells' has 4 levels and cannot hold 3 bit", "at most 2 bit");
  expect_complaint(with_weight("bits: 8", "bits_per_cell: 3, levels: 7"), "has 7 levels and cannot hold 3 bit",
                   "at most 2 bit");
}

TEST(Differential, PairsHalveTheColumnsOrTheRows) {
  const Architecture columns = read(with_weight("bits: 8, encoding: differential"));
  EXPECT_EQ(body<Fanout>(columns, "cells.columns").count, 32);
  EXPECT_EQ(body<Fanout>(columns, "cells.rows").count, 128);
  const Architecture rows = read(with_weight("bits: 8, encoding: differential, pairs: rows"));
  EXPECT_EQ(body<Fanout>(rows, "cells.columns").count, 64);
  EXPECT_EQ(body<Fanout>(rows, "cells.rows").count, 64);
  const Architecture apart = read(with_weight("bits: 8, encoding: differential, subtract: digital"));
  EXPECT_EQ(body<Fanout>(apart, "cells.columns").count, 64);
  const auto slices = [](const Architecture& chip) {
    return lower("fc", fully_connected(1, 8, 8), chip).ranks.back().size;
  };
  EXPECT_EQ(slices(columns), 7);
  EXPECT_EQ(slices(rows), 7);
  EXPECT_EQ(slices(apart), 14);
}

TEST(Differential, MistakesAreToldWithWhatWouldDo) {
  expect_complaint(with_weight("bits: 1, encoding: differential"),
                   "differential weights of array 'cells' have no magnitude", "2 bit");
  expect_complaint(with_weight("bits: 4, encoding: differential, pairs: rows, subtract: digital"),
                   "meet on a column, before anything is digital", "subtract: analog, or pairs: columns");
  expect_complaint(with_weight("bits: 4, encoding: offset, pairs: rows"),
                   "'pairs' of array 'cells' is for differential weights", "these are offset");
  expect_complaint(with_weight("bits: 4, subtract: digital"), "'subtract' of array 'cells' is for differential weights",
                   "");
  expect_complaint(with_weight("bits: 4, encoding: differential", "bits_per_cell: 4"),
                   "holds more bits than the magnitude of a weight has", "at most 3");
  expect_complaint("rows: 8, columns: 7, bits_per_cell: 1, input: {bits: 1}, weight: {bits: 4, encoding: differential}",
                   "array 'cells' has 7 columns, but a weight slice takes 2 of them", "8 would do");
  expect_complaint(with_weight("bits: 4, encoding: differential", "bits_per_cell: 1, active_columns: 1"),
                   "must divide its 64 columns in whole pairs", "2 does");
}

TEST(Xnor, TakesPairsOfRowsAndOneBit) {
  const Architecture chip = read(with_weight("bits: 1, encoding: xnor"));
  EXPECT_EQ(body<Fanout>(chip, "cells.rows").count, 64);
  EXPECT_EQ(chip.array->input_encoding, InputEncoding::signed_binary);
  EXPECT_EQ(complaints(file(analog(with_weight("bits: 1, encoding: xnor")))), "") << "65 sums in 8 bits";
  expect_complaint(with_weight("bits: 2, encoding: xnor"), "its weight has 2 bit", "1 bit under xnor weights");
  expect_complaint(lines + "bits_per_cell: 1, input: {bits: 4}, weight: {bits: 1, encoding: xnor}",
                   "its input has 4 bit", "1 bit under xnor weights");
  expect_complaint(lines + "bits_per_cell: 1, input: {bits: 1, encoding: analog}, weight: {bits: 1, encoding: xnor}",
                   "which analog inputs are not", "signed, or no encoding");
}

TEST(AnalogInputs, EnterInOneStepWhateverTheDac) {
  const std::string array = lines + "bits_per_cell: 2, input: {bits: 4, encoding: analog}, weight: {bits: 8}";
  EXPECT_EQ(read(array).array->input_slice_bits, 4) << "without a DAC";
  const auto with_dac = [&](const char* bits) {
    return file(
        analog(array, std::string("- !Converter {name: dac, class: dac, passes: input, resolution: ") + bits + "}\n"));
  };
  EXPECT_EQ(arch_testing::read(with_dac("6 bit")).array->input_slice_bits, 4);
  const std::string found = complaints(with_dac("3 bit"));
  EXPECT_NE(found.find("analog inputs of 'cells' have 4 bit and enter in one step, but 'dac' has 3 bit"),
            std::string::npos)
      << found;
  EXPECT_NE(found.find("at least 4 bit"), std::string::npos) << found;
}

TEST(AdcWarning, CountsActiveRowsAndSigns) {
  // 128 x 3 x 1 = 384 takes 9 bits, of which 8 may do; of 16 rows 6.
  const auto adc = [](const std::string& array, const std::string& bits) {
    std::string text = analog(array);
    text.replace(text.find("8 bit"), 5, bits);
    return complaints(file(text));
  };
  EXPECT_NE(adc(lines + operands, "7 bit").find("9 bit could"), std::string::npos);
  EXPECT_EQ(adc(lines + operands + ", active_rows: 16", "5 bit"), "");
  const std::string active = adc(lines + operands + ", active_rows: 16", "4 bit");
  EXPECT_NE(active.find("6 bit could"), std::string::npos) << active;
  EXPECT_NE(active.find("the largest sum is 48 = 16 active rows x 3 x 1"), std::string::npos) << active;
  const std::string pairs = adc(with_weight("bits: 9, encoding: differential", "bits_per_cell: 2"), "8 bit");
  EXPECT_NE(pairs.find("10 bit could"), std::string::npos) << pairs;
  EXPECT_NE(pairs.find("the largest sum is 384 = 128 rows x 3 x 1, the smallest -384"), std::string::npos) << pairs;
  const std::string xnor = adc(with_weight("bits: 1, encoding: xnor"), "4 bit");
  EXPECT_NE(xnor.find("the largest sum is 64 = 64 pairs of rows x 1 x 1, the smallest -64, in steps of 2"),
            std::string::npos)
      << xnor;
}

TEST(WriteCycle, IsATimeOfArraysAlone) {
  const Architecture chip = read(lines + operands + ", write_cycle: 10 us");
  EXPECT_DOUBLE_EQ(chip.array->write_row_seconds.value_or(0), 10e-6);
  EXPECT_FALSE(read(lines + operands).array->write_row_seconds.has_value());
  expect_complaint(lines + operands + ", write_cycle: 0 s",
                   "'write_cycle' of array 'cells' must be longer than nothing", "as in 10 us");
}

}  // namespace
}  // namespace ohmloop
