#include <algorithm>
#include <cmath>

#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"

namespace ohmloop {

using timeloop::LevelAccesses;
using timeloop::LoopKind;
using timeloop::Nest;
using timeloop::ProjectionTerm;

namespace {

struct Walked {
  std::int64_t coefficient = 1;
  std::int64_t extent = 1;
};

double box_of(const std::vector<Walked>& terms) {
  double words = 1;
  for (const Walked& term : terms)
    words += static_cast<double>(term.coefficient) * static_cast<double>(term.extent - 1);
  return words;
}

/// Different positions that the terms reach, at least; exact where there are no gaps or no overlaps.
double positions_of(std::vector<Walked> terms) {
  std::sort(terms.begin(), terms.end(), [](const Walked& a, const Walked& b) { return a.coefficient < b.coefficient; });
  double positions = 1;
  double span = 1;
  for (const Walked& term : terms) {
    const auto coefficient = static_cast<double>(term.coefficient);
    const auto extent = static_cast<double>(term.extent);
    if (coefficient >= span) {
      positions *= extent;
    } else if (positions == span) {
      positions += coefficient * (extent - 1);  // no gaps so far, and none from now on
    } else {
      positions = std::max(positions, extent);
    }
    span += coefficient * (extent - 1);
  }
  return positions;
}

}  // namespace

/// Words of one axis of a keeper's tile; of one along which it has slid, at least those that enter in a sweep.
double TimeloopTraffic::axis_words(Role role, std::size_t axis, std::size_t block,
                                   std::span<const std::int64_t> extents, const ReuseEnd& end) const {
  const TensorMotion& motion = skeleton_->motions[role_index(role)];
  std::vector<Walked> terms;
  std::optional<std::size_t> along;
  bool more_outside = false;
  double least_move = 0;
  for (const ProjectionTerm& term : data_space(role).axes[axis]) {
    for (std::size_t rank = 0; rank < extents.size(); ++rank) {
      if (space_->dimension(rank) != term.dimension) continue;
      const std::int64_t extent = extents[rank] * spatial_->inside(block, rank);
      terms.push_back({std::abs(term.coefficient), extent});
      if (motion.motions[rank] == Motion::sliding) along = motion.axis_of[rank];
      more_outside = more_outside || extents[rank] < spatial_->times()[rank];
      if (extent == 1) continue;
      const std::int64_t half = extent - extent / 2;
      const auto move = static_cast<double>(terms.back().coefficient * half);
      least_move = least_move == 0 ? move : std::min(least_move, move);
    }
  }
  const double box = box_of(terms);
  if (end.ending == Ending::slid_open) return positions_of(terms);
  if (end.ending == Ending::moved || !along) return box;
  if (*along != end.axis) return box;
  if (motion.axes[*along].coefficients.empty()) return 1;
  const double positions = positions_of(terms);
  // Where loops along the axis follow further out, at most every second sweep may go on where the last one began.
  const bool may_go_on = end.ending == Ending::slid_stood && more_outside;
  return may_go_on ? positions - std::min(positions, box - least_move) / 2 : positions;
}

double TimeloopTraffic::words_of_tile(Role role, std::size_t block, std::span<const std::int64_t> extents,
                                      const ReuseEnd& end) const {
  double words = 1;
  for (std::size_t axis = 0; axis < data_space(role).axes.size(); ++axis) {
    words *= axis_words(role, axis, block, extents, end);
  }
  return words;
}

/// Counts one tensor under the loops of a path, those that are left running outermost.
void TimeloopTraffic::count(Role role, const NestPath& path) {
  const std::size_t r = role_index(role);
  Nest& nest = nests_[r];
  const Mapspace& space = *skeleton_->space;
  const std::size_t ranks = skeleton_->ranks();
  for (timeloop::StorageLevel& level : nest.levels) level.loops.clear();
  const auto add_loop = [&](std::size_t level, std::size_t rank, std::int64_t bound, LoopKind kind) {
    nest.levels[level].loops.push_back(
        {.dimension = space_->dimension(rank), .bound = bound, .last_bound = bound, .kind = kind});
  };
  for (std::size_t place = space.places.size(); place-- > 0;) {
    if (!space.places[place].spatial) continue;
    for (std::size_t i = ranks; i-- > 0;) {
      const std::size_t rank = path.spatial->orders[place * ranks + i];
      const std::int64_t bound = path.spatial->factors[place * ranks + rank];
      if (bound > 1) add_loop(space_->level(place), rank, bound, space_->kind(place));
    }
  }
  std::vector<std::int64_t> rest = *path.times;
  for (const PathLoop& loop : path.loops) {
    rest[loop.rank] /= loop.bound;
    add_loop(space_->level(skeleton_->blocks[loop.block].place), loop.rank, loop.bound, LoopKind::temporal);
  }
  // What moves the tensor whole comes innermost, so that it ends all reuse.
  const std::size_t outermost = level_of(role, skeleton_->keepers[r].size() - 1);
  for (const bool whole : {true, false}) {
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      const bool moves = skeleton_->motions[r].motions[rank] == Motion::whole;
      if (rest[rank] > 1 && moves == whole) add_loop(outermost, rank, rest[rank], LoopKind::temporal);
    }
  }
  flat_.assign(nest);
  timeloop::CountingOptions options = space_->counting();
  options.hops = networks_cost_;
  closed_.count(nest, flat_, options, traffic_);
  timeloop::collapse(nest, flat_, options, 0, traffic_.tiles[0], accesses_);
}

Amounts TimeloopTraffic::exact(Role role, std::size_t first, std::size_t last, const NestPath& path) {
  return counted(role, first, last, path, networks_cost_);
}

Amounts TimeloopTraffic::counted(Role role, std::size_t first, std::size_t last, const NestPath& path,
                                 bool with_networks) {
  count(role, path);
  counting_ = true;
  Amounts amounts;
  for (std::size_t link = first; link <= last; ++link) {
    const std::size_t parent = level_of(role, link);
    add_content(role, parent, {accesses_[parent].content, 0, 0}, amounts);
    const std::size_t inside = link == 0 ? 0 : level_of(role, link - 1) + 1;
    for (std::size_t level = inside; with_networks && level <= parent; ++level) {
      add_counted_network(role, level, amounts);
    }
    if (link == 0) continue;
    const std::size_t child = level_of(role, link - 1);
    const LevelAccesses& filled = accesses_[child];
    add_fills(role, child, {0, filled.parent_share, filled.peers}, amounts);
    if (filled.peers == 0) continue;
    // Words for neighbours are read beside what the level inside asks for.
    Amounts without;
    add_content(role, child, {filled.content, 0, 0}, without);
    add_content(role, child, {filled.content, 0, filled.peers}, amounts);
    for (std::size_t i = 0; i < Amounts::most; ++i) amounts.of[i] -= without.of[i];
  }
  counting_ = false;
  return amounts;
}

/// Whatever follows, each sweep over the loops of the path brings all but the tile that it starts with.
Amounts TimeloopTraffic::least(Role role, std::size_t first, std::size_t last, const NestPath& path) {
  Amounts amounts = counted(role, first, last, path, false);
  std::vector<std::int64_t> now(skeleton_->ranks(), 1);
  for (const PathLoop& loop : path.loops) now[loop.rank] *= loop.bound;
  for (std::size_t link = first; link <= last; ++link) {
    const Amounts spared = starting(role, link, now, path);
    for (std::size_t i = 0; i < Amounts::most; ++i) amounts.of[i] = std::max(0.0, amounts.of[i] - spared.of[i]);
  }
  return amounts;
}

/// What the tiles cost, at most, with which the sweeps over the path's loops begin.
Amounts TimeloopTraffic::starting(Role role, std::size_t link, std::span<const std::int64_t> now,
                                  const NestPath& path) const {
  std::vector<std::int64_t> tile(skeleton_->ranks(), 1);
  double starts = iterations(now);
  std::size_t inside = 0;
  if (link > 0) {
    const std::size_t keeper = skeleton_->keepers[role_index(role)][link - 1];
    for (const PathLoop& loop : path.loops) {
      if (loop.block <= keeper) tile[loop.rank] *= loop.bound;
    }
    starts *= words_of_tile(role, keeper, tile, {});
    inside = level_of(role, link - 1) + 1;
  }
  const std::size_t parent = level_of(role, link);
  double asked = starts;
  for (std::size_t level = inside; level <= parent; ++level) {
    asked *= groups(role, level, false) * sliding_copies(role, level);
  }
  const auto whole = [&](double words, std::size_t level) {
    return static_cast<std::int64_t>(words) + 2 * space_->blank_nest().levels[level].block_size;
  };
  Amounts spared;
  LevelAccesses reads;
  reads.reads = whole(asked, parent);
  reads.updates = data_space(role).read_write ? reads.reads : 0;
  add(role, parent, reads, spared);
  if (link == 0) return spared;
  const std::size_t child = level_of(role, link - 1);
  LevelAccesses fills;
  fills.fills = whole(starts, child);
  fills.reads = fills.fills;
  add(role, child, fills, spared);
  return spared;
}

/// Not if windows overlap across a fan-out further out: how they do depends on what follows.
bool TimeloopTraffic::decides_computes(Role role, std::size_t block) const {
  const std::size_t r = role_index(role);
  const std::size_t keeper = skeleton_->blocks[skeleton_->keepers[r].front()].place;
  for (const SpatialLoops::Fanout& fanout : spatial_->fanouts()) {
    if (fanout.place < keeper || fanout.place > skeleton_->blocks[block].place) continue;
    for (std::size_t rank = 0; rank < fanout.factors.size(); ++rank) {
      if (fanout.factors[rank] > 1 && skeleton_->motions[r].motions[rank] == Motion::sliding) return false;
    }
  }
  return true;
}

}  // namespace ohmloop
