#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

struct DenseNetOptions {
  std::int64_t stem = 64;
  std::int64_t growth = 32;
  std::array<int, 4> layers;
};

/// Normalisation and activation come before each convolution.
Feature dense_layer(NetworkBuilder& net, const std::string& name, const Feature& x, std::int64_t growth) {
  Feature y = net.batch_norm(name + ".norm1", x);
  y = net.relu(name + ".relu1", y);
  y = net.conv(name + ".conv1", y, {.channels = 4 * growth});
  y = net.batch_norm(name + ".norm2", y);
  y = net.relu(name + ".relu2", y);
  return net.conv(name + ".conv2", y, {.channels = growth, .kernel = 3, .pad = 1});
}

/// Every layer reads the outputs of all layers before it.
Feature dense_block(NetworkBuilder& net, const std::string& name, const Feature& x, int layers, std::int64_t growth) {
  std::vector<Feature> features = {x};
  for (int layer = 1; layer <= layers; ++layer) {
    const std::string layer_name = fmt::format("{}.denselayer{}", name, layer);
    const Feature joined = layer == 1 ? x : net.concat(layer_name + ".concat", features, 1);
    features.push_back(dense_layer(net, layer_name, joined, growth));
  }
  return net.concat(name + ".concat", features, 1);
}

Feature transition(NetworkBuilder& net, const std::string& name, const Feature& x) {
  Feature y = net.batch_norm(name + ".norm", x);
  y = net.relu(name + ".relu", y);
  y = net.conv(name + ".conv", y, {.channels = x.dims[1] / 2});
  return net.average_pool(name + ".pool", y, {.kernel = 2, .stride = 2});
}

Network densenet(const std::string& name, std::int64_t batch, const DenseNetOptions& options) {
  NetworkBuilder net(name, {batch, 3, 224, 224});
  Feature x = net.conv("features.conv0", net.input(), {.channels = options.stem, .kernel = 7, .stride = 2, .pad = 3});
  x = net.batch_norm("features.norm0", x);
  x = net.relu("features.relu0", x);
  x = net.max_pool("features.pool0", x, {.kernel = 3, .stride = 2, .pad = 1});
  for (std::size_t block = 1; block <= options.layers.size(); ++block) {
    x = dense_block(net, fmt::format("features.denseblock{}", block), x, options.layers[block - 1], options.growth);
    if (block < options.layers.size()) x = transition(net, fmt::format("features.transition{}", block), x);
  }
  x = net.batch_norm("features.norm5", x);
  x = net.relu("relu", x);
  x = net.global_average_pool("avgpool", x);
  x = net.flatten("flatten", x);
  net.linear("classifier", x, {.outputs = 1000});
  return net.take();
}

constexpr DenseNetOptions densenet121 = {.layers = {6, 12, 24, 16}};
constexpr DenseNetOptions densenet161 = {.stem = 96, .growth = 48, .layers = {6, 12, 36, 24}};
constexpr DenseNetOptions densenet169 = {.layers = {6, 12, 32, 32}};
constexpr DenseNetOptions densenet201 = {.layers = {6, 12, 48, 32}};

constexpr std::string_view source = "Huang et al., arXiv:1608.06993; torchvision";

constexpr std::array<ZooEntry, 4> entries = {{
    {"densenet121", "DenseNet-121, 224x224", source,
     [](std::int64_t batch) { return densenet("densenet121", batch, densenet121); }},
    {"densenet161", "DenseNet-161, 224x224", source,
     [](std::int64_t batch) { return densenet("densenet161", batch, densenet161); }},
    {"densenet169", "DenseNet-169, 224x224", source,
     [](std::int64_t batch) { return densenet("densenet169", batch, densenet169); }},
    {"densenet201", "DenseNet-201, 224x224", source,
     [](std::int64_t batch) { return densenet("densenet201", batch, densenet201); }},
}};

}  // namespace

std::span<const ZooEntry> densenet_family() { return entries; }

}  // namespace ohmloop
