#pragma once

#include "ohmloop/mapper/exact/random_spaces_for_tests.hpp"
#include "ohmloop/timeloop/reading/read_directives.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

/// For tests alone: small random specifications of Timeloop's.
namespace ohmloop {

inline timeloop::Problem random_problem(Draw& draw) {
  timeloop::Problem problem;
  if (draw.one_in(4)) {
    problem.dimensions = {"K", "C", "P"};
    problem.sizes = {draw.one_of<std::int64_t>({2, 4, 6}), draw.one_of<std::int64_t>({2, 3, 4}),
                     draw.one_of<std::int64_t>({2, 4})};
    problem.data_spaces = {{"Weights", false, {{{0, 1}}, {{1, 1}}}},
                           {"Inputs", false, {{{1, 1}}, {{2, draw.one_of<std::int64_t>({1, 1, 2})}}}},
                           {"Outputs", true, {{{0, 1}}, {{2, 1}}}}};
    return problem;
  }
  const auto stride = draw.one_of<std::int64_t>({1, 1, 1, 2});
  problem.dimensions = {"M", "C", "R", "P", "S", "Q"};
  problem.sizes = {draw.one_of<std::int64_t>({1, 2, 4}),    draw.one_of<std::int64_t>({1, 2, 3}),
                   draw.one_of<std::int64_t>({1, 2, 3}),    draw.one_of<std::int64_t>({2, 4, 6}),
                   draw.one_of<std::int64_t>({1, 1, 2, 3}), draw.one_of<std::int64_t>({1, 2, 4})};
  problem.data_spaces = {{"Weights", false, {{{0, 1}}, {{1, 1}}, {{2, 1}}, {{4, 1}}}},
                         {"Inputs", false, {{{1, 1}}, {{2, 1}, {3, stride}}, {{4, 1}, {5, 1}}}},
                         {"Outputs", true, {{{0, 1}}, {{3, 1}}, {{5, 1}}}}};
  return problem;
}

inline timeloop::SpecLevel random_level(Draw& draw, const std::string& name, std::optional<std::int64_t> words) {
  timeloop::SpecLevel level;
  level.storage.name = name;
  level.storage.capacity_words = words;
  level.storage.block_size = draw.one_of<std::int64_t>({1, 1, 2, 4});
  level.class_name = words ? "SRAM" : "DRAM";
  level.storage.is_dram = !words;
  level.stated_access_pj = draw.one_of({1.0, 3.0, 10.0}) * (words ? 1 : 20);
  if (words && draw.one_in(4)) level.storage.read_bandwidth = draw.one_of({0.5, 1.0, 2.0});
  if (words && draw.one_in(4)) level.storage.write_bandwidth = draw.one_of({0.5, 1.0});
  if (words && draw.one_in(8)) level.storage.shared_bandwidth = draw.one_of({0.5, 1.0});
  return level;
}

inline timeloop::SpecLevel random_fanout(const std::string& node) {
  timeloop::SpecLevel level;
  level.storage.name = "inter_" + node + "_spatial";
  level.class_name = "dummy_storage";
  level.fanout_only = true;
  level.node = node;
  return level;
}

/// Levels get the meshes of what lies outside of them, times the fan-outs in between.
inline timeloop::Hardware random_hardware(Draw& draw) {
  timeloop::Hardware hardware;
  std::vector<timeloop::SpecLevel> levels = {random_level(draw, "DRAM", std::nullopt)};
  std::vector<std::pair<std::int64_t, std::int64_t>> spread = {{1, 1}};
  const auto add = [&](timeloop::SpecLevel level, std::int64_t x, std::int64_t y) {
    levels.push_back(std::move(level));
    spread.emplace_back(x, y);
  };
  if (draw.one_in(3)) add(random_fanout("Core"), 2, 1);
  add(random_level(draw, "Buffer", draw.one_of<std::int64_t>({20, 60, 200})), 1, 1);
  add(random_fanout("PE"), draw.one_of<std::int64_t>({1, 2, 4}), draw.one_of<std::int64_t>({1, 1, 2, 3}));
  if (!draw.one_in(3)) add(random_level(draw, "Registers", draw.one_of<std::int64_t>({3, 8, 24})), 1, 1);
  if (draw.one_in(3)) add(random_fanout("mac"), draw.one_of<std::int64_t>({2, 3}), 1);
  std::int64_t x = 1;
  std::int64_t y = 1;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i].storage.mesh_x = x;
    levels[i].storage.mesh_y = y;
    levels[i].storage.instances = x * y;
    x *= spread[i].first;
    y *= spread[i].second;
  }
  hardware.levels.assign(levels.rbegin(), levels.rend());
  timeloop::SpecArithmetic arithmetic;
  arithmetic.arithmetic.name = "mac";
  arithmetic.arithmetic.mesh_x = x;
  arithmetic.arithmetic.mesh_y = y;
  arithmetic.arithmetic.instances = x * y;
  arithmetic.stated_compute_pj = 1;
  hardware.arithmetic = arithmetic;
  return hardware;
}

inline void random_constraints(Draw& draw, timeloop::TimeloopSpec& spec) {
  const auto& levels = spec.hardware->levels;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const bool spatial = levels[l].fanout_only;
    if (!spatial) {
      for (std::size_t d = 0; d < 3; ++d) {
        if (l + 1 < levels.size() && draw.one_in(3)) spec.constraints.keep[l][d] = draw.one_in(2);
        if (draw.one_in(12)) spec.constraints.rules[l][d].rmw_first_update = true;
      }
    } else {
      for (std::size_t d = 0; d < 3; ++d) {
        if (draw.one_in(8)) spec.constraints.rules[l][d].no_spatial_reuse = true;
        if (draw.one_in(4)) spec.constraints.rules[l][d].no_link_transfer = true;
        spec.constraints.keep[l][d] = false;
      }
    }
    if (!draw.one_in(4)) continue;
    timeloop::LoopDirective directive{.level = l, .spatial = spatial, .where = {}};
    const std::size_t dimensions = spec.problem->dimensions.size();
    if (draw.one_in(2)) {
      directive.factors.push_back(
          {.dimension = draw.below(dimensions),
           .relation = draw.one_of({timeloop::Factor::Relation::equal, timeloop::Factor::Relation::at_most}),
           .bound = draw.one_of<std::int64_t>({1, 2}),
           .last_bound = 1,
           .where = {}});
    }
    if (draw.one_in(2)) {
      directive.permutation = {draw.below(dimensions)};
      const std::size_t other = draw.below(dimensions);
      if (other != directive.permutation.front()) directive.permutation.push_back(other);
    }
    spec.constraints.loops.push_back(directive);
  }
}

inline timeloop::TimeloopSpec random_spec(Draw& draw) {
  timeloop::TimeloopSpec spec;
  spec.version = "0.4";
  spec.problem = random_problem(draw);
  spec.hardware = random_hardware(draw);
  spec.architecture = YamlNode();
  spec.constraints = timeloop::empty_directives(timeloop::DirectiveNames(*spec.problem, *spec.hardware));
  random_constraints(draw, spec);
  spec.counting.link_transfers = !draw.one_in(3);
  if (draw.one_in(6)) spec.counting.extrapolate = false;
  return spec;
}

}  // namespace ohmloop
