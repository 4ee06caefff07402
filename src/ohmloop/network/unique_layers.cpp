#include "ohmloop/network/unique_layers.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

const ReferenceTables* own_tables(std::size_t node, const NetworkOptions& options) {
  return node < options.layer_tables.size() ? options.layer_tables[node].get() : nullptr;
}

}  // namespace

LayerTable unique_layers(const Network& network, const NetworkOptions& options) {
  LayerTable table;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    const std::optional<LayerShape>& shape = network.nodes[node].shape;
    if (!shape) continue;
    const auto known = std::find_if(table.unique.begin(), table.unique.end(), [&](std::size_t first) {
      return network.nodes[first].shape == shape && own_tables(first, options) == own_tables(node, options);
    });
    table.layers.push_back({node, static_cast<std::size_t>(known - table.unique.begin())});
    if (known == table.unique.end()) table.unique.push_back(node);
  }
  return table;
}

const ReferenceTables& tables_of_layer(std::size_t node, const ReferenceTables& common, const NetworkOptions& options) {
  const ReferenceTables* own = own_tables(node, options);
  return own == nullptr ? common : *own;
}

}  // namespace ohmloop
