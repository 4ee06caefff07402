#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/inference/interpret.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(OHMLOOP_SOURCE_DIR) / "../shared/data";

struct SharedModel {
  std::string path;  ///< below models/
  std::string expected;
};

const std::vector<SharedModel> models = {{"cifar10/resnet14_xsim", "cifar10"},
                                         {"cifar10/resnet20_aka", "cifar10"},
                                         {"cifar10/resnet20_xsim", "cifar10"},
                                         {"cifar10/resnet32_aka", "cifar10"},
                                         {"cifar10/resnet32_xsim", "cifar10"},
                                         {"cifar10/resnet44_aka", "cifar10"},
                                         {"cifar10/resnet56_aka", "cifar10"},
                                         {"cifar10/resnet56_xsim", "cifar10"},
                                         {"cifar10/resnet8_mlperftiny", "cifar10"},
                                         {"cifar10/resnet8_mlperftiny_int8", "cifar10"},
                                         {"cifar10/resnet8_mlperftiny_large", "cifar10"},
                                         {"cifar10/resnet8_mlperftiny_large_int8", "cifar10"},
                                         {"imagenet/mobilenet_edgetpu_0.75_224_ptq", "nips2017"},
                                         {"imagenet/mobilenet_v1_0.25_128_quant", "nips2017"},
                                         {"imagenet/mobilenet_v1_1.0_224_quant", "nips2017"},
                                         {"imagenet/mobilenet_v2_1.0_224_quant", "nips2017"},
                                         {"imagenet/squeezenet1.1", "nips2017"},
                                         {"mnist/mnist_cntk", "mnist"}};

std::vector<float> expected_logits(const SharedModel& model) {
  const std::string name = fs::path(model.path).filename().string();
  std::ifstream file(data / "expected" / (name + "." + model.expected + ".formula.txt"));
  std::vector<float> logits;
  for (float value = 0; file >> value;) logits.push_back(value);
  return logits;
}

/// The input of the recorded outputs: ../shared/data/README.md.
void fill_by_formula(std::span<float> image) {
  for (std::size_t i = 0; i < image.size(); ++i) {
    const auto hash = static_cast<std::uint32_t>(i * 2654435761U);
    image[i] = static_cast<float>((static_cast<double>(hash) / 4294967296.0 - 0.5) * 4.0);
  }
}

double largest(std::span<const float> values) {
  double result = 0;
  for (const float value : values) result = std::max(result, std::fabs(static_cast<double>(value)));
  return result;
}

class SharedModels : public testing::TestWithParam<SharedModel> {};

TEST_P(SharedModels, CompiledProgramsGiveTheRecordedOutputs) {
  const fs::path path = data / "models" / (GetParam().path + ".onnx");
  if (!fs::exists(path)) GTEST_SKIP() << "no shared data beside the checkout";
  const std::vector<float> expected = expected_logits(GetParam());
  ASSERT_FALSE(expected.empty());
  const Graph graph = read_graph(path.string());
  for (const bool fold : {true, false}) {
    ProgramStats stats;
    const Program program(simplify(graph, {.fold_normalisation = fold, .fold_bias = fold}), 2, &stats);
    Session session(program);
    const std::size_t batch = static_cast<std::size_t>(program.batch());
    const std::span<float> input = session.input(0);
    for (std::size_t i = 0; i < batch; ++i)
      fill_by_formula(input.subspan(i * input.size() / batch, input.size() / batch));
    session.run({0, batch});
    const std::span<const float> output = session.output_values(0);
    ASSERT_EQ(output.size(), batch * expected.size());
    // Two programs add up in different orders: float32's precision of the largest score.
    const double tolerance = 2e-5 * largest(expected);
    for (std::size_t i = 0; i < output.size(); ++i)
      EXPECT_NEAR(output[i], expected[i % expected.size()], tolerance) << "score " << i;
  }
}

TEST_P(SharedModels, PlainOperatorsGiveTheRecordedOutputs) {
  const fs::path path = data / "models" / (GetParam().path + ".onnx");
  if (!fs::exists(path)) GTEST_SKIP() << "no shared data beside the checkout";
  const std::vector<float> expected = expected_logits(GetParam());
  const Graph graph = read_graph(path.string());
  Dims dims = graph.inputs.at(0).dims;
  dims.at(0) = 1;
  TensorData image(ElementType::float32, dims);
  fill_by_formula(image.mutable_values<float>());
  const std::vector<TensorData> outputs = interpret(graph, std::vector<TensorData>{image});
  const std::span<const float> output = outputs.at(0).values<float>();
  ASSERT_EQ(output.size(), expected.size());
  const double tolerance = 2e-5 * largest(expected);
  for (std::size_t i = 0; i < output.size(); ++i) EXPECT_NEAR(output[i], expected[i], tolerance) << "score " << i;
}

INSTANTIATE_TEST_SUITE_P(All, SharedModels, testing::ValuesIn(models), [](const auto& one) {
  std::string name = fs::path(one.param.path).filename().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

}  // namespace
}  // namespace ohmloop
