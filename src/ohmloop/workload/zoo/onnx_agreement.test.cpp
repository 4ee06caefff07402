// The same network read from an ONNX file and built by the zoo has the same layers, in the same order.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/workload/onnx_reader.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

std::string model_path(const std::string& file) { return OHMLOOP_SOURCE_DIR "/../shared/data/models/imagenet/" + file; }

std::vector<LayerShape> shapes_of(const Network& network) {
  std::vector<LayerShape> shapes;
  for (const NetworkNode& node : network.nodes) {
    if (node.shape) shapes.push_back(*node.shape);
  }
  return shapes;
}

Network from_zoo(std::string_view name, std::int64_t batch) { return find_zoo_entry(name)->build(batch); }

Network from_onnx(const std::string& file, std::int64_t batch) {
  OnnxOptions options;
  options.batch = batch;
  return read_onnx(model_path(file), options);
}

void expect_same(const std::vector<LayerShape>& file, const std::vector<LayerShape>& built) {
  ASSERT_EQ(file.size(), built.size());
  for (std::size_t layer = 0; layer < file.size(); ++layer) {
    EXPECT_TRUE(file[layer] == built[layer]) << "layer " << layer << ": " << describe(file[layer]) << " in the file, "
                                             << describe(built[layer]) << " in the zoo";
  }
}

/// TensorFlow pads a 3x3 filter of stride 2 below and to the right alone, torchvision and timm on all sides: the
/// outputs have the same size. All other padding is compared.
std::vector<LayerShape> without_padding_of_strided_layers(std::vector<LayerShape> shapes) {
  for (LayerShape& shape : shapes) {
    if (shape.stride_height == 2) shape.pad_top = shape.pad_left = 0;
  }
  return shapes;
}

/// What is left when batch normalisations are folded into the convolutions before them: a bias instead of scale and
/// shift.
std::int64_t parameters_after_folding(const Network& network) {
  std::int64_t parameters = network.parameters();
  for (const NetworkNode& node : network.nodes) {
    if (node.operation == "BatchNormalization") parameters -= node.parameters / 2;
  }
  return parameters;
}

void expect_same_mobilenet(const Network& file, const Network& built) {
  expect_same(without_padding_of_strided_layers(shapes_of(file)), without_padding_of_strided_layers(shapes_of(built)));
  EXPECT_EQ(file.parameters(), parameters_after_folding(built));
  EXPECT_EQ(file.activations(), built.activations());
}

class OnnxAgreement : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(model_path("squeezenet1.1.onnx"))) {
      GTEST_SKIP() << "the sample models are not there: " << model_path("");
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Batch, OnnxAgreement, testing::Values(1, 4));

TEST_P(OnnxAgreement, Squeezenet11HasTheLayersOfItsFile) {
  const Network file = from_onnx("squeezenet1.1.onnx", GetParam());
  const Network built = from_zoo("squeezenet1_1", GetParam());
  expect_same(shapes_of(file), shapes_of(built));
  EXPECT_EQ(file.parameters(), built.parameters());
  EXPECT_EQ(file.activations(), built.activations());
}

TEST_P(OnnxAgreement, MobilenetV1HasTheLayersOfItsFileButForPadding) {
  expect_same_mobilenet(from_onnx("mobilenet_v1_1.0_224_quant.onnx", GetParam()), from_zoo("mobilenet_v1", GetParam()));
}

TEST_P(OnnxAgreement, MobilenetV2HasTheLayersOfItsFileButForPadding) {
  expect_same_mobilenet(from_onnx("mobilenet_v2_1.0_224_quant.onnx", GetParam()), from_zoo("mobilenet_v2", GetParam()));
}

}  // namespace
}  // namespace ohmloop
