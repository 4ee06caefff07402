#include <fmt/format.h>

#include "ohmloop/mapper/climb.hpp"
#include "ohmloop/mapper/search.hpp"
#include "ohmloop/mapper/seeds.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_spatial_choices = 12;

std::vector<std::size_t> ranks_named(const Mapspace& space, std::initializer_list<const char*> names) {
  std::vector<std::size_t> ranks;
  for (const char* name : names) {
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      if (space.einsum->rank(space.ranks[r]).name == name) ranks.push_back(r);
    }
  }
  return ranks;
}

/// Input slices run innermost, so that partial sums meet in the nearest register; output positions start outside and go
/// as far inside as the memories hold their tiles, one seed per memory at which they stop.
std::vector<Candidate> array_seeds(const Mapspace& space, const Candidate& spatial) {
  std::vector<Candidate> seeds;
  std::optional<Candidate> outside = complete_outside(space, spatial);
  if (!outside) return seeds;
  const std::vector<std::size_t> slices = ranks_named(space, {"IS"});
  const std::vector<std::size_t> positions = ranks_named(space, {"F", "E", "N"});
  for (std::size_t p = space.places.size(); p-- > 0;) {
    if (!space.places[p].spatial) pull_inside(space, slices, p, *outside);
  }
  order_for(space, Role::weight, *outside);
  seeds.push_back(*outside);
  for (std::size_t p = 1; p < space.places.size(); ++p) {
    if (space.places[p].spatial) continue;
    Candidate pulled = seeds.back();
    pull_inside(space, positions, p, pulled);
    seeds.push_back(std::move(pulled));
  }
  return seeds;
}

}  // namespace

SearchOutcome search_arrays(const Mapspace& space, Scorer& scorer) {
  const SpatialChoices spatial = array_spatial_choices(space, most_spatial_choices);
  std::optional<Candidate> best;
  Score best_score;
  for (const Candidate& choice : spatial.choices) {
    for (Candidate& seed : array_seeds(space, choice)) {
      const std::optional<Score> score = scorer.score_new(seed);
      if (!score || (best && !(*score < best_score))) continue;
      best = std::move(seed);
      best_score = *score;
    }
  }
  if (best) climb(space, *best, best_score, scorer, {.spatial = false, .swaps = false});
  return {false, fmt::format("bounded search: {} of {} ways to spread the arrays' tiles over the containers, hill "
                             "climbing over the loops in time",
                             spatial.choices.size(), spatial.found)};
}

}  // namespace ohmloop
