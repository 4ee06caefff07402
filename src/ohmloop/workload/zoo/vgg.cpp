#include <array>
#include <string>

#include <fmt/format.h>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::int64_t, 5> stage_channels = {64, 128, 256, 512, 512};

/// `depths` are the convolutions of each stage; the module numbers run through all of them.
Network vgg(const std::string& name, std::int64_t batch, const std::array<int, 5>& depths) {
  NetworkBuilder net(name, {batch, 3, 224, 224});
  Feature x = net.input();
  int module = 0;
  const auto next = [&module] { return fmt::format("features.{}", module++); };
  for (std::size_t stage = 0; stage < depths.size(); ++stage) {
    for (int depth = 0; depth < depths[stage]; ++depth) {
      x = net.conv(next(), x, {.channels = stage_channels[stage], .kernel = 3, .pad = 1, .bias = true});
      x = net.relu(next(), x);
    }
    x = net.max_pool(next(), x, {.kernel = 2, .stride = 2});
  }
  x = net.average_pool("avgpool", x, {.kernel = 1, .stride = 1});
  x = net.flatten("flatten", x);
  x = net.linear("classifier.0", x, {.outputs = 4096});
  x = net.relu("classifier.1", x);
  x = net.linear("classifier.3", x, {.outputs = 4096});
  x = net.relu("classifier.4", x);
  net.linear("classifier.6", x, {.outputs = 1000});
  return net.take();
}

constexpr std::string_view source =
    "Simonyan and Zisserman, arXiv:1409.1556; torchvision (without batch normalisation)";

constexpr std::array<ZooEntry, 4> entries = {{
    {"vgg11", "VGG-11, 224x224", source,
     [](std::int64_t batch) {
       return vgg("vgg11", batch, {1, 1, 2, 2, 2});
     }},
    {"vgg13", "VGG-13, 224x224", source,
     [](std::int64_t batch) {
       return vgg("vgg13", batch, {2, 2, 2, 2, 2});
     }},
    {"vgg16", "VGG-16, 224x224", source,
     [](std::int64_t batch) {
       return vgg("vgg16", batch, {2, 2, 3, 3, 3});
     }},
    {"vgg19", "VGG-19, 224x224", source,
     [](std::int64_t batch) {
       return vgg("vgg19", batch, {2, 2, 4, 4, 4});
     }},
}};

}  // namespace

std::span<const ZooEntry> vgg_family() { return entries; }

}  // namespace ohmloop
