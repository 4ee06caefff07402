#include "ohmloop/timeloop/writing/mapping_yaml.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/text/yaml_name.hpp"

namespace ohmloop::timeloop {
namespace {

/// The loops of one directive, innermost first.
using LoopList = std::vector<const Loop*>;

LoopList loops_of(const StorageLevel& level, bool spatial) {
  LoopList loops;
  for (const Loop& loop : level.loops) {
    if ((loop.kind != LoopKind::temporal) == spatial) loops.push_back(&loop);
  }
  return loops;
}

std::string factors_of(const Problem& problem, const LoopList& loops) {
  std::string text;
  for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
    const auto found = std::find_if(loops.begin(), loops.end(), [&](const Loop* loop) { return loop->dimension == i; });
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", problem.dimensions[i],
                        found == loops.end() ? 1 : (*found)->bound);
    if (found != loops.end() && (*found)->last_bound != (*found)->bound)
      text += fmt::format(",{}", (*found)->last_bound);
  }
  return text;
}

/// Dimensions with loops first, in their order; Timeloop writes names of one letter without anything between them.
std::string permutation_of(const Problem& problem, const LoopList& loops) {
  std::vector<std::size_t> order;
  for (const Loop* loop : loops) order.push_back(loop->dimension);
  for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
    if (std::find(order.begin(), order.end(), i) == order.end()) order.push_back(i);
  }
  const bool letters = std::all_of(problem.dimensions.begin(), problem.dimensions.end(),
                                   [](const std::string& name) { return name.size() == 1; });
  std::string text;
  for (const std::size_t dimension : order) {
    text += (text.empty() || letters ? "" : ",") + problem.dimensions[dimension];
  }
  return text;
}

std::string kept_by(const Nest& nest, const StorageLevel& level, bool keep) {
  std::string text;
  for (std::size_t i = 0; i < level.rules.size(); ++i) {
    if (level.rules[i].keep != keep) continue;
    text += (text.empty() ? "" : ", ") + yaml_name(nest.problem.data_spaces[i].name);
  }
  return text;
}

std::string loop_directive(const Nest& nest, const StorageLevel& level, bool spatial) {
  const LoopList loops = loops_of(level, spatial);
  std::string text = fmt::format("- target: {}\n  type: {}\n  factors: {}\n  permutation: {}\n", yaml_name(level.name),
                                 spatial ? "spatial" : "temporal", factors_of(nest.problem, loops),
                                 permutation_of(nest.problem, loops));
  if (spatial) {
    const auto along_x =
        std::count_if(loops.begin(), loops.end(), [](const Loop* loop) { return loop->kind == LoopKind::spatial_x; });
    text += fmt::format("  split: {}\n", along_x);
  }
  return text;
}

}  // namespace

std::string mapping_yaml(const Nest& nest) {
  std::string text = "mapping:\n";
  for (auto level = nest.levels.rbegin(); level != nest.levels.rend(); ++level) {
    text += fmt::format("- target: {}\n  type: datatype\n  keep: [{}]\n  bypass: [{}]\n", yaml_name(level->name),
                        kept_by(nest, *level, true), kept_by(nest, *level, false));
    text += loop_directive(nest, *level, false);
    if (!loops_of(*level, true).empty()) text += loop_directive(nest, *level, true);
  }
  return text;
}

}  // namespace ohmloop::timeloop
