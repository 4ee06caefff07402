#include "ohmloop/analog/layered_network.hpp"

#include <random>

#include <gtest/gtest.h>

#include "ohmloop/inference/graph_for_tests.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

std::vector<float> run(const Graph& graph) {
  const Program program(graph, 2);
  Session session(program);
  std::mt19937 random(8);
  std::normal_distribution<float> normal;
  for (float& value : session.input(0)) value = normal(random);
  session.run({0, 2});
  return {session.output_values(0).begin(), session.output_values(0).end()};
}

/// What stands right before and behind the Transform of a layer's output.
std::pair<std::string, std::string> neighbours(const LayeredNetwork& network, std::size_t layer) {
  for (const GraphNode& node : network.graph.nodes) {
    if (node.operation != transform_operation || node.integer("transform", -1) != static_cast<std::int64_t>(layer))
      continue;
    std::string before;
    std::string behind;
    for (const GraphNode& other : network.graph.nodes) {
      if (!other.outputs.empty() && other.outputs[0] == node.inputs[0]) before = other.operation;
      for (const auto& input : other.inputs) {
        if (input == node.outputs[0] && behind.empty()) behind = other.operation;
      }
    }
    return {before, behind};
  }
  return {};
}

TEST(LayeredNetwork, TransformsThatDoNothingChangeNothing) {
  const Graph graph = small_network();
  const std::vector<float> expected = run(graph);
  for (const NoisePlace place : {NoisePlace::sum, NoisePlace::bias, NoisePlace::normalised, NoisePlace::activation}) {
    for (const bool inputs : {false, true}) {
      const std::vector<float> got = run(layer_network(graph, {place, inputs}).graph);
      ASSERT_EQ(got.size(), expected.size());
      for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 2e-5);
    }
  }
}

TEST(LayeredNetwork, NoiseEntersWhereItIsTold) {
  using Pair = std::pair<std::string, std::string>;
  const Graph graph = small_network();
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::sum, false}), 0), (Pair{"Conv", "Add"}));
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::bias, false}), 0), (Pair{"Conv", "BatchNormalization"}));
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::normalised, false}), 0), (Pair{"Conv", "Relu"}));
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::activation, false}), 0).first, "Relu");
  // The second convolution is added to something before its activation function.
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::activation, false}), 1), (Pair{"Conv", "Add"}));
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::sum, false}), 2), (Pair{"Gemm", "Add"}));
}

TEST(LayeredNetwork, ABiasBehindAProductBelongsToIt) {
  GraphForTests make;
  const ValueId image = make.input({-1, 4, 8});
  const ValueId product = make.node("MatMul", {image, make.random_constant({8, 6})});
  const Graph graph = make.finish(make.node("Relu", {make.node("Add", {product, make.random_constant({6})})}));
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::sum, false}), 0), (Pair{"MatMul", "Add"}));
  EXPECT_EQ(neighbours(layer_network(graph, {NoisePlace::normalised, false}), 0), (Pair{"Add", "Relu"}));
}

TEST(LayeredNetwork, EqualNamesAreToldApart) {
  Graph graph = small_network();
  for (GraphNode& node : graph.nodes) node.name = "same";
  const LayeredNetwork network = layer_network(graph);
  ASSERT_EQ(network.layers.size(), 3U);
  EXPECT_NE(network.layers[0], network.layers[1]);
  EXPECT_NE(network.layers[1], network.layers[2]);
}

TEST(LayeredNetwork, ANetworkWithoutWeightsIsRefused) {
  GraphForTests make;
  const Graph graph = make.finish(make.node("Relu", {make.input({-1, 3})}));
  EXPECT_THROW(layer_network(graph), InputError);
}

}  // namespace
}  // namespace ohmloop
