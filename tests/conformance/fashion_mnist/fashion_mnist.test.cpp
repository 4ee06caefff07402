// The built-in networks on the images that they were trained for: what torch predicted, image by image.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/workload/sample_networks.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t test_images = 10000;

/// One digit per test image: its label, or the class that a network predicts.
std::map<std::string, std::string> recorded_classes() {
  std::ifstream file(OHMLOOP_SOURCE_DIR "/tests/conformance/fashion_mnist/top1.tsv");
  std::map<std::string, std::string> classes;
  for (std::string name, digits; file >> name >> digits;) classes[name] = digits;
  return classes;
}

std::size_t equal_places(const std::string& one, const std::string& other) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < one.size() && i < other.size(); ++i) count += one[i] == other[i] ? 1 : 0;
  return count;
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const SampleNetwork& network : sample_networks()) result.push_back(network.name);
  return result;
}

SampleNetwork network_named(const std::string& name) {
  for (const SampleNetwork& network : sample_networks()) {
    if (network.name == name) return network;
  }
  return {};
}

class FashionMnist : public testing::TestWithParam<std::string> {};

TEST_P(FashionMnist, RecordedPredictionsGiveTheRecordedAccuracy) {
  const std::map<std::string, std::string> classes = recorded_classes();
  const std::string& predicted = classes.at(GetParam());
  ASSERT_EQ(predicted.size(), test_images);
  const double top1_percent = 100.0 * static_cast<double>(equal_places(predicted, classes.at("label"))) / test_images;
  EXPECT_NEAR(top1_percent, network_named(GetParam()).top1_percent, 0.005);
}

TEST_P(FashionMnist, IsPredictedAsRecordedImageByImage) {
  if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist"))
    GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
  const SampleNetwork network = network_named(GetParam());
  const AccuracyResult result = measure_accuracy(read_graph_bytes(network.bytes, network.name),
                                                 *open_data_set(network.data_set), AccuracySettings{});
  std::string predicted;
  for (const std::int32_t one : result.predictions) predicted += std::to_string(one);
  const std::string recorded = recorded_classes().at(GetParam());
  ASSERT_EQ(predicted.size(), recorded.size());
  // Scores that are equal but for float32's rounding may fall either way.
  EXPECT_LE(recorded.size() - equal_places(predicted, recorded), 5U);
  EXPECT_NEAR(100 * result.points[0].top1, network.top1_percent, 0.05);
}

INSTANTIATE_TEST_SUITE_P(All, FashionMnist, testing::ValuesIn(names()), [](const auto& instance) {
  std::string name = instance.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

/// Points of top-1 that noise costs, on the first 2,000 images.
Interval loss(const std::string& name, NoiseKind kind, double amplitude) {
  const SampleNetwork network = network_named(name);
  AccuracySettings settings;
  settings.noise.kind = kind;
  settings.noise_amplitudes = {0, amplitude};
  settings.images = 2000;
  return measure_accuracy(read_graph_bytes(network.bytes, network.name), *open_data_set(network.data_set), settings)
      .points.back()
      .change_ci95;
}

// docs/validation.md, "Noise, few bits and the shape of networks"; studies/fashion-mnist-networks/README.md.
TEST(Findings, LargerFiltersLoseLess) {
  if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist"))
    GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
  for (const auto& [kind, amplitude] : {std::pair(NoiseKind::fixed, 0.2), std::pair(NoiseKind::rescaled, 0.03)}) {
    EXPECT_LT(loss("fashion-mnist-filter-1x1", kind, amplitude).high,
              loss("fashion-mnist-filter-3x3", kind, amplitude).low);
    EXPECT_LT(loss("fashion-mnist-filter-3x3", kind, amplitude).high,
              loss("fashion-mnist-filter-5x5", kind, amplitude).low);
  }
}

TEST(Findings, EightConvolutionsLoseMoreToFixedNoiseThanFour) {
  if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist"))
    GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
  EXPECT_LT(loss("fashion-mnist-depth-8", NoiseKind::fixed, 0.2).high,
            loss("fashion-mnist-depth-4", NoiseKind::fixed, 0.2).low);
}

}  // namespace
}  // namespace ohmloop
