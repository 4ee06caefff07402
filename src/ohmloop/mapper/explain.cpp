#include "ohmloop/mapper/explain.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/candidate.hpp"
#include "ohmloop/mapper/seeds.hpp"

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

/// Where the file bounds a rank at a place; the node if it does so by its list of ranks.
SourceSpan place_of_bound(const Node& node, const std::string& rank) {
  for (const FactorConstraint& factor : constraints_of(node).factors) {
    if (factor.rank == rank) return factor.where;
  }
  return node.where;
}

/// Most iterations of a rank that all places together can take.
std::int64_t coverage(const Mapspace& space, std::size_t rank) {
  const std::int64_t size = space.sizes[rank];
  std::int64_t covered = 1;
  for (const LoopPlace& place : space.places) {
    const std::int64_t most = std::min(place.ranges[rank].most, place.spatial ? place.copies : size);
    covered = std::min(size, checked_multiply(covered, std::min(most, size)));
  }
  return covered;
}

const Node& outermost_memory(const Mapspace& space, std::optional<Role> role) {
  for (const StoragePlace& storage : space.storages) {
    if (!role || storage.placement[role_index(*role)] != Placement::bypass) {
      return space.architecture->node(storage.node);
    }
  }
  return space.architecture->nodes.front();
}

/// A rank that all places together can't cover.
std::optional<NoMapping> explain_uncovered(const Mapspace& space, std::size_t rank) {
  const std::int64_t covered = coverage(space, rank);
  if (covered >= space.sizes[rank]) return std::nullopt;
  const std::string& name = rank_name(space, rank);
  const std::string lack =
      fmt::format("there is room for {} of the {} iterations of rank {}", covered, space.sizes[rank], name);
  for (const LoopPlace& place : space.places) {
    const std::optional<Role> role = place.ranges[rank].closed_by;
    if (!role) continue;
    const Node& keeper = outermost_memory(space, *role);
    return NoMapping{fmt::format("{}: the {} has to fit into '{}' at once, as no memory above keeps it", lack,
                                 to_string(*role), keeper.name),
                     fmt::format("{} times the copies of '{}', or a memory above it that keeps the {}",
                                 ceil_divide(space.sizes[rank], covered), keeper.name, to_string(*role)),
                     keeper.where};
  }
  const Node& outermost = outermost_memory(space, std::nullopt);
  return NoMapping{lack + " within the constraints",
                   fmt::format("allow loops over {} below '{}'", name, outermost.name),
                   place_of_bound(outermost, name)};
}

/// Factors that the file asks for and that are more than a rank or a fan-out has.
std::optional<NoMapping> explain_excess(const Mapspace& space) {
  for (const LoopPlace& place : space.places) {
    std::int64_t copies = 1;
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      const std::int64_t least = place.ranges[r].least;
      const Node& node = node_of(space, place);
      const std::string& name = rank_name(space, r);
      if (least > place.ranges[r].most) {
        return NoMapping{fmt::format("'{}' wants at least {} and at most {} iterations of rank {}", node.name, least,
                                     place.ranges[r].most, name),
                         fmt::format("drop one of the two bounds on {}", name), place_of_bound(node, name)};
      }
      copies = checked_multiply(copies, least);
      if (place.spatial && copies > place.copies) {
        return NoMapping{
            fmt::format("the constraints want {} copies at '{}', it has {}", copies, node.name, place.copies),
            fmt::format("fanout >= {}", copies), node.where};
      }
    }
  }
  return std::nullopt;
}

/// The tensors that can't be anywhere else.
Candidate keep_only_forced(const Mapspace& space, Candidate candidate) {
  for (std::size_t s = 0; s < space.storages.size(); ++s) {
    for (const Role role : all_roles) {
      if (space.storages[s].placement[role_index(role)] == Placement::free) {
        candidate.keeps[s] &= static_cast<std::uint8_t>(~(1U << role_index(role)));
      }
    }
  }
  return candidate;
}

/// The candidate with the smallest tiles that the constraints allow: every loop as far outside as it may be.
std::optional<Candidate> smallest_tiles(const Mapspace& space) {
  Candidate spatial = blank_candidate(space);
  const CandidateView view(space, spatial);
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    if (!space.places[p].spatial) continue;
    for (std::size_t r = 0; r < space.ranks.size(); ++r) view.factor(p, r) = space.places[p].ranges[r].least;
  }
  std::optional<Candidate> complete = complete_outside(space, spatial);
  if (complete) *complete = keep_only_forced(space, std::move(*complete));
  return complete;
}

std::string kept_tensors(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps) {
  std::string names;
  for (const Role role : all_roles) {
    if ((keeps & (1U << role_index(role))) == 0) continue;
    if (!names.empty()) names += " and ";
    names += fmt::format("{} ({} bit)", to_string(role), space.einsum->tensor(role).bits);
  }
  return storage.place == 0 ? "all of " + names : "the smallest tile of " + names;
}

std::optional<NoMapping> explain_memories(const Mapspace& space, const Candidate& smallest) {
  for (std::size_t s = space.storages.size(); s-- > 0;) {
    const StoragePlace& storage = space.storages[s];
    const Node& node = space.architecture->node(storage.node);
    if (!storage.size_bits) continue;
    const std::int64_t needed = occupied_bits(space, smallest, s);
    if (needed <= *storage.size_bits) continue;
    return NoMapping{fmt::format("'{}' needs at least {} bits for {}, it has {}", node.name, needed,
                                 kept_tensors(space, storage, smallest.keeps[s]), *storage.size_bits),
                     fmt::format("size >= {} bit", needed), node.where};
  }
  return std::nullopt;
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
      checked_multiply(others, checked_multiply(ceil_divide(rows, array.rows), ceil_divide(columns, array.columns)));
  const std::int64_t placed = space.architecture->instances(array.cells) / (array.rows * array.columns);
  if (needed <= placed) return std::nullopt;
  return NoMapping{fmt::format("the layer needs {} arrays '{}', the chip has {}, and no memory above keeps weights to "
                               "load the rest from",
                               needed, cells.name, placed),
                   fmt::format("{} arrays, or a memory above them that keeps the weight", needed), cells.where};
}

NoMapping explain_violation(const Mapspace& space, const Candidate& smallest) {
  const std::vector<Violation> violations =
      check_mapping(*space.einsum, *space.architecture, to_mapping(space, smallest));
  if (violations.empty()) {
    return {"no mapping that was tried is legal", "allow more evaluations, or loosen the constraints", {}};
  }
  const Violation& first = violations.front();
  const SourceSpan where = first.node ? space.architecture->node(*first.node).where : SourceSpan{};
  const std::string change = first.kind == Violation::Kind::capacity ? fmt::format("size >= {} bit", first.needed)
                             : first.kind == Violation::Kind::fanout ? fmt::format("fanout >= {}", first.needed)
                                                                     : "loosen this constraint";
  return {first.message, change, where};
}

}  // namespace

NoMapping explain_no_mapping(const Mapspace& space) {
  if (auto excess = explain_excess(space)) return *excess;
  if (auto arrays = explain_arrays(space)) return *arrays;
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    if (auto uncovered = explain_uncovered(space, r)) return *uncovered;
  }
  const std::optional<Candidate> smallest = smallest_tiles(space);
  if (!smallest) {
    return {"the factors that the constraints allow don't multiply to the layer's ranks",
            "allow imperfect factors, or choose bounds that divide the ranks",
            {}};
  }
  if (auto memory = explain_memories(space, *smallest)) return *memory;
  return explain_violation(space, *smallest);
}

}  // namespace ohmloop
