#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "ohmloop/workload/onnx/test_model.hpp"

/// Small networks of random layers, sizes and weights, for tests that hold two ways of running them equal.
namespace ohmloop {

class RandomNetwork {
  using Integers = TestModel::Integers;

 public:
  /// The same network for the same seed. Takes batches of 3-channel images, gives one or two outputs.
  static TestModel make(std::uint32_t seed, std::size_t layers) {
    RandomNetwork net(seed);
    const std::int64_t size = net.between(4, 9);
    net.model_.input("input", {-1, 3, size, size + net.between(0, 2)});
    net.values_ = {{"input", 3, size, net.model_.graph().input(0).type().tensor_type().shape().dim(3).dim_value()}};
    for (std::size_t i = 0; i < layers; ++i) net.add_layer();
    return net.finish();
  }

 private:
  struct Value {
    std::string name;
    std::int64_t channels, height, width;
  };

  explicit RandomNetwork(std::uint32_t seed) : random_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  bool coin() { return between(0, 1) == 1; }
  std::string name(const std::string& what) { return what + std::to_string(next_++); }
  Value pick() {
    return values_[static_cast<std::size_t>(
        between(std::max<std::int64_t>(0, std::ssize(values_) - 3), std::ssize(values_) - 1))];
  }

  std::string weights(const Integers& dims, double deviation, double mean = 0) {
    const std::string tensor = name("w");
    model_.weight(tensor, dims);
    std::int64_t elements = 1;
    for (const std::int64_t dim : dims) elements *= dim;
    std::normal_distribution<float> normal(static_cast<float>(mean), static_cast<float>(deviation));
    auto& proto = *model_.graph().mutable_initializer(model_.graph().initializer_size() - 1);
    for (std::int64_t i = 0; i < elements; ++i) proto.add_float_data(normal(random_));
    return tensor;
  }

  TestModel& node(const std::string& operation, const std::vector<std::string>& inputs, const Value& output) {
    values_.push_back(output);
    return model_.node(operation, inputs, {output.name}, operation + output.name);
  }

  void add_layer() {
    using Layer = void (RandomNetwork::*)(const Value&);
    const std::vector<Layer> layers = {
        &RandomNetwork::convolution, &RandomNetwork::convolution, &RandomNetwork::convolution, &RandomNetwork::pool,
        &RandomNetwork::activation,  &RandomNetwork::activation,  &RandomNetwork::normalise,   &RandomNetwork::binary,
        &RandomNetwork::constant,    &RandomNetwork::join,        &RandomNetwork::move};
    (this->*layers[static_cast<std::size_t>(between(0, std::ssize(layers) - 1))])(pick());
  }

  void convolution(const Value& from) {
    const std::int64_t kernel = between(1, 3);
    const std::int64_t stride = between(1, 2);
    const std::int64_t dilation = kernel > 1 ? between(1, 2) : 1;
    const std::int64_t reach = (kernel - 1) * dilation + 1;
    const std::int64_t groups = coin() ? 1 : from.channels;
    const std::int64_t channels = groups * between(1, groups == 1 ? 9 : 2);
    Integers pads = {between(0, reach - 1), between(0, reach - 1), between(0, reach - 1), between(0, reach - 1)};
    const auto size = [&](std::int64_t in, std::size_t axis) {
      return (in + pads[axis] + pads[axis + 2] - reach) / stride + 1;
    };
    if (from.height + pads[0] + pads[2] < reach || from.width + pads[1] + pads[3] < reach) return;
    Value to{name("conv"), channels, size(from.height, 0), size(from.width, 1)};
    const double fan_in = static_cast<double>(from.channels / groups * kernel * kernel);
    std::vector<std::string> inputs = {
        from.name, weights({channels, from.channels / groups, kernel, kernel}, std::sqrt(2 / fan_in))};
    if (coin()) inputs.push_back(weights({channels}, 0.3));
    const bool same = coin();
    if (same) {
      to.height = (from.height + stride - 1) / stride;
      to.width = (from.width + stride - 1) / stride;
    }
    node("Conv", inputs, to).with("kernel_shape", Integers{kernel, kernel}).with("strides", Integers{stride, stride});
    model_.with("dilations", Integers{dilation, dilation}).with("group", groups);
    if (same) {
      model_.with_text("auto_pad", coin() ? "SAME_UPPER" : "SAME_LOWER");
    } else {
      model_.with("pads", pads);
    }
  }

  void pool(const Value& from) {
    const std::int64_t kernel = between(2, 3);
    const std::int64_t stride = between(1, 3);
    const Integers pads = {between(0, kernel - 1), between(0, kernel - 1), between(0, kernel - 1),
                           between(0, kernel - 1)};
    if (from.height < kernel || from.width < kernel) return;
    const bool round_up = coin();
    const auto size = [&](std::int64_t in, std::size_t axis) {
      const std::int64_t room = in + pads[axis] + pads[axis + 2] - kernel;
      std::int64_t steps = (round_up ? (room + stride - 1) / stride : room / stride) + 1;
      if (round_up && (steps - 1) * stride >= in + pads[axis]) --steps;
      return steps;
    };
    const bool largest = coin();
    node(largest ? "MaxPool" : "AveragePool", {from.name},
         {name("pool"), from.channels, size(from.height, 0), size(from.width, 1)})
        .with("kernel_shape", Integers{kernel, kernel})
        .with("strides", Integers{stride, stride})
        .with("pads", pads)
        .with("ceil_mode", std::int64_t{round_up ? 1 : 0});
    if (!largest) model_.with("count_include_pad", between(0, 1));
  }

  void activation(const Value& from) {
    const std::vector<std::string> operations = {"Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSwish", "Elu", "Clip"};
    const std::string& operation = operations[static_cast<std::size_t>(between(0, std::ssize(operations) - 1))];
    std::vector<std::string> inputs = {from.name};
    if (operation == "Clip") {
      inputs.push_back(coin() ? scalar(-0.5F) : "");
      inputs.push_back(scalar(1.5F));
    }
    Value to = from;
    to.name = name("act");
    node(operation, inputs, to);
  }

  std::string scalar(float value) {
    const std::string tensor = name("scalar");
    model_.floats(tensor, {value});
    model_.graph().mutable_initializer(model_.graph().initializer_size() - 1)->clear_dims();
    return tensor;
  }

  void normalise(const Value& from) {
    const Integers channels = {from.channels};
    Value to = from;
    to.name = name("norm");
    const std::string variance = weights(channels, 0.0, 0.7);
    node("BatchNormalization",
         {from.name, weights(channels, 0.3, 1), weights(channels, 0.3), weights(channels, 0.3), variance}, to);
  }

  void binary(const Value& from) {
    for (const Value& other : std::vector<Value>(values_)) {
      const bool same = other.channels == from.channels && other.height == from.height && other.width == from.width;
      if (!same || (other.name == from.name && coin())) continue;
      Value to = from;
      to.name = name("sum");
      const std::string operation = coin() ? "Add" : coin() ? "Mul" : "Sub";
      node(operation, {from.name, other.name}, to);
      return;
    }
  }

  void constant(const Value& from) {
    Value to = from;
    to.name = name("scaled");
    const std::vector<Integers> sizes = {{1}, {from.channels, 1, 1}, {1, from.channels, 1, 1}, {from.width}};
    const std::string tensor = weights(sizes[static_cast<std::size_t>(between(0, 3))], 0.5, 1);
    const bool first = coin();
    const std::string operation = coin() ? "Add" : coin() ? "Mul" : coin() ? "Sub" : "Div";
    const bool divides = operation == "Div";
    node(operation, {first && !divides ? tensor : from.name, first && !divides ? from.name : tensor}, to);
  }

  void join(const Value& from) {
    std::vector<std::string> inputs = {from.name};
    Value to = from;
    for (const Value& other : values_) {
      if (other.height != from.height || other.width != from.width || inputs.size() == 3 || coin()) continue;
      inputs.push_back(other.name);
      to.channels += other.channels;
    }
    if (to.channels > 24) return;
    to.name = name("joined");
    node("Concat", inputs, to).with("axis", std::int64_t{1});
  }

  /// Layers that only plain operators have, or that change nothing.
  void move(const Value& from) {
    Value to = from;
    to.name = name("moved");
    switch (between(0, 3)) {
      case 0:
        node("Identity", {from.name}, to);
        return;
      case 1:
        node("Dropout", {from.name}, to);
        return;
      case 2:
        std::swap(to.height, to.width);
        node("Transpose", {from.name}, to).with("perm", Integers{0, 1, 3, 2});
        return;
      default:
        node("Softmax", {from.name}, to).with("axis", std::int64_t{1});
        return;
    }
  }

  TestModel finish() {
    const Value last = values_.back();
    if (coin()) {
      const std::string matrix = weights({last.channels, 5}, 0.5);
      model_.node("GlobalAveragePool", {last.name}, {"pooled"}).node("Flatten", {"pooled"}, {"flat"});
      model_.node("Gemm", {"flat", matrix, weights({5}, 0.3)}, {"logits"}, "fc");
      model_.graph().add_output()->set_name("logits");
    }
    const bool needs_one = model_.graph().output_size() == 0;
    const Value extra = needs_one ? last : pick();
    if (needs_one || coin()) model_.graph().add_output()->set_name(extra.name);
    return std::move(model_);
  }

  TestModel model_{14};
  std::mt19937 random_;
  std::vector<Value> values_;
  int next_ = 0;
};

}  // namespace ohmloop
