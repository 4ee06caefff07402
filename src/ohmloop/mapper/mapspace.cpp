#include "ohmloop/mapper/mapspace.hpp"

#include <algorithm>

#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {
namespace {

bool named(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A bound above the rank's size means the whole rank.
FactorRange range_of(const LoopConstraints& constraints, const Rank& rank) {
  FactorRange range;
  if (constraints.ranks && !named(*constraints.ranks, rank.name)) range.most = 1;
  for (const FactorConstraint& constraint : constraints.factors) {
    if (constraint.rank != rank.name) continue;
    const std::int64_t bound = std::min(constraint.bound, rank.size);
    if (constraint.relation != Relation::at_least) range.most = std::min(range.most, bound);
    if (constraint.relation != Relation::at_most) range.least = std::max(range.least, bound);
  }
  return range;
}

LoopPlace make_place(const Mapspace& space, NodeId node, const LoopConstraints& constraints) {
  LoopPlace place;
  place.node = node;
  for (const RankId rank : space.ranks) place.ranges.push_back(range_of(constraints, space.einsum->rank(rank)));
  for (const std::string& name : constraints.order) {
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      if (space.einsum->rank(space.ranks[r]).name == name) place.last_ranks.push_back(r);
    }
  }
  return place;
}

/// A fan-out without copies is left out, unless that would hide what it can't give.
bool asks_for_loops(const LoopPlace& place) {
  return std::any_of(place.ranges.begin(), place.ranges.end(),
                     [](const FactorRange& range) { return range.least > 1; });
}

/// Memories that see a tensor in the same axes remember its tiles together.
std::shared_ptr<TileSizes> tile_sizes(const Mapspace& space, const Node& node, Role role) {
  const Tensor& tensor = space.einsum->tensor(role);
  const std::vector<Axis>& axes = axes_at(tensor, node);
  for (const StoragePlace& known : space.storages) {
    if (&axes_at(tensor, space.architecture->node(known.node)) == &axes) return known.tiles[role_index(role)];
  }
  return std::make_shared<TileSizes>(*space.einsum, axes);
}

StoragePlace make_storage(const Mapspace& space, NodeId id, const Memory& memory) {
  StoragePlace storage;
  storage.node = id;
  storage.place = space.places.size();
  storage.size_bits = memory.size_bits;
  storage.placement = memory.placement;
  for (const Role role : all_roles) {
    storage.tiles[role_index(role)] = tile_sizes(space, space.architecture->node(id), role);
  }
  return storage;
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

/// Nothing above a tensor's outermost memory can hand it other elements in time, nor add up its partial sums.
void close_places_above(Mapspace& space, Role role, std::size_t outermost_place) {
  for (std::size_t p = 0; p < outermost_place; ++p) {
    LoopPlace& place = space.places[p];
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      const bool relevant = space.einsum->relevant(space.ranks[r], role);
      const bool closed = place.spatial ? role == Role::output && !relevant : relevant;
      if (!closed || place.ranges[r].most == 1) continue;
      place.ranges[r].most = 1;
      place.ranges[r].closed_by = role;
    }
  }
}

void close_places(Mapspace& space) {
  for (const Role role : all_roles) {
    for (const StoragePlace& storage : space.storages) {
      if (storage.placement[role_index(role)] == Placement::bypass) continue;
      close_places_above(space, role, storage.place);
      break;
    }
  }
}

}  // namespace

bool imperfect_at(const Mapspace& space, const LoopPlace& place) {
  return place.spatial ? space.imperfect_spatial : space.imperfect_temporal || place.takes_turns;
}

void close_outside(Mapspace& space) {
  force_outermost(space.storages);
  close_places(space);
}

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
      space.storages.push_back(make_storage(space, NodeId(i), *memory));
      LoopPlace place = make_place(space, NodeId(i), memory->loops);
      const auto& array = architecture.array;
      place.takes_turns = array && array->cells == NodeId(i) && array->slices_per_place() > 1;
      space.places.push_back(std::move(place));
    } else if (const auto* fanout = node.as<Fanout>()) {
      LoopPlace place = make_place(space, NodeId(i), fanout->loops);
      if (fanout->count == 1 && !asks_for_loops(place)) continue;
      place.spatial = true;
      place.copies = fanout->count;
      space.places.push_back(std::move(place));
    }
  }
  close_outside(space);
  return space;
}

}  // namespace ohmloop
