#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/counting/flat_nest.hpp"
#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {
namespace {

/// Beyond it an evaluation would run for minutes.
constexpr std::int64_t max_steps = 20'000'000;

__extension__ using Wide = __int128;

/// What the dimension's loops walk over, the last iterations being shorter; saturates.
std::int64_t walked(const Nest& nest, std::size_t dimension) {
  constexpr Wide limit = std::numeric_limits<std::int64_t>::max();
  Wide step = 1;
  Wide size = 1;
  for (const StorageLevel& level : nest.levels) {
    for (const bool spatial : {true, false}) {
      for (const Loop& loop : level.loops) {
        if (loop.dimension != dimension || (loop.kind != LoopKind::temporal) != spatial) continue;
        size = std::min(limit, size + step * (loop.last_bound - 1));
        step = std::min(limit, step * loop.bound);
      }
    }
  }
  return static_cast<std::int64_t>(size);
}

void check_loops(const Nest& nest, std::vector<std::string>& wrong) {
  for (const StorageLevel& level : nest.levels) {
    for (const Loop& loop : level.loops) {
      if (loop.bound < 1 || loop.last_bound < 1 || loop.last_bound > loop.bound) {
        wrong.push_back(
            fmt::format("the factor {}={},{} at {} is not a number of iterations with a last one of at most as many",
                        nest.problem.dimensions[loop.dimension], loop.bound, loop.last_bound, level.name));
      }
    }
  }
  if (!wrong.empty()) return;
  for (std::size_t d = 0; d < nest.problem.sizes.size(); ++d) {
    const std::int64_t size = walked(nest, d);
    if (size == nest.problem.sizes[d]) continue;
    wrong.push_back(fmt::format("the factors of {} make {}, but the problem has {}", nest.problem.dimensions[d], size,
                                nest.problem.sizes[d]));
  }
}

void check_fanout(const Nest& nest, std::size_t level, std::vector<std::string>& wrong) {
  const StorageLevel& outer = nest.levels[level];
  const bool innermost = level == 0;
  const std::string& inner = innermost ? nest.arithmetic.name : nest.levels[level - 1].name;
  const std::int64_t mesh_x = innermost ? nest.arithmetic.mesh_x : nest.levels[level - 1].mesh_x;
  const std::int64_t mesh_y = innermost ? nest.arithmetic.mesh_y : nest.levels[level - 1].mesh_y;
  const std::int64_t instances = innermost ? nest.arithmetic.instances : nest.levels[level - 1].instances;
  Wide used_x = 1;
  Wide used_y = 1;
  constexpr Wide limit = std::numeric_limits<std::int64_t>::max();
  for (const Loop& loop : outer.loops) {
    if (loop.kind == LoopKind::spatial_x) used_x = std::min(limit, used_x * loop.bound);
    if (loop.kind == LoopKind::spatial_y) used_y = std::min(limit, used_y * loop.bound);
  }
  const auto check = [&](const char* way, Wide used, std::int64_t there) {
    if (used <= there) return;
    wrong.push_back(fmt::format("the loops below {} spread over {} copies of {} along {}, but the hardware has {}",
                                outer.name, static_cast<std::int64_t>(used), inner, way, there));
  };
  check("X", used_x, mesh_x / outer.mesh_x);
  check("Y", used_y, mesh_y / outer.mesh_y);
  if (used_x <= mesh_x / outer.mesh_x && used_y <= mesh_y / outer.mesh_y) {
    check("X and Y", std::min(limit, used_x * used_y), instances / outer.instances);
  }
}

void check_shape(const Nest& nest, std::vector<std::string>& wrong) {
  if (nest.levels.empty()) wrong.emplace_back("the architecture has no storage");
  const auto positive = [&](const std::string& name, std::int64_t instances, std::int64_t x, std::int64_t y) {
    if (instances < 1 || x < 1 || y < 1) {
      wrong.push_back(
          fmt::format("{} has {} instances in a mesh of {} x {}; each must be at least 1", name, instances, x, y));
    }
  };
  for (const StorageLevel& level : nest.levels) {
    positive(level.name, level.instances, level.mesh_x, level.mesh_y);
    if (level.block_size < 1 || level.cluster_size < 1 || !(level.multiple_buffering > 0)) {
      wrong.push_back(fmt::format("{}: block size {}, cluster size {} and multiple buffering {} must be above 0",
                                  level.name, level.block_size, level.cluster_size, level.multiple_buffering));
    }
    for (const auto& bandwidth : {level.read_bandwidth, level.write_bandwidth, level.shared_bandwidth}) {
      if (bandwidth && !(*bandwidth > 0)) {
        wrong.push_back(
            fmt::format("{} has a bandwidth of {} words per cycle; it must be above 0", level.name, *bandwidth));
      }
    }
  }
  positive(nest.arithmetic.name, nest.arithmetic.instances, nest.arithmetic.mesh_x, nest.arithmetic.mesh_y);
}

/// Words of the box that the loops up to and with the level's own walk over.
double tile_words(const Nest& nest, const DataSpace& data_space, std::size_t level) {
  std::vector<double> sizes(nest.problem.dimensions.size(), 1.0);
  for (std::size_t l = 0; l <= level; ++l) {
    for (const Loop& loop : nest.levels[l].loops) sizes[loop.dimension] *= static_cast<double>(loop.bound);
  }
  double words = 1;
  for (const auto& axis : data_space.axes) {
    double extent = 1;
    for (const ProjectionTerm& term : axis) {
      extent += std::abs(static_cast<double>(term.coefficient)) * (sizes[term.dimension] - 1);
    }
    words *= extent;
  }
  return words;
}

void check_capacity(const Nest& nest, std::size_t level, std::vector<std::string>& wrong) {
  const StorageLevel& storage = nest.levels[level];
  if (!storage.capacity_words) return;
  double words = 0;
  std::string parts;
  for (std::size_t d = 0; d < nest.problem.data_spaces.size(); ++d) {
    if (!storage.rules[d].keep) continue;
    const double tile = tile_words(nest, nest.problem.data_spaces[d], level);
    words += tile;
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", nest.problem.data_spaces[d].name, tile);
  }
  const double there = std::floor(static_cast<double>(*storage.capacity_words) / storage.multiple_buffering);
  if (words <= there) return;
  wrong.push_back(fmt::format("{} holds {} words, but its tiles take {} ({})", storage.name, there, words, parts));
}

void check_kept(const Nest& nest, std::vector<std::string>& wrong) {
  for (std::size_t d = 0; d < nest.problem.data_spaces.size(); ++d) {
    bool kept = false;
    for (const StorageLevel& level : nest.levels) kept = kept || level.rules[d].keep;
    if (!kept) wrong.push_back(fmt::format("no storage keeps {}", nest.problem.data_spaces[d].name));
  }
}

void check_effort(const Nest& nest, const CountingOptions& options, std::vector<std::string>& wrong) {
  FlatNest flat;
  try {
    flat.assign(nest);
  } catch (const OverflowError&) {
    wrong.emplace_back("the loops' bounds multiply to more than fits in 64 bits");
    return;
  }
  const std::int64_t steps = simulation_steps(flat, options);
  if (flat.perfect || steps <= max_steps) return;
  wrong.push_back(
      fmt::format("factors that don't divide make Timeloop's way of counting run {} steps; at most {} are run{}", steps,
                  max_steps, options.extrapolate ? "" : " (with extrapolation it takes fewer)"));
}

}  // namespace

std::vector<std::string> check_nest(const Nest& nest, const CountingOptions& options) {
  std::vector<std::string> wrong;
  check_shape(nest, wrong);
  if (wrong.empty()) check_loops(nest, wrong);
  if (!wrong.empty()) return wrong;
  for (std::size_t l = nest.levels.size(); l-- > 0;) check_fanout(nest, l, wrong);
  for (std::size_t l = nest.levels.size(); l-- > 0;) check_capacity(nest, l, wrong);
  check_kept(nest, wrong);
  if (!wrong.empty()) return wrong;
  check_effort(nest, options, wrong);
  return wrong;
}

}  // namespace ohmloop::timeloop
