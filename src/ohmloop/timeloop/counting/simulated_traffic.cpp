#include <algorithm>
#include <limits>
#include <optional>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/counting/box_set.hpp"
#include "ohmloop/timeloop/counting/fanout_groups.hpp"
#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {
namespace {

/// One data space at one level.
struct TileState {
  BoxSet last;                   ///< the level's own last tile, as its parent saw it
  std::optional<Corner> stride;  ///< how it moved
  BoxSet delta;                  ///< what entered it, the last time it was visited
  std::vector<BoxSet> before;    ///< what entered the children a step ago
};

/// An iteration that is run, and for how many it stands.
struct Run {
  std::int64_t index = 0;
  std::int64_t inside = 1;   ///< for what happens inside
  std::int64_t entered = 1;  ///< for what enters the tile below
};

class Simulation {
 public:
  Simulation(const Nest& nest, const FlatNest& flat, const CountingOptions& options, NestTraffic& traffic)
      : nest_(nest), flat_(flat), options_(options), traffic_(traffic), indices_(flat.loops.size(), 0) {
    const std::size_t data_spaces = nest.problem.data_spaces.size();
    traffic_.tiles.assign(data_spaces, std::vector<TileTraffic>(nest.levels.size()));
    states_.assign(data_spaces, std::vector<TileState>(nest.levels.size()));
    children_in_use_.assign(nest.levels.size(), 0);
  }

  void run() {
    visit(nest_.levels.size() - 1, 1);
    const std::int64_t sampled = std::max<std::int64_t>(1, children_in_use_[0]);
    traffic_.computes_per_instance = computes_ / static_cast<double>(sampled);
  }

 private:
  void visit(std::size_t level, std::int64_t times);
  void run_temporal(std::size_t level, std::size_t loop, std::int64_t times);
  std::vector<Run> runs(std::int64_t iterations) const;
  void enter_child(std::size_t level, std::int64_t times, std::int64_t entered);
  void fan_out(std::size_t level, std::int64_t times);
  void place_children(std::size_t level, std::size_t loop, std::int64_t base);
  void share(std::size_t level, std::size_t data_space, std::int64_t times);
  void count_groups(std::size_t level, std::size_t data_space, const std::vector<std::size_t>& members,
                    std::int64_t times, std::vector<Ingress>& ingresses) const;
  [[nodiscard]] bool is_last(std::size_t loop, std::size_t dimension) const;
  [[nodiscard]] std::int64_t bound(std::size_t loop) const;
  [[nodiscard]] Box tile(std::size_t data_space, std::size_t outside) const;
  void update(std::size_t level, std::size_t data_space, const Box& tile);

  const Nest& nest_;
  const FlatNest& flat_;
  const CountingOptions& options_;
  NestTraffic& traffic_;
  std::vector<std::int64_t> indices_;
  std::vector<std::vector<TileState>> states_;
  std::vector<std::int64_t> children_in_use_;
  double computes_ = 0;

  // Of the current fan-out:
  struct Child {
    std::int64_t index = 0;
    std::vector<std::int64_t> at;  ///< index of each spatial loop, innermost first
  };
  std::vector<Child> children_;
  std::vector<BoxSet> deltas_;  ///< by child, of one data space
};

/// All loops of the dimension from `loop` outwards are at their last iteration of all.
bool Simulation::is_last(std::size_t loop, std::size_t dimension) const {
  for (std::size_t i = loop; i < flat_.loops.size(); ++i) {
    if (flat_.loops[i].dimension == dimension && indices_[i] + 1 < flat_.loops[i].last_bound) return false;
  }
  return true;
}

std::int64_t Simulation::bound(std::size_t loop) const {
  const FlatLoop& l = flat_.loops[loop];
  return is_last(loop + 1, l.dimension) ? l.last_bound : l.bound;
}

/// The box that the loops inside `outside` walk over, where the loops from there on stand now.
Box Simulation::tile(std::size_t data_space, std::size_t outside) const {
  const std::size_t dimensions = nest_.problem.dimensions.size();
  std::vector<std::int64_t> low(dimensions, 0);
  std::vector<std::int64_t> whole(dimensions, 1);
  std::vector<std::int64_t> last(dimensions, 1);
  for (std::size_t i = 0; i < flat_.loops.size(); ++i) {
    const FlatLoop& loop = flat_.loops[i];
    if (i >= outside) {
      low[loop.dimension] += indices_[i] * loop.step;
    } else {
      whole[loop.dimension] = loop.step * loop.bound;
      last[loop.dimension] += loop.step * (loop.last_bound - 1);
    }
  }
  Box box;
  for (const auto& axis : nest_.problem.data_spaces[data_space].axes) {
    std::int64_t begin = 0;
    std::int64_t end = 1;
    for (const ProjectionTerm& term : axis) {
      const std::size_t d = term.dimension;
      const std::int64_t size = (is_last(outside, d) ? last : whole)[d];
      begin += term.coefficient * (term.coefficient < 0 ? low[d] + size - 1 : low[d]);
      end += term.coefficient * (term.coefficient < 0 ? low[d] : low[d] + size - 1);
    }
    box.low.push_back(begin);
    box.high.push_back(end);
  }
  return box;
}

/// Runs the level's block once, then finds what entered its tile.
void Simulation::visit(std::size_t level, std::int64_t times) {
  run_temporal(level, flat_.first[level + 1], times);
  for (std::size_t d = 0; d < states_.size(); ++d) {
    const Box box = tile(d, flat_.first[level + 1]);
    traffic_.tiles[d][level].tile_words = std::max(traffic_.tiles[d][level].tile_words, words(box));
    update(level, d, box);
  }
}

/// The delta of the tile by the stride rule.
void Simulation::update(std::size_t level, std::size_t data_space, const Box& box) {
  TileState& state = states_[data_space][level];
  state.delta.assign(1, box);
  if (nest_.levels[level].rules[data_space].no_temporal_reuse) return;
  const bool first = state.last.empty();
  const Corner moved = first ? Corner() : translation(state.last, state.delta);
  const bool stays = std::all_of(moved.begin(), moved.end(), [](std::int64_t x) { return x == 0; });
  const bool ignored = first || (stays && options_.stride_rule == StrideRule::moves);
  if (ignored || !state.stride || *state.stride == moved) {
    if (!ignored) state.stride = moved;
    subtract(state.delta, state.last);
  } else {
    state.stride.reset();
  }
  state.last.assign(1, box);
}

/// The iterations that are run of a loop. With factors that do not divide, the last two are run as well, but the first
/// of them counts only where no iteration in the middle stands for it.
std::vector<Run> Simulation::runs(std::int64_t iterations) const {
  std::vector<Run> list;
  if (!options_.extrapolate) {
    for (std::int64_t i = 0; i < iterations; ++i) list.push_back({i, 1, 1});
    return list;
  }
  list.push_back({0, 1, 1});
  if (flat_.perfect) {
    if (iterations >= 2) list.push_back({1, iterations - 1, iterations - 1});
    return list;
  }
  if (iterations >= 4) list.push_back({1, iterations - 3, iterations - 2});
  if (iterations >= 3) list.push_back({iterations - 2, 1, iterations >= 4 ? 0 : 1});
  if (iterations >= 2) list.push_back({iterations - 1, 1, 1});
  return list;
}

/// Runs the level's temporal loops inside `outside`.
void Simulation::run_temporal(std::size_t level, std::size_t outside, std::int64_t times) {
  const std::size_t innermost = flat_.first_temporal[level];
  if (outside == innermost) {
    enter_child(level, times, 1);
    return;
  }
  const std::size_t loop = outside - 1;
  const std::vector<Run> list = runs(bound(loop));
  for (const Run& run : list) {
    indices_[loop] = run.index;
    if (loop == innermost && flat_.fanout[level] == 1) {
      const std::int64_t inside = checked_multiply(times, run.inside);
      enter_child(level, inside, checked_multiply(times, run.entered));
    } else {
      run_temporal(level, loop, checked_multiply(times, run.inside));
    }
  }
}

/// `times` weighs what happens inside, `entered` what enters the child's tile; both include the loops outside.
void Simulation::enter_child(std::size_t level, std::int64_t times, std::int64_t entered) {
  if (flat_.fanout[level] > 1) {
    fan_out(level, times);
    return;
  }
  const bool has_loop = flat_.first[level + 1] > flat_.first_temporal[level];
  const std::int64_t counted = has_loop ? entered : times;
  if (level == 0) {
    computes_ += static_cast<double>(counted);
    children_in_use_[0] = 1;
  } else {
    visit(level - 1, times);
  }
  for (std::size_t d = 0; d < states_.size(); ++d) {
    const std::int64_t size = level == 0 ? 1 : words(states_[d][level - 1].delta);
    TileTraffic& traffic = traffic_.tiles[d][level];
    traffic.union_words = std::max(traffic.union_words, words(tile(d, flat_.first[level])));
    add_ingress(traffic.ingresses, {1, 1, static_cast<double>(size) * static_cast<double>(counted), 0.0});
  }
}

void Simulation::place_children(std::size_t level, std::size_t loop, std::int64_t base) {
  const std::int64_t iterations = bound(loop);
  for (std::int64_t i = 0; i < iterations; ++i) {
    indices_[loop] = i;
    const std::int64_t index = base * iterations + i;
    if (loop > flat_.first[level]) {
      place_children(level, loop - 1, index);
      continue;
    }
    const auto begin = indices_.begin() + static_cast<std::ptrdiff_t>(flat_.first[level]);
    const auto end = indices_.begin() + static_cast<std::ptrdiff_t>(flat_.first_temporal[level]);
    children_.push_back({index, std::vector<std::int64_t>(begin, end)});
  }
  indices_[loop] = 0;
}

/// Only the first child is run; the others do the same elsewhere.
void Simulation::fan_out(std::size_t level, std::int64_t times) {
  if (level > 0) visit(level - 1, times);
  children_.clear();
  place_children(level, flat_.first_temporal[level] - 1, 0);
  const auto in_use = static_cast<std::int64_t>(children_.size());
  children_in_use_[level] = std::max(children_in_use_[level], in_use);
  if (level == 0) computes_ += static_cast<double>(in_use) * static_cast<double>(times);
  for (std::size_t d = 0; d < states_.size(); ++d) share(level, d, times);
}

void Simulation::share(std::size_t level, std::size_t data_space, std::int64_t times) {
  TileState& state = states_[data_space][level];
  TileTraffic& traffic = traffic_.tiles[data_space][level];
  const Box whole = tile(data_space, flat_.first_temporal[level]);
  traffic.union_words = std::max(traffic.union_words, words(whole));

  const BoxSet first = level == 0 ? BoxSet(1, tile(data_space, 0)) : states_[data_space][level - 1].delta;
  deltas_.assign(static_cast<std::size_t>(flat_.fanout[level]), BoxSet());
  std::vector<std::size_t> all;
  for (const Child& child : children_) {
    BoxSet moved = first;
    for (std::size_t a = 0; a < flat_.axes(data_space); ++a) {
      std::int64_t by = 0;
      for (std::size_t l = 0; l < child.at.size(); ++l) {
        by += child.at[l] * flat_.move(data_space, flat_.first[level] + l, a);
      }
      shift(moved, a, by);
    }
    deltas_[static_cast<std::size_t>(child.index)] = std::move(moved);
    all.push_back(static_cast<std::size_t>(child.index));
  }
  std::vector<Ingress> shared;
  count_groups(level, data_space, all, times, shared);

  const DataSpaceRules& rules = nest_.levels[level].rules[data_space];
  if (options_.link_transfers && !rules.no_link_transfer) {
    const FanoutShape shape = fanout_shape(nest_, flat_, level);
    std::vector<std::size_t> rest;
    double taken = 0;
    for (const std::size_t child : all) {
      if (at_neighbour(child, shape, deltas_[child], state.before)) {
        taken += static_cast<double>(words(deltas_[child])) * static_cast<double>(times);
      } else {
        rest.push_back(child);
      }
    }
    std::vector<Ingress> linked;
    count_groups(level, data_space, rest, times, linked);
    if (total_accesses(linked) < total_accesses(shared)) {
      shared = linked;
      traffic.link_transfers += taken;
    }
    state.before = deltas_;
  }
  for (const Ingress& ingress : shared) add_ingress(traffic.ingresses, ingress);
}

void Simulation::count_groups(std::size_t level, std::size_t data_space, const std::vector<std::size_t>& members,
                              std::int64_t times, std::vector<Ingress>& ingresses) const {
  const bool multicast = !nest_.levels[level].rules[data_space].no_spatial_reuse;
  const FanoutShape shape = fanout_shape(nest_, flat_, level);
  std::vector<std::size_t> left = members;
  while (!left.empty()) {
    const std::size_t leader = left.front();
    std::vector<std::size_t> others;
    std::vector<std::int64_t> group;
    for (const std::size_t child : left) {
      const bool joins = child == leader || (multicast && same_boxes(deltas_[child], deltas_[leader]));
      if (!joins) {
        others.push_back(child);
        continue;
      }
      group.push_back(static_cast<std::int64_t>(child));
    }
    left = std::move(others);
    const double size = static_cast<double>(words(deltas_[leader]));
    if (size == 0) continue;
    const auto together = static_cast<std::int64_t>(group.size());
    auto same =
        std::find_if(ingresses.begin(), ingresses.end(), [&](const Ingress& one) { return one.multicast == together; });
    if (same == ingresses.end()) same = ingresses.insert(ingresses.end(), Ingress{together, 0, 0.0, 0.0});
    ++same->scatter;
    same->accesses += size * static_cast<double>(times);
    if (options_.hops) same->hops += multicast_hops(group, shape);
  }
  for (Ingress& one : ingresses) one.hops /= static_cast<double>(one.scatter);
}

}  // namespace

std::int64_t simulation_steps(const FlatNest& flat, const CountingOptions& options) {
  constexpr std::int64_t many = std::numeric_limits<std::int64_t>::max() / 1024;
  std::int64_t steps = 1;
  for (const FlatLoop& loop : flat.loops) {
    if (loop.spatial()) continue;
    const std::int64_t run =
        options.extrapolate ? std::min<std::int64_t>(loop.bound, flat.perfect ? 2 : 4) : loop.bound;
    if (steps > many / run) return many;
    steps *= run;
  }
  return steps;
}

void simulate_traffic(const Nest& nest, const FlatNest& flat, const CountingOptions& options, NestTraffic& traffic) {
  Simulation(nest, flat, options, traffic).run();
}

}  // namespace ohmloop::timeloop
