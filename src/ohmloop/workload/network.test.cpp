#include "ohmloop/workload/network.hpp"

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

Network small_network() {
  Network network;
  network.name = "small";
  network.input_dims = {2, 3, 8, 8};
  NetworkNode conv{.name = "conv", .operation = "Conv", .output_dims = {2, 4, 8, 8}};
  conv.shape = convolution(2, 3, 8, 8, 4, {});
  conv.parameters = 4 * 3 + 4;
  NetworkNode norm{.name = "norm", .operation = "BatchNormalization", .inputs = {0}, .output_dims = {2, 4, 8, 8}};
  norm.parameters = 8;
  NetworkNode attention{.name = "attention", .operation = "MatMul", .inputs = {1, 1}, .output_dims = {8, 8, 8}};
  attention.shape = matmul(8, 8, 8, 8);
  network.nodes = {conv, norm, attention};
  return network;
}

TEST(Network, AddsMacsOfConvolutionsAndMatmuls) { EXPECT_EQ(small_network().macs(), 2 * 4 * 3 * 64 + 8 * 8 * 8 * 8); }

TEST(Network, CountsBiasesAndNormalisationAsParametersButNotAsWeights) {
  EXPECT_EQ(small_network().parameters(), 16 + 8);
  EXPECT_EQ(small_network().weights(), 12);
}

TEST(Network, CountsOutputsOfLayersWithAShapeAsActivations) {
  EXPECT_EQ(small_network().activations(), 2 * 4 * 64 + 8 * 8 * 8);
}

TEST(Network, MultipliesDimsToElements) {
  EXPECT_EQ(small_network().nodes[1].output_elements(), 512);
  EXPECT_EQ(NetworkNode{}.output_elements(), 1);
}

TEST(Network, ReportsTotalsThatOverflow) {
  Network network = small_network();
  const std::int64_t big = std::int64_t{1} << 31;
  network.nodes[0].shape = fully_connected(1, big, big - 1);
  network.nodes[1].shape = fully_connected(1, big, big - 1);
  EXPECT_NO_THROW((void)network.weights());
  network.nodes[2].shape = fully_connected(1, big, big - 1);
  EXPECT_THROW((void)network.weights(), OverflowError);
  EXPECT_THROW((void)network.macs(), OverflowError);
  network.nodes[0].output_dims = {big, big, 4};
  EXPECT_THROW((void)network.nodes[0].output_elements(), OverflowError);
}

}  // namespace
}  // namespace ohmloop
