#include "ohmloop/analysis/role_counts.hpp"

#include <algorithm>
#include <cstdint>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {
namespace {

/// No fan-out stands above the first node.
constexpr NodeId nothing_pinned{0};

/// Loops whose treatment fits into one number, and into a key.
constexpr std::size_t loops_of_number = 21;
constexpr std::size_t most_keyed_loops = 2 * loops_of_number;

}  // namespace

RoleCounts::RoleCounts(const Einsum& einsum, const Architecture& architecture, Role role)
    : einsum_(einsum),
      architecture_(architecture),
      role_(role),
      tensor_groups_(axis_groups(einsum, einsum.tensor(role).axes)),
      window_groups_(axis_groups(einsum, einsum.tensor(role).window_axes)),
      digits_(whole_digits(einsum, tensor_groups_)),
      tensor_(einsum, tensor_groups_) {
  if (digits_) whole_.emplace(digits_->space, digits_->groups);
  if (window_groups_.empty()) return;
  windows_.emplace(einsum, window_groups_);
  gather_.emplace(einsum, window_groups_, &tensor_groups_);
}

void RoleCounts::add_level(std::size_t position, NodeId node, bool computes) {
  const bool windows = windows_ && in_window_view(architecture_.node(node));
  levels_.push_back({position, node, computes, windows});
  // Tiles of earlier mappings keep their room.
  if (tiles_.size() < levels_.size()) tiles_.emplace_back();
  Holder& tile = tiles_[levels_.size() - 1];
  tile.loops_outside = 0;
  for (const NestLoop& loop : *loops_) tile.loops_outside += loop.position < position ? 1 : 0;
  find_tile_extents(einsum_, *loops_, position, tile.extents);
  if (digits_) tile.extents.insert(tile.extents.end(), digits_->sizes.begin(), digits_->sizes.end());
}

void RoleCounts::forget() {
  known_.clear();
  tensor_.forget();
  if (windows_) windows_->forget();
  if (gather_) gather_->forget();
  if (whole_) whole_->forget();
}

/// The Keeps of the tensor, and compute.
void RoleCounts::find_levels(const Mapping& mapping) {
  levels_.clear();
  for (std::size_t position = 0; position < mapping.steps.size(); ++position) {
    const Keep* keep = std::get_if<Keep>(&mapping.steps[position]);
    if (keep != nullptr && keep->role == role_) add_level(position, keep->node, false);
  }
  add_level(mapping.steps.size(), architecture_.compute(), true);
}

void RoleCounts::begin(const Mapping& mapping, const std::vector<NestLoop>& loops) {
  loops_ = &loops;
  forget();
  walked_.clear();
  spreads_.clear();
  for (const NestLoop& loop : loops) {
    walked_.push_back({loop.rank, loop.bound, loop.step, Walk::inside});
    Spread& spread = spreads_.emplace_back();
    if (!loop.fanout) continue;
    const Fanout* fanout = architecture_.node(*loop.fanout).as<Fanout>();
    spread = {true, fanout != nullptr && fanout->shares[role_index(role_)], *loop.fanout};
  }
  find_levels(mapping);
}

void RoleCounts::add(const Mapping& mapping, const std::vector<NestLoop>& loops, Counts& counts) {
  begin(mapping, loops);
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) add_tile(level, counts);
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    if (role_ == Role::output) {
      add_output_link(level, counts);
    } else {
      add_link(level, counts);
    }
    add_converters(level, counts);
  }
}

void RoleCounts::add_tile(std::size_t level, Counts& counts) const {
  const std::size_t role = role_index(role_);
  const auto& extents = tiles_[level].extents;
  MemoryCounts& memory = counts.memories[levels_[level].node.index()];
  memory.keeps[role] = true;
  if (levels_[level].windows) {
    memory.tile_elements[role] = largest_tile_elements(einsum_, window_groups_, extents);
  } else if (has_whole_digits(level)) {
    memory.tile_elements[role] = largest_tile_elements(digits_->space, digits_->groups, extents);
  } else {
    memory.tile_elements[role] = largest_tile_elements(einsum_, tensor_groups_, extents);
  }
}

/// True if a level's tiles hold every value of the flattened rank, whatever the loops outside do.
bool RoleCounts::has_whole_digits(std::size_t level) const {
  if (!digits_) return false;
  const RankId rank = digits_->rank;
  return std::none_of(loops_->begin(), loops_->end(), [&](const NestLoop& loop) {
    return loop.rank == rank && loop.bound > 1 && loop.position < levels_[level].position;
  });
}

/// Whether a converter between the two adds the partial sums that come from the fan-out.
bool RoleCounts::added_below(NodeId place, NodeId fanout) const {
  if (role_ != Role::output) return false;
  for (std::size_t node = place.index() + 1; node < fanout.index(); ++node) {
    const Converter* converter = architecture_.nodes[node].as<Converter>();
    if (converter != nullptr && converter->reduces && converter->passes[role_index(role_)]) return true;
  }
  return false;
}

/// Children spread over a fan-out are served together, seen from a place above it, if the fan-out shares the tensor or
/// a converter on the way adds their sums.
void RoleCounts::walk(std::size_t level, NodeId place, Scope scope, bool all_merge) {
  const std::size_t outside = tiles_[level].loops_outside;
  for (std::size_t i = 0; i < walked_.size(); ++i) {
    const Spread& spread = spreads_[i];
    Walk& how = walked_[i].walk;
    if (i >= outside) {
      how = Walk::inside;
    } else if (!spread.spatial) {
      how = Walk::time;
    } else if (spread.fanout < place) {
      how = scope == Scope::first ? Walk::pin : Walk::sum;
    } else {
      how = all_merge || spread.shared || added_below(place, spread.fanout) ? Walk::merge : Walk::sum;
    }
  }
}

RoleCounts::WalkKey RoleCounts::walk_key() const {
  WalkKey key;
  const std::size_t outer = std::min(walked_.size(), loops_of_number);
  for (std::size_t i = 0; i < outer; ++i) key.outer = key.outer * 8 + static_cast<std::uint64_t>(walked_[i].walk);
  for (std::size_t i = outer; i < walked_.size(); ++i) {
    key.inner = key.inner * 8 + static_cast<std::uint64_t>(walked_[i].walk);
  }
  return key;
}

/// The count of the walked loops.
std::int64_t RoleCounts::count_once(std::size_t level, CrossingCounter& counter) {
  // The loops of a mapping are the same for all of its counts: only what is done with them differs.
  const bool keyed = walked_.size() <= most_keyed_loops;
  const WalkKey key = keyed ? walk_key() : WalkKey{};
  for (const Known& known : known_) {
    if (known.key == key && known.level == level && known.counter == &counter && keyed) return known.count;
  }
  // Only sums need to stay with the levels above.
  const std::size_t outermost = role_ == Role::output ? 0 : level;
  const auto holders = std::span<const Holder>(tiles_).subspan(outermost, level + 1 - outermost);
  const std::int64_t count = counter.count({walked_, holders, !levels_[level].computes});
  if (keyed) known_.push_back({level, &counter, key, count});
  return count;
}

CrossingCounter& RoleCounts::in_view(std::size_t level, bool windows) {
  if (windows) return *windows_;
  return has_whole_digits(level) ? *whole_ : tensor_;
}

/// Elements that cross a place above a level: in the level's view at a memory, in windows at a converter.
std::int64_t RoleCounts::cross(std::size_t level, NodeId place, Scope scope) {
  const Level& child = levels_[level];
  const Node& node = architecture_.node(place);
  const bool counts_windows = windows_ && (child.windows || node.as<Memory>() == nullptr);
  const bool gathers = counts_windows && !in_window_view(node);
  walk(level, place, scope, false);
  return count_once(level, gathers ? *gather_ : in_view(level, counts_windows));
}

/// Loops across fan-outs above a node take index 0 alone. Inside a level's tile, only the elements with that digit
/// count.
void RoleCounts::pin(NodeId pinned_above) {
  for (std::size_t i = 0; i < walked_.size(); ++i) {
    if (spreads_[i].spatial && spreads_[i].fanout < pinned_above) walked_[i].walk = Walk::pin;
  }
}

/// Elements that enter all instances of a level.
std::int64_t RoleCounts::entries(std::size_t level, NodeId pinned_above) {
  const Level& child = levels_[level];
  walk(level, child.node, Scope::all, false);
  pin(pinned_above);
  return count_once(level, in_view(level, child.windows));
}

/// Sums that a level's instances start from nothing.
std::int64_t RoleCounts::zero_starts(std::size_t level, NodeId pinned_above) {
  const std::int64_t started = entries(level, pinned_above);
  return level == 0 ? started : checked_subtract(started, reloads(level, pinned_above));
}

/// Old partial sums that a level receives: one child of all that begin on an element at the same step takes it, unless
/// the level above has none.
std::int64_t RoleCounts::reloads(std::size_t level, NodeId pinned_above) {
  const std::int64_t merged = handed_down(level, pinned_above);
  return checked_subtract(merged, zero_starts(level - 1, pinned_above));
}

/// Sums that some child of the level above begins on: one of all children that do so at a step.
std::int64_t RoleCounts::handed_down(std::size_t level, NodeId pinned_above) {
  walk(level, levels_[level - 1].node, Scope::all, true);
  pin(pinned_above);
  return count_once(level, tensor_);
}

void RoleCounts::add_link(std::size_t level, Counts& counts) {
  const std::size_t role = role_index(role_);
  const Level& child = levels_[level];
  const NodeId parent = levels_[level - 1].node;
  MemoryCounts& above = counts.memories[parent.index()];
  above.total[role].reads += cross(level, parent, Scope::all);
  above.busiest[role].reads += cross(level, parent, Scope::first);
  if (child.computes) return;
  MemoryCounts& below = counts.memories[child.node.index()];
  below.total[role].fills = entries(level, nothing_pinned);
  below.busiest[role].fills = entries(level, child.node);
}

void RoleCounts::add_output_link(std::size_t level, Counts& counts) {
  const std::size_t role = role_index(role_);
  const Level& child = levels_[level];
  const NodeId parent = levels_[level - 1].node;
  MemoryCounts& above = counts.memories[parent.index()];
  above.total[role].updates = cross(level, parent, Scope::all);
  above.busiest[role].updates = cross(level, parent, Scope::first);
  above.total[role].reads = checked_subtract(above.total[role].updates, zero_starts(level - 1, nothing_pinned));
  above.busiest[role].reads = checked_subtract(above.busiest[role].updates, zero_starts(level - 1, parent));
  if (child.computes) return;
  MemoryCounts& below = counts.memories[child.node.index()];
  below.total[role].fills = reloads(level, nothing_pinned);
  below.busiest[role].fills = reloads(level, child.node);
  below.total[role].drains = entries(level, nothing_pinned);
  below.busiest[role].drains = entries(level, child.node);
}

void RoleCounts::add_converters(std::size_t level, Counts& counts) {
  const std::size_t role = role_index(role_);
  const Level& child = levels_[level];
  for (std::size_t node = levels_[level - 1].node.index() + 1; node < child.node.index(); ++node) {
    const Converter* converter = architecture_.nodes[node].as<Converter>();
    if (converter == nullptr || !converter->passes[role]) continue;
    counts.converters[node].total[role] = cross(level, NodeId(node), Scope::all);
    counts.converters[node].busiest[role] = cross(level, NodeId(node), Scope::first);
  }
}

}  // namespace ohmloop
