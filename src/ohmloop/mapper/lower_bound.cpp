#include "ohmloop/mapper/lower_bound.hpp"

#include <algorithm>
#include <optional>

#include "ohmloop/mapping/axis_group.hpp"

namespace ohmloop {
namespace {

bool clipped(const Einsum& einsum, const Tensor& tensor) {
  const std::vector<AxisGroup> groups = axis_groups(einsum, tensor.axes);
  return std::any_of(groups.begin(), groups.end(), [](const AxisGroup& group) { return group.clipped; });
}

/// Elements that the layer touches; 0 where finding out takes long.
double touched(const Mapspace& space, Role role) {
  constexpr double long_walk = 1e6;
  const Einsum& einsum = *space.einsum;
  for (const AxisGroup& group : axis_groups(einsum, einsum.tensor(role).axes)) {
    double points = 1;
    for (const RankId rank : group.ranks) points *= static_cast<double>(einsum.rank(rank).size);
    if (!group.plain && points > long_walk) return 0;
  }
  std::vector<std::int64_t> whole;
  for (const Rank& rank : einsum.ranks) whole.push_back(rank.size);
  return static_cast<double>(space.storages.front().tiles[role_index(role)]->elements(whole));
}

}  // namespace

LowerBound::LowerBound(const Mapspace& space, const CostModel& model, const Objective& objective)
    : space_(&space), model_(&model), objective_(objective) {
  const Einsum& einsum = *space.einsum;
  points_ = static_cast<double>(einsum.points());
  for (const Role role : all_roles) {
    elements_[role_index(role)] = touched(space, role);
    // Points in the padding read nothing.
    accesses_[role_index(role)] = clipped(einsum, einsum.tensor(role)) ? 0 : points_;
  }
  for (const Node& node : space.architecture->nodes) {
    const auto* converter = node.as<Converter>();
    const auto* memory = node.as<Memory>();
    if (converter != nullptr && converter->reduces) sums_meet_ = true;
    if (memory != nullptr && memory->resident) elements_[role_index(Role::weight)] = 0;
  }
}

Score LowerBound::of(const Candidate& candidate) const {
  double copies = 1;
  for (std::size_t p = 0; p < space_->places.size(); ++p) {
    if (!space_->places[p].spatial) continue;
    for (std::size_t r = 0; r < space_->ranks.size(); ++r) {
      copies *= static_cast<double>(candidate.factors[p * space_->ranks.size() + r]);
    }
  }
  Cost cost = model_->least_cost(space_->einsum->points(), points_ / copies);
  for (const Role role : all_roles) cost.energy_pj += energy_pj(candidate, role);
  return score(objective_, cost);
}

double LowerBound::energy_pj(const Candidate& candidate, Role role) const {
  const double elements = elements_[role_index(role)];
  double energy = 0;
  std::optional<std::size_t> parent;
  const auto into_parent = [&](double accesses) {
    const NodeId node = space_->storages[*parent].node;
    return accesses * (role == Role::output ? model_->write_pj(node, role) : model_->read_pj(node, role));
  };
  for (std::size_t s = 0; s < space_->storages.size(); ++s) {
    if ((candidate.keeps[s] & (1U << role_index(role))) == 0) continue;
    const NodeId node = space_->storages[s].node;
    if (parent) {
      energy += into_parent(elements);
      energy += elements * (role == Role::output ? model_->read_pj(node, role) : model_->write_pj(node, role));
    }
    parent = s;
  }
  if (!parent) return energy;
  const double together = served_together(candidate, role, space_->storages[*parent].place);
  return energy + into_parent(std::max(elements, accesses_[role_index(role)] / together));
}

/// Points that one access of the innermost memory serves at most.
double LowerBound::served_together(const Candidate& candidate, Role role, std::size_t innermost_place) const {
  double together = 1;
  for (std::size_t p = innermost_place; p < space_->places.size(); ++p) {
    if (!space_->places[p].spatial) continue;
    const auto& fanout = std::get<Fanout>(space_->architecture->node(space_->places[p].node).body);
    if (!fanout.shares[role_index(role)] && !(role == Role::output && sums_meet_)) continue;
    for (std::size_t r = 0; r < space_->ranks.size(); ++r) {
      // Windows of an input overlap: there, ranks that move it may share words too.
      if (role != Role::input && space_->einsum->relevant(space_->ranks[r], role)) continue;
      together *= static_cast<double>(candidate.factors[p * space_->ranks.size() + r]);
    }
  }
  return together;
}

}  // namespace ohmloop
