#include "ohmloop/mapper/perturb.hpp"

#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/seeds.hpp"

namespace ohmloop {
namespace {

/// The standard fixes the engine's numbers, but not those of its distributions.
std::size_t below(std::size_t n, std::mt19937& engine) { return engine() % n; }

void move_factor(const Mapspace& space, Candidate& candidate, std::mt19937& engine) {
  if (space.ranks.empty()) return;
  const CandidateView view(space, candidate);
  const std::size_t rank = below(space.ranks.size(), engine);
  const std::size_t from = below(space.places.size(), engine);
  const std::size_t to = below(space.places.size(), engine);
  const std::vector<std::int64_t> primes = prime_factors(view.factor(from, rank));
  if (primes.empty() || from == to || space.places[to].ranges[rank].most == 1) return;
  const std::int64_t prime = primes[below(primes.size(), engine)];
  view.factor(from, rank) /= prime;
  view.factor(to, rank) *= prime;
}

void decide_otherwise(const Mapspace& space, Candidate& candidate, std::mt19937& engine) {
  const std::size_t storage = below(space.storages.size(), engine);
  const std::size_t role = below(all_roles.size(), engine);
  if (space.storages[storage].placement[role] != Placement::free) return;
  candidate.keeps[storage] ^= static_cast<std::uint8_t>(1U << role);
}

void reorder(const Mapspace& space, Candidate& candidate, std::mt19937& engine) {
  const std::size_t place = below(space.places.size(), engine);
  const Role role = all_roles[below(all_roles.size(), engine)];
  if (!space.places[place].spatial) order_place_for(space, place, role, candidate);
}

}  // namespace

std::optional<Candidate> perturb(const Mapspace& space, const Candidate& from, int steps, std::mt19937& engine) {
  Candidate candidate = from;
  for (int step = 0; step < steps; ++step) {
    move_factor(space, candidate, engine);
    if (below(4, engine) == 0) decide_otherwise(space, candidate, engine);
    if (below(2, engine) == 0) reorder(space, candidate, engine);
  }
  if (!fits(space, candidate)) return std::nullopt;
  return candidate;
}

}  // namespace ohmloop
