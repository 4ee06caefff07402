#include "ohmloop/network/digital_layers.hpp"

#include <gtest/gtest.h>

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

/// The digital test chip with a unit of two lanes between the buffer and the multipliers.
TestChip chip_with_unit(const std::set<DigitalKind>& kinds) {
  TestChip chip;
  chip.architecture.bits = {8, 8, 16};
  chip.add_memory("dram", keep_all, std::nullopt, 200);
  chip.add_memory("buffer", keep_all, 4096, 6);
  chip.add("unit", Component{.count = 2, .serves = kinds}, {{"compute", 0.5}});
  chip.add_fanout("pe", 4);
  chip.add_memory("register", keep_weight, 16, 1);
  chip.add("mac", Compute{}, {{"compute", 1}});
  return chip;
}

Network small_network() {
  NetworkBuilder net("small", {1, 2, 6, 6});
  Feature x = net.conv("conv", net.input(), {.channels = 4, .kernel = 3});
  x = net.elementwise("Relu", "relu", x);
  x = net.max_pool("pool", x, {});
  net.flatten("flat", x);
  return net.take();
}

NetworkEvaluation evaluate(const TestChip& chip) {
  return evaluate_network(small_network(), chip.architecture, chip.tables, {.mapper = {.max_evaluations = 300}});
}

TEST(DigitalLayers, AddEnergyAndTimeToTheNetworks) {
  const NetworkEvaluation without = evaluate(chip_with_unit({}));
  const TestChip chip = chip_with_unit({DigitalKind::activation, DigitalKind::pooling});
  const NetworkEvaluation with = evaluate(chip);
  ASSERT_EQ(with.digital.size(), 2U);
  // 4 x 4 x 4 rectified; 2 x 2 windows read as many, write 16; a buffer without a width is accessed by elements.
  EXPECT_DOUBLE_EQ(with.digital[0].cost.energy_pj, 64 * 0.5);
  EXPECT_DOUBLE_EQ(with.digital[1].cost.energy_pj, 64 * 0.5 + (64 + 16) * 6);
  EXPECT_DOUBLE_EQ(with.digital_energy_pj, 544);
  EXPECT_NEAR(with.energy_pj, without.energy_pj + 544, 1e-9 * with.energy_pj);
  EXPECT_EQ(with.digital_latency_cycles, 64);
  EXPECT_EQ(with.latency_cycles, without.latency_cycles + 64);
  EXPECT_NEAR(with.latency_s, without.latency_s + 64e-9, 1e-15);
  EXPECT_EQ(digital_cycles(small_network(), with), (std::vector<std::int64_t>{0, 32, 32, 0}));
}

TEST(DigitalLayers, AreInTheNetworksWork) {
  const TestChip chip = chip_with_unit({DigitalKind::activation, DigitalKind::pooling});
  const LayerWork without = network_work(evaluate(chip_with_unit({})), chip.architecture);
  const LayerWork with = network_work(evaluate(chip), chip.architecture);
  EXPECT_NEAR(with.energy_by_part_pj[part_index(CostPart::digital)],
              without.energy_by_part_pj[part_index(CostPart::digital)] + 64, 1e-6);
  EXPECT_NEAR(with.energy_by_part_pj[part_index(CostPart::buffers)],
              without.energy_by_part_pj[part_index(CostPart::buffers)] + 480, 1e-6);
  EXPECT_DOUBLE_EQ(with.activations_moved, without.activations_moved + 80);
}

TEST(DigitalLayers, WhatNothingServesIsUncharged) {
  const Network network = small_network();
  using Charges = std::vector<Charge>;
  EXPECT_EQ(charges(network, evaluate(chip_with_unit({}))),
            (Charges{Charge::layer, Charge::uncharged, Charge::uncharged, Charge::uncharged}));
  EXPECT_EQ(charges(network, evaluate(chip_with_unit({DigitalKind::pooling}))),
            (Charges{Charge::layer, Charge::uncharged, Charge::digital, Charge::free}));
}

TEST(LayerTables, MakeLayersDifferent) {
  const TestChip chip = chip_with_unit({});
  Network network = small_network();
  network.nodes = {network.nodes[0], network.nodes[0], network.nodes[0]};
  ReferenceTables dear = chip.tables;
  dear.nodes.back().actions[0].energy_pj = 3;
  NetworkOptions options{.mapper = {.max_evaluations = 300}};
  options.layer_tables = {nullptr, std::make_shared<const ReferenceTables>(dear)};
  const NetworkEvaluation evaluation = evaluate_network(network, chip.architecture, chip.tables, options);
  ASSERT_EQ(evaluation.unique.size(), 2U);
  EXPECT_EQ(evaluation.layers[2].unique, evaluation.layers[0].unique) << "beyond the end the common tables hold";
  const double macs = static_cast<double>(network.nodes[0].shape->macs());
  EXPECT_NEAR(evaluation.unique[1].mapped.evaluation.energy_pj,
              evaluation.unique[0].mapped.evaluation.energy_pj + 2 * macs, 1e-6);
}

}  // namespace
}  // namespace ohmloop
