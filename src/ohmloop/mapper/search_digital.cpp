#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/mapper/climb.hpp"
#include "ohmloop/mapper/enumerate.hpp"
#include "ohmloop/mapper/search.hpp"
#include "ohmloop/mapper/seeds.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_spatial_choices = 192;
/// Climbs in a row that may end no better than what is known.
constexpr int patience = 6;

struct Start {
  Candidate candidate;
  Score score;
};

/// Per spatial choice its best seed, the best choices first.
std::vector<Start> best_seeds(const Mapspace& space, const std::vector<Candidate>& choices, Scorer& scorer) {
  std::vector<Start> starts;
  for (const Candidate& choice : choices) {
    std::optional<Start> best;
    for (Candidate& seed : temporal_seeds(space, choice)) {
      const std::optional<Score> score = scorer.score_new(seed);
      if (score && (!best || *score < best->score)) best = Start{std::move(seed), *score};
    }
    if (best) starts.push_back(std::move(*best));
  }
  std::stable_sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) { return a.score < b.score; });
  return starts;
}

std::size_t climb_from(const Mapspace& space, const std::vector<Start>& starts, Scorer& scorer) {
  int fruitless = 0;
  std::size_t climbed = 0;
  for (const Start& start : starts) {
    if (fruitless == patience || scorer.exhausted()) break;
    const Score before = scorer.best_score();
    climb(space, start.candidate, start.score, scorer);
    ++climbed;
    fruitless = scorer.best_score() < before ? 0 : fruitless + 1;
  }
  return climbed;
}

SearchOutcome search_all(const std::vector<Candidate>& all, Scorer& scorer) {
  for (const Candidate& candidate : all) scorer.score(candidate);
  return {true, fmt::format("all {} legal mappings with perfect factors and, at each memory, one loop order per tensor "
                            "that stays",
                            all.size())};
}

}  // namespace

SearchOutcome search_digital(const Mapspace& space, Scorer& scorer, std::int64_t max_evaluations) {
  if (const auto all = all_candidates(space, static_cast<std::size_t>(max_evaluations)))
    return search_all(*all, scorer);
  const SpatialChoices spatial = digital_spatial_choices(space, most_spatial_choices);
  const std::vector<Start> starts = best_seeds(space, spatial.choices, scorer);
  const std::size_t climbed = climb_from(space, starts, scorer);
  return {false, fmt::format("bounded search: hill climbing from {} of {} spatial choices, {} factors{}", climbed,
                             spatial.found, space.imperfect_temporal ? "imperfect" : "perfect",
                             scorer.exhausted() ? ", stopped by the limit of evaluations" : "")};
}

}  // namespace ohmloop
