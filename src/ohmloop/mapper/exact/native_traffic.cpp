#include "ohmloop/mapper/exact/native_traffic.hpp"

#include <algorithm>

#include "ohmloop/mapper/exact/path_mapping.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {
namespace {

/// Padding cuts tiles at the edges, so that instances differ.
bool is_clipped(const Einsum& einsum, Role role) {
  const std::vector<AxisGroup> groups = axis_groups(einsum, einsum.tensor(role).axes);
  return std::any_of(groups.begin(), groups.end(), [](const AxisGroup& group) { return group.clipped; });
}

}  // namespace

NativeTraffic::NativeTraffic(const Skeleton& skeleton, const NativeLimits& limits)
    : skeleton_(&skeleton), limits_(&limits) {
  const Mapspace& space = *skeleton.space;
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    clipped_[r] = is_clipped(*space.einsum, role);
    if (!skeleton.motions[r].slides()) continue;
    counters_[r] = std::make_unique<RoleCounts>(*space.einsum, *space.architecture, role);
    bounds_[r] = std::make_unique<SlidingBound>(skeleton, role);
  }
  counts_.memories.resize(space.architecture->nodes.size());
  counts_.converters.resize(space.architecture->nodes.size());
}

NativeTraffic::~NativeTraffic() = default;

/// The node of a keeper, counted from the inside.
NodeId NativeTraffic::node_of(Role role, std::size_t keeper) const {
  const Block& block = skeleton_->blocks[skeleton_->keepers[role_index(role)][keeper]];
  return skeleton_->space->storages[*block.storage].node;
}

NodeId NativeTraffic::child_of(Role role, std::size_t link) const {
  return link == 0 ? skeleton_->space->architecture->compute() : node_of(role, link - 1);
}

/// Copies across the fan-outs above a node, over ranks of one motion.
double NativeTraffic::copies_above(NodeId node, Role role, Motion motion) const {
  double copies = 1;
  for (const SpatialLoops::Fanout& fanout : spatial_->fanouts()) {
    if (fanout.node < node) copies *= copies_at(fanout, role, motion);
  }
  return copies;
}

double NativeTraffic::copies_at(const SpatialLoops::Fanout& fanout, Role role, Motion motion) const {
  double copies = 1;
  for (std::size_t rank = 0; rank < fanout.factors.size(); ++rank) {
    if (skeleton_->motions[role_index(role)].motions[rank] == motion) {
      copies *= static_cast<double>(fanout.factors[rank]);
    }
  }
  return copies;
}

/// Whether the copies of a fan-out below a place have one word in common there, or one sum.
bool NativeTraffic::served_together(NodeId place, NodeId fanout, Role role) const {
  const Architecture& architecture = *skeleton_->space->architecture;
  const auto* spread = architecture.node(fanout).as<Fanout>();
  if (spread != nullptr && spread->shares[role_index(role)]) return true;
  if (role != Role::output) return false;
  for (std::size_t node = place.index() + 1; node < fanout.index(); ++node) {
    const auto* converter = architecture.nodes[node].as<Converter>();
    if (converter != nullptr && converter->reduces && converter->passes[role_index(role)]) return true;
  }
  return false;
}

/// Copies between a place and a child, over ranks that do not move the tensor, that are served one by one.
double NativeTraffic::copies_between(NodeId place, NodeId child, Role role) const {
  double copies = 1;
  for (const SpatialLoops::Fanout& fanout : spatial_->fanouts()) {
    if (fanout.node < place || child < fanout.node || served_together(place, fanout.node, role)) continue;
    copies *= copies_at(fanout, role, Motion::still);
  }
  return copies;
}

/// Iterations in time, outside of `extents`, of the ranks that do not move the tensor.
double NativeTraffic::waste(Role role, std::span<const std::int64_t> extents) const {
  double product = 1;
  for (std::size_t rank = 0; rank < extents.size(); ++rank) {
    if (skeleton_->motions[role_index(role)].motions[rank] != Motion::still) continue;
    const std::int64_t left = spatial_->times()[rank] / extents[rank];
    product *= static_cast<double>(left);
  }
  return product;
}

/// Elements of a tensor that does not slide.
double NativeTraffic::elements(Role role) const {
  double product = 1;
  for (std::size_t rank = 0; rank < skeleton_->ranks(); ++rank) {
    if (skeleton_->motions[role_index(role)].motions[rank] != Motion::whole) continue;
    product *= static_cast<double>(skeleton_->space->sizes[rank]);
  }
  return product;
}

void NativeTraffic::start(const SpatialLoops& spatial, const Candidate& candidate) {
  spatial_ = &spatial;
  steps_ = 1;
  for (const std::int64_t time : spatial.times()) steps_ *= time;
  fixed_ = {};
  limits_->add_computes(fixed_);
  for (const Role role : all_roles) {
    set_unit_costs(role);
    if (skeleton_->motions[role_index(role)].slides()) {
      set_sliding_fixed(role, candidate);
    } else {
      set_fixed(role);
    }
    fixed_ += fixed_of_[role_index(role)];
  }
}

void NativeTraffic::set_unit_costs(Role role) {
  const std::size_t r = role_index(role);
  unit_costs_[r].clear();
  if (skeleton_->motions[r].slides()) return;
  for (std::size_t link = 0; link < skeleton_->keepers[r].size(); ++link) {
    Amounts& cost = unit_costs_[r].emplace_back();
    if (role == Role::output) {
      add_output_link(link, elements(role), cost);
    } else {
      add_operand_link(role, link, elements(role), cost);
    }
  }
}

/// Link 0: the compute holds nothing, so that every iteration crosses.
void NativeTraffic::set_fixed(Role role) {
  const std::size_t r = role_index(role);
  const std::vector<std::int64_t> nothing(skeleton_->ranks(), 1);
  Amounts& fixed = fixed_of_[r];
  fixed = {};
  fixed_is_exact_[r] = true;
  const double iterations = waste(role, nothing);
  for (std::size_t i = 0; i < Amounts::most; ++i) fixed.of[i] = iterations * unit_costs_[r][0].of[i];
  if (role == Role::output) add_output_constant(fixed);
}

/// What crosses a link of an operand once for every element, at all places on the way.
void NativeTraffic::add_operand_link(Role role, std::size_t link, double units, Amounts& amounts) const {
  const NodeId parent = node_of(role, link);
  const NodeId child = child_of(role, link);
  const double parts = copies_above(parent, role, Motion::whole);
  const double served = copies_between(parent, child, role);
  limits_->add_reads(parent, role, units * served * copies_above(parent, role, Motion::still), units * served / parts,
                     amounts);
  add_converters(role, link, units, amounts);
  if (link == 0) return;
  limits_->add_writes(child, role, units * copies_above(child, role, Motion::still),
                      units / copies_above(child, role, Motion::whole), amounts);
}

void NativeTraffic::add_converters(Role role, std::size_t link, double units, Amounts& amounts) const {
  const Architecture& architecture = *skeleton_->space->architecture;
  const NodeId child = child_of(role, link);
  for (std::size_t node = node_of(role, link).index() + 1; node < child.index(); ++node) {
    const auto* converter = architecture.nodes[node].as<Converter>();
    if (converter == nullptr || !converter->passes[role_index(role)]) continue;
    const double served = copies_between(NodeId(node), child, role);
    limits_->add_values(NodeId(node), role, units * served * copies_above(NodeId(node), role, Motion::still),
                        units * served / copies_above(NodeId(node), role, Motion::whole), amounts);
  }
}

/// Sums: what arrives at the parent is written and, but for first touches, read before; the child takes over old sums
/// and hands up its own. Sums that start from nothing at a keeper are those of the outermost and, at every link, all
/// that begin in copies whose siblings take the old sum: a change to the links and keepers inside.
void NativeTraffic::add_output_link(std::size_t link, double units, Amounts& amounts) const {
  constexpr Role role = Role::output;
  const NodeId parent = node_of(role, link);
  const NodeId child = child_of(role, link);
  const double parts = copies_above(parent, role, Motion::whole);
  const double above = copies_above(parent, role, Motion::still);
  const double arriving = units * copies_between(parent, child, role);
  limits_->add_writes(parent, role, arriving * above, arriving / parts, amounts);
  limits_->add_reads(parent, role, arriving * above, arriving / parts, amounts);
  add_converters(role, link, units, amounts);
  if (link == 0) return;
  const double own = copies_above(child, role, Motion::whole);
  const double begun = units * copies_above(child, role, Motion::still);
  const double handed_down = units * above;
  limits_->add_writes(child, role, handed_down, units / own, amounts);
  limits_->add_reads(child, role, begun, units / own, amounts);
  for (std::size_t inner = 0; inner < link; ++inner) {
    const double from_nothing = begun - handed_down;
    limits_->add_reads(node_of(role, inner), role, -from_nothing, 0, amounts);
    if (inner > 0) limits_->add_writes(node_of(role, inner - 1), role, -from_nothing, 0, amounts);
  }
}

/// First touches read nothing.
void NativeTraffic::add_output_constant(Amounts& amounts) const {
  constexpr Role role = Role::output;
  const double all = elements(role);
  for (std::size_t keeper = 0; keeper < skeleton_->keepers[role_index(role)].size(); ++keeper) {
    const NodeId node = node_of(role, keeper);
    limits_->add_reads(node, role, -all, -all / copies_above(node, role, Motion::whole), amounts);
    if (keeper == 0) continue;
    const NodeId inner = node_of(role, keeper - 1);
    limits_->add_writes(inner, role, -all, -all / copies_above(inner, role, Motion::whole), amounts);
  }
}

Amounts NativeTraffic::charge(Role role, std::size_t first, std::size_t last, const ReuseEnd& end,
                              std::span<const std::int64_t> extents) {
  const std::size_t r = role_index(role);
  Amounts amounts;
  if (skeleton_->motions[r].slides()) {
    for (std::size_t link = first; link <= last; ++link) add_least(role, link, end, extents, amounts);
    return amounts;
  }
  const double iterations = waste(role, extents);
  for (std::size_t link = first; link <= last; ++link) {
    for (std::size_t i = 0; i < amounts.of.size(); ++i) amounts.of[i] += iterations * unit_costs_[r][link].of[i];
  }
  return amounts;
}

}  // namespace ohmloop
