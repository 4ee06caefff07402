#include "ohmloop/mapper/mapspace.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

bool named(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

FactorRange range_of(const LoopConstraints& constraints, const std::string& rank) {
  FactorRange range;
  if (constraints.ranks && !named(*constraints.ranks, rank)) range.most = 1;
  for (const FactorConstraint& constraint : constraints.factors) {
    if (constraint.rank != rank) continue;
    if (constraint.relation != Relation::at_least) range.most = std::min(range.most, constraint.bound);
    if (constraint.relation != Relation::at_most) range.least = std::max(range.least, constraint.bound);
  }
  return range;
}

LoopPlace make_place(const Mapspace& space, NodeId node, const LoopConstraints& constraints) {
  LoopPlace place;
  place.node = node;
  for (const RankId rank : space.ranks) place.ranges.push_back(range_of(constraints, space.einsum->rank(rank).name));
  for (const std::string& name : constraints.order) {
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      if (space.einsum->rank(space.ranks[r]).name == name) place.last_ranks.push_back(r);
    }
  }
  return place;
}

/// The outermost memory that may keep a tensor has to.
void force_outermost(std::vector<StoragePlace>& storages) {
  for (const Role role : all_roles) {
    for (StoragePlace& storage : storages) {
      Placement& placement = storage.placement[role_index(role)];
      if (placement == Placement::bypass) continue;
      placement = Placement::keep;
      break;
    }
  }
}

}  // namespace

Mapspace make_mapspace(const Einsum& einsum, const Architecture& architecture, const MapperOptions& options) {
  Mapspace space;
  space.einsum = &einsum;
  space.architecture = &architecture;
  space.imperfect_spatial = options.imperfect || architecture.array.has_value();
  space.imperfect_temporal = options.imperfect;
  for (std::size_t r = 0; r < einsum.ranks.size(); ++r) {
    if (einsum.ranks[r].size == 1) continue;
    space.ranks.emplace_back(r);
    space.sizes.push_back(einsum.ranks[r].size);
  }
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (const auto* memory = node.as<Memory>()) {
      space.storages.push_back({NodeId(i), space.places.size(), memory->placement});
      space.places.push_back(make_place(space, NodeId(i), memory->loops));
    } else if (const auto* fanout = node.as<Fanout>()) {
      if (fanout->count == 1) continue;
      space.places.push_back(make_place(space, NodeId(i), fanout->loops));
      space.places.back().spatial = true;
      space.places.back().copies = fanout->count;
    }
  }
  force_outermost(space.storages);
  return space;
}

}  // namespace ohmloop
