#include "ohmloop/mapper/explain.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/least_need.hpp"

namespace ohmloop {
namespace {

const Node& node_of(const Mapspace& space, const LoopPlace& place) { return space.architecture->node(place.node); }

const std::string& rank_name(const Mapspace& space, std::size_t rank) {
  return space.einsum->rank(space.ranks[rank]).name;
}

const LoopConstraints& constraints_of(const Node& node) {
  const auto* memory = node.as<Memory>();
  return memory != nullptr ? memory->loops : node.as<Fanout>()->loops;
}

Mapspace without_sizes(Mapspace space) {
  for (StoragePlace& storage : space.storages) storage.size_bits.reset();
  return space;
}

/// Only a memory that has to keep something holds to its constraints in any case.
bool always_there(const Mapspace& space, std::size_t place) {
  if (space.places[place].spatial) return true;
  return std::any_of(space.storages.begin(), space.storages.end(), [&](const StoragePlace& storage) {
    return storage.place == place &&
           std::count(storage.placement.begin(), storage.placement.end(), Placement::keep) > 0;
  });
}

/// More iterations of a rank asked for than the same node allows.
NoMapping explain_contradiction(const Mapspace& space, const LoopPlace& place, std::size_t rank) {
  const FactorRange& range = place.ranges[rank];
  const Node& node = node_of(space, place);
  const std::string& name = rank_name(space, rank);
  NoMapping none{
      fmt::format("'{}' asks for at least {} iterations of rank {}", node.name, range.least, name), {}, node.where};
  for (const FactorConstraint& factor : constraints_of(node).factors) {
    if (factor.rank == name && factor.relation != Relation::at_most) none.where = factor.where;
  }
  const auto& ranks = constraints_of(node).ranks;
  if (range.closed_by) {
    none.reason +=
        fmt::format(", but no memory above keeps the {}, which such a loop would change", to_string(*range.closed_by));
    none.suggestion = fmt::format("drop the bound on {} at '{}'", name, node.name);
  } else if (ranks && std::find(ranks->begin(), ranks->end(), name) == ranks->end()) {
    none.reason += fmt::format(", but its list of ranks leaves out {}", name);
    none.suggestion = fmt::format("add {0} to the ranks of '{1}', or drop the bound on {0}", name, node.name);
  } else {
    none.reason += fmt::format(" and for at most {}", range.most);
    none.suggestion = fmt::format("{0}: <= {1}, or {0}: >= {2}, at '{3}'", name, range.least, range.most, node.name);
  }
  return none;
}

/// Factors that the file asks for and that are more than a rank or a fan-out has.
std::optional<NoMapping> explain_excess(const Mapspace& space) {
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    if (!always_there(space, p)) continue;
    const LoopPlace& place = space.places[p];
    std::int64_t copies = 1;
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      if (place.ranges[r].least > place.ranges[r].most) return explain_contradiction(space, place, r);
      copies = checked_multiply(copies, place.ranges[r].least);
    }
    if (!place.spatial || copies <= place.copies) continue;
    const Node& node = node_of(space, place);
    const std::int64_t enough = least_copies(space, place.node.index()).value_or(copies);
    return NoMapping{fmt::format("the constraints want {} copies at '{}', it has {}", enough, node.name, place.copies),
                     fmt::format("fanout >= {}", enough), node.where};
  }
  return std::nullopt;
}

std::string kept_tensors(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps) {
  std::string names;
  for (const Role role : all_roles) {
    if ((keeps & (1U << role_index(role))) == 0) continue;
    if (!names.empty()) names += " and ";
    names += fmt::format("{} ({} {})", to_string(role), space.einsum->tensor(role).bits, space.size_unit);
  }
  return storage.place == 0 ? "all of " + names : "the smallest tile of " + names;
}

std::string too_small(const Mapspace& space, std::size_t storage, const LeastNeed& least) {
  const StoragePlace& place = space.storages[storage];
  return fmt::format("'{}' needs at least {} {}s for {}, it has {}", space.architecture->node(place.node).name,
                     least.need, space.size_unit, kept_tensors(space, place, least.candidate.keeps[storage]),
                     *place.size_bits);
}

/// Least bits of a storage, whatever its size; all others have theirs.
std::optional<LeastNeed> least_bits(Mapspace space, std::size_t storage) {
  space.storages[storage].size_bits.reset();
  return least_need(space, [&](const Candidate& candidate) { return occupied_bits(space, candidate, storage); });
}

/// One memory that is too small, the innermost of them.
std::optional<NoMapping> explain_one_memory(const Mapspace& space) {
  for (std::size_t s = space.storages.size(); s-- > 0;) {
    if (!space.storages[s].size_bits) continue;
    const std::optional<LeastNeed> least = least_bits(space, s);
    if (!least || least->need <= *space.storages[s].size_bits) continue;
    return NoMapping{too_small(space, s, *least), fmt::format("size >= {} {}", least->need, space.size_unit),
                     space.architecture->node(space.storages[s].node).where};
  }
  return std::nullopt;
}

/// Several memories that are too small together: sizes from the inside out.
std::optional<NoMapping> explain_memories(const Mapspace& space) {
  Mapspace growing = without_sizes(space);
  std::optional<NoMapping> none;
  for (std::size_t s = space.storages.size(); s-- > 0;) {
    if (!space.storages[s].size_bits) continue;
    const std::optional<LeastNeed> least = least_bits(growing, s);
    if (!least) return std::nullopt;
    growing.storages[s].size_bits = std::max(*space.storages[s].size_bits, least->need);
    if (least->need <= *space.storages[s].size_bits) continue;
    const Node& node = space.architecture->node(space.storages[s].node);
    const std::string change = fmt::format("size >= {} {} at '{}'", least->need, space.size_unit, node.name);
    if (none) {
      none->reason += "; " + too_small(space, s, *least);
      none->suggestion += " and " + change;
    } else {
      none = NoMapping{too_small(space, s, *least), change, node.where};
    }
  }
  return none;
}

/// Weights that nothing above the arrays keeps, and too few arrays for them.
std::optional<NoMapping> explain_arrays(const Mapspace& space) {
  if (!space.architecture->array) return std::nullopt;
  const ArraySlicing& array = *space.architecture->array;
  const Node& cells = space.architecture->node(array.cells);
  if (&outermost_memory(space, Role::weight) != &cells) return std::nullopt;
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::int64_t others = 1;
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    if (!space.einsum->relevant(space.ranks[r], Role::weight)) continue;
    const std::string& name = rank_name(space, r);
    std::int64_t& product = name == "K" ? rows : name == "G" ? others : columns;
    product = checked_multiply(product, space.sizes[r]);
  }
  const std::int64_t needed =
      checked_multiply(others, checked_multiply(ceil_divide(rows, array.rows / array.rows_per_input()),
                                                ceil_divide(columns, array.columns / array.columns_per_sum())));
  const std::int64_t placed =
      space.architecture->instances(array.cells) / (array.inputs_at_once() * array.sums_at_once());
  if (needed <= placed) return std::nullopt;
  return NoMapping{fmt::format("the layer needs {} arrays '{}', the chip has {}, and no memory above keeps weights to "
                               "load the rest from",
                               needed, cells.name, placed),
                   fmt::format("{} arrays, or a memory above them that keeps the weight", needed), cells.where};
}

/// Ranks that each find room, but not all of them the same copies.
std::optional<NoMapping> explain_copies(const Mapspace& space) {
  if (any_legal(without_sizes(space))) return std::nullopt;
  for (const LoopPlace& place : space.places) {
    if (!place.spatial) continue;
    const std::optional<std::int64_t> copies = least_copies(space, place.node.index());
    if (!copies) continue;
    const Node& node = node_of(space, place);
    return NoMapping{fmt::format("the loops that fit nowhere else take {} copies of '{}', it has {}", *copies,
                                 node.name, place.copies),
                     fmt::format("fanout >= {}", *copies), node.where};
  }
  return std::nullopt;
}

}  // namespace

const Node& outermost_memory(const Mapspace& space, Role role) {
  for (const StoragePlace& storage : space.storages) {
    if (storage.placement[role_index(role)] != Placement::bypass) return space.architecture->node(storage.node);
  }
  return space.architecture->nodes.front();
}

std::optional<std::int64_t> least_copies(const Mapspace& space, std::size_t node) {
  constexpr std::int64_t plenty = std::int64_t{1} << 62U;
  Architecture changed = *space.architecture;
  std::get<Fanout>(changed.nodes[node].body).count = plenty;
  const Mapspace wide = without_sizes(make_mapspace(*space.einsum, changed, {.imperfect = space.imperfect_temporal}));
  const auto at = std::find_if(wide.places.begin(), wide.places.end(),
                               [&](const LoopPlace& place) { return place.node == NodeId(node); });
  const auto first = static_cast<std::size_t>(at - wide.places.begin()) * wide.ranks.size();
  const auto copies = [&](const Candidate& candidate) {
    std::int64_t product = 1;
    for (std::size_t r = 0; r < wide.ranks.size(); ++r) {
      product = checked_multiply(product, candidate.factors[first + r]);
    }
    return product;
  };
  const std::optional<LeastNeed> least = least_need(wide, copies);
  if (!least) return std::nullopt;
  return least->need;
}

std::optional<NoMapping> explain_unkept(const Mapspace& space) {
  for (const Role role : all_roles) {
    const auto keeps = [&](const StoragePlace& storage) {
      return storage.placement[role_index(role)] != Placement::bypass;
    };
    if (std::any_of(space.storages.begin(), space.storages.end(), keeps)) continue;
    if (space.storages.empty())
      return NoMapping{"the architecture has no memory", "add one that keeps all tensors", {}};
    const Node& outermost = space.architecture->node(space.storages.front().node);
    return NoMapping{fmt::format("no memory may keep the {}", to_string(role)),
                     fmt::format("keep the {} in '{}'", to_string(role), outermost.name), outermost.where};
  }
  return std::nullopt;
}

NoMapping explain_no_mapping(const Mapspace& space) {
  if (auto unkept = explain_unkept(space)) return *unkept;
  if (auto excess = explain_excess(space)) return *excess;
  if (auto arrays = explain_arrays(space)) return *arrays;
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    if (!rank_has_factors(space, r)) return explain_rank(space, r);
  }
  if (auto copies = explain_copies(space)) return *copies;
  if (auto memory = explain_one_memory(space)) return *memory;
  if (auto memories = explain_memories(space)) return *memories;
  return {"no mapping that was tried is legal", "loosen the constraints", space.architecture->nodes.front().where};
}

}  // namespace ohmloop
