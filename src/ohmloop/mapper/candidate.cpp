#include "ohmloop/mapper/candidate.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::uint8_t bit(Role role) { return static_cast<std::uint8_t>(1U << role_index(role)); }

bool covers(const Mapspace& space, const Candidate& candidate, std::size_t rank) {
  const bool may_be_larger = space.imperfect_spatial || space.imperfect_temporal;
  std::int64_t product = 1;
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    product *= candidate.factors[place * space.ranks.size() + rank];
    if (product > space.sizes[rank] && !may_be_larger) return false;
  }
  return product >= space.sizes[rank];
}

bool place_holds(const LoopPlace& place, const std::int64_t* factors) {
  std::int64_t copies_left = place.copies;
  for (std::size_t r = 0; r < place.ranges.size(); ++r) {
    if (factors[r] < place.ranges[r].least || factors[r] > place.ranges[r].most) return false;
    if (!place.spatial) continue;
    // Whole multiples: rounding down never lets more copies through than there are.
    if (factors[r] > copies_left) return false;
    copies_left /= factors[r];
  }
  return true;
}

using Extents = std::vector<std::int64_t>;

/// Takes the loops of one place into the extents (per rank of the einsum) of what lies below it.
void widen(const Mapspace& space, const Candidate& candidate, std::size_t place, Extents& extents) {
  const std::int64_t* factors = candidate.factors.data() + place * space.ranks.size();
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    std::int64_t& extent = extents[space.ranks[r].index()];
    extent = std::min(extent * factors[r], space.sizes[r]);
  }
}

template <class Elements>
std::int64_t tile_bits(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps, Elements&& elements) {
  std::int64_t bits = 0;
  for (const Role role : all_roles) {
    if ((keeps & bit(role)) == 0) continue;
    const std::int64_t tile = elements(*storage.tiles[role_index(role)]);
    bits = checked_add(bits, checked_multiply(tile, space.einsum->tensor(role).bits));
  }
  return bits;
}

std::int64_t exact_bits(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps,
                        const Extents& extents) {
  return tile_bits(space, storage, keeps, [&](TileSizes& tiles) { return tiles.elements(extents); });
}

/// Asks for exact tiles, which take long, only if their bound doesn't fit.
bool memory_holds(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps, const Extents& extents) {
  if (!storage.size_bits) return true;
  const auto bound = [&](TileSizes& tiles) { return tiles.bound(extents); };
  return tile_bits(space, storage, keeps, bound) <= *storage.size_bits ||
         exact_bits(space, storage, keeps, extents) <= *storage.size_bits;
}

}  // namespace

Candidate blank_candidate(const Mapspace& space) {
  Candidate candidate;
  const std::size_t ranks = space.ranks.size();
  candidate.factors.assign(space.places.size() * ranks, 1);
  candidate.orders.resize(space.places.size() * ranks);
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    const auto first = candidate.orders.begin() + static_cast<std::ptrdiff_t>(place * ranks);
    std::iota(first, first + static_cast<std::ptrdiff_t>(ranks), std::uint8_t{0});
    hold_fixed_order(space, place, candidate);
  }
  for (const StoragePlace& storage : space.storages) {
    std::uint8_t keeps = 0;
    for (const Role role : all_roles) {
      if (storage.placement[role_index(role)] != Placement::bypass) keeps |= bit(role);
    }
    candidate.keeps.push_back(keeps);
  }
  return candidate;
}

void hold_fixed_order(const Mapspace& space, std::size_t place, Candidate& candidate) {
  const std::size_t ranks = space.ranks.size();
  const auto first = candidate.orders.begin() + static_cast<std::ptrdiff_t>(place * ranks);
  for (const std::size_t rank : space.places[place].last_ranks) {
    const auto at = std::find(first, first + static_cast<std::ptrdiff_t>(ranks), rank);
    std::rotate(at, at + 1, first + static_cast<std::ptrdiff_t>(ranks));
  }
}

bool has_loops(const Mapspace& space, const Candidate& candidate, std::size_t place) {
  if (space.places[place].spatial || space.loops_without_tensors) return true;
  for (std::size_t s = 0; s < space.storages.size(); ++s) {
    if (space.storages[s].place == place) return candidate.keeps[s] != 0;
  }
  return false;
}

void trim(const Mapspace& space, Candidate& candidate) {
  if (!space.imperfect_spatial && !space.imperfect_temporal) return;
  const CandidateView view(space, candidate);
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    std::int64_t step = 1;
    for (std::size_t place = space.places.size(); place-- > 0;) {
      std::int64_t& factor = view.factor(place, r);
      factor = std::min(factor, ceil_divide(space.sizes[r], step));
      step *= factor;
    }
  }
}

bool fits(const Mapspace& space, const Candidate& candidate) {
  const std::size_t ranks = space.ranks.size();
  for (std::size_t r = 0; r < ranks; ++r) {
    if (!covers(space, candidate, r)) return false;
  }
  std::size_t storage = 0;
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    const std::int64_t* factors = candidate.factors.data() + place * ranks;
    const bool keeps_nothing = !space.places[place].spatial && candidate.keeps[storage++] == 0;
    // A memory that keeps nothing has no place in the nest, and so neither loops nor constraints.
    const bool holds = keeps_nothing ? std::all_of(factors, factors + ranks, [](std::int64_t f) { return f == 1; })
                                     : place_holds(space.places[place], factors);
    if (!holds) return false;
  }
  return memories_hold(space, candidate);
}

bool memories_hold(const Mapspace& space, const Candidate& candidate) {
  Extents extents(space.einsum->ranks.size(), 1);
  std::size_t storage = space.storages.size();
  for (std::size_t place = space.places.size(); place-- > 0;) {
    widen(space, candidate, place, extents);
    if (space.places[place].spatial) continue;
    --storage;
    if (!memory_holds(space, space.storages[storage], candidate.keeps[storage], extents)) return false;
  }
  return true;
}

std::int64_t occupied_bits(const Mapspace& space, const Candidate& candidate, std::size_t storage) {
  Extents extents(space.einsum->ranks.size(), 1);
  const StoragePlace& kept = space.storages[storage];
  for (std::size_t place = space.places.size(); place-- > kept.place;) widen(space, candidate, place, extents);
  return exact_bits(space, kept, candidate.keeps[storage], extents);
}

Mapping to_mapping(const Mapspace& space, const Candidate& candidate) {
  Mapping mapping;
  const std::size_t ranks = space.ranks.size();
  std::size_t storage = 0;
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    const LoopPlace& place = space.places[p];
    if (!place.spatial) {
      for (const Role role : all_roles) {
        if ((candidate.keeps[storage] & bit(role)) != 0) mapping.steps.emplace_back(Keep{place.node, role});
      }
      ++storage;
    }
    for (std::size_t position = 0; position < ranks; ++position) {
      const std::uint8_t rank = candidate.orders[p * ranks + position];
      const std::int64_t bound = candidate.factors[p * ranks + rank];
      if (bound == 1) continue;
      const std::optional<NodeId> fanout = place.spatial ? std::optional(place.node) : std::nullopt;
      mapping.steps.emplace_back(Loop{space.ranks[rank], bound, fanout});
    }
  }
  return mapping;
}

}  // namespace ohmloop
