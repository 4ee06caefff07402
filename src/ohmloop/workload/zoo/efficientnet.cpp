#include <array>
#include <string>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

struct Stage {
  std::int64_t channels;
  int blocks;
  std::int64_t kernel;
  std::int64_t stride;
};

Feature norm_relu6(NetworkBuilder& net, const std::string& name, const Feature& x) {
  return net.elementwise("Clip", name + ".act", net.batch_norm(name, x));
}

ConvOptions depth_wise(const Feature& x, const Stage& stage, std::int64_t stride) {
  return {
      .channels = x.dims[1], .kernel = stage.kernel, .stride = stride, .pad = stage.kernel / 2, .groups = x.dims[1]};
}

/// The first block: depth-wise, then 1x1 without an activation.
Feature separable_block(NetworkBuilder& net, const std::string& name, const Feature& x, const Stage& stage) {
  Feature y = net.conv(name + ".conv_dw", x, depth_wise(x, stage, stage.stride));
  y = norm_relu6(net, name + ".bn1", y);
  y = net.conv(name + ".conv_pw", y, {.channels = stage.channels});
  return net.batch_norm(name + ".bn2", y);
}

/// 1x1 to six times the channels, depth-wise, 1x1 without an activation. No squeeze-and-excitation in the Lite series.
Feature inverted_residual(NetworkBuilder& net, const std::string& name, const Feature& x, const Stage& stage,
                          std::int64_t stride) {
  Feature y = net.conv(name + ".conv_pw", x, {.channels = 6 * x.dims[1]});
  y = norm_relu6(net, name + ".bn1", y);
  y = net.conv(name + ".conv_dw", y, depth_wise(y, stage, stride));
  y = norm_relu6(net, name + ".bn2", y);
  y = net.conv(name + ".conv_pwl", y, {.channels = stage.channels});
  y = net.batch_norm(name + ".bn3", y);
  return y.dims == x.dims ? net.add(name + ".add", x, y) : y;
}

Network efficientnet_lite0(std::int64_t batch) {
  constexpr std::array<Stage, 7> stages = {
      {{16, 1, 3, 1}, {24, 2, 3, 2}, {40, 2, 5, 2}, {80, 3, 3, 2}, {112, 3, 5, 1}, {192, 4, 5, 2}, {320, 1, 3, 1}}};
  NetworkBuilder net("efficientnet_lite0", {batch, 3, 224, 224});
  Feature x = net.conv("conv_stem", net.input(), {.channels = 32, .kernel = 3, .stride = 2, .pad = 1});
  x = norm_relu6(net, "bn1", x);
  x = separable_block(net, "blocks.0.0", x, stages[0]);
  for (std::size_t stage = 1; stage < stages.size(); ++stage) {
    for (int block = 0; block < stages[stage].blocks; ++block) {
      const std::int64_t stride = block == 0 ? stages[stage].stride : 1;
      x = inverted_residual(net, fmt::format("blocks.{}.{}", stage, block), x, stages[stage], stride);
    }
  }
  x = net.conv("conv_head", x, {.channels = 1280});
  x = norm_relu6(net, "bn2", x);
  x = net.global_average_pool("global_pool", x);
  x = net.flatten("flatten", x);
  net.linear("classifier", x, {.outputs = 1000});
  return net.take();
}

constexpr std::array<ZooEntry, 1> entries = {{
    {"efficientnet_lite0", "EfficientNet-Lite0, 224x224", "Tan and Le, arXiv:1905.11946; timm efficientnet_lite0",
     efficientnet_lite0},
}};

}  // namespace

std::span<const ZooEntry> efficientnet_family() { return entries; }

}  // namespace ohmloop
