#include <array>
#include <string>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

Feature basic_conv(NetworkBuilder& net, const std::string& name, const Feature& x, const ConvOptions& options) {
  Feature y = net.conv(name + ".conv", x, options);
  y = net.batch_norm(name + ".bn", y);
  return net.relu(name + ".relu", y);
}

struct InceptionChannels {
  std::int64_t branch1;
  std::int64_t branch2_reduced;
  std::int64_t branch2;
  std::int64_t branch3_reduced;
  std::int64_t branch3;
  std::int64_t branch4;
};

/// The paper's 5x5 branch (branch3) is 3x3 in torchvision, whose published figures are matched here.
Feature inception(NetworkBuilder& net, const std::string& name, const Feature& x, const InceptionChannels& channels) {
  const Feature branch1 = basic_conv(net, name + ".branch1", x, {.channels = channels.branch1});
  Feature branch2 = basic_conv(net, name + ".branch2.0", x, {.channels = channels.branch2_reduced});
  branch2 = basic_conv(net, name + ".branch2.1", branch2, {.channels = channels.branch2, .kernel = 3, .pad = 1});
  Feature branch3 = basic_conv(net, name + ".branch3.0", x, {.channels = channels.branch3_reduced});
  branch3 = basic_conv(net, name + ".branch3.1", branch3, {.channels = channels.branch3, .kernel = 3, .pad = 1});
  Feature branch4 = net.max_pool(name + ".branch4.0", x, {.kernel = 3, .stride = 1, .pad = 1});
  branch4 = basic_conv(net, name + ".branch4.1", branch4, {.channels = channels.branch4});
  return net.concat(name + ".concat", {branch1, branch2, branch3, branch4}, 1);
}

Network googlenet(std::int64_t batch) {
  constexpr PoolOptions wide_pool = {.kernel = 3, .stride = 2, .round_up = true};
  NetworkBuilder net("googlenet", {batch, 3, 224, 224});
  Feature x = basic_conv(net, "conv1", net.input(), {.channels = 64, .kernel = 7, .stride = 2, .pad = 3});
  x = net.max_pool("maxpool1", x, wide_pool);
  x = basic_conv(net, "conv2", x, {.channels = 64});
  x = basic_conv(net, "conv3", x, {.channels = 192, .kernel = 3, .pad = 1});
  x = net.max_pool("maxpool2", x, wide_pool);
  x = inception(net, "inception3a", x, {64, 96, 128, 16, 32, 32});
  x = inception(net, "inception3b", x, {128, 128, 192, 32, 96, 64});
  x = net.max_pool("maxpool3", x, wide_pool);
  x = inception(net, "inception4a", x, {192, 96, 208, 16, 48, 64});
  x = inception(net, "inception4b", x, {160, 112, 224, 24, 64, 64});
  x = inception(net, "inception4c", x, {128, 128, 256, 24, 64, 64});
  x = inception(net, "inception4d", x, {112, 144, 288, 32, 64, 64});
  x = inception(net, "inception4e", x, {256, 160, 320, 32, 128, 128});
  x = net.max_pool("maxpool4", x, {.kernel = 2, .stride = 2, .round_up = true});
  x = inception(net, "inception5a", x, {256, 160, 320, 32, 128, 128});
  x = inception(net, "inception5b", x, {384, 192, 384, 48, 128, 128});
  x = net.global_average_pool("avgpool", x);
  x = net.flatten("flatten", x);
  net.linear("fc", x, {.outputs = 1000});
  return net.take();
}

constexpr std::array<ZooEntry, 1> entries = {{
    {"googlenet", "GoogLeNet (Inception-v1), 224x224",
     "Szegedy et al., arXiv:1409.4842; torchvision, without the auxiliary classifiers", googlenet},
}};

}  // namespace

std::span<const ZooEntry> googlenet_family() { return entries; }

}  // namespace ohmloop
