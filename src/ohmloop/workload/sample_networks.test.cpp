#include "ohmloop/workload/sample_networks.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "ohmloop/base/sha256.hpp"
#include "ohmloop/workload/onnx_reader.hpp"

namespace ohmloop {
namespace {

std::map<std::string, SampleNetwork> by_name() {
  std::map<std::string, SampleNetwork> networks;
  for (const SampleNetwork& network : sample_networks()) networks[network.name] = network;
  return networks;
}

std::string file_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::int64_t> filter_sizes(const Network& network) {
  std::vector<std::int64_t> sizes;
  for (const NetworkNode& node : network.nodes) {
    if (node.operation == "Conv") sizes.push_back(node.shape->R);
  }
  return sizes;
}

TEST(SampleNetworks, AreTheTwoFamiliesInTheOrderOfTheirTable) {
  std::vector<std::string> names;
  for (const SampleNetwork& network : sample_networks()) names.push_back(network.name);
  const std::vector<std::string> expected = {
      "fashion-mnist-depth-2",    "fashion-mnist-depth-4",    "fashion-mnist-depth-8",    "fashion-mnist-depth-16",
      "fashion-mnist-filter-1x1", "fashion-mnist-filter-3x3", "fashion-mnist-filter-5x5", "fashion-mnist-filter-7x7"};
  EXPECT_EQ(names, expected);
}

TEST(SampleNetworks, AreTheFilesThatWereRecorded) {
  const std::string folder = OHMLOOP_SOURCE_DIR "/share/ohmloop/networks/fashion-mnist/";
  for (const SampleNetwork& network : sample_networks()) {
    SCOPED_TRACE(network.name);
    EXPECT_EQ(sha256_hex(network.bytes), network.sha256);
    EXPECT_EQ(network.bytes, file_bytes(folder + network.name.substr(network.data_set.size() + 1) + ".onnx"));
    EXPECT_LT(network.bytes.size(), 1000000U);
  }
}

TEST(SampleNetworks, HaveTheWeightsAndMacsThatAreRecorded) {
  for (const SampleNetwork& sample : sample_networks()) {
    SCOPED_TRACE(sample.name);
    const Network network = read_onnx_bytes(sample.bytes, sample.name);
    EXPECT_EQ(network.macs(), sample.macs);
    EXPECT_EQ(network.weights(), sample.weights);
    EXPECT_EQ(network.input_dims, (std::vector<std::int64_t>{1, 1, 28, 28}));
    EXPECT_TRUE(network.warnings.empty());
    EXPECT_GT(sample.top1_percent, 10) << "no better than chance";
  }
}

TEST(SampleNetworks, OfTheDepthFamilyDifferInDepthAlone) {
  const std::map<std::string, SampleNetwork> networks = by_name();
  for (const std::size_t depth : {2U, 4U, 8U, 16U}) {
    const SampleNetwork& sample = networks.at("fashion-mnist-depth-" + std::to_string(depth));
    EXPECT_EQ(filter_sizes(read_onnx_bytes(sample.bytes, sample.name)), std::vector<std::int64_t>(depth, 3));
  }
}

TEST(SampleNetworks, OfTheFilterFamilyComputeAboutEquallyMuch) {
  const std::map<std::string, SampleNetwork> networks = by_name();
  const double reference = static_cast<double>(networks.at("fashion-mnist-filter-3x3").macs);
  for (const std::int64_t size : {1, 3, 5, 7}) {
    const SampleNetwork& sample =
        networks.at("fashion-mnist-filter-" + std::to_string(size) + "x" + std::to_string(size));
    EXPECT_EQ(filter_sizes(read_onnx_bytes(sample.bytes, sample.name)), std::vector<std::int64_t>(4, size));
    EXPECT_NEAR(static_cast<double>(sample.macs) / reference, 1, 0.05);
  }
}

}  // namespace
}  // namespace ohmloop
