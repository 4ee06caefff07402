// Arrays whose rows and columns compute in turns: hand-made numbers, and the execution of the nest.
#include <gtest/gtest.h>

#include "ohmloop/analysis/active_steps.hpp"
#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/oracle.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t input = role_index(Role::input);
constexpr std::size_t weight = role_index(Role::weight);
constexpr std::size_t output = role_index(Role::output);

/// An array of 8 x 8 cells of one bit, read by an ADC and added up above it.
struct Chip {
  Architecture architecture;
  Einsum einsum;
  Mapping mapping;

  /// A layer of 7 inputs and 3 filters for 5 vectors, weights of `weight` ({bits: ..., encoding: ...}).
  Chip(const std::string& lines, const std::string& weight_text) {
    const std::string text =
        "ohmloop: 1\nclock: 1 GHz\narchitecture:\n- !Memory {name: buffer, class: port}\n"
        "- !Converter {name: sum, class: ideal, passes: output, reduces: true}\n"
        "- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit}\n"
        "- !Converter {name: dac, class: dac, passes: input, resolution: 1 bit}\n"
        "- !Array {name: array, class: rram, rows: 8, columns: 8, bits_per_cell: 1, " +
        lines + "input: {bits: 1}, output: {bits: 16}, weight: {" + weight_text + "}}\n";
    Diagnostics warnings;
    architecture = read_architecture(std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text}), {}, warnings);
    einsum = lower("layer", fully_connected(5, 7, 3), architecture);
    for (const Role role : all_roles) mapping.steps.emplace_back(Keep{NodeId(0), role});
  }

  [[nodiscard]] std::size_t node(const char* name) const { return architecture.find(name)->index(); }

  Chip& loop(const std::string& rank, std::int64_t bound, const char* across = nullptr) {
    std::size_t index = 0;
    while (einsum.ranks[index].name != rank) ++index;
    const std::optional<NodeId> fanout = across == nullptr ? std::nullopt : architecture.find(across);
    mapping.steps.emplace_back(Loop{RankId(index), bound, fanout});
    return *this;
  }
  Chip& cells() {
    mapping.steps.emplace_back(Keep{NodeId(node("array")), Role::weight});
    return *this;
  }

  /// Legal, and the same from either way of counting.
  [[nodiscard]] Counts count() const {
    for (const Violation& violation : check_mapping(einsum, architecture, mapping)) ADD_FAILURE() << violation.message;
    const Counts counts = count_actions(einsum, architecture, mapping);
    EXPECT_EQ(counts, execute_nest(einsum, architecture, mapping));
    return counts;
  }
};

// Seven rows in four turns of two (the last has one), three filters of two slices in six of eight columns, five
// vectors.
TEST(RowsInTurns, ConvertEveryTurnOnItsOwn) {
  Chip chip("active_rows: 2, ", "bits: 2, encoding: unsigned");
  chip.loop("M", 3, "array.columns").loop("WS", 2, "array.columns").loop("K", 2, "array.rows").cells();
  chip.loop("N", 5).loop("K", 4);
  const Counts counts = chip.count();
  EXPECT_EQ(counts.steps, 5 * 4);
  EXPECT_EQ(counts.rows_in_use, 2);
  const MemoryCounts& cells = counts.memories[chip.node("array")];
  EXPECT_EQ(cells.tile_elements[weight], 4) << "one for each turn";
  EXPECT_EQ(cells.total[weight].fills, 7 * 3 * 2) << "every slice once";
  EXPECT_EQ(cells.busiest[weight].fills, 4);
  EXPECT_EQ(counts.converters[chip.node("adc")].total[output], 6 * 4 * 5) << "six columns, four turns, five vectors";
  EXPECT_EQ(counts.converters[chip.node("dac")].total[input], 7 * 5) << "each row once for all columns";
  // The sum adds the two slices; turns meet in the buffer.
  EXPECT_EQ(counts.memories[0].total[output], (TensorActions{.reads = 3 * 3 * 5, .updates = 3 * 4 * 5}));
  EXPECT_EQ(active_steps(chip.einsum, chip.mapping, NodeId(chip.node("array.columns"))), 20);
}

TEST(ColumnsInTurns, DriveTheRowsAgain) {
  // Two columns at once: the two slices of a filter, three filters in turn.
  Chip chip("active_columns: 2, ", "bits: 2, encoding: unsigned");
  chip.loop("WS", 2, "array.columns").loop("K", 7, "array.rows").cells().loop("N", 5).loop("M", 3);
  const Counts counts = chip.count();
  EXPECT_EQ(counts.steps, 5 * 3);
  EXPECT_EQ(counts.converters[chip.node("adc")].total[output], 2 * 3 * 5);
  EXPECT_EQ(counts.converters[chip.node("dac")].total[input], 7 * 5 * 3) << "once for each turn";
  EXPECT_EQ(counts.memories[chip.node("array")].total[weight].fills, 7 * 3 * 2);
}

TEST(SlicesInTime, AreAddedInTurns) {
  Chip chip("active_columns: 4, ", "bits: 2, encoding: unsigned");
  chip.loop("M", 3, "array.columns").loop("K", 7, "array.rows").cells().loop("N", 5).loop("WS", 2);
  const Counts counts = chip.count();
  EXPECT_EQ(counts.steps, 5 * 2);
  EXPECT_EQ(counts.converters[chip.node("adc")].total[output], 3 * 2 * 5);
}

TEST(LinesInTurns, HoldNoMoreThanThereIs) {
  Chip chip("active_rows: 4, ", "bits: 2, encoding: unsigned");
  chip.loop("M", 3, "array.columns").loop("WS", 2, "array.columns").loop("K", 2, "array.rows").cells();
  chip.loop("N", 5).loop("K", 4);
  const std::vector<Violation> violations = check_mapping(chip.einsum, chip.architecture, chip.mapping);
  ASSERT_FALSE(violations.empty());
  EXPECT_EQ(violations.front().kind, Violation::Kind::capacity);
  EXPECT_EQ(violations.front().available, 2) << "two sets of rows, one bit each";
}

// Weights of three bits: two of magnitude. What the columns of an array give in a step, for each way of holding the
// sign.
TEST(Pairs, ConvertOnceWhereTheyAreSubtractedBefore) {
  const auto conversions = [](const char* encoding, std::int64_t slices, std::int64_t rows) {
    Chip chip("", std::string("bits: 3, encoding: ") + encoding);
    EXPECT_EQ(chip.einsum.ranks.back().size, slices) << encoding;
    if (rows < 7) chip.loop("K", ceil_divide(7, rows));
    chip.loop("WS", slices, "array.columns").loop("K", rows, "array.rows");
    chip.mapping.steps.insert(chip.mapping.steps.begin() + 3, Loop{RankId(2), 3, {}});
    chip.cells().loop("N", 5);
    const Counts counts = chip.count();
    return counts.converters[chip.node("adc")].total[output];
  };
  EXPECT_EQ(conversions("unsigned", 3, 7), 3 * 3 * 5);
  EXPECT_EQ(conversions("differential", 2, 7), 2 * 3 * 5);
  EXPECT_EQ(conversions("differential, subtract: digital", 4, 7), 4 * 3 * 5);
  EXPECT_EQ(conversions("differential, pairs: rows", 2, 4), 2 * 3 * 5 * 2) << "four pairs at once: two tiles of rows";
}

}  // namespace
}  // namespace ohmloop
