// Trained networks on labelled images: what another runtime predicted, image by image, and what noise does to them.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/inference/read_graph.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

const fs::path shared_data = fs::path(OHMLOOP_SOURCE_DIR) / "../shared/data";
const fs::path data_sets = fs::path(OHMLOOP_SOURCE_DIR) / "tests/conformance/trained_networks/data_sets";

/// Accuracies measured with ONNX Runtime 1.30, float32, all images: ../shared/data/README.md.
struct TrainedNetwork {
  std::string path;    ///< below models/
  std::string data;    ///< a description in data_sets/
  std::string images;  ///< their name in the recorded predictions
  double top1_percent;
};

void PrintTo(const TrainedNetwork& network, std::ostream* out) { *out << network.path; }

const std::vector<TrainedNetwork> networks = {
    {"cifar10/resnet20_aka", "cifar10-imagenet", "cifar10", 91.73},
    {"cifar10/resnet32_aka", "cifar10-imagenet", "cifar10", 92.63},
    {"cifar10/resnet44_aka", "cifar10-imagenet", "cifar10", 93.10},
    {"cifar10/resnet56_aka", "cifar10-imagenet", "cifar10", 93.39},
    {"cifar10/resnet14_xsim", "cifar10-imagenet", "cifar10", 89.64},
    {"cifar10/resnet20_xsim", "cifar10-imagenet", "cifar10", 90.65},
    {"cifar10/resnet32_xsim", "cifar10-imagenet", "cifar10", 92.14},
    {"cifar10/resnet56_xsim", "cifar10-imagenet", "cifar10", 92.19},
    {"cifar10/resnet8_mlperftiny", "cifar10-raw", "cifar10", 87.19},
    {"cifar10/resnet8_mlperftiny_int8", "cifar10-raw", "cifar10", 87.19},
    {"cifar10/resnet8_mlperftiny_large", "cifar10-raw", "cifar10", 91.28},
    {"cifar10/resnet8_mlperftiny_large_int8", "cifar10-raw", "cifar10", 91.37},
    {"imagenet/squeezenet1.1", "nips2017-224-imagenet", "nips2017", 60.2},
    {"imagenet/mobilenet_v1_0.25_128_quant", "nips2017-128-symmetric", "nips2017", 40.9},
    {"imagenet/mobilenet_v1_1.0_224_quant", "nips2017-224-symmetric", "nips2017", 81.9},
    {"imagenet/mobilenet_v2_1.0_224_quant", "nips2017-224-symmetric", "nips2017", 82.5},
    {"imagenet/mobilenet_edgetpu_0.75_224_ptq", "nips2017-224-symmetric", "nips2017", 87.1},
    {"mnist/mnist_cntk", "mnist-raw", "mnist", 98.91}};

Graph graph_of(const std::string& path) { return read_graph((shared_data / "models" / (path + ".onnx")).string()); }

std::shared_ptr<const DataSet> images_of(const std::string& name) {
  return open_data_set((data_sets / (name + ".yaml")).string());
}

std::vector<std::int32_t> recorded_predictions(const TrainedNetwork& network) {
  std::ifstream file(shared_data / "expected" /
                     (fs::path(network.path).filename().string() + "." + network.images + ".top1.tsv"));
  std::string line;
  std::getline(file, line);
  std::vector<std::int32_t> predictions;
  for (std::int64_t index = 0, label = 0, top1 = 0; file >> index >> label >> top1;)
    predictions.push_back(static_cast<std::int32_t>(top1));
  return predictions;
}

class RecordedAccuracy : public testing::TestWithParam<TrainedNetwork> {};

TEST_P(RecordedAccuracy, IsReachedImageByImage) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no shared data beside the checkout";
  const std::shared_ptr<const DataSet> images = images_of(GetParam().data);
  AccuracySettings settings;
  settings.batch = 4;
  const AccuracyResult result = measure_accuracy(graph_of(GetParam().path), *images, settings);
  EXPECT_EQ(result.images, images->size());
  EXPECT_NEAR(100 * result.points[0].top1, GetParam().top1_percent, 0.3);
  const std::vector<std::int32_t> recorded = recorded_predictions(GetParam());
  ASSERT_EQ(recorded.size(), result.predictions.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < recorded.size(); ++i) different += recorded[i] != result.predictions[i] ? 1 : 0;
  EXPECT_LT(500 * different, recorded.size())
      << different << " of " << recorded.size() << " images are predicted differently";
}

INSTANTIATE_TEST_SUITE_P(All, RecordedAccuracy, testing::ValuesIn(networks), [](const auto& instance) {
  std::string name = fs::path(instance.param.path).filename().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

/// The first images under one distortion.
PointAccuracy distorted(const std::string& network, const std::string& data, std::size_t images,
                        AccuracySettings settings) {
  settings.images = images;
  return measure_accuracy(graph_of(network), *images_of(data), settings).points.back();
}

AccuracySettings with_noise(NoiseKind kind, double amplitude) {
  AccuracySettings settings;
  settings.noise.kind = kind;
  settings.noise_amplitudes = {0, amplitude};
  return settings;
}

// docs/validation.md, "Noise, few bits and the shape of networks".
TEST(Findings, DeeperNetworksLoseMoreToFixedNoise) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no shared data beside the checkout";
  const AccuracySettings noisy = with_noise(NoiseKind::fixed, 0.3);
  const auto shallow = distorted("cifar10/resnet20_aka", "cifar10-imagenet", 1000, noisy);
  const auto deep = distorted("cifar10/resnet56_aka", "cifar10-imagenet", 1000, noisy);
  EXPECT_LT(deep.change_ci95.high, shallow.change_ci95.low);
}

// The reported finding does not show with rescaled noise; this is what does.
TEST(Findings, DeeperNetworksLoseNoMoreToRescaledNoise) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no shared data beside the checkout";
  const AccuracySettings noisy = with_noise(NoiseKind::rescaled, 0.1);
  const auto shallow = distorted("cifar10/resnet20_aka", "cifar10-imagenet", 1000, noisy);
  const auto deep = distorted("cifar10/resnet56_aka", "cifar10-imagenet", 1000, noisy);
  EXPECT_GT(deep.change_ci95.high, shallow.change_ci95.low);
}

TEST(Findings, NoiseChangesTheRankingOfNetworks) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no shared data beside the checkout";
  const AccuracySettings noisy = with_noise(NoiseKind::fixed, 0.2);
  const auto squeezed = distorted("imagenet/squeezenet1.1", "nips2017-224-imagenet", 200, noisy);
  const auto mobile = distorted("imagenet/mobilenet_v1_1.0_224_quant", "nips2017-224-symmetric", 200, noisy);
  EXPECT_GT(squeezed.top1_ci95.low, mobile.top1_ci95.high);
}

TEST(Findings, FewBitsChangeTheRankingOfNetworks) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no shared data beside the checkout";
  AccuracySettings few;
  few.weight_bits = {4};
  few.precision.weight_rule = RangeRule::mean_squared_error;
  const auto squeezed = distorted("imagenet/squeezenet1.1", "nips2017-224-imagenet", 200, few);
  const auto mobile = distorted("imagenet/mobilenet_edgetpu_0.75_224_ptq", "nips2017-224-symmetric", 200, few);
  EXPECT_GT(squeezed.top1_ci95.low, mobile.top1_ci95.high);
}

}  // namespace
}  // namespace ohmloop
