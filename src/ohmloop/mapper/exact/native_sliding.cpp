#include <algorithm>

#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {
namespace {

/// Extents in time and across the fan-outs inside a block; at most the ranks' sizes.
std::vector<std::int64_t> widened(const Mapspace& space, const SpatialLoops& spatial, std::size_t block,
                                  std::span<const std::int64_t> extents) {
  std::vector<std::int64_t> wide(extents.begin(), extents.end());
  for (std::size_t rank = 0; rank < wide.size(); ++rank) {
    wide[rank] = std::min(wide[rank] * spatial.inside(block, rank), space.sizes[rank]);
  }
  return wide;
}

}  // namespace

/// Copies of the compute that windows make overlap share words, and which words depends on the loops inside.
void NativeTraffic::set_sliding_fixed(Role role, const Candidate& candidate) {
  const std::size_t r = role_index(role);
  fixed_is_exact_[r] = true;
  for (const SpatialLoops::Fanout& fanout : spatial_->fanouts()) {
    if (node_of(role, 0) < fanout.node && copies_at(fanout, role, Motion::sliding) > 1) fixed_is_exact_[r] = false;
  }
  if (fixed_is_exact_[r]) {
    fixed_of_[r] = exact(role, 0, 0, {&candidate, &spatial_->times(), {}});
    return;
  }
  fixed_of_[r] = {};
  const std::vector<std::int64_t> nothing(skeleton_->ranks(), 1);
  add_least(role, 0, {}, nothing, fixed_of_[r]);
}

/// Elements that enter the child's instances, at least; with padding.
double NativeTraffic::least_entering(Role role, std::size_t link, const ReuseEnd& end,
                                     std::span<const std::int64_t> extents) {
  const std::size_t r = role_index(role);
  SlidingBound& bound = *bounds_[r];
  const std::size_t keeper = skeleton_->keepers[r][link - 1];
  const std::vector<std::int64_t> tile = widened(*skeleton_->space, *spatial_, keeper, extents);
  return std::max(bound.touched(), sliding_product(bound, role, end, tile, tile, 1.0) * waste(role, extents));
}

double NativeTraffic::sliding_product(SlidingBound& bound, Role role, const ReuseEnd& end,
                                      std::span<const std::int64_t> all, std::span<const std::int64_t> child,
                                      double children) const {
  if (end.ending == Ending::slid_open) return bound.touched();
  if (end.ending == Ending::moved || end.ending == Ending::slid_moved) return bound.all_tiles(all);
  if (!bound.regular(end.axis)) return 0;
  const TensorMotion::Axis& axis = skeleton_->motions[role_index(role)].axes[end.axis];
  const bool more = std::any_of(axis.ranks.begin(), axis.ranks.end(),
                                [&](std::size_t rank) { return all[rank] < skeleton_->space->sizes[rank]; });
  const double sum = bound.tile_sum(end.axis, all);
  const double kept = bound.tiles(end.axis, all) * children * bound.most_kept(end.axis, child, more);
  return bound.all_tiles(all) * std::max(0.0, sum - kept) / sum;
}

/// Elements that cross a place on the way to the child, at least: windows of neighbouring copies overlap.
double NativeTraffic::least_crossing(Role role, NodeId place, std::size_t link, const ReuseEnd& end,
                                     std::span<const std::int64_t> extents) {
  const std::size_t r = role_index(role);
  const NodeId child = child_of(role, link);
  const NodeId block_node = skeleton_->space->places[skeleton_->blocks[end.block].place].node;
  const std::vector<std::int64_t> all = link == 0 ? std::vector<std::int64_t>(extents.begin(), extents.end())
                                                  : widened(*skeleton_->space, *spatial_, end.block, extents);
  const std::size_t keeper = link == 0 ? 0 : skeleton_->keepers[r][link - 1];
  const std::vector<std::int64_t> tile = link == 0 ? all : widened(*skeleton_->space, *spatial_, keeper, extents);
  double together = 1;
  double children = 1;
  for (const SpatialLoops::Fanout& fanout : spatial_->fanouts()) {
    if (fanout.node < place || child < fanout.node) continue;
    const double sliding = copies_at(fanout, role, Motion::sliding);
    // Copies outside of the loop that ends the reuse share what they share, at best everything.
    const bool outside = link == 0 || fanout.node < block_node;
    (outside ? together : children) *= sliding;
  }
  SlidingBound& bound = *bounds_[r];
  const double crossing = sliding_product(bound, role, end, all, tile, children) / together * waste(role, extents);
  return std::max(bound.touched(), crossing) * copies_between(place, child, role) *
         copies_above(place, role, Motion::still);
}

/// Of one instance, where all do the same.
double NativeTraffic::least_busiest(Role role, NodeId node, double total) const {
  const double sliding = copies_above(node, role, Motion::sliding);
  if (clipped_[role_index(role)] && sliding > 1) return 0;
  return total / (sliding * copies_above(node, role, Motion::whole) * copies_above(node, role, Motion::still));
}

void NativeTraffic::add_least(Role role, std::size_t link, const ReuseEnd& end, std::span<const std::int64_t> extents,
                              Amounts& amounts) {
  const NodeId parent = node_of(role, link);
  const NodeId child = child_of(role, link);
  const double reads = least_crossing(role, parent, link, end, extents);
  limits_->add_reads(parent, role, reads, least_busiest(role, parent, reads), amounts);
  const Architecture& architecture = *skeleton_->space->architecture;
  for (std::size_t node = parent.index() + 1; node < child.index(); ++node) {
    const auto* converter = architecture.nodes[node].as<Converter>();
    if (converter == nullptr || !converter->passes[role_index(role)]) continue;
    const double values = least_crossing(role, NodeId(node), link, end, extents);
    limits_->add_values(NodeId(node), role, values, least_busiest(role, NodeId(node), values), amounts);
  }
  if (link == 0) return;
  const double fills = least_entering(role, link, end, extents) * copies_above(child, role, Motion::still);
  limits_->add_writes(child, role, fills, least_busiest(role, child, fills), amounts);
}

/// Counts of one tensor under the loops of a path, those that are left running outermost.
void NativeTraffic::count(Role role, const NestPath& path) {
  const Mapspace& space = *skeleton_->space;
  const Mapping mapping = path_mapping(*skeleton_, path, role);
  find_nest_loops(*space.einsum, mapping, loops_, inside_);
  std::fill(counts_.memories.begin(), counts_.memories.end(), MemoryCounts{});
  std::fill(counts_.converters.begin(), counts_.converters.end(), ConverterCounts{});
  counters_[role_index(role)]->add(mapping, loops_, counts_);
}

Amounts NativeTraffic::exact(Role role, std::size_t first, std::size_t last, const NestPath& path) {
  count(role, path);
  Amounts amounts;
  const std::size_t r = role_index(role);
  const Architecture& architecture = *skeleton_->space->architecture;
  for (std::size_t link = first; link <= last; ++link) {
    const NodeId parent = node_of(role, link);
    const NodeId child = child_of(role, link);
    const MemoryCounts& above = counts_.memories[parent.index()];
    limits_->add_reads(parent, role, static_cast<double>(above.total[r].reads),
                       static_cast<double>(above.busiest[r].reads), amounts);
    for (std::size_t node = parent.index() + 1; node < child.index(); ++node) {
      const auto* converter = architecture.nodes[node].as<Converter>();
      if (converter == nullptr || !converter->passes[r]) continue;
      const ConverterCounts& passes = counts_.converters[node];
      limits_->add_values(NodeId(node), role, static_cast<double>(passes.total[r]),
                          static_cast<double>(passes.busiest[r]), amounts);
    }
    if (link == 0) continue;
    const MemoryCounts& below = counts_.memories[child.index()];
    limits_->add_writes(child, role, static_cast<double>(below.total[r].fills),
                        static_cast<double>(below.busiest[r].fills), amounts);
  }
  return amounts;
}

/// Whatever follows, each sweep over the loops of the path brings all but the tile that it starts with.
Amounts NativeTraffic::least(Role role, std::size_t first, std::size_t last, const NestPath& path) {
  const std::size_t r = role_index(role);
  const Architecture& architecture = *skeleton_->space->architecture;
  Amounts amounts = exact(role, first, last, path);
  for (std::size_t link = std::max<std::size_t>(first, 1); link <= last; ++link) {
    const NodeId parent = node_of(role, link);
    const NodeId child = child_of(role, link);
    const double starts = starting_elements(role, link, path);
    const double reads = starts * copies_between(parent, child, role) * copies_above(parent, role, Motion::still);
    const double fills = starts * copies_above(child, role, Motion::still);
    limits_->add_reads(parent, role, -reads, -reads, amounts);
    limits_->add_writes(child, role, -fills, -fills, amounts);
    for (std::size_t node = parent.index() + 1; node < child.index(); ++node) {
      const auto* converter = architecture.nodes[node].as<Converter>();
      if (converter == nullptr || !converter->passes[r]) continue;
      const double values =
          starts * copies_between(NodeId(node), child, role) * copies_above(NodeId(node), role, Motion::still);
      limits_->add_values(NodeId(node), role, -values, -values, amounts);
    }
  }
  for (double& amount : amounts.of) amount = std::max(amount, 0.0);
  return amounts;
}

/// Elements of the tiles with which the sweeps over a path's loops begin, in one copy of all that does not move them.
double NativeTraffic::starting_elements(Role role, std::size_t link, const NestPath& path) const {
  const std::size_t r = role_index(role);
  const std::size_t keeper = skeleton_->keepers[r][link - 1];
  std::vector<std::int64_t> now(skeleton_->ranks(), 1);
  std::vector<std::int64_t> tile(skeleton_->ranks(), 1);
  for (const PathLoop& loop : path.loops) {
    now[loop.rank] *= loop.bound;
    if (loop.block <= keeper) tile[loop.rank] *= loop.bound;
  }
  double product = elements(role) * waste(role, now);
  const TensorMotion& motion = skeleton_->motions[r];
  for (std::size_t axis = 0; axis < motion.axes.size(); ++axis) {
    std::vector<std::int64_t> wide = widened(*skeleton_->space, *spatial_, keeper, tile);
    double tiles = 1;
    double points = 1;
    for (const std::size_t rank : motion.axes[axis].ranks) {
      tiles *= static_cast<double>(skeleton_->space->sizes[rank]) /
               static_cast<double>(now[rank] * spatial_->inside(keeper, rank));
      points *= static_cast<double>(wide[rank]);
    }
    product *= tiles * (bounds_[r]->regular(axis) ? std::min(points, bounds_[r]->box(axis, wide)) : points);
  }
  return product;
}

}  // namespace ohmloop
