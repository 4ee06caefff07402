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
  std::int64_t copies = 1;
  for (std::size_t r = 0; r < place.ranges.size(); ++r) {
    if (factors[r] < place.ranges[r].least || factors[r] > place.ranges[r].most) return false;
    copies *= factors[r];
    if (place.spatial && copies > place.copies) return false;
  }
  return true;
}

/// Words of one axis that a tile touches, the offsets of its loops being 0.
std::int64_t axis_extent(const Axis& axis, const std::vector<std::int64_t>& extents) {
  std::int64_t last = 0;
  for (const AxisTerm& term : axis.terms) {
    std::int64_t digit = (extents[term.rank.index()] - 1) / term.divisor;
    if (term.modulus > 0) digit = std::min(digit, term.modulus - 1);
    last += term.coefficient * digit;
  }
  return std::min(last + 1, axis.size);
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

std::int64_t tile_size(const Tensor& tensor, bool windows, const std::vector<std::int64_t>& extents) {
  std::int64_t elements = 1;
  const bool as_windows = windows && !tensor.window_axes.empty();
  for (const Axis& axis : as_windows ? tensor.window_axes : tensor.axes) {
    elements = checked_multiply(elements, axis_extent(axis, extents));
  }
  return elements;
}

std::int64_t tile_bits(const Mapspace& space, const StoragePlace& storage, std::uint8_t keeps, const Extents& extents) {
  const auto* memory = space.architecture->node(storage.node).as<Memory>();
  std::int64_t bits = 0;
  for (const Role role : all_roles) {
    if ((keeps & bit(role)) == 0) continue;
    const Tensor& tensor = space.einsum->tensor(role);
    bits = checked_add(bits, checked_multiply(tile_size(tensor, memory->holds_windows, extents), tensor.bits));
  }
  return bits;
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
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    if (!place_holds(space.places[place], candidate.factors.data() + place * ranks)) return false;
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
    const auto* memory = space.architecture->node(space.storages[storage].node).as<Memory>();
    if (!memory->size_bits) continue;
    if (tile_bits(space, space.storages[storage], candidate.keeps[storage], extents) > *memory->size_bits) return false;
  }
  return true;
}

std::int64_t occupied_bits(const Mapspace& space, const Candidate& candidate, std::size_t storage) {
  Extents extents(space.einsum->ranks.size(), 1);
  const StoragePlace& kept = space.storages[storage];
  for (std::size_t place = space.places.size(); place-- > kept.place;) widen(space, candidate, place, extents);
  return tile_bits(space, kept, candidate.keeps[storage], extents);
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
