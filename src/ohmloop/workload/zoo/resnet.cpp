#include <array>
#include <string>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

/// What tells the members of the family apart. `width` is that of a 3x3 filter's group per 64 planes.
struct ResNetOptions {
  std::array<int, 4> blocks;
  bool bottleneck = true;
  std::int64_t groups = 1;
  std::int64_t width = 64;
};

struct BlockOptions {
  std::int64_t planes = 64;
  std::int64_t stride = 1;
  bool project = false;  ///< the shortcut needs a 1x1 convolution
};

/// Two 3x3 convolutions.
Feature basic_path(NetworkBuilder& net, const std::string& name, const Feature& x, const BlockOptions& block) {
  Feature y = net.conv(name + ".conv1", x, {.channels = block.planes, .kernel = 3, .stride = block.stride, .pad = 1});
  y = net.batch_norm(name + ".bn1", y);
  y = net.relu(name + ".relu", y);
  y = net.conv(name + ".conv2", y, {.channels = block.planes, .kernel = 3, .pad = 1});
  return net.batch_norm(name + ".bn2", y);
}

/// 1x1, 3x3, 1x1; the 3x3 one takes the stride (version 1.5).
Feature bottleneck_path(NetworkBuilder& net, const std::string& name, const Feature& x, const BlockOptions& block,
                        const ResNetOptions& options) {
  const std::int64_t width = block.planes * options.width / 64 * options.groups;
  Feature y = net.conv(name + ".conv1", x, {.channels = width});
  y = net.batch_norm(name + ".bn1", y);
  y = net.relu(name + ".relu", y);
  y = net.conv(name + ".conv2", y,
               {.channels = width, .kernel = 3, .stride = block.stride, .pad = 1, .groups = options.groups});
  y = net.batch_norm(name + ".bn2", y);
  y = net.relu(name + ".relu", y);
  y = net.conv(name + ".conv3", y, {.channels = 4 * block.planes});
  return net.batch_norm(name + ".bn3", y);
}

Feature residual_block(NetworkBuilder& net, const std::string& name, const Feature& x, const BlockOptions& block,
                       const ResNetOptions& options) {
  const Feature path =
      options.bottleneck ? bottleneck_path(net, name, x, block, options) : basic_path(net, name, x, block);
  Feature shortcut = x;
  if (block.project) {
    shortcut = net.conv(name + ".downsample.0", x, {.channels = path.dims[1], .stride = block.stride});
    shortcut = net.batch_norm(name + ".downsample.1", shortcut);
  }
  return net.relu(name + ".relu", net.add(name + ".add", path, shortcut));
}

Network resnet(const std::string& name, std::int64_t batch, const ResNetOptions& options) {
  NetworkBuilder net(name, {batch, 3, 224, 224});
  Feature x = net.conv("conv1", net.input(), {.channels = 64, .kernel = 7, .stride = 2, .pad = 3});
  x = net.batch_norm("bn1", x);
  x = net.relu("relu", x);
  x = net.max_pool("maxpool", x, {.kernel = 3, .stride = 2, .pad = 1});
  std::int64_t planes = 64;
  for (std::size_t stage = 0; stage < options.blocks.size(); ++stage, planes *= 2) {
    for (int block = 0; block < options.blocks[stage]; ++block) {
      const bool first = block == 0;
      const std::int64_t stride = first && stage > 0 ? 2 : 1;
      const bool project = first && (stride != 1 || options.bottleneck);
      x = residual_block(net, fmt::format("layer{}.{}", stage + 1, block), x,
                         {.planes = planes, .stride = stride, .project = project}, options);
    }
  }
  x = net.global_average_pool("avgpool", x);
  x = net.flatten("flatten", x);
  net.linear("fc", x, {.outputs = 1000});
  return net.take();
}

constexpr ResNetOptions resnet18 = {.blocks = {2, 2, 2, 2}, .bottleneck = false};
constexpr ResNetOptions resnet34 = {.blocks = {3, 4, 6, 3}, .bottleneck = false};
constexpr ResNetOptions resnet50 = {.blocks = {3, 4, 6, 3}};
constexpr ResNetOptions resnet101 = {.blocks = {3, 4, 23, 3}};
constexpr ResNetOptions resnet152 = {.blocks = {3, 8, 36, 3}};
constexpr ResNetOptions wide_resnet50_2 = {.blocks = {3, 4, 6, 3}, .width = 128};
constexpr ResNetOptions wide_resnet101_2 = {.blocks = {3, 4, 23, 3}, .width = 128};
constexpr ResNetOptions resnext50_32x4d = {.blocks = {3, 4, 6, 3}, .groups = 32, .width = 4};

constexpr std::string_view source = "He et al., arXiv:1512.03385; torchvision (v1.5: stride in the 3x3)";
constexpr std::string_view wide_source = "Zagoruyko and Komodakis, arXiv:1605.07146; torchvision";

constexpr std::array<ZooEntry, 8> entries = {{
    {"resnet18", "ResNet-18, 224x224", source, [](std::int64_t batch) { return resnet("resnet18", batch, resnet18); }},
    {"resnet34", "ResNet-34, 224x224", source, [](std::int64_t batch) { return resnet("resnet34", batch, resnet34); }},
    {"resnet50", "ResNet-50, 224x224", source, [](std::int64_t batch) { return resnet("resnet50", batch, resnet50); }},
    {"resnet101", "ResNet-101, 224x224", source,
     [](std::int64_t batch) { return resnet("resnet101", batch, resnet101); }},
    {"resnet152", "ResNet-152, 224x224", source,
     [](std::int64_t batch) { return resnet("resnet152", batch, resnet152); }},
    {"wide_resnet50_2", "Wide ResNet-50-2, 224x224", wide_source,
     [](std::int64_t batch) { return resnet("wide_resnet50_2", batch, wide_resnet50_2); }},
    {"wide_resnet101_2", "Wide ResNet-101-2, 224x224", wide_source,
     [](std::int64_t batch) { return resnet("wide_resnet101_2", batch, wide_resnet101_2); }},
    {"resnext50_32x4d", "ResNeXt-50 (32x4d), 224x224", "Xie et al., arXiv:1611.05431; torchvision",
     [](std::int64_t batch) { return resnet("resnext50_32x4d", batch, resnext50_32x4d); }},
}};

}  // namespace

std::span<const ZooEntry> resnet_family() { return entries; }

}  // namespace ohmloop
