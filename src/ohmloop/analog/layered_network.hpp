#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/analog/distortion.hpp"
#include "ohmloop/inference/graph.hpp"
#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

struct LayeringOptions {
  NoisePlace place = NoisePlace::normalised;
  bool inputs = false;  ///< Transform nodes before the layers, too: where activations are quantised or looked at
};

/// A graph in which layer i = 0, 1, ... of L has the Transform node i on what it gives and, if asked for, L + i on what
/// it takes.
struct LayeredNetwork {
  Graph graph;
  std::vector<std::string> layers;  ///< names of the L weight layers, in execution order
  /// By their number, what Transform nodes always do (quantisation); null or beyond the end: nothing.
  std::vector<std::shared_ptr<const ValueTransform>> fixed{};

  [[nodiscard]] std::size_t output_transform(std::size_t layer) const { return layer; }
  [[nodiscard]] std::size_t input_transform(std::size_t layer) const { return layers.size() + layer; }
  [[nodiscard]] std::size_t transforms() const { return 2 * layers.size(); }
};

/// Simplifies the graph as far as the place allows and puts a Transform node where noise enters every weight layer.
/// Throws InputError if there is no weight layer.
LayeredNetwork layer_network(const Graph& graph, const LayeringOptions& options = {});

}  // namespace ohmloop
