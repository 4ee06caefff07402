#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

struct Fire {
  std::int64_t squeeze;
  std::int64_t expand;  ///< channels of each of the two branches
};

/// A 1x1 convolution to few channels, then 1x1 and 3x3 side by side.
Feature fire_module(NetworkBuilder& net, const std::string& name, const Feature& x, const Fire& fire) {
  Feature squeezed = net.conv(name + ".squeeze", x, {.channels = fire.squeeze, .bias = true});
  squeezed = net.relu(name + ".squeeze_activation", squeezed);
  Feature narrow = net.conv(name + ".expand1x1", squeezed, {.channels = fire.expand, .bias = true});
  narrow = net.relu(name + ".expand1x1_activation", narrow);
  Feature wide =
      net.conv(name + ".expand3x3", squeezed, {.channels = fire.expand, .kernel = 3, .pad = 1, .bias = true});
  wide = net.relu(name + ".expand3x3_activation", wide);
  return net.concat(name + ".concat", {narrow, wide}, 1);
}

/// Both versions have the same eight fire modules; they differ in the stem and in where they pool.
Network squeezenet(const std::string& name, std::int64_t batch, const ConvOptions& stem,
                   const std::vector<std::size_t>& pool_before) {
  constexpr PoolOptions pool = {.kernel = 3, .stride = 2, .round_up = true};
  constexpr std::array<Fire, 8> fires = {
      {{16, 64}, {16, 64}, {32, 128}, {32, 128}, {48, 192}, {48, 192}, {64, 256}, {64, 256}}};
  NetworkBuilder net(name, {batch, 3, 224, 224});
  int module = 0;
  const auto next = [&module] { return fmt::format("features.{}", module++); };
  Feature x = net.conv(next(), net.input(), stem);
  x = net.relu(next(), x);
  for (std::size_t index = 0; index < fires.size(); ++index) {
    for (const std::size_t before : pool_before) {
      if (before == index) x = net.max_pool(next(), x, pool);
    }
    x = fire_module(net, next(), x, fires[index]);
  }
  x = net.conv("classifier.1", x, {.channels = 1000, .bias = true});
  x = net.relu("classifier.2", x);
  x = net.global_average_pool("classifier.3", x);
  net.flatten("flatten", x);
  return net.take();
}

Network squeezenet1_0(std::int64_t batch) {
  return squeezenet("squeezenet1_0", batch, {.channels = 96, .kernel = 7, .stride = 2, .bias = true}, {0, 3, 7});
}

Network squeezenet1_1(std::int64_t batch) {
  return squeezenet("squeezenet1_1", batch, {.channels = 64, .kernel = 3, .stride = 2, .bias = true}, {0, 2, 4});
}

constexpr std::string_view source = "Iandola et al., arXiv:1602.07360; torchvision";

constexpr std::array<ZooEntry, 2> entries = {{
    {"squeezenet1_0", "SqueezeNet 1.0, 224x224", source, squeezenet1_0},
    {"squeezenet1_1", "SqueezeNet 1.1, 224x224", source, squeezenet1_1},
}};

}  // namespace

std::span<const ZooEntry> squeezenet_family() { return entries; }

}  // namespace ohmloop
