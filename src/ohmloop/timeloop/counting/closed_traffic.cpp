#include "ohmloop/timeloop/counting/closed_traffic.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

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

/// The tile of compute: one word.
void ClosedTraffic::start(const Nest& nest, const FlatNest& flat, std::size_t data_space) {
  data_space_ = data_space;
  const auto& axes = nest.problem.data_spaces[data_space].axes;
  extents_.assign(axes.size(), 1);
  grow(flat, 0, flat.loops.size());
  key_strides_.clear();
  std::int64_t stride = 1;
  for (const std::int64_t extent : extents_) {
    key_strides_.push_back(stride);
    stride = checked_multiply(stride, checked_add(checked_multiply(2, extent), 1));
  }
  keys_.clear();
  for (std::size_t loop = 0; loop < flat.loops.size(); ++loop) {
    std::int64_t key = 0;
    for (std::size_t a = 0; a < axes.size(); ++a) key += flat.move(data_space, loop, a) * key_strides_[a];
    keys_.push_back(key);
  }
  extents_.assign(axes.size(), 1);
}

std::int64_t ClosedTraffic::volume() const {
  std::int64_t words = 1;
  for (const std::int64_t extent : extents_) words = checked_multiply(words, extent);
  return words;
}

/// Words that the tile shares with its last place as the `advancing` loop moves it and those inside return.
std::int64_t ClosedTraffic::overlap(const FlatNest& flat, std::size_t level, std::size_t advancing,
                                    bool extrapolate) const {
  std::int64_t words = 1;
  for (std::size_t a = 0; a < extents_.size(); ++a) {
    std::int64_t moved = flat.move(data_space_, advancing, a);
    for (std::size_t i = flat.first_temporal[level]; i < advancing; ++i) {
      if (flat.loops[i].spatial()) continue;
      moved -= flat.move(data_space_, i, a) * (extrapolate ? 1 : flat.loops[i].bound - 1);
    }
    words *= std::max<std::int64_t>(0, extents_[a] - std::abs(moved));
  }
  return words;
}

void ClosedTraffic::grow(const FlatNest& flat, std::size_t begin, std::size_t end) {
  for (std::size_t loop = begin; loop < end; ++loop) {
    for (std::size_t a = 0; a < extents_.size(); ++a) {
      extents_[a] += std::abs(flat.move(data_space_, loop, a)) * (flat.loops[loop].bound - 1);
    }
  }
}

/// What enters the tile below `level`, by moment.
void ClosedTraffic::find_moments(const FlatNest& flat, std::size_t level, bool reuse, const CountingOptions& options) {
  tile_words_ = volume();
  moments_.clear();
  std::int64_t outer_times = 1;
  for (std::size_t i = flat.first[level]; i < flat.loops.size(); ++i) {
    if (!flat.loops[i].spatial()) outer_times = checked_multiply(outer_times, flat.loops[i].bound);
  }
  entered_ = tile_words_;
  std::int64_t returned_key = 0;
  std::optional<Moment> stride;  ///< of the innermost loop that has one
  for (std::size_t i = flat.first_temporal[level]; i < flat.loops.size(); ++i) {
    const FlatLoop& loop = flat.loops[i];
    if (loop.spatial()) continue;
    outer_times /= loop.bound;
    Moment moment{keys_[i] - returned_key, tile_words_, (loop.bound - 1) * outer_times};
    returned_key += keys_[i] * (options.extrapolate ? 1 : loop.bound - 1);
    if (options.stride_rule == StrideRule::moves && moment.key == 0) {
      if (reuse) moment.words = 0;
    } else if (!stride) {
      if (reuse) moment.words -= overlap(flat, level, i, options.extrapolate);
      stride = moment;
    } else if (moment.key == stride->key) {
      moment.words = stride->words;
    }
    entered_ = checked_add(entered_, checked_multiply(moment.words, moment.times));
    moments_.push_back(moment);
  }
}

/// Calls visit(earlier moment, moment, times) for every moment that follows the first visit or another moment.
template <typename Visit>
void ClosedTraffic::visit_pairs(const FlatNest& flat, std::size_t level, bool extrapolate, Visit visit) const {
  if (moments_.empty()) return;
  const Moment& inner = moments_.front();
  std::size_t innermost = flat.first_temporal[level];
  while (flat.loops[innermost].spatial()) ++innermost;
  const std::int64_t repeats = flat.loops[innermost].bound - 1;
  const std::int64_t outer_times = inner.times / repeats;
  visit(Moment{0, tile_words_, 1}, inner, extrapolate ? repeats : 1);
  if (!extrapolate && repeats > 1) visit(inner, inner, (repeats - 1) * outer_times);
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
    visit_pairs(flat, level, options.extrapolate, [&](const Moment& before, const Moment& now, std::int64_t times) {
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

void ClosedTraffic::count(const Nest& nest, const FlatNest& flat, const CountingOptions& options,
                          NestTraffic& traffic) {
  const std::size_t levels = nest.levels.size();
  traffic.tiles.resize(nest.problem.data_spaces.size());
  for (std::size_t d = 0; d < traffic.tiles.size(); ++d) {
    traffic.tiles[d].resize(levels);
    start(nest, flat, d);
    for (std::size_t level = 0; level < levels; ++level) {
      TileTraffic& tile = traffic.tiles[d][level];
      tile.ingresses.clear();
      tile.link_transfers = 0;
      const bool reuse = level > 0 && !nest.levels[level - 1].rules[d].no_temporal_reuse;
      find_moments(flat, level, reuse, options);
      if (flat.fanout[level] == 1) {
        tile.ingresses.push_back({1, 1, static_cast<double>(entered_), 0.0});
      } else {
        fan_out(nest, flat, options, level, tile);
      }
      grow(flat, flat.first[level], flat.first_temporal[level]);
      tile.union_words = volume();
      grow(flat, flat.first_temporal[level], flat.first[level + 1]);
      tile.tile_words = volume();
    }
  }
  traffic.computes_per_instance = 1;
  for (const FlatLoop& loop : flat.loops) {
    if (!loop.spatial()) traffic.computes_per_instance *= static_cast<double>(loop.bound);
  }
}

}  // namespace ohmloop::timeloop
