#include "ohmloop/analog/low_precision.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "ohmloop/analog/weight_quantisation.hpp"
#include "ohmloop/inference/graph_for_tests.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/weight_layers.hpp"

namespace ohmloop {
namespace {

std::vector<float> random_images(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-1.0F, 2.0F);
  std::vector<float> values(size);
  for (float& value : values) value = uniform(random);
  return values;
}

std::vector<float> run(const LayeredNetwork& network, std::int64_t batch, const std::vector<float>& images) {
  const Program program(network.graph, batch);
  Session session(program);
  std::copy(images.begin(), images.end(), session.input(0).begin());
  std::vector<const ValueTransform*> transforms;
  for (const auto& one : network.fixed) transforms.push_back(one.get());
  session.run({0, static_cast<std::size_t>(batch)}, transforms);
  return {session.output_values(0).begin(), session.output_values(0).end()};
}

/// A convolution of whole numbers, by its definition; padding 1, stride 1.
std::vector<std::int64_t> integer_convolution(const std::vector<std::int64_t>& image,
                                              const std::vector<std::int64_t>& weights, std::int64_t inputs,
                                              std::int64_t outputs, std::int64_t size) {
  std::vector<std::int64_t> sums;
  for (std::int64_t m = 0; m < outputs; ++m) {
    for (std::int64_t y = 0; y < size; ++y) {
      for (std::int64_t x = 0; x < size; ++x) {
        std::int64_t sum = 0;
        for (std::int64_t c = 0; c < inputs; ++c) {
          for (std::int64_t r = 0; r < 3; ++r) {
            for (std::int64_t s = 0; s < 3; ++s) {
              const std::int64_t row = y + r - 1;
              const std::int64_t column = x + s - 1;
              if (row < 0 || column < 0 || row >= size || column >= size) continue;
              sum += image[static_cast<std::size_t>((c * size + row) * size + column)] *
                     weights[static_cast<std::size_t>(((m * inputs + c) * 3 + r) * 3 + s)];
            }
          }
        }
        sums.push_back(sum);
      }
    }
  }
  return sums;
}

struct Bits {
  int weights, activations;
};
void PrintTo(const Bits& bits, std::ostream* out) { *out << bits.weights << "x" << bits.activations; }

class IntegerLayers : public testing::TestWithParam<Bits> {};

TEST_P(IntegerLayers, SumsAreThoseOfWholeNumbers) {
  constexpr std::int64_t inputs = 37;
  constexpr std::int64_t outputs = 18;
  constexpr std::int64_t size = 5;
  GraphForTests make(3);
  const Graph graph = make.finish(make.conv(make.input({-1, inputs, size, size}), inputs, outputs, 3));
  LayeredNetwork network = layer_network(graph, {NoisePlace::normalised, true});
  const Quantiser quantiser{GetParam().activations, true,
                            2.0F / static_cast<float>(largest_code(GetParam().activations, true))};
  PrecisionSettings precision;
  precision.weight_bits = GetParam().weights;
  precision.activation_bits = GetParam().activations;
  const std::vector<Quantiser> quantisers = {quantiser};
  quantise_layers(network, precision, quantisers, {});
  const std::vector<float> images = random_images(inputs * size * size, 5);
  const std::vector<float> outputs_of_program = run(network, 1, images);

  const TensorData& weights = *graph.constant(graph.nodes[0].inputs[1]);
  const TensorData& bias = *graph.constant(graph.nodes[0].inputs[2]);
  const QuantisedWeights codes = quantise_weights(weights.values<float>(), {1, outputs, inputs * 9},
                                                  {.bits = GetParam().weights, .per_channel = true});
  std::vector<float> image_codes(images.size());
  quantise(images, quantiser, image_codes);
  const std::vector<std::int64_t> sums = integer_convolution(
      {image_codes.begin(), image_codes.end()}, {codes.codes.begin(), codes.codes.end()}, inputs, outputs, size);
  ASSERT_EQ(outputs_of_program.size(), sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t channel = i / (size * size);
    const double scale = static_cast<double>(codes.scale(channel)) * static_cast<double>(quantiser.scale);
    EXPECT_EQ(outputs_of_program[i], static_cast<float>(static_cast<double>(sums[i]) * scale +
                                                        static_cast<double>(bias.values<float>()[channel])))
        << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All, IntegerLayers,
                         testing::Values(Bits{1, 1}, Bits{2, 3}, Bits{4, 4}, Bits{8, 8}, Bits{12, 8}, Bits{8, 16},
                                         Bits{16, 16}));

TEST(LowPrecision, ManyBitsAreNearlyFloat) {
  const Graph graph = small_network();
  const std::vector<float> images = random_images(2 * 3 * 36, 9);
  const LayeredNetwork exact = layer_network(graph);
  const std::vector<float> expected = run(exact, 2, images);
  for (const bool per_channel : {true, false}) {
    LayeredNetwork network = layer_network(graph);
    PrecisionSettings precision;
    precision.weight_bits = 16;
    precision.weights_per_channel = per_channel;
    quantise_layers(network, precision, {}, {});
    const std::vector<float> outputs = run(network, 2, images);
    for (std::size_t i = 0; i < outputs.size(); ++i) EXPECT_NEAR(outputs[i], expected[i], 5e-3) << i;
  }
}

TEST(LowPrecision, OnlyTheChosenLayersChange) {
  const Graph graph = small_network();
  const std::size_t layers = layer_network(graph).layers.size();
  ASSERT_EQ(layers, 3U);
  PrecisionSettings precision;
  precision.weight_bits = 2;
  for (std::size_t only = 0; only < layers; ++only) {
    LayeredNetwork network = layer_network(graph);
    const Graph before = network.graph;
    LayerChoice choice;
    choice.only = only;
    quantise_layers(network, precision, {}, choice);
    const std::vector<WeightLayer> found = find_weight_layers(network.graph);
    for (std::size_t i = 0; i < layers; ++i) {
      const bool changed = network.graph.nodes[found[i].node].inputs[1] != before.nodes[found[i].node].inputs[1];
      EXPECT_EQ(changed, i == only);
    }
  }
}

TEST(LowPrecision, WholeNumbersInProductsBothWays) {
  for (const bool transposed : {true, false}) {
    GraphForTests make(11);
    const Graph graph = make.finish(make.gemm(make.input({-1, 50}), 50, 7, transposed));
    LayeredNetwork network = layer_network(graph, {NoisePlace::normalised, true});
    PrecisionSettings precision;
    precision.weight_bits = 8;
    precision.activation_bits = 8;
    const std::vector<Quantiser> quantisers = {{8, true, 2.0F / 127}};
    const std::vector<float> images = random_images(3 * 50, 2);
    const std::vector<float> expected = run(layer_network(graph), 3, images);
    quantise_layers(network, precision, quantisers, {});
    const std::vector<float> outputs = run(network, 3, images);
    // Half a code of every input and weight: a bound from the sizes alone.
    for (std::size_t i = 0; i < outputs.size(); ++i) EXPECT_NEAR(outputs[i], expected[i], 0.2) << i;
    EXPECT_NE(outputs, expected);
  }
}

}  // namespace
}  // namespace ohmloop
