#include <fmt/format.h>

#include "ohmloop/mapper/climb.hpp"
#include "ohmloop/mapper/search.hpp"
#include "ohmloop/mapper/seeds.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_spatial_choices = 6;

std::vector<std::size_t> ranks_named(const Mapspace& space, std::initializer_list<const char*> names) {
  std::vector<std::size_t> ranks;
  for (const char* name : names) {
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      if (space.einsum->rank(space.ranks[r]).name == name) ranks.push_back(r);
    }
  }
  return ranks;
}

/// Input slices run innermost, so that partial sums meet in the nearest register; output positions run as far inside as
/// the memories hold their tiles.
std::optional<Candidate> array_seed(const Mapspace& space, const Candidate& spatial) {
  std::optional<Candidate> seed = complete_outside(space, spatial);
  if (!seed) return std::nullopt;
  const std::vector<std::size_t> slices = ranks_named(space, {"IS"});
  const std::vector<std::size_t> positions = ranks_named(space, {"F", "E", "N"});
  for (std::size_t p = space.places.size(); p-- > 0;) {
    if (!space.places[p].spatial) pull_inside(space, slices, p, *seed);
  }
  for (std::size_t p = 1; p < space.places.size(); ++p) {
    if (!space.places[p].spatial) pull_inside(space, positions, p, *seed);
  }
  order_for(space, Role::weight, *seed);
  return seed;
}

}  // namespace

SearchOutcome search_arrays(const Mapspace& space, Scorer& scorer) {
  const SpatialChoices spatial = array_spatial_choices(space, most_spatial_choices);
  std::optional<Candidate> best;
  Score best_score;
  for (const Candidate& choice : spatial.choices) {
    std::optional<Candidate> seed = array_seed(space, choice);
    const std::optional<Score> score = seed ? scorer.score_new(*seed) : std::nullopt;
    if (!score || (best && !(*score < best_score))) continue;
    best = std::move(seed);
    best_score = *score;
  }
  if (best) climb(space, *best, best_score, scorer, {.spatial = false, .swaps = false});
  return {false, fmt::format("bounded search: {} of {} ways to spread the arrays' tiles over the containers, hill "
                             "climbing over the loops in time",
                             spatial.choices.size(), spatial.found)};
}

}  // namespace ohmloop
