#include <array>
#include <string>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

struct Names {
  std::string conv;
  std::string norm;
  std::string activation;
};

/// Convolution, batch normalisation, ReLU6.
Feature conv_relu6(NetworkBuilder& net, const Names& names, const Feature& x, const ConvOptions& options) {
  Feature y = net.conv(names.conv, x, options);
  y = net.batch_norm(names.norm, y);
  return net.elementwise("Clip", names.activation, y);
}

/// torchvision's nested modules: "prefix.0" convolution, "prefix.1" normalisation, "prefix.2" activation.
Names numbered(const std::string& prefix) { return {prefix + ".0", prefix + ".1", prefix + ".2"}; }

struct Stage {
  std::int64_t channels;
  int blocks;
  std::int64_t stride;
  std::int64_t expansion = 1;
};

Feature separable_block(NetworkBuilder& net, const std::string& name, const Feature& x, std::int64_t channels,
                        std::int64_t stride) {
  const Feature y = conv_relu6(net, {name + ".conv_dw", name + ".bn1", name + ".bn1.act"}, x,
                               {.channels = x.dims[1], .kernel = 3, .stride = stride, .pad = 1, .groups = x.dims[1]});
  return conv_relu6(net, {name + ".conv_pw", name + ".bn2", name + ".bn2.act"}, y, {.channels = channels});
}

Network mobilenet_v1(std::int64_t batch) {
  constexpr std::array<Stage, 5> stages = {{{64, 1, 1}, {128, 2, 2}, {256, 2, 2}, {512, 6, 2}, {1024, 2, 2}}};
  NetworkBuilder net("mobilenet_v1", {batch, 3, 224, 224});
  Feature x = conv_relu6(net, {"conv_stem", "bn1", "bn1.act"}, net.input(),
                         {.channels = 32, .kernel = 3, .stride = 2, .pad = 1});
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    for (int block = 0; block < stages[stage].blocks; ++block) {
      const std::int64_t stride = block == 0 ? stages[stage].stride : 1;
      x = separable_block(net, fmt::format("blocks.{}.{}", stage, block), x, stages[stage].channels, stride);
    }
  }
  x = net.global_average_pool("global_pool", x);
  x = net.flatten("flatten", x);
  net.linear("classifier", x, {.outputs = 1000});
  return net.take();
}

/// 1x1 to more channels, depth-wise 3x3, 1x1 to few channels without an activation.
Feature inverted_residual(NetworkBuilder& net, const std::string& name, const Feature& x, const Stage& stage,
                          std::int64_t stride) {
  const std::int64_t hidden = x.dims[1] * stage.expansion;
  int module = 0;
  const auto next = [&] { return fmt::format("{}.conv.{}", name, module++); };
  Feature y = x;
  if (stage.expansion != 1) y = conv_relu6(net, numbered(next()), y, {.channels = hidden});
  y = conv_relu6(net, numbered(next()), y,
                 {.channels = hidden, .kernel = 3, .stride = stride, .pad = 1, .groups = hidden});
  y = net.conv(next(), y, {.channels = stage.channels});
  y = net.batch_norm(next(), y);
  return y.dims == x.dims ? net.add(name + ".add", x, y) : y;
}

Network mobilenet_v2(std::int64_t batch) {
  constexpr std::array<Stage, 7> stages = {
      {{16, 1, 1, 1}, {24, 2, 2, 6}, {32, 3, 2, 6}, {64, 4, 2, 6}, {96, 3, 1, 6}, {160, 3, 2, 6}, {320, 1, 1, 6}}};
  NetworkBuilder net("mobilenet_v2", {batch, 3, 224, 224});
  int module = 0;
  const auto next = [&module] { return fmt::format("features.{}", module++); };
  Feature x = conv_relu6(net, numbered(next()), net.input(), {.channels = 32, .kernel = 3, .stride = 2, .pad = 1});
  for (const Stage& stage : stages) {
    for (int block = 0; block < stage.blocks; ++block) {
      x = inverted_residual(net, next(), x, stage, block == 0 ? stage.stride : 1);
    }
  }
  x = conv_relu6(net, numbered(next()), x, {.channels = 1280});
  x = net.global_average_pool("avgpool", x);
  x = net.flatten("flatten", x);
  net.linear("classifier.1", x, {.outputs = 1000});
  return net.take();
}

constexpr std::array<ZooEntry, 2> entries = {{
    {"mobilenet_v1", "MobileNetV1 1.0, 224x224", "Howard et al., arXiv:1704.04861; timm mobilenetv1_100", mobilenet_v1},
    {"mobilenet_v2", "MobileNetV2 1.0, 224x224", "Sandler et al., arXiv:1801.04381; torchvision", mobilenet_v2},
}};

}  // namespace

std::span<const ZooEntry> mobilenet_family() { return entries; }

}  // namespace ohmloop
