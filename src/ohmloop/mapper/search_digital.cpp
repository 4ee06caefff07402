#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/mapper/climb.hpp"
#include "ohmloop/mapper/enumerate.hpp"
#include "ohmloop/mapper/lower_bound.hpp"
#include "ohmloop/mapper/perturb.hpp"
#include "ohmloop/mapper/placement_choices.hpp"
#include "ohmloop/mapper/search.hpp"
#include "ohmloop/mapper/seeds.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_spatial_choices = 192;
constexpr std::size_t most_placements = 64;
/// Pairs of a spatial and a placement choice that get seeds; every placement gets some.
constexpr std::size_t most_seeded = 96;
constexpr std::size_t least_seeded_of_placement = 6;
/// Placements whose best seed is climbed from in any case.
constexpr std::size_t most_placements_climbed = 6;
/// Everything is walked through where that takes no more than this part of the budget.
constexpr std::int64_t enumeration_share = 4;
/// Climbs in a row that may end no better than what is known.
constexpr int patience = 4;
/// The same for climbs from neighbours of the best; and neighbours tried at most.
constexpr int patience_around = 12;
constexpr int most_rounds = 2'000;

/// A spatial choice with decided placements.
struct Choice {
  Candidate candidate;
  std::size_t placement;
  Score bound;
};

struct Start {
  Candidate candidate;
  Score score;
  std::size_t placement;
};

/// All choices that get seeds, the most promising first.
std::vector<Choice> choices_to_seed(const std::vector<Candidate>& spatial, const PlacementChoices& placements,
                                    const LowerBound& bound) {
  std::vector<Choice> choices;
  const std::size_t each = std::max(least_seeded_of_placement, most_seeded / placements.choices.size());
  for (std::size_t i = 0; i < placements.choices.size(); ++i) {
    std::vector<Choice> of_placement;
    for (const Candidate& candidate : spatial) {
      of_placement.push_back({candidate, i, {}});
      of_placement.back().candidate.keeps = placements.choices[i];
      of_placement.back().bound = bound.of(of_placement.back().candidate);
    }
    std::stable_sort(of_placement.begin(), of_placement.end(),
                     [](const Choice& a, const Choice& b) { return a.bound < b.bound; });
    of_placement.resize(std::min(of_placement.size(), each));
    std::move(of_placement.begin(), of_placement.end(), std::back_inserter(choices));
  }
  std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.bound < b.bound; });
  return choices;
}

/// Per choice its best seed, the best first. Choices that can't beat what is known are left out.
std::vector<Start> best_seeds(const Mapspace& space, const std::vector<Choice>& choices, Scorer& scorer) {
  std::vector<Start> starts;
  for (const Choice& choice : choices) {
    if (scorer.best() && scorer.best_score() < choice.bound) break;
    std::optional<Start> best;
    for (Candidate& seed : temporal_seeds(space, choice.candidate)) {
      const std::optional<Score> score = scorer.score_new(seed);
      if (score && (!best || *score < best->score)) best = Start{std::move(seed), *score, choice.placement};
    }
    if (best) starts.push_back(std::move(*best));
  }
  std::stable_sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) { return a.score < b.score; });
  return starts;
}

/// Moves the best start of each of the best placements to the front: a step that changes a placement needs other tiles
/// at the same time, and no single step gets there. Returns how many there are.
std::size_t vary_placements(std::vector<Start>& starts) {
  std::vector<std::size_t> seen;
  const auto first_of_placement = [&](const Start& start) {
    if (seen.size() == most_placements_climbed) return false;
    if (std::find(seen.begin(), seen.end(), start.placement) != seen.end()) return false;
    seen.push_back(start.placement);
    return true;
  };
  std::stable_partition(starts.begin(), starts.end(), first_of_placement);
  return seen.size();
}

std::size_t climb_from(const Mapspace& space, std::vector<Start> starts, Scorer& scorer) {
  const std::size_t always = vary_placements(starts);
  int fruitless = 0;
  std::size_t climbed = 0;
  for (const Start& start : starts) {
    if ((climbed >= always && fruitless >= patience) || scorer.exhausted()) break;
    const Score before = scorer.best_score();
    climb(space, start.candidate, start.score, scorer);
    ++climbed;
    fruitless = scorer.best_score() < before ? 0 : fruitless + 1;
  }
  return climbed;
}

/// Climbs again from neighbours of the best, until that has not helped for a while.
void climb_around_best(const Mapspace& space, Scorer& scorer) {
  std::mt19937 engine;
  int fruitless = 0;
  for (int round = 0; round < most_rounds && fruitless < patience_around && !scorer.exhausted(); ++round) {
    const std::optional<Candidate> neighbour = perturb(space, *scorer.best(), 3 + round % 6, engine);
    const Score before = scorer.best_score();
    const std::optional<Score> score = neighbour ? scorer.score_new(*neighbour) : std::nullopt;
    if (!score) continue;
    climb(space, *neighbour, *score, scorer);
    fruitless = scorer.best_score() < before ? 0 : fruitless + 1;
  }
}

SearchOutcome search_all(const std::vector<Candidate>& all, Scorer& scorer) {
  for (const Candidate& candidate : all) scorer.score(candidate);
  return {true, fmt::format("all {} legal mappings with perfect factors and, at each memory, one loop order per tensor "
                            "that stays",
                            all.size())};
}

std::string describe(const Mapspace& space, const Scorer& scorer, const SpatialChoices& spatial,
                     const PlacementChoices& placements, std::size_t climbed) {
  std::string text = fmt::format("bounded search: hill climbing from {} of {} spatial choices and around the best",
                                 climbed, spatial.found);
  if (placements.choices.size() > 1) {
    text +=
        fmt::format(", {}{} ways to place free tensors", placements.complete ? "all " : "", placements.choices.size());
  }
  text += space.imperfect_temporal ? ", imperfect factors" : ", perfect factors";
  if (scorer.exhausted()) text += ", stopped by the limit of evaluations";
  return text;
}

}  // namespace

SearchOutcome search_digital(const Mapspace& space, Scorer& scorer, const MapperOptions& options) {
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, options.max_evaluations / enumeration_share));
  if (const auto all = all_candidates(space, most)) return search_all(*all, scorer);
  const LowerBound bound(space, scorer.model(), options.objective);
  const SpatialChoices spatial = digital_spatial_choices(space, most_spatial_choices);
  const PlacementChoices placements = placement_choices(space, most_placements);
  std::vector<Start> starts = best_seeds(space, choices_to_seed(spatial.choices, placements, bound), scorer);
  const std::size_t climbed = climb_from(space, std::move(starts), scorer);
  if (scorer.best()) climb_around_best(space, scorer);
  return {false, describe(space, scorer, spatial, placements, climbed)};
}

}  // namespace ohmloop
