#include "ohmloop/workload/onnx/node_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

using Producers = std::unordered_map<std::string_view, std::size_t>;

Producers find_producers(const OnnxModel& model, OnnxProblems& problems) {
  std::unordered_set<std::string_view> given;
  for (const OnnxTensor& tensor : model.initializers) given.insert(tensor.name);
  for (const OnnxValueInfo& input : model.inputs) given.insert(input.name);
  Producers producers;
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    for (const std::string_view output : model.nodes[i].outputs) {
      if (output.empty()) continue;
      const auto [first, is_new] = producers.emplace(output, i);
      if (!is_new) {
        problems.error(fmt::format("{} and {} both write '{}'", describe(model.nodes[first->second]),
                                   describe(model.nodes[i]), printable(output)));
      } else if (given.count(output) != 0) {
        problems.error(fmt::format("{} writes '{}', which is an input or initializer of the graph",
                                   describe(model.nodes[i]), printable(output)));
      }
    }
  }
  problems.throw_if_errors();
  return producers;
}

/// From a node that waits, always on to one it waits for, until one comes again.
void report_cycle(const OnnxModel& model, const Producers& producers, const std::vector<std::size_t>& waiting,
                  OnnxProblems& problems) {
  const auto next = [&](std::size_t node) {
    for (const std::string_view input : model.nodes[node].inputs) {
      const auto found = producers.find(input);
      if (found != producers.end() && waiting[found->second] != 0) return found->second;
    }
    return node;
  };
  std::size_t node = 0;
  while (waiting[node] == 0) ++node;
  std::vector<std::size_t> path;
  std::vector<bool> seen(model.nodes.size(), false);
  for (; !seen[node]; node = next(node)) {
    seen[node] = true;
    path.push_back(node);
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), node));
  std::vector<std::string> names;
  for (const std::size_t member : path) names.push_back(printable(label(model.nodes[member])));
  problems.error(fmt::format("the graph has a cycle: each of {} reads what the next one writes", list_some(names)));
}

}  // namespace

std::vector<std::size_t> order_nodes(const OnnxModel& model, OnnxProblems& problems) {
  const Producers producers = find_producers(model, problems);
  const std::size_t count = model.nodes.size();
  std::vector<std::size_t> waiting(count, 0);
  std::vector<std::vector<std::size_t>> readers(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::string_view input : model.nodes[i].inputs) {
      const auto found = producers.find(input);
      if (found == producers.end()) continue;
      readers[found->second].push_back(i);
      ++waiting[i];
    }
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < count; ++i) {
    if (waiting[i] == 0) ready.push(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    order.push_back(node);
    for (const std::size_t reader : readers[node]) {
      if (--waiting[reader] == 0) ready.push(reader);
    }
  }
  if (order.size() < count) report_cycle(model, producers, waiting, problems);
  problems.throw_if_errors();
  return order;
}

}  // namespace ohmloop
