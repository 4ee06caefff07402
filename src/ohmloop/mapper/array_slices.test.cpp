// Where the search within bounds puts the slices of weights, and how it fills lines that take turns.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analysis/oracle.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {
namespace {

struct Found {
  Architecture architecture;
  Einsum einsum;
  MapperResult result;

  [[nodiscard]] const MappedLayer& layer() const { return *result.best; }
  [[nodiscard]] const ConverterCounts& converter(const char* name) const {
    return layer().counts.converters[architecture.find(name)->index()];
  }

  /// Product of the bounds of a rank's loops: across a fan-out, or below a memory in time.
  [[nodiscard]] std::int64_t bound(const std::string& rank, const std::string& place) const {
    std::int64_t product = 1;
    std::string memory;
    for (const MappingStep& step : layer().mapping.steps) {
      if (const auto* keep = std::get_if<Keep>(&step)) memory = architecture.node(keep->node).name;
      const auto* loop = std::get_if<Loop>(&step);
      if (loop == nullptr || einsum.rank(loop->rank).name != rank) continue;
      const std::string at = loop->fanout ? architecture.node(*loop->fanout).name : memory;
      if (at == place) product *= loop->bound;
    }
    return product;
  }
};

/// A layer of 64 inputs and 16 filters for 10 vectors, on arrays of 32 x 32 cells of 2 bits under weights of 8.
Found map(const std::string& array, const std::string& bank_ranks = "K, M", int banks = 16,
          const LayerShape& shape = fully_connected(10, 64, 16), const std::string& encoding = "encoding: offset") {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\ntechnology: 32 nm\narchitecture:\n"
      "- !Memory {name: dram, class: dram, type: lpddr4, width: 64 bit}\n"
      "- !Memory {name: buffer, class: sram, size: 64 KiB, width: 64 bit, keep: [input, output], bypass: weight}\n"
      "- !Converter {name: shift_add, class: shift_add, passes: output}\n"
      "- !Container {name: bank, fanout: " +
      std::to_string(banks) + ", separate: [output], loops: {ranks: [" + bank_ranks +
      "]}}\n"
      "- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit, shared_by: 8}\n"
      "- !Converter {name: dac, class: dac, passes: input, resolution: 1 bit}\n"
      "- !Array {name: array, class: rram, rows: 32, columns: 32, bits_per_cell: 2, cycle: 100 ns, write_energy: 10 "
      "pJ, "
      "input: {bits: 8}, weight: {bits: 8, " +
      encoding + "}, output: {bits: 16}" + array + "}\n";
  Diagnostics warnings;
  Found found;
  found.architecture =
      read_architecture(std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text}), {}, warnings);
  const ReferenceTables tables = estimate_reference_tables(found.architecture, warnings);
  found.einsum = lower("layer", shape, found.architecture);
  found.result = find_mapping(found.einsum, found.architecture, tables);
  if (!found.result.best) throw std::runtime_error(found.result.none->reason);
  return found;
}

TEST(WeightSlices, LieInNeighbouringColumnsWhereTheyMay) {
  const Found found = map("");
  EXPECT_EQ(found.bound("WS", "array.columns"), 4);
  EXPECT_EQ(found.layer().evaluation.arrays_used, 2 * 2) << "64 rows and 16 x 4 columns of 32";
  EXPECT_DOUBLE_EQ(found.layer().evaluation.array_utilisation.value_or(0), 1);
}

TEST(WeightSlices, LieInArraysOfTheirOwnWhereColumnsTakeChannelsAlone) {
  const Found found = map(", loops: {columns: {ranks: [M]}}", "K, M, WS");
  EXPECT_EQ(found.bound("WS", "bank"), 4);
  EXPECT_EQ(found.layer().evaluation.arrays_used, 2 * 4) << "16 of 32 columns in use";
  EXPECT_DOUBLE_EQ(found.layer().evaluation.array_utilisation.value_or(0), 0.5);
  EXPECT_EQ(found.layer().evaluation.programmed_elements, 64 * 16 * 4);
}

TEST(WeightSlices, TakeTurnsWhereColumnsDo) {
  const Found found = map(", active_columns: 8, loops: {columns: {ranks: [M]}}");
  EXPECT_EQ(found.bound("WS", "array"), 4);
  EXPECT_EQ(found.bound("M", "array.columns"), 8);
  EXPECT_EQ(found.layer().counts.steps, 10 * 8 * 4);
  EXPECT_EQ(found.layer().evaluation.arrays_used, 2 * 2);
  EXPECT_DOUBLE_EQ(found.layer().evaluation.array_utilisation.value_or(0), 1);
}

TEST(WeightSlices, AreLoadedOneAfterTheOtherWhereNothingElseIsLeft) {
  const Found found = map(", loops: {columns: {ranks: [M]}}");
  EXPECT_EQ(found.bound("WS", "dram"), 4);
  EXPECT_EQ(found.layer().evaluation.programmed_elements, 0) << "written during inference";
  EXPECT_GE(found.layer().counts.steps, 10 * 8 * 4);
}

TEST(LinesInTurns, AreFilledWithTheFilter) {
  const Found all = map("");
  const Found turns = map(", active_rows: 8");
  EXPECT_EQ(turns.bound("K", "array.rows"), 8);
  EXPECT_EQ(turns.bound("K", "array"), 4);
  EXPECT_EQ(turns.layer().evaluation.arrays_used, all.layer().evaluation.arrays_used);
  EXPECT_DOUBLE_EQ(turns.layer().evaluation.array_utilisation.value_or(0), 1);
  EXPECT_EQ(turns.layer().counts.steps, 4 * all.layer().counts.steps);
  EXPECT_EQ(turns.converter("adc").total[role_index(Role::output)],
            4 * all.converter("adc").total[role_index(Role::output)])
      << "each turn's sums are converted on their own";
  EXPECT_EQ(turns.converter("dac").total[role_index(Role::input)], all.converter("dac").total[role_index(Role::input)]);
}

TEST(LinesInTurns, MayComeOutUneven) {
  // 75 rows of the filter: 10 turns of 8, in three arrays of 4 turns each.
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 5;
  const Found found = map(", active_rows: 8", "K, M", 16, convolution(1, 3, 6, 6, 8, parameters));
  EXPECT_EQ(found.bound("K", "array.rows"), 8);
  EXPECT_EQ(found.bound("K", "array"), 4);
  EXPECT_EQ(found.bound("K", "bank"), 3);
  EXPECT_EQ(found.layer().evaluation.arrays_used, 3);
  EXPECT_EQ(found.layer().counts.steps, 2 * 2 * 8 * 4) << "positions, input bits, turns";
  EXPECT_DOUBLE_EQ(found.layer().evaluation.array_utilisation.value_or(0), 75.0 * 8 * 4 / (3 * 32 * 32));
}

TEST(LinesInTurns, WorkOneRowAtATime) {
  const Found found = map(", active_rows: 1");
  EXPECT_EQ(found.bound("K", "array"), 32);
  EXPECT_DOUBLE_EQ(found.layer().evaluation.array_utilisation.value_or(0), 1);
}

TEST(LinesInTurns, HoldToWhatTheFileAsksFor) {
  const Found channels = map(", active_rows: 8, loops: {cells: {factors: {K: 1, N: 10}}}");
  EXPECT_EQ(channels.bound("N", "array"), 10);
  EXPECT_EQ(channels.bound("K", "array"), 1);
  EXPECT_EQ(channels.bound("M", "array"), 2) << "other rows may hold other channels";
  const Found spread = map(", active_rows: 8, loops: {cells: {ranks: [N, IS]}}");
  EXPECT_EQ(spread.layer().evaluation.arrays_used, 8 * 2) << "a quarter of their rows, all at once";
  EXPECT_EQ(spread.layer().counts.steps, 10 * 8);
}

TEST(Pairs, FillTwiceTheElements) {
  // Seven bits of magnitude in cells of 2: four slices, each in two elements.
  const Found found = map(", levels: 4");
  EXPECT_EQ(found.layer().evaluation.arrays_used, 4);
  const LayerShape shape = fully_connected(10, 64, 16);
  for (const char* pairs : {"", ", pairs: rows", ", subtract: digital"}) {
    const Found paired = map("", "K, M", 16, shape, std::string("encoding: differential") + pairs);
    EXPECT_EQ(paired.layer().evaluation.arrays_used, 8) << pairs;
    EXPECT_DOUBLE_EQ(paired.layer().evaluation.array_utilisation.value_or(0), 1) << pairs;
    // Rows of half the length see two tiles of the filter, columns that are converted apart twice the sums.
    const std::int64_t twice = *pairs == 0 ? 1 : 2;
    EXPECT_EQ(paired.converter("adc").total[role_index(Role::output)],
              twice * found.converter("adc").total[role_index(Role::output)])
        << pairs;
  }
}

/// Any encoding on any lines: the counts are those of the executed nest, and every slice of every weight lies
/// somewhere.
RC_GTEST_PROP(Arrays, OfAnyLinesAndPairsHoldEveryWeight, ()) {
  const auto weight = *rc::gen::element<std::string>("offset", "unsigned", "differential", "differential, pairs: rows",
                                                     "differential, subtract: digital");
  const int active_rows = *rc::gen::element(2, 4, 8, 16, 32);
  const int active_columns = *rc::gen::element(2, 8, 32);
  const auto channels = *rc::gen::inRange<std::int64_t>(1, 24);
  const auto filters = *rc::gen::inRange<std::int64_t>(1, 6);
  const Found found = map(fmt::format(", active_rows: {}, active_columns: {}", active_rows, active_columns), "K, M, WS",
                          64, fully_connected(2, channels, filters), "encoding: " + weight);
  const MappedLayer& layer = found.layer();
  RC_ASSERT(layer.counts == execute_nest(found.einsum, found.architecture, layer.mapping));
  const ArraySlicing& array = *found.architecture.array;
  const std::int64_t elements = channels * filters * array.weight_slices(8) * array.elements_per_slice();
  const double placed = 32.0 * 32.0 * static_cast<double>(layer.evaluation.arrays_used.value());
  RC_ASSERT(layer.evaluation.programmed_elements == channels * filters * array.weight_slices(8));
  RC_ASSERT(std::abs(layer.evaluation.array_utilisation.value() * placed - static_cast<double>(elements)) < 1e-6);
}

}  // namespace
}  // namespace ohmloop
