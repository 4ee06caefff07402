#include "ohmloop/analog/network_values.hpp"

#include <gtest/gtest.h>

#include "ohmloop/analog/layer_weights.hpp"
#include "ohmloop/inference/graph_for_tests.hpp"

namespace ohmloop {
namespace {

Architecture small_array() {
  Architecture architecture;
  architecture.bits = {8, 4, 16};
  architecture.array = ArraySlicing{};
  return architecture;
}

NetworkNode layer(const std::string& name, std::int64_t inputs, std::int64_t outputs) {
  NetworkNode node;
  node.name = name;
  node.operation = "Gemm";
  node.shape = fully_connected(1, inputs, outputs);
  return node;
}

LayerCodes codes(const std::string& name, std::size_t weights, int input_bits = 8) {
  LayerCodes result{name, CodeHistogram(4, true), CodeHistogram(input_bits, false)};
  result.weights->observe(std::vector<std::int16_t>(weights, 7));
  result.inputs->observe(std::vector<std::int16_t>{0, 1});
  return result;
}

struct Found {
  std::vector<LayerMoments> values;
  Diagnostics diagnostics;

  Found(const Network& network, const std::vector<LayerCodes>& known) {
    values = network_values(network, small_array(), known, {}, diagnostics);
  }
};

TEST(NetworkValues, AreFoundByTheLayersName) {
  Network network;
  network.nodes = {layer("first", 2, 3), NetworkNode{}, layer("output", 3, 4)};
  network.nodes[1].name = "relu";
  const Found found(network, {codes("Gemm of 'output'", 12), codes("first", 6)});
  EXPECT_TRUE(found.diagnostics.all().empty()) << render(found.diagnostics.all());
  ASSERT_EQ(found.values.size(), 3U);
  EXPECT_EQ(found.values[1], LayerMoments{});
  EXPECT_EQ(found.values[0], found.values[2]);
  EXPECT_DOUBLE_EQ(found.values[0].weights->mean, 1) << "7 + 8 is 15";
  EXPECT_DOUBLE_EQ(found.values[0].inputs->mean, 0.5 / 8) << "one bit of eight, half of the time";
}

TEST(NetworkValues, ALayerThatIsMissingIsAWarningWithTheNearestName) {
  Network network;
  network.nodes = {layer("first", 2, 3), layer("second", 3, 4)};
  const Found found(network, {codes("first", 6), codes("secnod", 12)});
  ASSERT_EQ(found.diagnostics.warnings().size(), 1U);
  EXPECT_EQ(found.diagnostics.warnings()[0].message, "no values of layer 'second': defaults are taken");
  EXPECT_EQ(found.diagnostics.warnings()[0].label, "did you mean 'secnod'?");
  EXPECT_EQ(found.values[1], LayerMoments{});
}

TEST(NetworkValues, AnotherNetworksAreRefused) {
  Network network;
  network.nodes = {layer("first", 2, 3)};
  EXPECT_TRUE(Found(network, {codes("last", 6)}).diagnostics.has_errors());
  EXPECT_TRUE(Found(network, {codes("first", 7)}).diagnostics.has_errors());
}

TEST(NetworkValues, InputsOfOtherBitsAreRefusedAndWeightsNotKnown) {
  Network network;
  network.nodes = {layer("first", 2, 3)};
  const Found inputs(network, {codes("first", 6, 7)});
  ASSERT_TRUE(inputs.diagnostics.has_errors());
  EXPECT_NE(render(inputs.diagnostics.all()).find("the values of the inputs have 7 bits, the array's inputs 8"),
            std::string::npos);
  LayerCodes of_five_bits{"first", CodeHistogram(5, true), std::nullopt};
  of_five_bits.weights->observe(std::vector<std::int16_t>(6, 0));
  const Found weights(network, {of_five_bits});
  EXPECT_FALSE(weights.diagnostics.has_errors());
  EXPECT_FALSE(weights.values[0].weights.has_value());
}

TEST(NetworkValues, OperandsThatAreActivationsHaveNone) {
  Network network;
  network.nodes = {layer("first", 2, 3), layer("attention", 2, 3)};
  network.nodes[1].shape = matmul(1, 2, 3, 4);
  EXPECT_TRUE(Found(network, {codes("first", 6)}).diagnostics.all().empty());
}

TEST(LayerWeightCodes, UseTheWholeRangeOfEveryLayer) {
  const std::vector<LayerCodes> layers = layer_weight_codes(small_network(), 6);
  ASSERT_EQ(layers.size(), 3U);
  const std::vector<std::uint64_t> weights = {20 * 3 * 9, 20 * 10 * 9, 200};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    ASSERT_TRUE(layers[i].weights.has_value());
    EXPECT_EQ(layers[i].weights->bits(), 6);
    const auto counts = layers[i].weights->counts();
    EXPECT_GT(counts.front() + counts.back(), 0U) << "the largest magnitude has the largest code";
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    EXPECT_EQ(sum, weights[i]);
  }
}

}  // namespace
}  // namespace ohmloop
