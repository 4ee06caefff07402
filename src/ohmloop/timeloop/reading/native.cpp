#include "ohmloop/timeloop/reading/native.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/native_plan.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"
#include "ohmloop/workload/layer_file.hpp"

namespace ohmloop::timeloop {
namespace {

Tensor native_tensor(const TimeloopSpec& spec, const NativePlan& plan, std::size_t data_space) {
  const DataSpace& from = spec.problem->data_spaces[data_space];
  Tensor tensor{.name = from.name, .role = plan.roles[data_space]};
  tensor.bits = static_cast<int>(plan.bits[static_cast<std::size_t>(tensor.role)]);
  for (const std::vector<ProjectionTerm>& terms : from.axes) {
    Axis axis;
    for (const ProjectionTerm& term : terms) {
      axis.terms.push_back({.rank = RankId(term.dimension), .coefficient = term.coefficient});
      const std::int64_t last = checked_multiply(term.coefficient, spec.problem->sizes[term.dimension] - 1);
      axis.size = checked_add(axis.size, last);
      const std::string& rank = plan.ranks[term.dimension];
      const std::string product = term.coefficient == 1 ? rank : fmt::format("{}*{}", term.coefficient, rank);
      axis.name += (axis.name.empty() ? "" : " + ") + product;
    }
    tensor.axes.push_back(std::move(axis));
  }
  return tensor;
}

/// Loops of a level, outermost first.
void add_loops(const std::vector<Loop>& loops, const NativePlan& plan, std::size_t level, std::string& text) {
  const NativeLevel& native = plan.levels[level];
  for (const LoopKind kind : {LoopKind::temporal, LoopKind::spatial_x, LoopKind::spatial_y}) {
    for (auto loop = loops.rbegin(); loop != loops.rend(); ++loop) {
      if (loop->kind != kind) continue;
      const std::string& across = kind == LoopKind::spatial_x ? native.across_x : native.across_y;
      text += fmt::format("- {{for: {}, bound: {}{}}}\n", plan.ranks[loop->dimension], loop->bound,
                          kind == LoopKind::temporal ? "" : ", across: " + across);
    }
  }
}

bool check_parts(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  if (diagnostics.has_errors()) return false;
  std::vector<std::string> missing;
  if (!spec.hardware) missing.emplace_back("`architecture`");
  if (!spec.problem) missing.emplace_back("`problem`");
  if (missing.empty()) return true;
  diagnostics.error(fmt::format("the files have no {}", list_names(missing)), {}, {},
                    {"give all of Timeloop's files at once, in any order"});
  return false;
}

void warn_of_parts_left_out(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  if (!spec.mapper.empty()) {
    diagnostics.warning("the settings of the mapper are left out: state them as options of `ohmloop run`",
                        spec.mapper.front().where);
  }
  if (spec.ert || spec.art) {
    diagnostics.warning("ERT and ART are not converted: an architecture of ours names components",
                        spec.ert && !spec.ert->empty() ? spec.ert->front().where : spec.architecture->span, {},
                        {"beside the converted files, 'ohmloop model' takes them instead of estimating"});
  }
}

}  // namespace

std::string native_layer(const TimeloopSpec& spec, const NativePlan& plan) {
  EinsumLayer layer;
  layer.einsum.name = "layer";
  for (std::size_t i = 0; i < plan.ranks.size(); ++i) {
    layer.einsum.ranks.push_back({plan.ranks[i], spec.problem->sizes[i]});
  }
  layer.einsum.tensors.resize(plan.roles.size());
  for (std::size_t i = 0; i < plan.roles.size(); ++i) {
    layer.einsum.tensors[static_cast<std::size_t>(plan.roles[i])] = native_tensor(spec, plan, i);
  }
  return to_yaml(Layer{.name = "layer", .form = std::move(layer)});
}

std::optional<std::string> native_mapping(const TimeloopSpec& spec, const NativePlan& plan, Diagnostics& diagnostics) {
  const auto loops = mapping_loops(spec, diagnostics);
  if (!loops) return std::nullopt;
  std::string text = "mapping:\n";
  for (std::size_t level = plan.levels.size(); level-- > 0;) {
    std::string kept;
    for (std::size_t i = 0; i < plan.roles.size(); ++i) {
      if (plan.levels[level].memory.empty() || !stores(spec, level, i)) continue;
      kept += (kept.empty() ? "" : ", ") + std::string(to_string(plan.roles[i]));
    }
    if (!kept.empty()) text += fmt::format("- {{keep: {}, tensors: [{}]}}\n", plan.levels[level].memory, kept);
    const auto& own = (*loops)[level];
    for (const Loop& loop : own) {
      const std::string& across =
          loop.kind == LoopKind::spatial_x ? plan.levels[level].across_x : plan.levels[level].across_y;
      if (loop.kind == LoopKind::temporal || !across.empty()) continue;
      diagnostics.error(
          fmt::format("'{}' has no copies in {} for a spatial loop over '{}'",
                      spec.hardware->levels[level].storage.name, loop.kind == LoopKind::spatial_x ? "X" : "Y",
                      spec.problem->dimensions[loop.dimension]),
          spec.mapping_where, {}, {"`split` says where in the permutation X ends and Y begins"});
      return std::nullopt;
    }
    add_loops(own, plan, level, text);
  }
  return text;
}

std::optional<NativeDescription> to_native(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  if (!check_parts(spec, diagnostics)) return std::nullopt;
  const std::optional<NativePlan> plan = plan_native(spec, diagnostics);
  if (!plan) return std::nullopt;
  NativeDescription result;
  try {
    result.architecture = native_architecture(spec, *plan, diagnostics);
    result.layer = native_layer(spec, *plan);
  } catch (const OverflowError& error) {
    diagnostics.error(fmt::format("the files' numbers are too large to count with: {}", error.what()), {});
    return std::nullopt;
  }
  if (spec.mapping) result.mapping = native_mapping(spec, *plan, diagnostics);
  warn_of_parts_left_out(spec, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return result;
}

}  // namespace ohmloop::timeloop
