#include "ohmloop/network/unique_layers.hpp"

#include <algorithm>

namespace ohmloop {

LayerTable unique_layers(const Network& network) {
  LayerTable table;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    const std::optional<LayerShape>& shape = network.nodes[node].shape;
    if (!shape) continue;
    const auto known = std::find_if(table.unique.begin(), table.unique.end(),
                                    [&](std::size_t first) { return network.nodes[first].shape == shape; });
    table.layers.push_back({node, static_cast<std::size_t>(known - table.unique.begin())});
    if (known == table.unique.end()) table.unique.push_back(node);
  }
  return table;
}

}  // namespace ohmloop
