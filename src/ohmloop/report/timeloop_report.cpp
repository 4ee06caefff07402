#include "ohmloop/report/timeloop_report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace ohmloop {

namespace {

std::int64_t times(std::int64_t words, double instances) {
  return std::llround(static_cast<double>(words) * instances);
}

ModelTensor tensor_of(const std::string& name, const timeloop::DataSpaceResult& space) {
  const double instances = space.average_instances;
  return {name,
          {space.reads, space.fills, space.updates, 0},
          {times(space.reads, instances), times(space.fills, instances), times(space.updates, instances), 0},
          instances,
          space.utilized_capacity,
          space.energy_pj};
}

/// The loop nest as text, outermost first.
std::string nest_text(const timeloop::Nest& nest) {
  std::string text;
  std::size_t depth = 0;
  for (auto level = nest.levels.rbegin(); level != nest.levels.rend(); ++level) {
    std::string kept;
    for (std::size_t d = 0; d < level->rules.size(); ++d) {
      if (level->rules[d].keep) kept += " " + nest.problem.data_spaces[d].name;
    }
    text += fmt::format("{}{} keeps{}\n", std::string(2 * depth, ' '), level->name, kept.empty() ? " nothing" : kept);
    for (auto loop = level->loops.rbegin(); loop != level->loops.rend(); ++loop) {
      const char* kind = loop->kind == timeloop::LoopKind::temporal    ? ""
                         : loop->kind == timeloop::LoopKind::spatial_x ? " across X"
                                                                       : " across Y";
      text += fmt::format("{}for {} in 0..{}{}\n", std::string(2 * depth, ' '),
                          nest.problem.dimensions[loop->dimension], loop->bound - 1, kind);
      ++depth;
    }
  }
  return fmt::format("{}{}{} computes\n", text, std::string(2 * depth, ' '), nest.arithmetic.name);
}

}  // namespace

ModelReport timeloop_report(const timeloop::Nest& nest, const timeloop::TimeloopResult& result) {
  ModelReport report;
  report.counting = "timeloop";
  report.computes = result.computes;
  report.cycles = result.cycles;
  report.energy_pj = result.energy_pj;
  report.utilisation = result.utilization;
  report.area_um2 = result.area_um2;
  const bool by_level = result.bottleneck < result.levels.size();
  report.bottleneck = by_level ? result.levels[result.bottleneck].name + " bandwidth" : "compute";
  for (auto level = result.levels.rbegin(); level != result.levels.rend(); ++level) {
    ModelLevel shown{level->name, {}};
    for (std::size_t d = 0; d < level->data_spaces.size(); ++d) {
      if (level->data_spaces[d].kept) {
        shown.tensors.push_back(tensor_of(nest.problem.data_spaces[d].name, level->data_spaces[d]));
      }
    }
    report.leakage_pj += level->leakage_energy_pj;
    if (!shown.tensors.empty()) report.levels.push_back(std::move(shown));
    if (level->energy_pj != 0 || std::any_of(level->data_spaces.begin(), level->data_spaces.end(),
                                             [](const auto& space) { return space.kept; })) {
      report.energy_by_component.emplace_back(level->name, level->energy_pj);
    }
  }
  report.energy_by_component.emplace_back(nest.arithmetic.name, result.arithmetic.energy_pj);
  for (const timeloop::NetworkResult& network : result.networks) {
    if (network.energy_pj != 0) report.energy_by_component.emplace_back(network.name, network.energy_pj);
  }
  report.mapping = nest_text(nest);
  return report;
}

}  // namespace ohmloop
