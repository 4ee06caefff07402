#include "ohmloop/timeloop/counting/closed_traffic.hpp"

#include <algorithm>
#include <cstdlib>

#include "ohmloop/base/checked.hpp"

namespace ohmloop::timeloop {

FanoutShape fanout_shape(const Nest& nest, const FlatNest& flat, std::size_t level) {
  const StorageLevel& outer = nest.levels[level];
  const std::int64_t mesh_x = level == 0 ? nest.arithmetic.mesh_x : nest.levels[level - 1].mesh_x;
  const std::int64_t mesh_y = level == 0 ? nest.arithmetic.mesh_y : nest.levels[level - 1].mesh_y;
  FanoutShape logical;
  for (std::size_t i = flat.first[level]; i < flat.first_temporal[level]; ++i) {
    (flat.loops[i].kind == LoopKind::spatial_x ? logical.columns : logical.rows) *= flat.loops[i].bound;
  }
  return {std::max(logical.columns, mesh_x / outer.mesh_x), std::max(logical.rows, mesh_y / outer.mesh_y)};
}

void ClosedTraffic::list_path(const FlatNest& flat) {
  path_.clear();
  first_path_.clear();
  std::int64_t times = 1;
  for (std::size_t i = 0; i < flat.loops.size(); ++i) {
    const FlatLoop& loop = flat.loops[i];
    while (first_path_.size() <= loop.level) first_path_.push_back(path_.size());
    if (loop.spatial()) continue;
    path_.push_back({.bound = loop.bound, .loop = i});
    times = checked_multiply(times, loop.bound);
  }
  while (first_path_.size() < flat.fanout.size()) first_path_.push_back(path_.size());
  for (PathLoop& loop : path_) {
    times /= loop.bound;
    loop.times = (loop.bound - 1) * times;
  }
}

/// The tile of compute: one word.
void ClosedTraffic::start(const FlatNest& flat, std::size_t data_space, bool extrapolate) {
  data_space_ = data_space;
  const std::size_t axes = flat.axes(data_space);
  key_strides_.clear();
  std::int64_t stride = 1;
  for (std::size_t a = 0; a < axes; ++a) {
    key_strides_.push_back(stride);
    stride = checked_multiply(stride, checked_add(checked_multiply(2, flat.reach(data_space, a)), 1));
  }
  keys_.assign(flat.loops.size(), 0);
  for (std::size_t loop = 0; loop < keys_.size(); ++loop) {
    const auto moves = flat.moves(data_space, loop);
    std::int64_t key = 0;
    for (std::size_t a = 0; a < axes; ++a) key += moves[a] * key_strides_[a];
    keys_[loop] = key;
  }
  std::int64_t returned = 0;
  for (PathLoop& loop : path_) {
    loop.key = keys_[loop.loop];
    loop.returned = returned;
    returned += loop.key * (extrapolate ? 1 : loop.bound - 1);
  }
  extents_.assign(axes, 1);
  tile_words_ = 1;
}

std::int64_t ClosedTraffic::volume() const {
  std::int64_t words = 1;
  for (const std::int64_t extent : extents_) words = checked_multiply(words, extent);
  return words;
}

/// Words that the tile shares with its last place when only this loop moves it.
std::int64_t ClosedTraffic::overlap(const FlatNest& flat, std::size_t loop) const {
  const auto moves = flat.moves(data_space_, loop);
  std::int64_t words = 1;
  for (std::size_t a = 0; a < extents_.size(); ++a) {
    words *= std::max<std::int64_t>(0, extents_[a] - std::abs(moves[a]));
  }
  return words;
}

/// True if the loops make the tile larger.
bool ClosedTraffic::grow(const FlatNest& flat, std::size_t begin, std::size_t end) {
  bool grown = false;
  for (std::size_t loop = begin; loop < end; ++loop) {
    if (keys_[loop] == 0) continue;
    grown = true;
    const auto moves = flat.moves(data_space_, loop);
    const std::int64_t times = flat.loops[loop].bound - 1;
    for (std::size_t a = 0; a < moves.size(); ++a) {
      if (moves[a] != 0) extents_[a] += std::abs(moves[a]) * times;
    }
  }
  return grown;
}

/// What enters the tile below `level`, by moment.
void ClosedTraffic::find_moments(const FlatNest& flat, std::size_t level, bool reuse, StrideRule rule) {
  const std::size_t first = first_path_[level];
  moments_.resize(path_.size() - first);
  entered_ = tile_words_;
  if (moments_.empty()) return;
  const std::int64_t inside = path_[first].returned;  // of loops that are part of the tile
  std::int64_t entered = tile_words_;
  const Moment* stride = nullptr;  // of the innermost loop that has one
  for (std::size_t i = first; i < path_.size(); ++i) {
    const PathLoop& loop = path_[i];
    Moment& moment = moments_[i - first];
    moment = {loop.key - (loop.returned - inside), tile_words_, loop.times};
    if (rule == StrideRule::moves && moment.key == 0) {
      if (reuse) moment.words = 0;
    } else if (stride == nullptr) {
      // The loops inside this one move nothing (or there are none), so that their return does not either.
      if (reuse) moment.words -= overlap(flat, loop.loop);
      stride = &moment;
    } else if (moment.key == stride->key) {
      moment.words = stride->words;
    }
    entered = checked_add(entered, checked_multiply(moment.words, moment.times));
  }
  entered_ = entered;
}

/// Calls visit(earlier moment, moment, times) for every moment that follows the first visit or another moment.
template <typename Visit>
void ClosedTraffic::visit_pairs(std::size_t level, bool extrapolate, Visit visit) const {
  if (moments_.empty()) return;
  const Moment& inner = moments_.front();
  const std::int64_t repeats = path_[first_path_[level]].bound - 1;
  visit(Moment{0, tile_words_, 1}, inner, extrapolate ? repeats : 1);
  if (!extrapolate && repeats > 1) visit(inner, inner, (repeats - 1) * (inner.times / repeats));
  for (std::size_t m = 1; m < moments_.size(); ++m) {
    visit(inner, moments_[m], moments_[m].times);
    visit(moments_[m], inner, extrapolate ? repeats * moments_[m].times : moments_[m].times);
  }
}

void ClosedTraffic::fan_out(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t level,
                            TileTraffic& tile) {
  const DataSpaceRules& rules = nest.levels[level].rules[data_space_];
  steps_.clear();
  for (std::size_t i = flat.first[level]; i < flat.first_temporal[level]; ++i) {
    steps_.push_back({flat.loops[i].bound, keys_[i]});
  }
  groups_.assign(steps_, fanout_shape(nest, flat, level), !rules.no_spatial_reuse, options.hops);

  std::int64_t unlinked = entered_;
  if (options.link_transfers && !rules.no_link_transfer) {
    visit_pairs(level, options.extrapolate, [&](const Moment& before, const Moment& now, std::int64_t times) {
      if (now.words == 0 || now.words != before.words) return;
      const std::int64_t linked = groups_.link(now.key);
      if (linked == 0 || groups_.linked_group_count() >= groups_.group_count()) return;
      const std::int64_t words = checked_multiply(now.words, times);
      tile.link_transfers += static_cast<double>(checked_multiply(words, linked));
      for (Ingress ingress : groups_.linked_groups()) {
        ingress.accesses *= static_cast<double>(words);
        add_ingress(tile.ingresses, ingress);
      }
      unlinked -= words;
    });
  }
  for (Ingress ingress : groups_.groups()) {
    ingress.accesses *= static_cast<double>(unlinked);
    add_ingress(tile.ingresses, ingress);
  }
}

void ClosedTraffic::count_level(const Nest& nest, const FlatNest& flat, const CountingOptions& options,
                                std::size_t level, TileTraffic& tile) {
  tile.ingresses.clear();
  tile.link_transfers = 0;
  const bool reuse = level > 0 && !nest.levels[level - 1].rules[data_space_].no_temporal_reuse;
  find_moments(flat, level, reuse, options.stride_rule);
  if (flat.fanout[level] == 1) {
    tile.ingresses.push_back({1, 1, static_cast<double>(entered_), 0.0});
  } else {
    fan_out(nest, flat, options, level, tile);
  }
  if (grow(flat, flat.first[level], flat.first_temporal[level])) tile_words_ = volume();
  tile.union_words = tile_words_;
  if (grow(flat, flat.first_temporal[level], flat.first[level + 1])) tile_words_ = volume();
  tile.tile_words = tile_words_;
}

void ClosedTraffic::count(const Nest& nest, const FlatNest& flat, const CountingOptions& options,
                          NestTraffic& traffic) {
  const std::size_t levels = nest.levels.size();
  list_path(flat);
  traffic.tiles.resize(nest.problem.data_spaces.size());
  for (std::size_t d = 0; d < traffic.tiles.size(); ++d) {
    traffic.tiles[d].resize(levels);
    start(flat, d, options.extrapolate);
    for (std::size_t level = 0; level < levels; ++level)
      count_level(nest, flat, options, level, traffic.tiles[d][level]);
  }
  traffic.computes_per_instance = 1;
  for (const PathLoop& loop : path_) traffic.computes_per_instance *= static_cast<double>(loop.bound);
}

}  // namespace ohmloop::timeloop
