#include "ohmloop/mapper/seeds.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/factors.hpp"

namespace ohmloop {
namespace {

bool moves(const Mapspace& space, std::size_t rank, Role role) {
  return space.einsum->relevant(space.ranks[rank], role);
}

/// Largest divisor of `n` that is at most `most`.
std::int64_t largest_divisor(std::int64_t n, std::int64_t most) {
  std::int64_t largest = 1;
  for (const std::int64_t divisor : divisors(n)) {
    if (divisor <= most) largest = divisor;
  }
  return largest;
}

bool complete_rank(const Mapspace& space, std::size_t rank, Candidate& candidate) {
  const CandidateView view(space, candidate);
  std::int64_t rest = space.sizes[rank];
  const auto take = [&](std::int64_t factor, bool imperfect) {
    if (!imperfect && rest % factor != 0) return false;
    rest = ceil_divide(rest, factor);
    return true;
  };
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    const LoopPlace& place = space.places[p];
    if (!place.spatial && has_loops(space, candidate, p)) {
      const std::int64_t filled = place.takes_turns ? view.factor(p, rank) : 1;
      view.factor(p, rank) = std::max(filled, place.ranges[rank].least);
    }
    if (!take(view.factor(p, rank), imperfect_at(space, place))) return false;
  }
  for (std::size_t p = 0; p < space.places.size() && rest > 1; ++p) {
    const LoopPlace& place = space.places[p];
    if (place.spatial || !has_loops(space, candidate, p)) continue;
    std::int64_t& factor = view.factor(p, rank);
    const std::int64_t more = largest_divisor(rest, place.ranges[rank].most / factor);
    factor *= more;
    rest /= more;
  }
  return rest == 1;
}

bool try_pull(const Mapspace& space, std::size_t rank, std::size_t from, std::size_t to, Candidate& candidate) {
  const CandidateView view(space, candidate);
  bool moved = false;
  for (const std::int64_t prime : prime_factors(view.factor(from, rank))) {
    view.factor(from, rank) /= prime;
    view.factor(to, rank) *= prime;
    if (fits(space, candidate)) {
      moved = true;
      continue;
    }
    view.factor(from, rank) *= prime;
    view.factor(to, rank) /= prime;
  }
  return moved;
}

std::vector<std::size_t> ranks_with_reuse_first(const Mapspace& space, Role first, Role second) {
  std::vector<std::size_t> ranks;
  const auto add_if = [&](auto&& wanted) {
    for (std::size_t r = space.ranks.size(); r-- > 0;) {
      if (std::find(ranks.begin(), ranks.end(), r) == ranks.end() && wanted(r)) ranks.push_back(r);
    }
  };
  add_if([&](std::size_t r) { return !moves(space, r, first); });
  add_if([&](std::size_t r) { return !moves(space, r, second); });
  add_if([](std::size_t) { return true; });
  return ranks;
}

}  // namespace

void order_place_for(const Mapspace& space, std::size_t place, Role stays, Candidate& candidate) {
  const CandidateView view(space, candidate);
  std::uint8_t* order = view.order(place);
  std::stable_partition(order, order + space.ranks.size(), [&](std::uint8_t r) { return moves(space, r, stays); });
  hold_fixed_order(space, place, candidate);
}

void order_for(const Mapspace& space, Role stays, Candidate& candidate) {
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    if (!space.places[p].spatial) order_place_for(space, p, stays, candidate);
  }
}

std::optional<Candidate> complete_outside(const Mapspace& space, const Candidate& spatial) {
  Candidate candidate = spatial;
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    if (!complete_rank(space, r, candidate)) return std::nullopt;
  }
  trim(space, candidate);
  return candidate;
}

void pull_inside(const Mapspace& space, const std::vector<std::size_t>& preference, std::size_t place,
                 Candidate& candidate) {
  for (const std::size_t rank : preference) {
    for (std::size_t from = 0; from < place; ++from) {
      if (!space.places[from].spatial) try_pull(space, rank, from, place, candidate);
    }
  }
}

std::vector<Candidate> temporal_seeds(const Mapspace& space, const Candidate& spatial) {
  std::vector<Candidate> seeds;
  const std::optional<Candidate> outside = complete_outside(space, spatial);
  if (!outside) return seeds;
  for (const Role first : all_roles) {
    for (const Role second : all_roles) {
      if (first == second) continue;
      Candidate filled = *outside;
      const std::vector<std::size_t> preference = ranks_with_reuse_first(space, first, second);
      for (std::size_t p = space.places.size(); p-- > 0;) {
        if (!space.places[p].spatial) pull_inside(space, preference, p, filled);
      }
      order_for(space, first, filled);
      seeds.push_back(filled);
      order_for(space, second, filled);
      seeds.push_back(std::move(filled));
    }
  }
  return seeds;
}

}  // namespace ohmloop
