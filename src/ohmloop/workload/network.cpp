#include "ohmloop/workload/network.hpp"

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

template <class Count>
std::int64_t sum_of_shapes(const std::vector<NetworkNode>& nodes, Count count) {
  std::int64_t sum = 0;
  for (const NetworkNode& node : nodes) {
    if (node.shape) sum = checked_add(sum, count(*node.shape));
  }
  return sum;
}

}  // namespace

std::int64_t NetworkNode::output_elements() const {
  std::int64_t elements = 1;
  for (const std::int64_t dim : output_dims) elements = checked_multiply(elements, dim);
  return elements;
}

std::int64_t Network::macs() const {
  return sum_of_shapes(nodes, [](const LayerShape& shape) { return shape.macs(); });
}

std::int64_t Network::parameters() const {
  std::int64_t sum = 0;
  for (const NetworkNode& node : nodes) sum = checked_add(sum, node.parameters);
  return sum;
}

std::int64_t Network::weights() const {
  return sum_of_shapes(nodes, [](const LayerShape& shape) { return shape.weights(); });
}

std::int64_t Network::activations() const {
  return sum_of_shapes(nodes, [](const LayerShape& shape) { return shape.output_activations(); });
}

}  // namespace ohmloop
