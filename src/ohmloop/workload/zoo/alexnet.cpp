#include <array>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

constexpr PoolOptions overlapping_pool = {.kernel = 3, .stride = 2};

Network alexnet(std::int64_t batch) {
  NetworkBuilder net("alexnet", {batch, 3, 224, 224});
  Feature x = net.conv("features.0", net.input(), {.channels = 64, .kernel = 11, .stride = 4, .pad = 2, .bias = true});
  x = net.relu("features.1", x);
  x = net.max_pool("features.2", x, overlapping_pool);
  x = net.conv("features.3", x, {.channels = 192, .kernel = 5, .pad = 2, .bias = true});
  x = net.relu("features.4", x);
  x = net.max_pool("features.5", x, overlapping_pool);
  x = net.conv("features.6", x, {.channels = 384, .kernel = 3, .pad = 1, .bias = true});
  x = net.relu("features.7", x);
  x = net.conv("features.8", x, {.channels = 256, .kernel = 3, .pad = 1, .bias = true});
  x = net.relu("features.9", x);
  x = net.conv("features.10", x, {.channels = 256, .kernel = 3, .pad = 1, .bias = true});
  x = net.relu("features.11", x);
  x = net.max_pool("features.12", x, overlapping_pool);
  x = net.average_pool("avgpool", x, {.kernel = 1, .stride = 1});
  x = net.flatten("flatten", x);
  x = net.linear("classifier.1", x, {.outputs = 4096});
  x = net.relu("classifier.2", x);
  x = net.linear("classifier.4", x, {.outputs = 4096});
  x = net.relu("classifier.5", x);
  net.linear("classifier.6", x, {.outputs = 1000});
  return net.take();
}

/// The two towers of the paper are groups. Its text says 224, but only 227 gives its 55 x 55 outputs.
Network alexnet_grouped(std::int64_t batch) {
  NetworkBuilder net("alexnet_grouped", {batch, 3, 227, 227});
  Feature x = net.conv("conv1", net.input(), {.channels = 96, .kernel = 11, .stride = 4, .bias = true});
  x = net.relu("relu1", x);
  x = net.elementwise("LRN", "norm1", x);
  x = net.max_pool("pool1", x, overlapping_pool);
  x = net.conv("conv2", x, {.channels = 256, .kernel = 5, .pad = 2, .groups = 2, .bias = true});
  x = net.relu("relu2", x);
  x = net.elementwise("LRN", "norm2", x);
  x = net.max_pool("pool2", x, overlapping_pool);
  x = net.conv("conv3", x, {.channels = 384, .kernel = 3, .pad = 1, .bias = true});
  x = net.relu("relu3", x);
  x = net.conv("conv4", x, {.channels = 384, .kernel = 3, .pad = 1, .groups = 2, .bias = true});
  x = net.relu("relu4", x);
  x = net.conv("conv5", x, {.channels = 256, .kernel = 3, .pad = 1, .groups = 2, .bias = true});
  x = net.relu("relu5", x);
  x = net.max_pool("pool5", x, overlapping_pool);
  x = net.flatten("flatten", x);
  x = net.linear("fc6", x, {.outputs = 4096});
  x = net.relu("relu6", x);
  x = net.linear("fc7", x, {.outputs = 4096});
  x = net.relu("relu7", x);
  net.linear("fc8", x, {.outputs = 1000});
  return net.take();
}

constexpr std::array<ZooEntry, 2> entries = {{
    {"alexnet", "AlexNet in one tower, 224x224", "Krizhevsky, arXiv:1404.5997; torchvision", alexnet},
    {"alexnet_grouped", "AlexNet in two towers (groups), 227x227", "Krizhevsky et al., NIPS 2012; Caffe, Eyeriss",
     alexnet_grouped},
}};

}  // namespace

std::span<const ZooEntry> alexnet_family() { return entries; }

}  // namespace ohmloop
