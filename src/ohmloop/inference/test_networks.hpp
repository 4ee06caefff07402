#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ohmloop/workload/onnx/test_model.hpp"

/// Residual networks with random weights, for tests and benchmarks alone: accuracy means nothing, sizes and speed do.
namespace ohmloop {

class ResidualModel {
  using Integers = TestModel::Integers;

 public:
  explicit ResidualModel(std::uint32_t seed) : random_(seed) {
    model_.proto().mutable_opset_import(0)->set_version(13);
  }

  /// He et al. 2016, table 1: the 18-layer network for 224x224 images.
  static TestModel resnet18(std::uint32_t seed = 1) {
    ResidualModel net(seed);
    net.model_.input("input", {-1, 3, 224, 224});
    std::string value = net.conv("input", 3, 64, 7, 2, true);
    net.model_.node("MaxPool", {value}, {"pool"}).with("kernel_shape", Integers{3, 3});
    net.model_.with("strides", Integers{2, 2}).with("pads", Integers{1, 1, 1, 1});
    value = "pool";
    std::int64_t channels = 64;
    for (const std::int64_t width : {64, 128, 256, 512}) {
      for (int block = 0; block < 2; ++block) {
        value = net.block(value, channels, width, width != 64 && block == 0 ? 2 : 1);
        channels = width;
      }
    }
    return net.finish(value, channels, 1000);
  }

  /// He et al. 2016, section 4.2: 6 n + 2 layers for 32x32 images, n blocks a stage.
  static TestModel cifar(int blocks, std::uint32_t seed = 1) {
    ResidualModel net(seed);
    net.model_.input("input", {-1, 3, 32, 32});
    std::string value = net.conv("input", 3, 16, 3, 1, true);
    std::int64_t channels = 16;
    for (const std::int64_t width : {16, 32, 64}) {
      for (int block = 0; block < blocks; ++block) {
        value = net.block(value, channels, width, width != 16 && block == 0 ? 2 : 1);
        channels = width;
      }
    }
    return net.finish(value, channels, 10);
  }

 private:
  std::string name(const std::string& what) { return what + std::to_string(next_++); }

  std::string random_tensor(const Integers& dims, double deviation) {
    const std::string tensor = name("weights");
    model_.weight(tensor, dims);
    std::int64_t elements = 1;
    for (const std::int64_t dim : dims) elements *= dim;
    std::normal_distribution<float> normal(0.0F, static_cast<float>(deviation));
    std::vector<float> values(static_cast<std::size_t>(elements));
    for (float& value : values) value = normal(random_);
    model_.graph()
        .mutable_initializer(model_.graph().initializer_size() - 1)
        ->set_raw_data(values.data(), values.size() * sizeof(float));
    return tensor;
  }

  std::string conv(const std::string& from, std::int64_t inputs, std::int64_t outputs, std::int64_t kernel,
                   std::int64_t stride, bool relu) {
    const std::string sum = name("sum");
    const std::string weights = random_tensor({outputs, inputs, kernel, kernel},
                                              std::sqrt(2.0 / static_cast<double>(inputs * kernel * kernel)));
    const std::string bias = random_tensor({outputs}, 0.1);
    const std::int64_t pad = kernel / 2;
    model_.node("Conv", {from, weights, bias}, {sum}, name("conv")).with("strides", Integers{stride, stride});
    model_.with("pads", Integers{pad, pad, pad, pad}).with("kernel_shape", Integers{kernel, kernel});
    if (!relu) return sum;
    const std::string out = name("relu");
    model_.node("Relu", {sum}, {out});
    return out;
  }

  std::string block(const std::string& from, std::int64_t inputs, std::int64_t outputs, std::int64_t stride) {
    const std::string first = conv(from, inputs, outputs, 3, stride, true);
    const std::string second = conv(first, outputs, outputs, 3, 1, false);
    const std::string shortcut =
        inputs == outputs && stride == 1 ? from : conv(from, inputs, outputs, 1, stride, false);
    const std::string sum = name("added");
    const std::string out = name("relu");
    model_.node("Add", {second, shortcut}, {sum}).node("Relu", {sum}, {out});
    return out;
  }

  TestModel finish(const std::string& from, std::int64_t channels, std::int64_t classes) {
    const std::string weights = random_tensor({classes, channels}, std::sqrt(1.0 / static_cast<double>(channels)));
    const std::string bias = random_tensor({classes}, 0.1);
    model_.node("GlobalAveragePool", {from}, {"pooled"}).node("Flatten", {"pooled"}, {"flat"});
    model_.node("Gemm", {"flat", weights, bias}, {"logits"}, "fc").with("transB", std::int64_t{1});
    model_.graph().add_output()->set_name("logits");
    return std::move(model_);
  }

  TestModel model_;
  std::mt19937 random_;
  int next_ = 0;
};

}  // namespace ohmloop
