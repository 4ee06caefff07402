#include "ohmloop/inference/program.hpp"

#include <algorithm>
#include <cstring>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/inference/interpret.hpp"
#include "ohmloop/inference/random_network.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"

namespace ohmloop {
namespace {

TensorData random_images(const Graph& graph, std::int64_t batch, std::uint32_t seed) {
  Dims dims = graph.inputs.at(0).dims;
  dims[0] = batch;
  TensorData images(ElementType::float32, dims);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  for (float& value : images.mutable_values<float>()) value = normal(random);
  return images;
}

std::vector<TensorData> run_program(const Graph& graph, const TensorData& images, std::size_t used) {
  const Program program(graph, images.dims()[0]);
  Session session(program);
  const auto from = images.values<float>();
  std::copy(from.begin(), from.end(), session.input(0).begin());
  session.run({0, used});
  std::vector<TensorData> outputs;
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) outputs.push_back(session.output(i));
  return outputs;
}

double largest(std::span<const float> values) {
  double result = 1;
  for (const float value : values) result = std::max(result, std::fabs(static_cast<double>(value)));
  return result;
}

/// Equal but for the order in which sums are added, for the first `count` values.
void expect_close(std::span<const float> got, std::span<const float> expected) {
  RC_ASSERT(got.size() == expected.size());
  const double tolerance = 1e-4 * largest(expected);
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (!(std::fabs(static_cast<double>(got[i]) - expected[i]) <= tolerance)) {
      RC_FAIL("value " + std::to_string(i) + ": " + std::to_string(got[i]) + ", expected " +
              std::to_string(expected[i]));
    }
  }
}

void expect_close(const std::vector<TensorData>& got, const std::vector<TensorData>& expected) {
  RC_ASSERT(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    RC_ASSERT(got[i].dims() == expected[i].dims());
    expect_close(got[i].values<float>(), expected[i].values<float>());
  }
}

struct Example {
  std::uint32_t seed;
  Graph graph;
};

Example example() {
  const auto seed = *rc::gen::arbitrary<std::uint32_t>().as("seed");
  const auto layers = *rc::gen::inRange<std::size_t>(1, 16).as("layers");
  return {seed, read_graph_bytes(RandomNetwork::make(seed, layers).bytes(), "random.onnx")};
}

TEST(Programs, GiveWhatPlainOperatorsGive) {
  EXPECT_TRUE(rc::check([] {
    const Example one = example();
    const TensorData images = random_images(one.graph, 2, one.seed);
    const std::vector<TensorData> expected = interpret(one.graph, std::vector<TensorData>{images});
    expect_close(run_program(one.graph, images, 2), expected);
  }));
}

TEST(Programs, SimplifyingChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const Example one = example();
    const TensorData images = random_images(one.graph, 2, one.seed);
    const std::vector<TensorData> expected = interpret(one.graph, std::vector<TensorData>{images});
    const Graph simple = simplify(one.graph);
    expect_close(interpret(simple, std::vector<TensorData>{images}), expected);
    expect_close(run_program(simple, images, 2), expected);
  }));
}

TEST(Programs, TheSizeOfTheBatchChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const Example one = example();
    const Graph graph = simplify(one.graph);
    const TensorData images = random_images(graph, 3, one.seed);
    const std::vector<TensorData> together = run_program(graph, images, 3);
    const std::size_t size = images.size() / 3;
    for (std::size_t i = 0; i < 3; ++i) {
      TensorData image = random_images(graph, 1, 0);
      const auto from = images.values<float>().subspan(i * size, size);
      std::copy(from.begin(), from.end(), image.mutable_values<float>().begin());
      const std::vector<TensorData> alone = run_program(graph, image, 1);
      for (std::size_t k = 0; k < alone.size(); ++k) {
        const std::size_t part = alone[k].size();
        expect_close(alone[k].values<float>(), together[k].values<float>().subspan(i * part, part));
      }
    }
  }));
}

TEST(Programs, WhatStandsInTheUnusedPartOfABatchChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const Example one = example();
    const Graph graph = simplify(one.graph);
    TensorData images = random_images(graph, 3, one.seed);
    const std::vector<TensorData> before = run_program(graph, images, 1);
    const auto values = images.mutable_values<float>();
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(values.size() / 3), values.end(), 1e4F);
    const std::vector<TensorData> after = run_program(graph, images, 1);
    for (std::size_t k = 0; k < before.size(); ++k) {
      RC_ASSERT(std::memcmp(before[k].bytes(), after[k].bytes(), before[k].size_bytes() / 3) == 0);
    }
  }));
}

}  // namespace
}  // namespace ohmloop
