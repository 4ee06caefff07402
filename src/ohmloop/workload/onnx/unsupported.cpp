#include "ohmloop/workload/onnx/unsupported.hpp"

#include <map>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

struct Gap {
  std::vector<std::string> nodes;
  std::int64_t activations = 0;
  bool sizes_known = true;
};

bool has_unknown_size(const NetworkNode& node) { return node.output_dims == std::vector<std::int64_t>{0}; }

double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void warn_of_gaps(const Network& network, OnnxProblems& problems) {
  std::map<std::string, Gap> gaps;
  std::vector<std::string> unknown;
  std::int64_t activations = 0;
  for (const NetworkNode& node : network.nodes) {
    activations = checked_add(activations, node.output_elements());
    if (has_unknown_size(node)) unknown.push_back(node.name);
    if (node.supported) continue;
    Gap& gap = gaps[node.operation];
    gap.nodes.push_back(node.name);
    gap.activations = checked_add(gap.activations, node.output_elements());
    gap.sizes_known = gap.sizes_known && !has_unknown_size(node);
  }
  const auto nodes = static_cast<std::int64_t>(network.nodes.size());
  for (const auto& [operation, gap] : gaps) {
    const auto count = static_cast<std::int64_t>(gap.nodes.size());
    problems.warning(
        fmt::format(
            "operator '{}' is not evaluated, its cost is missing from all totals: {} of {} nodes ({:.1f} %), {}",
            operation, count, nodes, percent(count, nodes),
            gap.sizes_known ? fmt::format("{:.1f} % of the output activations", percent(gap.activations, activations))
                            : "of unknown size"),
        {"nodes: " + list_some(gap.nodes)});
  }
  if (!unknown.empty()) {
    problems.warning(
        fmt::format("the output sizes of {} nodes are unknown, their activations are not counted", unknown.size()),
        {"nodes: " + list_some(unknown)});
  }
}

}  // namespace ohmloop
