#include "ohmloop/network/evaluate_network.hpp"

#include <atomic>

#include <gtest/gtest.h>

#include "ohmloop/mapper/chips_for_tests.hpp"

namespace ohmloop {
namespace {

LayerShape conv(std::int64_t channels, std::int64_t size, std::int64_t filters) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  return convolution(1, channels, size, size, filters, parameters);
}

NetworkNode layer(const std::string& name, const LayerShape& shape) {
  NetworkNode node;
  node.name = name;
  node.operation = "Conv";
  node.shape = shape;
  return node;
}

/// conv1, a pool without a shape, conv2 = conv4, conv3.
Network small_network() {
  Network network;
  network.name = "small";
  network.nodes.push_back(layer("conv1", conv(2, 8, 4)));
  network.nodes.emplace_back();
  network.nodes.back().name = "pool";
  network.nodes.back().operation = "MaxPool";
  network.nodes.push_back(layer("conv2", conv(4, 6, 4)));
  network.nodes.push_back(layer("conv3", conv(4, 6, 8)));
  network.nodes.push_back(layer("conv4", conv(4, 6, 4)));
  return network;
}

NetworkEvaluation run(const TestChip& chip, const Network& network, NetworkOptions options = {}) {
  options.mapper.max_evaluations = 300;
  return evaluate_network(network, chip.architecture, chip.tables, options);
}

TEST(EvaluateNetwork, EvaluatesEqualLayersOnce) {
  const NetworkEvaluation evaluation = run(small_digital_chip(), small_network());
  ASSERT_EQ(evaluation.layers.size(), 4U);
  EXPECT_EQ(evaluation.unique.size(), 3U);
  EXPECT_EQ(evaluation.layers[1].network_node, 2U);
  EXPECT_EQ(evaluation.layers[1].unique, evaluation.layers[3].unique);
  EXPECT_NE(evaluation.layers[1].unique, evaluation.layers[2].unique);
}

TEST(EvaluateNetwork, TotalsAreSumsOverTheLayers) {
  const NetworkEvaluation evaluation = run(small_digital_chip(), small_network());
  double energy_pj = 0;
  double latency_s = 0;
  double busy_s = 0;
  std::int64_t cycles = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& cost = evaluation.unique[layer.unique].mapped.evaluation;
    energy_pj += cost.energy_pj;
    latency_s += cost.latency_s;
    busy_s += cost.latency_s * cost.utilisation;
    cycles += cost.latency_cycles;
  }
  EXPECT_DOUBLE_EQ(evaluation.energy_pj, energy_pj);
  EXPECT_EQ(evaluation.latency_cycles, cycles);
  EXPECT_DOUBLE_EQ(evaluation.latency_s, latency_s);
  EXPECT_DOUBLE_EQ(evaluation.utilisation, busy_s / latency_s);
  EXPECT_FALSE(evaluation.arrays_used.has_value());
}

TEST(EvaluateNetwork, IsTheSameForAnyNumberOfThreads) {
  const TestChip chip = small_digital_chip();
  const Network network = small_network();
  const NetworkEvaluation one = run(chip, network, {.threads = 1});
  for (const unsigned threads : {2U, 7U}) {
    const NetworkEvaluation many = run(chip, network, {.threads = threads});
    EXPECT_EQ(many.energy_pj, one.energy_pj);
    EXPECT_EQ(many.latency_cycles, one.latency_cycles);
    ASSERT_EQ(many.unique.size(), one.unique.size());
    for (std::size_t i = 0; i < one.unique.size(); ++i) {
      EXPECT_EQ(many.unique[i].shape, one.unique[i].shape);
      EXPECT_EQ(many.unique[i].mapped.mapping, one.unique[i].mapped.mapping);
      EXPECT_EQ(many.unique[i].mapped.counts, one.unique[i].mapped.counts);
      EXPECT_EQ(many.unique[i].mapped.certificate.evaluated, one.unique[i].mapped.certificate.evaluated);
    }
  }
}

TEST(EvaluateNetwork, ReportsProgressAfterEveryUniqueLayer) {
  std::atomic<int> calls = 0;
  std::atomic<std::size_t> sum = 0;
  NetworkOptions options;
  options.threads = 2;
  options.progress = [&](std::size_t done, std::size_t all) {
    EXPECT_EQ(all, 3U);
    sum += done;
    ++calls;
  };
  run(small_digital_chip(), small_network(), options);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(sum, 6U) << "1, 2 and 3, each once";
}

TEST(EvaluateNetwork, ALayerWithoutAMappingMakesTheAnswerNo) {
  // One element of each tensor takes 48 bits.
  const NetworkEvaluation evaluation = run(small_digital_chip(40), small_network());
  EXPECT_EQ(evaluation.failed.size(), 3U);
  EXPECT_EQ(evaluation.failed.front().layer, "conv1");
  EXPECT_FALSE(evaluation.failed.front().reason.suggestion.empty());
  EXPECT_TRUE(evaluation.layers.empty());
  EXPECT_EQ(evaluation.energy_pj, 0);
}

TEST(EvaluateNetwork, WarnsThatNothingIsKnownOfTheLinkBetweenChips) {
  const NetworkEvaluation fits = run(small_array_chip(256), small_network());
  EXPECT_TRUE(fits.warnings.empty());
  // conv1: 3 x 1, conv2 and conv4: 5 x 1, conv3: 5 x 1 arrays of 8 rows and 16 columns.
  EXPECT_EQ(fits.arrays_used, 18);
  const NetworkEvaluation tight = run(small_array_chip(8), small_network());
  EXPECT_EQ(tight.residence->chips, 3);
  ASSERT_EQ(tight.warnings.size(), 1U);
  EXPECT_EQ(tight.warnings[0].message, "what passes between chips costs nothing: the schedule names no link");
}

TEST(EvaluateNetwork, ArrayUtilisationIsThatOfAllArraysTogether) {
  const NetworkEvaluation evaluation = run(small_array_chip(256), small_network());
  const double slices = 18 * 4 * 2 + 2 * 36 * 4 * 2 + 36 * 8 * 2;
  EXPECT_DOUBLE_EQ(evaluation.array_utilisation.value_or(0), slices / (18 * 8 * 16));
}

TEST(EvaluateNetwork, ANetworkWithoutLayersCostsNothing) {
  const NetworkEvaluation evaluation = run(small_digital_chip(), Network{});
  EXPECT_EQ(evaluation.energy_pj, 0);
  EXPECT_EQ(evaluation.utilisation, 0);
  EXPECT_TRUE(evaluation.failed.empty());
}

}  // namespace
}  // namespace ohmloop
