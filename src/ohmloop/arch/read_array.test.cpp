#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::analog;
using arch_testing::complaints;
using arch_testing::file;
using arch_testing::plain_array;

TEST(Array, BecomesColumnsRowsCellsAndCompute) {
  const Architecture chip = arch_testing::read(file(analog(plain_array)));
  ASSERT_EQ(chip.nodes.size(), 6U);
  EXPECT_EQ(chip.nodes[2].name, "cells.columns");
  EXPECT_EQ(chip.nodes[3].name, "cells.rows");
  EXPECT_EQ(chip.nodes[4].name, "cells");
  EXPECT_EQ(chip.nodes[5].name, "cells.multiply");
  EXPECT_EQ(chip.nodes[5].class_name, "rram");
  EXPECT_EQ(chip.compute(), NodeId(5));
  EXPECT_EQ(chip.instances(chip.compute()), 64 * 32);
  EXPECT_EQ(chip.array->cells, NodeId(4));
}

TEST(Array, SharesInputsAlongRowsAndSumsDownColumns) {
  const Architecture chip = arch_testing::read(file(analog(plain_array)));
  const auto& columns = std::get<Fanout>(chip.nodes[2].body);
  const auto& rows = std::get<Fanout>(chip.nodes[3].body);
  EXPECT_EQ(columns.count, 32);
  EXPECT_EQ(columns.shares, (ByRole<bool>{true, false, false}));
  EXPECT_EQ(columns.loops.ranks, (std::vector<std::string>{"M", "WS"}));
  EXPECT_EQ(rows.count, 64);
  EXPECT_EQ(rows.shares, (ByRole<bool>{false, false, true}));
  EXPECT_EQ(rows.loops.ranks, std::vector<std::string>{"K"});
}

TEST(Array, CellsHoldOneResidentWeightSlice) {
  const Architecture chip = arch_testing::read(file(analog(plain_array)));
  const auto& cells = std::get<Memory>(chip.nodes[4].body);
  EXPECT_EQ(cells.size_bits, 2);
  EXPECT_TRUE(cells.resident);
  EXPECT_EQ(cells.placement, (ByRole<Placement>{Placement::bypass, Placement::keep, Placement::bypass}));
  EXPECT_EQ(cells.loops.ranks, (std::vector<std::string>{"N", "E", "F", "IS"}));
}

TEST(Array, LoopsAndResidenceCanBeChosen) {
  const Architecture chip = arch_testing::read(file(
      analog(std::string(plain_array) + ", resident: false, loops: {columns: {ranks: [M]}, cells: {ranks: [IS]}}")));
  EXPECT_EQ(std::get<Fanout>(chip.nodes[2].body).loops.ranks, std::vector<std::string>{"M"});
  EXPECT_EQ(std::get<Memory>(chip.nodes[4].body).loops.ranks, std::vector<std::string>{"IS"});
  EXPECT_FALSE(std::get<Memory>(chip.nodes[4].body).resident);
}

TEST(Array, WidthsAreTheOperandsAndTheOutputFollowsTheInput) {
  const Architecture chip =
      arch_testing::read(file(analog("rows: 4, columns: 4, bits_per_cell: 1, input: {bits: 5, encoding: signed}, "
                                     "weight: {bits: 7, encoding: unsigned}")));
  EXPECT_EQ(chip.bits.input, 5);
  EXPECT_EQ(chip.bits.weight, 7);
  EXPECT_EQ(chip.bits.output, 5);
  EXPECT_EQ(chip.array->input_encoding, InputEncoding::signed_binary);
  EXPECT_EQ(chip.array->weight_encoding, WeightEncoding::unsigned_binary);
}

TEST(Array, NeedsAnAdc) {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\narchitecture:\n- !Memory {name: dram, class: dram}\n"
      "- !Array {name: cells, class: rram, " +
      std::string(plain_array) + "}\n";
  EXPECT_EQ(complaints(file(text)),
            "error: nothing digitises the columns of array 'cells'\n"
            " --> chip.yaml:5:17\n"
            "  |\n"
            "5 | - !Array {name: cells, class: rram, rows: 64, columns: 32, bits_per_cell: 2, input: {bits: 4}, "
            "weight: {bits: 8}}\n"
            "  |                 ^^^^^ needs an ADC above it that passes the output\n"
            "  = as in !Converter {name: adc, class: adc, passes: output, resolution: 8 bit}\n");
}

TEST(Array, AnIdealArrayNeedsNoAdc) {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\narchitecture:\n- !Memory {name: dram, class: dram}\n"
      "- !Array {name: cells, class: ideal, " +
      std::string(plain_array) + "}\n";
  EXPECT_EQ(complaints(file(text)), "");
}

TEST(Array, AnAdcThatLosesMoreThanOneBitIsAWarning) {
  const SourceFilePtr isaac = find_preset("isaac");
  EXPECT_EQ(complaints(isaac, {"adc.resolution=8"}), "");
  EXPECT_EQ(complaints(isaac, {"adc.resolution=7"}),
            "warning: 'adc' has 7 bit and cannot tell all sums of a column of 'array' apart\n"
            " --> --set:1:16\n"
            "  |\n"
            "1 | adc.resolution=7\n"
            "  |                ^ 9 bit could\n"
            "  = the largest sum is 384 = 128 rows x 3 x 1\n");
}

TEST(Array, EveryMistakeIsToldAtOnce) {
  const std::string found = complaints(file(
      analog("rows: 0, columns: 2000000, bits_per_cell: 9, input: {bits: 0}, weight: {bits: 8, encoding: thermometer}, "
             "loops: {rows: {ranks: [M]}, colums: {}}")));
  for (const char* expected :
       {"'rows' of array 'cells' must be at least 1, not 0", "'columns' of array 'cells' must be at most 1000000",
        "a storage element of array 'cells' holds more bits than a weight has",
        "'bits' of the input of array 'cells' must be at least 1 bit, not 0 bit", "thermometer",
        "the rows of an array cannot map 'M'", "did you mean 'columns'?"}) {
    EXPECT_NE(found.find(expected), std::string::npos) << expected << "\nin\n" << found;
  }
}

TEST(Array, CellsWithoutABitAreRefused) {
  const std::string found =
      complaints(file(analog("rows: 4, columns: 4, bits_per_cell: 0, input: {bits: 1}, weight: {bits: 1}")));
  EXPECT_NE(found.find("'bits_per_cell' of array 'cells' must be at least 1 bit, not 0 bit"), std::string::npos)
      << found;
}

TEST(Array, ConverterResolutionsHaveBounds) {
  for (const char* resolution : {"0 bit", "17 bit", "1.5 bit", "8 nm"}) {
    EXPECT_NE(complaints(find_preset("isaac"), {std::string("adc.resolution=") + resolution}).find("error: "),
              std::string::npos)
        << resolution;
  }
}

TEST(Array, AnAdcOutOfBoundsIsToldWhatTheArrayNeeds) {
  EXPECT_EQ(complaints(find_preset("isaac"), {"adc.resolution=20"}),
            "error: converter 'adc' cannot have 20 bit\n"
            " --> --set:1:16\n"
            "  |\n"
            "1 | adc.resolution=20\n"
            "  |                ^^ 1 to 16 bit; 9 bit tell all sums of a column of 'array' apart\n");
  EXPECT_EQ(complaints(find_preset("isaac"), {"dac.resolution=0"}),
            "error: converter 'dac' cannot have 0 bit\n"
            " --> --set:1:16\n"
            "  |\n"
            "1 | dac.resolution=0\n"
            "  |                ^ 1 to 16 bit\n");
}

TEST(Array, ColumnsThatConvertersCannotShareOutAreAWarning) {
  EXPECT_EQ(complaints(find_preset("pim"), {"adc.shared_by=128"}), "");
  EXPECT_EQ(complaints(find_preset("pim"), {"adc.shared_by=100"}),
            "warning: 128 columns cannot be shared out among converters 'adc' that take 100 each\n"
            "   --> preset:pim:114:9\n"
            "    |\n"
            "114 |   name: adc\n"
            "    |         ^^^ shared_by: 64 would\n"
            "    = counted are 1.28 of them\n");
  EXPECT_NE(complaints(find_preset("pim"), {"adc.shared_by=200"}).find("shared_by: 128 would"), std::string::npos);
}

TEST(Array, RowsNeedNotDivideAnything) {
  EXPECT_EQ(complaints(find_preset("isaac"), {"array.rows=129"}), "") << "last tiles are partial";
  EXPECT_NE(complaints(find_preset("isaac"), {"array.rows=100.5"}).find("must be whole, not 100.5"), std::string::npos);
}

TEST(Array, ACellThatHoldsMoreThanAWeightIsTold) {
  EXPECT_NE(complaints(find_preset("pim"), {"cell=9"}).find("holds more bits than a weight has"), std::string::npos);
}

TEST(Array, WidthsAtTheTopAreRefused) {
  EXPECT_EQ(complaints(find_preset("isaac"), {"bits={input: 8, weight: 8, output: 8}"}),
            "error: the widths of an architecture with an !Array stand at the array\n"
            " --> --set:1:1\n"
            "  |\n"
            "1 | bits={input: 8, weight: 8, output: 8}\n"
            "  | ^^^^ move them there, as in input: {bits: 16}\n");
}

TEST(Array, RanksOfTheUnflattenedFilterAreExplained) {
  const std::string found =
      complaints(file(analog(plain_array, "- !Container {name: t, fanout: 4, loops: {ranks: [C]}}\n")));
  EXPECT_NE(found.find("unknown rank 'C'"), std::string::npos) << found;
  EXPECT_NE(found.find("over an !Array the filter's C, R and S are one flattened rank K"), std::string::npos) << found;
}

}  // namespace
}  // namespace ohmloop
