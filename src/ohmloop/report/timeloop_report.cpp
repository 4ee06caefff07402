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

/// The loop nest as text.
std::string nest_text(const std::vector<NestLine>& lines, const std::string& arithmetic) {
  std::string text;
  std::size_t depth = 0;
  for (const NestLine& line : lines) {
    text.append(2 * depth, ' ');
    if (const auto* loop = std::get_if<LoopLine>(&line)) {
      text += fmt::format("for {} in 0..{}", loop->rank, loop->bound - 1);
      if (!loop->across.empty()) text += " across " + loop->across;
      ++depth;
    } else {
      const KeepLine& keep = std::get<KeepLine>(line);
      text += fmt::format("{} keeps {} ({})", keep.level, keep.tensor, keep.words);
    }
    text += '\n';
  }
  text.append(2 * depth, ' ');
  return text + arithmetic + " computes\n";
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
  report.nest = nest_lines(nest, result);
  report.mapping = nest_text(report.nest, nest.arithmetic.name);
  return report;
}

}  // namespace ohmloop
