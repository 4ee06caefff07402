#pragma once

#include <span>

#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {

/// The families of the zoo, one file each. Layers are named as the modules of the reference definition.
std::span<const ZooEntry> alexnet_family();
std::span<const ZooEntry> vgg_family();
std::span<const ZooEntry> googlenet_family();
std::span<const ZooEntry> resnet_family();
std::span<const ZooEntry> squeezenet_family();
std::span<const ZooEntry> mobilenet_family();
std::span<const ZooEntry> densenet_family();
std::span<const ZooEntry> inception_family();
std::span<const ZooEntry> efficientnet_family();
std::span<const ZooEntry> transformer_family();

}  // namespace ohmloop
