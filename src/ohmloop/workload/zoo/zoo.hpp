#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// One network of the zoo. Published figures stand beside it and are checked by a test.
struct ZooEntry {
  std::string_view name;         ///< "resnet18", "bert_base_128"
  std::string_view description;  ///< "ResNet-18, 224x224"
  std::string_view source;       ///< paper and reference definition
  Network (*build)(std::int64_t batch);
};

/// All networks, in the order they are listed.
std::span<const ZooEntry> zoo();

/// Finds a name as users write it ("ResNet-18", "resnet18", "vgg_16"): case, '-' and '_' don't matter.
const ZooEntry* find_zoo_entry(std::string_view name);

std::vector<std::string> zoo_names();

}  // namespace ohmloop
