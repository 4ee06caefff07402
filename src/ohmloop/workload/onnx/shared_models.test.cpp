#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "ohmloop/workload/onnx/onnx_proto.hpp"
#include "ohmloop/workload/onnx_reader.hpp"

namespace ohmloop {
namespace {

const std::filesystem::path models = OHMLOOP_SOURCE_DIR "/../shared/data/models";

/// What the collection's own table says of a file (weights and MACs in millions, rounded there), and the exact figures:
/// layers counted from the architecture, MACs those of the papers where they give them (ResNet-20: 40.55 M).
struct Expected {
  const char* file;
  std::size_t layers;
  std::int64_t macs;
  double table_weights;
  double weights_rounding;
  double table_macs;
  double macs_rounding;
};

constexpr double unstated = -1;

void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.file; }

class SharedModel : public testing::TestWithParam<Expected> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(models)) GTEST_SKIP() << "no shared models at " << models;
  }
  static std::string path() { return (models / GetParam().file).string(); }
};

::onnx::ModelProto parsed(const std::string& path) {
  ::onnx::ModelProto model;
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(model.ParseFromIstream(&file)) << path;
  return model;
}

/// Elements of all float initializers but running statistics and single numbers (bounds of Clip), counted by the
/// generated classes.
std::int64_t trained_elements(const ::onnx::ModelProto& model) {
  std::set<std::string> statistics;
  for (const auto& node : model.graph().node()) {
    if (node.op_type() != "BatchNormalization") continue;
    statistics.insert(node.input(3));
    statistics.insert(node.input(4));
  }
  std::int64_t sum = 0;
  for (const auto& tensor : model.graph().initializer()) {
    if (tensor.data_type() != ::onnx::TensorProto::FLOAT || statistics.count(tensor.name()) != 0) continue;
    std::int64_t elements = 1;
    for (const std::int64_t dim : tensor.dims()) elements *= dim;
    if (elements > 1) sum += elements;
  }
  return sum;
}

TEST_P(SharedModel, has_the_layers_weights_and_macs_it_is_known_for) {
  const Expected& expected = GetParam();
  const Network network = read_onnx(path());
  const auto layers = std::count_if(network.nodes.begin(), network.nodes.end(),
                                    [](const NetworkNode& node) { return node.shape.has_value(); });
  EXPECT_EQ(static_cast<std::size_t>(layers), expected.layers);
  EXPECT_EQ(network.macs(), expected.macs);
  EXPECT_NEAR(static_cast<double>(network.weights()) * 1e-6, expected.table_weights, expected.weights_rounding);
  if (expected.table_macs != unstated) {
    EXPECT_NEAR(static_cast<double>(network.macs()) * 1e-6, expected.table_macs, expected.macs_rounding);
  }
  EXPECT_TRUE(network.warnings.empty()) << network.warnings.front().message;
}

TEST_P(SharedModel, counts_every_trained_value_once) {
  EXPECT_EQ(read_onnx(path()).parameters(), trained_elements(parsed(path())));
}

TEST_P(SharedModel, ends_in_its_classes_for_any_batch) {
  const bool fixed = std::string(GetParam().file) == "mnist/mnist_cntk.onnx";
  const std::int64_t batch = fixed ? 1 : 3;
  const Network one = read_onnx(path());
  const Network several = read_onnx(path(), {.batch = batch});
  EXPECT_EQ(several.macs(), batch * one.macs());
  EXPECT_EQ(several.weights(), one.weights());
  EXPECT_EQ(several.input_dims.front(), batch);
  const std::vector<std::int64_t>& logits = several.nodes.back().output_dims;
  ASSERT_EQ(logits.size(), 2U);
  EXPECT_EQ(logits[0], batch);
  const std::set<std::int64_t> classes = {10, 1000, 1001};
  EXPECT_EQ(classes.count(logits[1]), 1U) << logits[1];
}

TEST_P(SharedModel, lists_every_node_that_runs) {
  const ::onnx::ModelProto model = parsed(path());
  const Network network = read_onnx(path());
  std::map<std::string, int> in_file;
  std::map<std::string, int> in_network;
  for (const auto& node : model.graph().node()) ++in_file[node.op_type()];
  for (const NetworkNode& node : network.nodes) ++in_network[node.operation];
  // One Reshape there works on a weight, before anything runs.
  if (std::string(GetParam().file) == "mnist/mnist_cntk.onnx") --in_file["Reshape"];
  EXPECT_EQ(in_network, in_file);
}

INSTANTIATE_TEST_SUITE_P(
    Files, SharedModel,
    testing::Values(Expected{"imagenet/squeezenet1.1.onnx", 26, 349151936, 1.23, 0.005, 350, 5},
                    Expected{"imagenet/mobilenet_v1_0.25_128_quant.onnx", 28, 13570048, 0.46, 0.005, 14, 0.5},
                    Expected{"imagenet/mobilenet_v1_1.0_224_quant.onnx", 28, 568740352, 4.21, 0.005, 570, 5},
                    Expected{"imagenet/mobilenet_v2_1.0_224_quant.onnx", 53, 300774272, 3.47, 0.005, 300, 5},
                    Expected{"imagenet/mobilenet_edgetpu_0.75_224_ptq.onnx", 59, 624486304, 2.96, 0.005, 620, 5},
                    Expected{"cifar10/resnet20_aka.onnx", 20, 40551040, 0.27, 0.005, unstated, 0},
                    Expected{"cifar10/resnet32_aka.onnx", 32, 68862592, 0.46, 0.005, unstated, 0},
                    Expected{"cifar10/resnet44_aka.onnx", 44, 97174144, 0.66, 0.005, unstated, 0},
                    Expected{"cifar10/resnet56_aka.onnx", 56, 125485696, 0.85, 0.005, unstated, 0},
                    Expected{"cifar10/resnet14_xsim.onnx", 16, 26657408, 0.17, 0.005, unstated, 0},
                    Expected{"cifar10/resnet20_xsim.onnx", 22, 40813184, 0.27, 0.005, unstated, 0},
                    Expected{"cifar10/resnet32_xsim.onnx", 34, 69124736, 0.46, 0.005, unstated, 0},
                    Expected{"cifar10/resnet56_xsim.onnx", 58, 125747840, 0.85, 0.005, unstated, 0},
                    Expected{"cifar10/resnet8_mlperftiny.onnx", 10, 12501632, 0.077, 0.0005, unstated, 0},
                    Expected{"cifar10/resnet8_mlperftiny_int8.onnx", 10, 12501632, 0.077, 0.0005, unstated, 0},
                    Expected{"cifar10/resnet8_mlperftiny_large.onnx", 10, 76473920, 0.48, 0.005, unstated, 0},
                    Expected{"cifar10/resnet8_mlperftiny_large_int8.onnx", 10, 76473920, 0.48, 0.005, unstated, 0},
                    Expected{"mnist/mnist_cntk.onnx", 3, 786560, 0.006, 0.0005, unstated, 0}));

}  // namespace
}  // namespace ohmloop
