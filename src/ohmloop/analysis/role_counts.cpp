#include "ohmloop/analysis/role_counts.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {
namespace {

/// No fan-out stands above the first node.
constexpr NodeId nothing_pinned{0};

}  // namespace

RoleCounts::RoleCounts(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                       const std::vector<NestLoop>& loops, Role role)
    : einsum_(einsum), architecture_(architecture), loops_(loops), role_(role) {
  const Tensor& tensor = einsum.tensor(role);
  tensor_groups_ = axis_groups(einsum, tensor.axes);
  if (!tensor.window_axes.empty()) window_groups_ = axis_groups(einsum, tensor.window_axes);
  const auto add_level = [&](std::size_t position, NodeId node, bool computes) {
    const bool windows = !tensor.window_axes.empty() && in_window_view(architecture.node(node));
    const auto outside = static_cast<std::size_t>(
        std::count_if(loops.begin(), loops.end(), [&](const NestLoop& loop) { return loop.position < position; }));
    levels_.push_back({position, node, computes, windows, {outside, tile_extents(einsum, loops, position)}});
  };
  for (std::size_t position = 0; position < mapping.steps.size(); ++position) {
    const Keep* keep = std::get_if<Keep>(&mapping.steps[position]);
    if (keep != nullptr && keep->role == role) add_level(position, keep->node, false);
  }
  add_level(mapping.steps.size(), architecture.compute(), true);
}

void RoleCounts::add_to(Counts& counts) {
  const std::size_t role = role_index(role_);
  for (const Level& level : levels_) {
    if (level.computes) continue;
    const Tensor& tensor = einsum_.tensor(role_);
    MemoryCounts& memory = counts.memories[level.node.index()];
    memory.keeps[role] = true;
    std::int64_t elements = 1;
    for (const std::int64_t side :
         largest_tile(einsum_, level.windows ? tensor.window_axes : tensor.axes, level.tile.extents)) {
      elements = checked_multiply(elements, side);
    }
    memory.tile_elements[role] = elements;
  }
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    if (role_ == Role::output) {
      add_output_link(level, counts);
    } else {
      add_link(level, counts);
    }
    add_converters(level, counts);
  }
}

/// Whether children spread over a fan-out are served together, seen from a place above it. Partial sums are also added
/// by a converter on the way.
bool RoleCounts::merges(NodeId fanout, NodeId place) const {
  const std::size_t role = role_index(role_);
  if (std::get<Fanout>(architecture_.node(fanout).body).shares[role]) return true;
  if (role_ != Role::output) return false;
  for (std::size_t node = place.index() + 1; node < fanout.index(); ++node) {
    const Converter* converter = architecture_.nodes[node].as<Converter>();
    if (converter != nullptr && converter->reduces && converter->passes[role]) return true;
  }
  return false;
}

std::vector<WalkedLoop> RoleCounts::walk(const Level& child, NodeId place, Scope scope, bool all_merge) const {
  std::vector<WalkedLoop> walked;
  walked.reserve(loops_.size());
  for (const NestLoop& loop : loops_) {
    Walk how = Walk::inside;
    if (loop.position < child.position) {
      if (loop.temporal()) {
        how = Walk::time;
      } else if (*loop.fanout < place) {
        how = scope == Scope::first ? Walk::pin : Walk::sum;
      } else {
        how = all_merge || merges(*loop.fanout, place) ? Walk::merge : Walk::sum;
      }
    }
    walked.push_back({loop.rank, loop.bound, loop.step, how});
  }
  return walked;
}

/// The tiles that must stay for a level to hold its own.
std::vector<Holder> RoleCounts::holders(std::size_t level) const {
  std::vector<Holder> result;
  for (std::size_t i = role_ == Role::output ? 0 : level; i <= level; ++i) result.push_back(levels_[i].tile);
  return result;
}

std::int64_t RoleCounts::count_once(std::size_t level, const std::vector<AxisGroup>& groups,
                                    std::vector<WalkedLoop> walked, bool gathers) const {
  for (const Known& known : known_) {
    const bool same = known.level == level && known.groups == &groups && known.gathers == gathers;
    if (same && known.walked == walked) return known.count;
  }
  const bool computes = levels_[level].computes;
  const std::int64_t count =
      count_crossing({&einsum_, &groups, walked, holders(level), !computes, gathers ? &tensor_groups_ : nullptr});
  known_.push_back({level, &groups, gathers, std::move(walked), count});
  return count;
}

/// Elements that cross a place above a level: in the level's view at a memory, in windows at a converter.
std::int64_t RoleCounts::cross(std::size_t level, NodeId place, Scope scope) const {
  const Level& child = levels_[level];
  const Node& node = architecture_.node(place);
  const bool windowed = !window_groups_.empty();
  const bool counts_windows = node.as<Memory>() == nullptr ? windowed : child.windows;
  const bool gathers = counts_windows && windowed && !in_window_view(node);
  return count_once(level, counts_windows ? window_groups_ : tensor_groups_, walk(child, place, scope, false), gathers);
}

/// Loops across fan-outs above a node take index 0 alone. Inside a level's tile, only the elements with that digit
/// count.
void RoleCounts::pin(std::vector<WalkedLoop>& walked, NodeId pinned_above) const {
  for (std::size_t i = 0; i < walked.size(); ++i) {
    if (loops_[i].fanout && *loops_[i].fanout < pinned_above) walked[i].walk = Walk::pin;
  }
}

/// Elements that enter all instances of a level.
std::int64_t RoleCounts::entries(std::size_t level, NodeId pinned_above) const {
  const Level& child = levels_[level];
  std::vector<WalkedLoop> walked = walk(child, child.node, Scope::all, false);
  pin(walked, pinned_above);
  return count_once(level, child.windows ? window_groups_ : tensor_groups_, std::move(walked), false);
}

/// Sums that a level's instances start from nothing.
std::int64_t RoleCounts::zero_starts(std::size_t level, NodeId pinned_above) const {
  const std::int64_t started = entries(level, pinned_above);
  return level == 0 ? started : checked_subtract(started, reloads(level, pinned_above));
}

/// Old partial sums that a level receives: one child of all that begin on an element at the same step takes it, unless
/// the level above has none.
std::int64_t RoleCounts::reloads(std::size_t level, NodeId pinned_above) const {
  const Level& child = levels_[level];
  std::vector<WalkedLoop> walked = walk(child, levels_[level - 1].node, Scope::all, true);
  pin(walked, pinned_above);
  const std::int64_t merged = count_once(level, tensor_groups_, std::move(walked), false);
  return checked_subtract(merged, zero_starts(level - 1, pinned_above));
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
