#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"
#include "ohmloop/timeloop/counting/fanout_groups.hpp"

namespace ohmloop {

using timeloop::LevelAccesses;

/// Groups of a level's children that want the same words, of a tensor that does not slide: which they are follows from
/// the spatial loops and their order.
std::vector<timeloop::Ingress> TimeloopTraffic::ingresses_of(Role role, std::size_t level) const {
  const Mapspace& space = *skeleton_->space;
  const std::size_t ranks = skeleton_->ranks();
  std::vector<timeloop::SpatialStep> steps;
  timeloop::FanoutShape shape;
  std::int64_t key = 1;
  for (std::size_t place = space.places.size(); place-- > 0;) {
    if (!space.places[place].spatial || space_->level(place) != level) continue;
    for (std::size_t i = ranks; i-- > 0;) {
      const std::size_t rank = candidate_->orders[place * ranks + i];
      const std::int64_t bound = candidate_->factors[place * ranks + rank];
      if (bound == 1) continue;
      const bool moves = skeleton_->motions[role_index(role)].motions[rank] != Motion::still;
      steps.push_back({bound, moves ? key : 0});
      if (moves) key *= bound;
      (space_->kind(place) == timeloop::LoopKind::spatial_x ? shape.columns : shape.rows) *= bound;
    }
  }
  if (steps.empty()) return {{1, 1, 1.0, 0.0}};
  const timeloop::Nest& nest = space_->blank_nest();
  const std::int64_t mesh_x = level == 0 ? nest.arithmetic.mesh_x : nest.levels[level - 1].mesh_x;
  const std::int64_t mesh_y = level == 0 ? nest.arithmetic.mesh_y : nest.levels[level - 1].mesh_y;
  shape.columns = std::max(shape.columns, mesh_x / nest.levels[level].mesh_x);
  shape.rows = std::max(shape.rows, mesh_y / nest.levels[level].mesh_y);
  timeloop::FanoutGroups groups;
  groups.assign(steps, shape, !rules(role, level).no_spatial_reuse, true);
  return groups.groups();
}

/// Energy of the networks below a level for so many accesses, of a tensor that is not counted.
void TimeloopTraffic::add_network(Role role, std::size_t level, double content, bool keeps, Amounts& amounts) const {
  LevelAccesses accesses;
  accesses.ingresses = ingresses_of(role, level);
  double groups = 0;
  for (const timeloop::Ingress& ingress : accesses.ingresses) groups += ingress.accesses;
  for (timeloop::Ingress& ingress : accesses.ingresses) ingress.accesses *= content / groups;
  accesses.partition_words = keeps ? static_cast<std::int64_t>(partition(role, level)) : 0;
  add_networks(role, level, accesses, amounts);
}

void TimeloopTraffic::add_counted_network(Role role, std::size_t level, Amounts& amounts) const {
  add_networks(role, level, accesses_[level], amounts);
}

void TimeloopTraffic::add_networks(Role role, std::size_t level, const LevelAccesses& accesses,
                                   Amounts& amounts) const {
  const timeloop::Nest& nest = nests_[role_index(role)];
  for (const timeloop::Network& network : nest.networks) {
    if (network.outer != level) continue;
    const auto used = static_cast<double>(instances_[level]);
    const timeloop::NetworkPlace place{
        network, nest.levels[level], {instances_[level], used}, static_cast<std::int64_t>(fanout(level))};
    timeloop::NetworkDataSpaceResult result;
    timeloop::count_network(place, data_space(role), 0, accesses, result);
    amounts.energy_pj() += result.energy_pj;
  }
}

}  // namespace ohmloop
