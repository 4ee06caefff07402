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

/// One network of the zoo. Parameters, MACs and activations equal the published figures; a test holds them together.
/// Dropout is left out, and classifiers that only help in training.
struct ZooEntry {
  std::string_view name;         ///< "resnet18", "bert_base_128"
  std::string_view description;  ///< "ResNet-18, 224x224"
  std::string_view source;       ///< paper and reference definition
  /// Throws std::invalid_argument for a batch below 1; totals of a huge batch throw OverflowError.
  Network (*build)(std::int64_t batch);
};

/// All networks, family by family, in the order they are listed.
std::span<const ZooEntry> zoo();

/// Finds a name as users write it ("ResNet-18", "vgg_16", "ViT-B/16"): only letters and digits matter, not their case.
/// Other names in use are known too: "bert_base" is bert_base_128. Null if there is no such network.
const ZooEntry* find_zoo_entry(std::string_view name);

/// The names alone, for suggestions.
std::vector<std::string> zoo_names();

}  // namespace ohmloop
