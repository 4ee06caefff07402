// How the layers of a network share arrays, chips and time. The chip has arrays of 8 rows and 16 columns of 4-bit
// cells; weights have 8 bits, inputs 8 bits through a DAC of 1 bit: 8 steps a vector.
#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/network/layer_copies.hpp"
#include "ohmloop/network/layer_work.hpp"

namespace ohmloop {
namespace {

LayerShape conv(std::int64_t channels, std::int64_t size, std::int64_t filters) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  return convolution(1, channels, size, size, filters, parameters);
}

/// conv1 (2 channels, 10x10 -> 4, 8x8), relu, conv2 (-> 4, 6x6), conv3 (-> 8, 4x4), one after the other.
Network chain() {
  Network network;
  network.name = "chain";
  const auto add = [&](const std::string& name, std::optional<LayerShape> shape) {
    NetworkNode node;
    node.name = name;
    node.operation = shape ? "Conv" : "Relu";
    node.shape = shape;
    if (!network.nodes.empty()) node.inputs = {network.nodes.size() - 1};
    network.nodes.push_back(std::move(node));
  };
  add("conv1", conv(2, 10, 4));
  add("relu", std::nullopt);
  add("conv2", conv(4, 8, 4));
  add("conv3", conv(4, 6, 8));
  return network;
}

// conv1: K = 18 in 3 arrays, conv2: K = 36 in 5, conv3: K = 36, 8 filters of 2 slices in 5.
constexpr std::int64_t needed = 13;

TestChip chip_with(std::int64_t arrays, Schedule schedule) {
  TestChip chip = small_array_chip(arrays);
  chip.architecture.schedule = schedule;
  return chip;
}

NetworkEvaluation run(const TestChip& chip, const Network& network = chain()) {
  NetworkOptions options;
  options.mapper.max_evaluations = 300;
  return evaluate_network(network, chip.architecture, chip.tables, options);
}

const Evaluation& cost_of(const NetworkEvaluation& evaluation, std::size_t layer) {
  return evaluation.unique[evaluation.layers[layer].unique].mapped.evaluation;
}

TEST(Residence, TakesAsManyChipsAsAllLayersNeed) {
  const NetworkEvaluation one = run(chip_with(16, {}));
  ASSERT_TRUE(one.residence);
  EXPECT_EQ(one.residence->arrays_needed, needed);
  EXPECT_EQ(one.residence->chips, 1);
  const NetworkEvaluation two = run(chip_with(8, {}));
  EXPECT_EQ(two.residence->chips, 2);
  EXPECT_EQ(two.residence->written_elements, 0);
  EXPECT_DOUBLE_EQ(two.energy_pj, one.energy_pj) << "nothing names a link";
  EXPECT_EQ(two.latency_cycles, one.latency_cycles);
}

TEST(Residence, ALayerLargerThanAChipIsSpreadOverSeveral) {
  const NetworkEvaluation evaluation = run(chip_with(4, {}));
  EXPECT_EQ(evaluation.residence->chips, 4);
  EXPECT_EQ(evaluation.unique[1].chips, 2) << "5 arrays on chips of 4";
  EXPECT_EQ(evaluation.residence->arrays_needed, needed);
  EXPECT_EQ(evaluation.residence->written_elements, 0);
}

TEST(Residence, OneChipThatIsTooSmallIsTheAnswerNo) {
  Schedule schedule;
  schedule.weights = WeightResidence::one_chip;
  const NetworkEvaluation evaluation = run(chip_with(8, schedule));
  ASSERT_TRUE(evaluation.refused);
  EXPECT_EQ(evaluation.refused->reason, "the network needs 13 arrays for all its layers, the chip has 8");
  EXPECT_EQ(evaluation.refused->suggestion, "weights: more_chips (2 of them), weights: reload, or more arrays");
  EXPECT_TRUE(evaluation.layers.empty());
  EXPECT_FALSE(run(chip_with(13, schedule)).refused);
}

TEST(Residence, FewerChipsThanItTakesAreTheAnswerNo) {
  Schedule schedule;
  schedule.chips = 3;
  const NetworkEvaluation evaluation = run(chip_with(4, schedule));
  ASSERT_TRUE(evaluation.refused);
  EXPECT_EQ(evaluation.refused->suggestion, "chips: 4, or weights: reload");
}

TEST(Residence, ReloadsWriteWhatTakesTurns) {
  Schedule schedule;
  schedule.weights = WeightResidence::reload;
  const NetworkEvaluation resident = run(chip_with(16, schedule));
  const NetworkEvaluation turns = run(chip_with(8, schedule));
  EXPECT_EQ(resident.residence->reloaded_layers, 0U);
  // Two layers of 5 arrays do not fit beside each other: conv1 stays, in 3 arrays.
  EXPECT_EQ(turns.residence->chips, 1);
  EXPECT_EQ(turns.residence->reloaded_layers, 2U);
  EXPECT_EQ(turns.residence->written_elements, (36 * 4 + 36 * 8) * 2);
  EXPECT_LE(turns.residence->arrays_taken, 8);
  // A cell of 4 bits in a memory without a width takes 10 pJ; a weight also leaves the DRAM (200 pJ a slice).
  const double more = static_cast<double>(turns.residence->written_elements) * (10 + 200);
  EXPECT_NEAR(turns.energy_pj - resident.energy_pj, more, 1e-6 * more);
}

TEST(Residence, WhatPassesBetweenChipsIsChargedToTheLink) {
  TestChip chip = chip_with(8, {});
  Node link;
  link.name = "link";
  link.body = Component{};
  chip.architecture.nodes.insert(chip.architecture.nodes.begin(), link);
  NodeReference reference;
  ActionEnergy& transfer = reference.actions.emplace_back();
  transfer.action = "transfer";
  transfer.unit = ActionUnit::bit;
  transfer.energy_pj = 3;
  chip.tables.nodes.insert(chip.tables.nodes.begin(), reference);
  chip.architecture.array->cells = *chip.architecture.find("array");
  chip.architecture.schedule.link = NodeId(0);
  const NetworkEvaluation evaluation = run(chip);
  // conv1 in arrays 0-2, conv2 in 3-7, conv3 in 8-12 of the second chip, which gets its 4x6x6 inputs of 8 bits.
  EXPECT_DOUBLE_EQ(evaluation.residence->link_bits, 4 * 6 * 6 * 8);
  ASSERT_TRUE(evaluation.residence->link);
  EXPECT_DOUBLE_EQ(evaluation.residence->link->energy_pj, 4 * 6 * 6 * 8 * 3);
  EXPECT_DOUBLE_EQ(evaluation.energy_pj, run(chip_with(8, {})).energy_pj + 4 * 6 * 6 * 8 * 3);
  EXPECT_DOUBLE_EQ(network_work(evaluation, chip.architecture).energy_pj, evaluation.energy_pj);
}

TEST(Pipeline, ResultsComeAtThePaceOfTheSlowestLayer) {
  Schedule schedule;
  schedule.order = LayerOrder::pipelined;
  const NetworkEvaluation turns = run(chip_with(16, {}));
  const NetworkEvaluation at_once = run(chip_with(16, schedule));
  const std::int64_t conv1 = cost_of(turns, 0).latency_cycles;
  EXPECT_EQ(conv1, 8 * 8 * 8 * 4) << "64 vectors of 8 steps, 4 sums through an ADC";
  EXPECT_EQ(at_once.throughput.interval_cycles, conv1);
  EXPECT_EQ(at_once.throughput.slowest_layer, 0U);
  EXPECT_DOUBLE_EQ(at_once.energy_pj, turns.energy_pj);
  EXPECT_EQ(turns.throughput.interval_cycles, turns.latency_cycles);
  // conv2 (1152 cycles) starts when 3 of 8 rows of its input are there, at 768, and ends a row of its own after conv1,
  // at 2048 + 1152 / 6. conv3 (1024 cycles) starts when 3 of 6 rows are there.
  EXPECT_EQ(at_once.latency_cycles, 768 + (2240 - 768) / 2 + 1024);
  EXPECT_LT(at_once.latency_cycles, turns.latency_cycles);
}

TEST(Copies, MakeThePipelineAsFastAsTheArraysAllow) {
  Schedule schedule;
  schedule.order = LayerOrder::pipelined;
  schedule.copies = LayerCopies::balanced;
  for (const std::int64_t arrays : {13, 16, 21, 40, 64, 200}) {
    const NetworkEvaluation evaluation = run(chip_with(arrays, schedule));
    const TestChip plain = chip_with(arrays, {});
    const NetworkEvaluation single = run(plain);
    // Every number of copies of each of the three layers.
    std::vector<std::vector<CopyChoice>> choices;
    for (const UniqueLayer& layer : single.unique) {
      choices.push_back(
          copy_choices(layer.einsum, plain.architecture, layer.mapped.mapping, layer.mapped.evaluation, arrays));
    }
    std::int64_t best = INT64_MAX;
    for (const CopyChoice& a : choices[0]) {
      for (const CopyChoice& b : choices[1]) {
        for (const CopyChoice& c : choices[2]) {
          if (3 * a.copies + 5 * b.copies + 5 * c.copies > arrays) continue;
          best = std::min(best, std::max({a.cycles, b.cycles, c.cycles}));
        }
      }
    }
    EXPECT_EQ(evaluation.throughput.interval_cycles, best) << arrays;
    EXPECT_LE(evaluation.residence->arrays_taken, arrays);
    EXPECT_EQ(evaluation.residence->chips, 1);
  }
}

TEST(Copies, ShareTheLayersPositionsAndDoNothingTwice) {
  const TestChip chip = chip_with(64, {});
  const NetworkEvaluation evaluation = run(chip);
  for (const UniqueLayer& layer : evaluation.unique) {
    const Evaluation& one = layer.mapped.evaluation;
    const auto choices = copy_choices(layer.einsum, chip.architecture, layer.mapped.mapping, one, 64);
    EXPECT_EQ(choices.front().copies, 1);
    EXPECT_GT(choices.size(), 3U);
    for (const CopyChoice& choice : choices) {
      const Mapping spread = spread_over_copies(layer.einsum, chip.architecture, layer.mapped.mapping, choice);
      const Counts counts = count_actions(layer.einsum, chip.architecture, spread);
      const Evaluation cost = evaluate(layer.einsum, chip.architecture, chip.tables, counts);
      EXPECT_EQ(cost.latency_cycles, choice.cycles);
      EXPECT_EQ(counts.computes, layer.mapped.counts.computes);
      EXPECT_EQ(cost.arrays_used.value_or(0), choice.copies * one.arrays_used.value_or(0));
      EXPECT_EQ(cost.programmed_elements, choice.copies * one.programmed_elements);
      EXPECT_DOUBLE_EQ(cost.array_utilisation.value_or(0), one.array_utilisation.value_or(0));
      LegalityOptions anything;
      anything.check_constraints = false;
      if (choice.copies * one.arrays_used.value_or(0) > 64) continue;
      EXPECT_TRUE(check_mapping(layer.einsum, chip.architecture, spread, anything).empty());
    }
  }
}

TEST(Copies, OfLayersThatTakeTurnsGoWhereTheySpareTheMost) {
  Schedule schedule;
  schedule.copies = LayerCopies::balanced;
  const NetworkEvaluation single = run(chip_with(64, {}));
  const NetworkEvaluation copies = run(chip_with(64, schedule));
  EXPECT_LT(copies.latency_cycles, single.latency_cycles / 2);
  EXPECT_LE(copies.residence->arrays_taken, 64);
  EXPECT_NEAR(copies.energy_pj / single.energy_pj, 1, 0.05) << "windows at the seams are fetched twice, no more";
}

TEST(BlockDiagonal, SeveralGroupsStandInOneArray) {
  ConvolutionParameters parameters;
  parameters.kernel_height = 2;
  parameters.groups = 8;
  NetworkNode node;
  node.name = "depthwise";
  node.operation = "Conv";
  node.shape = convolution(1, 8, 5, 5, 8, parameters);  // 8 matrices of 2 x 1 weights
  Network network;
  network.nodes = {node};
  TestChip chip = small_array_chip(16);
  const NetworkEvaluation apart = run(chip, network);
  chip.architecture.array->groups = GroupPlacement::block_diagonal;
  const NetworkEvaluation diagonal = run(chip, network);
  EXPECT_EQ(apart.arrays_used, 8);
  // 4 blocks of 2 rows fill 8 rows, and 4 x 2 slices fill 8 of 16 columns.
  EXPECT_EQ(diagonal.arrays_used, 2);
  EXPECT_EQ(diagonal.unique[0].einsum.diagonal_blocks, 4);
  EXPECT_DOUBLE_EQ(apart.array_utilisation.value_or(0), 2.0 * 2 / (8 * 16));
  EXPECT_DOUBLE_EQ(diagonal.array_utilisation.value_or(0), 8.0 * 2 * 2 / (2 * 8 * 16));
  EXPECT_EQ(layer_work(diagonal.unique[0], chip.architecture).macs,
            layer_work(apart.unique[0], chip.architecture).macs);
  EXPECT_EQ(layer_work(diagonal.unique[0], chip.architecture).arrays->adc_conversions,
            layer_work(apart.unique[0], chip.architecture).arrays->adc_conversions);
  EXPECT_EQ(diagonal.unique[0].mapped.counts.computes, 4 * apart.unique[0].mapped.counts.computes)
      << "zeros between the blocks are computed with";
}

TEST(BlockDiagonal, EitherTakesTheBetterOne) {
  ConvolutionParameters parameters;
  parameters.kernel_height = 2;
  parameters.groups = 8;
  NetworkNode node;
  node.name = "depthwise";
  node.shape = convolution(1, 8, 5, 5, 8, parameters);
  Network network;
  network.nodes = {node};
  // Apart, zeros take no energy; on a chip of two arrays they would have to take turns.
  Schedule reload;
  reload.weights = WeightResidence::reload;
  TestChip large = chip_with(16, reload);
  TestChip small = chip_with(2, reload);
  large.architecture.array->groups = small.architecture.array->groups = GroupPlacement::either;
  EXPECT_EQ(run(large, network).unique[0].einsum.diagonal_blocks, 1);
  EXPECT_EQ(run(small, network).unique[0].einsum.diagonal_blocks, 4);
}

}  // namespace
}  // namespace ohmloop
