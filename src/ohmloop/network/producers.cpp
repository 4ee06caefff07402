#include "ohmloop/network/producers.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

void add_sorted(const std::vector<std::size_t>& more, std::vector<std::size_t>& sorted) {
  std::vector<std::size_t> both;
  std::set_union(sorted.begin(), sorted.end(), more.begin(), more.end(), std::back_inserter(both));
  sorted = std::move(both);
}

}  // namespace

std::vector<std::vector<std::size_t>> producers_of_layers(const Network& network,
                                                          const std::vector<LayerEvaluation>& layers) {
  std::vector<std::vector<std::size_t>> producers(layers.size());
  // Per node, the layers whose results its own result is made of: itself, or those of its inputs.
  std::vector<std::vector<std::size_t>> behind(network.nodes.size());
  std::size_t next = 0;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    std::vector<std::size_t> read;
    for (const std::size_t input : network.nodes[node].inputs) add_sorted(behind[input], read);
    if (next < layers.size() && layers[next].network_node == node) {
      producers[next] = std::move(read);
      behind[node] = {next++};
    } else {
      behind[node] = std::move(read);
    }
  }
  return producers;
}

}  // namespace ohmloop
