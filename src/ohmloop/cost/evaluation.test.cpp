#include "ohmloop/cost/evaluation.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/cost/energy_items.hpp"
#include "ohmloop/cost/node_times.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t input = role_index(Role::input);
constexpr std::size_t weight = role_index(Role::weight);
constexpr std::size_t output = role_index(Role::output);

/// Parts of a chip and of a layer's counts, put together by hand: every expectation below is arithmetic on paper.
struct Chip {
  Architecture architecture;
  ReferenceTables tables;
  Counts counts;
  Einsum einsum;

  Chip() {
    architecture.clock_hertz = 1e9;
    einsum.tensors = {Tensor{"I", Role::input, {}, {}, 8}, Tensor{"W", Role::weight, {}, {}, 4},
                      Tensor{"O", Role::output, {}, {}, 16}};
  }

  std::size_t add(const std::string& name, NodeBody body, std::vector<ActionEnergy> actions = {}) {
    Node node;
    node.name = name;
    node.body = std::move(body);
    architecture.nodes.push_back(std::move(node));
    tables.nodes.emplace_back().actions = std::move(actions);
    counts.memories.emplace_back();
    counts.converters.emplace_back();
    counts.used_instances.push_back(1);
    return architecture.nodes.size() - 1;
  }

  std::size_t add_memory(const std::string& name, Memory memory, double read_pj, double write_pj) {
    return add(name, std::move(memory),
               {action("read", ActionUnit::access, read_pj), action("write", ActionUnit::access, write_pj)});
  }

  static ActionEnergy action(const std::string& name, ActionUnit unit, double energy_pj) {
    ActionEnergy result;
    result.action = name;
    result.unit = unit;
    result.energy_pj = energy_pj;
    return result;
  }

  [[nodiscard]] Evaluation cost() const { return evaluate(einsum, architecture, tables, counts); }
};

/// One memory of 32-bit words above a multiplier.
struct SmallChip : Chip {
  std::size_t memory;
  std::size_t multiplier;

  SmallChip() {
    Memory body;
    body.width_bits = 32;
    memory = add_memory("buffer", body, 2.0, 3.0);
    multiplier = add("mac", Compute{}, {action("compute", ActionUnit::value, 0.5)});
    counts.computes = 1000;
    counts.steps = 1000;
  }
};

/// memory / adc / dac / columns / rows / cells / multiply: a chip with 4 arrays of 8 x 16 storage elements.
struct ArrayChip : Chip {
  std::size_t memory, adc, columns, cells;

  ArrayChip() {
    memory = add_memory("buffer", Memory{}, 1.0, 1.0);
    Fanout four;
    four.count = 4;
    add("array_copies", four);
    Converter converter;
    converter.passes[output] = true;
    converter.shared_by = 16;
    adc = add("adc", converter, {action("convert", ActionUnit::value, 2.0)});
    Fanout of_columns;
    of_columns.count = 16;
    columns = add("crossbar.columns", of_columns);
    Fanout of_rows;
    of_rows.count = 8;
    add("crossbar.rows", of_rows);
    Memory resident;
    resident.resident = true;
    cells = add_memory("crossbar", resident, 100.0, 7.0);
    add("crossbar.multiply", Compute{}, {action("compute", ActionUnit::value, 0.25)});
    architecture.array = ArraySlicing{2, 1, 8, 16, NodeId(cells)};
    counts.computes = 6400;
    counts.steps = 20;
    counts.used_instances[columns] = 2;
    counts.memories[cells].keeps[weight] = true;
    counts.memories[cells].tile_elements[weight] = 1;
    counts.memories[cells].total[weight] = {.reads = 6400, .fills = 192, .updates = 0, .drains = 0};
    counts.memories[cells].busiest[weight] = {.reads = 20, .fills = 1, .updates = 0, .drains = 0};
    counts.memories[memory].total[weight].reads = 192;
    counts.memories[memory].total[input].reads = 50;
    counts.converters[adc].total[output] = 320;
    counts.converters[adc].busiest[output] = 160;
  }
};

double energy_of(const Evaluation& evaluation, std::size_t node, std::string_view action) {
  double sum = 0;
  for (const EnergyItem& item : evaluation.items) {
    if (item.node == NodeId(node) && item.action == action) sum += item.energy_pj;
  }
  return sum;
}

TEST(MemoryAccesses, PackNarrowElementsWithoutLoss) {
  EXPECT_DOUBLE_EQ(memory_accesses(3, 8, 32), 0.75);
  EXPECT_DOUBLE_EQ(memory_accesses(64, 4, 64), 4.0);
}

TEST(MemoryAccesses, TakeWholeAccessesForWideElements) {
  EXPECT_DOUBLE_EQ(memory_accesses(10, 33, 32), 20.0);
  EXPECT_DOUBLE_EQ(memory_accesses(10, 32, 32), 10.0);
}

TEST(MemoryAccesses, CountElementsWhereNoWidthIsGiven) { EXPECT_DOUBLE_EQ(memory_accesses(7, 16, 0), 7.0); }

TEST(Evaluation, ChargesReadsAndDrainsAsReadFillsAndUpdatesAsWrite) {
  SmallChip chip;
  chip.counts.memories[chip.memory].total[output] = {.reads = 10, .fills = 4, .updates = 20, .drains = 6};
  const Evaluation evaluation = chip.cost();
  // 16 of 16 bits in words of 32: 8 reads of 2 pJ; 24 elements: 12 writes of 3 pJ; 1000 computes of 0.5 pJ.
  ASSERT_EQ(evaluation.items.size(), 3U);
  EXPECT_EQ(evaluation.items[0].action, "read");
  EXPECT_EQ(evaluation.items[0].role, Role::output);
  EXPECT_DOUBLE_EQ(evaluation.items[0].count, 8);
  EXPECT_DOUBLE_EQ(evaluation.items[0].energy_pj, 16);
  EXPECT_DOUBLE_EQ(evaluation.items[1].energy_pj, 36);
  EXPECT_FALSE(evaluation.items[2].role.has_value());
  EXPECT_DOUBLE_EQ(evaluation.items[2].energy_pj, 500);
  EXPECT_DOUBLE_EQ(evaluation.energy_pj, 552);
}

TEST(Evaluation, UsesTheBitsOfEachRole) {
  SmallChip chip;
  chip.counts.memories[chip.memory].total[input].reads = 32;
  chip.counts.memories[chip.memory].total[weight].reads = 32;
  const Evaluation evaluation = chip.cost();
  EXPECT_DOUBLE_EQ(evaluation.items[0].count, 8);  // 8-bit inputs
  EXPECT_DOUBLE_EQ(evaluation.items[1].count, 4);  // 4-bit weights
}

TEST(Evaluation, AMissingActionIsOurBug) {
  SmallChip chip;
  chip.tables.nodes[chip.memory].actions.pop_back();
  chip.counts.memories[chip.memory].total[input].fills = 1;
  EXPECT_THROW(chip.cost(), InternalError);
}

TEST(Evaluation, ConvertersAreChargedPerValueOrPerBit) {
  ArrayChip chip;
  EXPECT_DOUBLE_EQ(energy_of(chip.cost(), chip.adc, "convert"), 640);
  chip.tables.nodes[chip.adc].actions[0].unit = ActionUnit::bit;
  EXPECT_DOUBLE_EQ(energy_of(chip.cost(), chip.adc, "convert"), 640 * 16);
}

TEST(Evaluation, WeightsWrittenOnceAreProgrammingAndNotCharged) {
  const ArrayChip chip;
  const Evaluation evaluation = chip.cost();
  EXPECT_EQ(evaluation.programmed_elements, 192);
  EXPECT_DOUBLE_EQ(evaluation.programming_energy_pj, 192 * 7.0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.cells, "write"), 0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.memory, "read"), 50) << "only the inputs";
}

TEST(Evaluation, ReloadedWeightsAreChargedWithTheirParents) {
  ArrayChip chip;
  chip.counts.memories[chip.cells].busiest[weight].fills = 2;
  chip.counts.memories[chip.cells].total[weight].fills = 384;
  chip.counts.memories[chip.memory].total[weight].reads = 384;
  const Evaluation evaluation = chip.cost();
  EXPECT_EQ(evaluation.programmed_elements, 0);
  EXPECT_DOUBLE_EQ(evaluation.programming_energy_pj, 0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.cells, "write"), 384 * 7.0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.memory, "read"), 434);
}

TEST(Evaluation, ActivationsInTheWeightsRoleAreCharged) {
  ArrayChip chip;
  chip.einsum.weight_is_activation = true;
  const Evaluation evaluation = chip.cost();
  EXPECT_EQ(evaluation.programmed_elements, 0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.cells, "write"), 192 * 7.0);
}

TEST(Evaluation, StorageElementsMultiplyInPlace) {
  const ArrayChip chip;
  const Evaluation evaluation = chip.cost();
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.cells, "read"), 0);
  EXPECT_DOUBLE_EQ(energy_of(evaluation, chip.cells + 1, "compute"), 1600);
}

TEST(Evaluation, UtilisationIsTheBusyShareOfAllMultipliersAndSteps) {
  const ArrayChip chip;
  EXPECT_DOUBLE_EQ(chip.cost().utilisation, 6400.0 / (4 * 16 * 8 * 20));
}

TEST(Evaluation, ArrayUtilisationCountsWhatIsHeldAtATime) {
  ArrayChip chip;
  EXPECT_EQ(chip.cost().arrays_used, 2);
  EXPECT_DOUBLE_EQ(chip.cost().array_utilisation.value_or(0), 192.0 / (2 * 8 * 16));
  chip.counts.memories[chip.cells].busiest[weight].fills = 2;
  chip.counts.memories[chip.cells].total[weight].fills = 384;
  EXPECT_DOUBLE_EQ(chip.cost().array_utilisation.value_or(0), 192.0 / (2 * 8 * 16));
  EXPECT_FALSE(SmallChip().cost().array_utilisation.has_value());
}

TEST(Latency, IsComputeBoundWithoutOtherLimits) {
  SmallChip chip;
  EXPECT_EQ(chip.cost().latency_cycles, 1000);
  EXPECT_DOUBLE_EQ(chip.cost().latency_s, 1e-6);
  EXPECT_EQ(chip.cost().bottleneck, "compute");
  chip.architecture.nodes[chip.multiplier].step_seconds = 2.5e-9;
  EXPECT_EQ(chip.cost().latency_cycles, 2500);
  chip.architecture.nodes[chip.multiplier].step_seconds = 0.1e-9;
  EXPECT_EQ(chip.cost().latency_cycles, 1000) << "no step is shorter than a clock cycle";
}

TEST(Latency, NamesTheBandwidthThatLimits) {
  SmallChip chip;
  auto& memory = std::get<Memory>(chip.architecture.nodes[chip.memory].body);
  memory.read_bandwidth_bits_per_cycle = 16;
  memory.write_bandwidth_bits_per_cycle = 4;
  // Energy takes the total, time the busiest instance.
  chip.counts.memories[chip.memory].total[output].reads = 1'000'000;
  chip.counts.memories[chip.memory].busiest[output] = {.reads = 3000, .fills = 0, .updates = 5, .drains = 1000};
  EXPECT_EQ(chip.cost().latency_cycles, 4000);
  EXPECT_EQ(chip.cost().bottleneck, "buffer read bandwidth");
  chip.counts.memories[chip.memory].busiest[output].fills = 1996;
  EXPECT_EQ(chip.cost().latency_cycles, 8004);
  EXPECT_EQ(chip.cost().bottleneck, "buffer write bandwidth");
}

TEST(Latency, RoundsUpToWholeCycles) {
  SmallChip chip;
  auto& memory = std::get<Memory>(chip.architecture.nodes[chip.memory].body);
  memory.read_bandwidth_bits_per_cycle = 3;
  chip.counts.memories[chip.memory].busiest[input].reads = 1000;  // 8000 bits
  EXPECT_EQ(chip.cost().latency_cycles, 2667);
}

TEST(Latency, ASharedConverterHandlesItsValuesOneAfterTheOther) {
  ArrayChip chip;
  // 160 values in 20 steps: 8 a step, each 2 ns.
  chip.architecture.nodes[chip.adc].step_seconds = 2e-9;
  EXPECT_EQ(chip.cost().latency_cycles, 320);
  EXPECT_EQ(chip.cost().bottleneck, "adc conversions");
  // With four converters for 16 columns no instance has more than 4 values a step.
  std::get<Converter>(chip.architecture.nodes[chip.adc].body).shared_by = 4;
  EXPECT_EQ(chip.cost().latency_cycles, 160);
}

TEST(Latency, AnArrayStepLastsAsLongAsItsCells) {
  ArrayChip chip;
  chip.architecture.nodes[chip.cells].step_seconds = 100e-9;
  EXPECT_EQ(chip.cost().latency_cycles, 2000);
  EXPECT_EQ(chip.cost().bottleneck, "compute");
}

TEST(Latency, ProgrammingTakesNoTimeOfTheInference) {
  ArrayChip chip;
  auto& memory = std::get<Memory>(chip.architecture.nodes[chip.memory].body);
  memory.read_bandwidth_bits_per_cycle = 1;
  chip.counts.memories[chip.memory].busiest[weight].reads = 192;
  EXPECT_EQ(chip.cost().bottleneck, "adc conversions");
  chip.einsum.weight_is_activation = true;
  EXPECT_EQ(chip.cost().bottleneck, "buffer read bandwidth");
}

/// Attention on an array of which six rows are in use: the weights come during inference.
struct WrittenArray : ArrayChip {
  WrittenArray() {
    einsum.weight_is_activation = true;
    counts.rows_in_use = 6;
    architecture.array->write_row_seconds = 50e-9;
  }
};

TEST(Programming, DuringInferenceTakesItsRowsOneAfterTheOther) {
  WrittenArray chip;
  // 160 conversions, then or before 6 rows of 50 cycles.
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 6 * 50);
  EXPECT_EQ(chip.cost().bottleneck, "crossbar programming");
  EXPECT_EQ(CostModel(chip.einsum, chip.architecture, chip.tables).cost(chip.counts).latency_cycles, 460);
  chip.counts.memories[chip.cells].busiest[weight].fills = 3;
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 3 * 6 * 50) << "loaded three times";
  chip.architecture.array->write_row_seconds.reset();
  chip.architecture.nodes[chip.cells].step_seconds = 100e-9;
  EXPECT_EQ(chip.cost().latency_cycles, 20 * 100 + 3 * 6 * 100) << "as long as a step of the cells";
  EXPECT_EQ(chip.cost().bottleneck, "compute");
}

TEST(Programming, OfPairsInRowsTakesTwiceTheRows) {
  WrittenArray chip;
  chip.architecture.array->weight_encoding = WeightEncoding::differential;
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 6 * 50) << "both columns of a pair at once";
  chip.architecture.array->pairs = Pairs::rows;
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 2 * 6 * 50);
}

TEST(Programming, WritesColumnsThatTakeTurnsTogether) {
  WrittenArray chip;
  chip.architecture.array->active_columns = 4;  // of 16
  chip.counts.memories[chip.cells].tile_elements[weight] = 4;
  chip.counts.memories[chip.cells].busiest[weight].fills = 4;
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 6 * 50);
  // Rows that take turns are written one after the other like any.
  chip.architecture.array->active_columns.reset();
  chip.architecture.array->active_rows = 2;  // of 8
  EXPECT_EQ(chip.cost().latency_cycles, 160 + 4 * 6 * 50);
}

TEST(Programming, BeforeInferenceTakesNoTime) {
  WrittenArray chip;
  chip.einsum.weight_is_activation = false;
  EXPECT_EQ(chip.cost().latency_cycles, 160);
}

TEST(Latency, BeyondSixtyFourBitsIsAnError) {
  SmallChip chip;
  chip.counts.steps = std::numeric_limits<std::int64_t>::max();
  chip.architecture.nodes[chip.multiplier].step_seconds = 1;
  EXPECT_THROW(chip.cost(), OverflowError);
  EXPECT_THROW(whole_cycles(std::numeric_limits<double>::quiet_NaN()), OverflowError);
  EXPECT_THROW(whole_cycles(std::numeric_limits<double>::infinity()), OverflowError);
}

TEST(Latency, IgnoresRoundingErrorsOfSecondsTimesHertz) {
  EXPECT_EQ(whole_cycles(100e-9 * 1.2e9), 120);
  EXPECT_EQ(whole_cycles(120.25), 121);
}

TEST(Leakage, IsThePowerOfTheWholeChipOverTheLatency) {
  ArrayChip chip;
  chip.tables.nodes[chip.memory].leakage_power_w = 1e-3;
  chip.tables.nodes[chip.adc].leakage_power_w = 2e-3;  // four of them, two in use
  const Evaluation evaluation = chip.cost();
  EXPECT_DOUBLE_EQ(evaluation.leakage_pj, 9e-3 * evaluation.latency_s * 1e12);
}

TEST(Area, CountsEveryPlacedCopy) {
  ArrayChip chip;
  chip.tables.nodes[chip.memory].area_um2 = 10;
  chip.tables.nodes[chip.adc].area_um2 = 3;
  const std::size_t router = chip.add("router", Component{5});
  chip.tables.nodes[router].area_um2 = 2;
  const std::vector<double> areas = area_by_node_um2(chip.architecture, chip.tables);
  ASSERT_EQ(areas.size(), chip.architecture.nodes.size());
  EXPECT_DOUBLE_EQ(areas[chip.memory], 10);
  EXPECT_DOUBLE_EQ(areas[chip.adc], 12);
  EXPECT_DOUBLE_EQ(areas[router], 5 * 2 * 4 * 16 * 8);
}

}  // namespace
}  // namespace ohmloop
