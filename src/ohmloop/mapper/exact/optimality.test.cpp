#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/exact/exact_search.hpp"
#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/exact/random_spaces_for_tests.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {
namespace {

/// Walks over every legal nest by brute force: every way to place free tensors, all factors of every rank at all places
/// and all permutations of the loops of every memory. Written without anything of the search's.
class BruteForce {
 public:
  BruteForce(const Einsum& einsum, const TestChip& chip, const Objective& objective)
      : einsum_(einsum),
        chip_(chip),
        objective_(objective),
        counter_(einsum, chip.architecture),
        model_(einsum, chip.architecture, chip.tables) {
    for (std::size_t i = 0; i < chip.architecture.nodes.size(); ++i) {
      const Node& node = chip.architecture.nodes[i];
      if (node.as<Memory>() != nullptr || node.as<Fanout>() != nullptr) nodes_.emplace_back(i);
    }
    loops_.resize(nodes_.size());
    keeps_.resize(nodes_.size());
  }

  Score best() {
    place(0);
    return best_;
  }
  [[nodiscard]] std::int64_t evaluated() const { return evaluated_; }

  Mapping mapping_;

 private:
  void place(std::size_t at) {
    if (at == nodes_.size()) {
      split(0, 0, einsum_.ranks[0].size);
      return;
    }
    const auto* memory = chip_.architecture.node(nodes_[at]).as<Memory>();
    if (memory == nullptr) return place(at + 1);
    for (unsigned kept = 0; kept < 8; ++kept) {
      bool allowed = true;
      for (std::size_t r = 0; r < 3; ++r) {
        const bool keeps = (kept >> r & 1U) != 0;
        allowed = allowed && memory->placement[r] != (keeps ? Placement::bypass : Placement::keep);
      }
      if (!allowed) continue;
      keeps_[at] = kept;
      place(at + 1);
    }
  }

  void split(std::size_t rank, std::size_t place, std::int64_t rest) {
    if (place == nodes_.size()) {
      if (rest != 1) return;
      if (rank + 1 == einsum_.ranks.size()) {
        if (legal()) permute(0);
      } else {
        split(rank + 1, 0, einsum_.ranks[rank + 1].size);
      }
      return;
    }
    const bool spatial = chip_.architecture.node(nodes_[place]).as<Fanout>() != nullptr;
    for (const std::int64_t factor : divisors(rest)) {
      if (factor > 1 && !spatial && keeps_[place] == 0) break;
      if (factor > 1) {
        loops_[place].push_back({RankId(rank), factor, spatial ? std::optional(nodes_[place]) : std::nullopt});
      }
      split(rank, place + 1, rest / factor);
      if (factor > 1) loops_[place].pop_back();
    }
  }

  /// Loop orders change neither tiles nor factors.
  [[nodiscard]] bool legal() {
    for (const Violation& violation : check_mapping(einsum_, chip_.architecture, nest(), {.allow_imperfect = false})) {
      if (violation.message.find("must stand outside") == std::string::npos) return false;
    }
    return true;
  }

  void permute(std::size_t place) {
    if (place == nodes_.size()) {
      evaluate_nest();
      return;
    }
    const std::vector<Loop> before = loops_[place];
    const auto by_rank = [](const Loop& a, const Loop& b) { return a.rank < b.rank; };
    std::sort(loops_[place].begin(), loops_[place].end(), by_rank);
    do {
      permute(place + 1);
    } while (order_matters(place) && std::next_permutation(loops_[place].begin(), loops_[place].end(), by_rank));
    loops_[place] = before;
  }

  /// Of spatial loops only to constraints.
  [[nodiscard]] bool order_matters(std::size_t place) const {
    const auto* fanout = chip_.architecture.node(nodes_[place]).as<Fanout>();
    return fanout == nullptr || !fanout->loops.order.empty();
  }

  [[nodiscard]] Mapping nest() const {
    Mapping mapping;
    for (std::size_t place = 0; place < nodes_.size(); ++place) {
      for (const Role role : all_roles) {
        if ((keeps_[place] >> role_index(role) & 1U) != 0) mapping.steps.emplace_back(Keep{nodes_[place], role});
      }
      mapping.steps.insert(mapping.steps.end(), loops_[place].begin(), loops_[place].end());
    }
    return mapping;
  }

  void evaluate_nest() {
    const Mapping mapping = nest();
    if (!check_mapping(einsum_, chip_.architecture, mapping, {.allow_imperfect = false}).empty()) return;
    counter_.count(mapping, counts_);
    ++evaluated_;
    const Score s = score(objective_, model_.cost(counts_));
    if (s < best_) {
      best_ = s;
      mapping_ = mapping;
    }
  }

  const Einsum& einsum_;
  const TestChip& chip_;
  Objective objective_;
  ActionCounter counter_;
  CostModel model_;
  Counts counts_;
  std::vector<NodeId> nodes_;
  std::vector<std::vector<Loop>> loops_;
  std::vector<unsigned> keeps_;
  Score best_{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::int64_t evaluated_ = 0;
};

TEST(ExactSearch, FindsTheOptimumOfRandomMapspaces) {
  int spaces = 0;
  std::int64_t brute_evaluated = 0, states = 0, bounded = 0, repeated = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Draw draw(seed);
    const TestChip chip = random_small_chip(draw);
    const Einsum einsum = lower("layer", random_small_layer(draw), chip.architecture);
    const Objective objective = draw.one_of<Objective>({{1, 1}, {1, 0}, {0, 1}, {1, 2}});
    const Mapspace space = make_mapspace(einsum, chip.architecture, {});
    const CostModel model(einsum, chip.architecture, chip.tables);
    const NativeLimits limits(space, model, objective);
    ExactSearchStats stats;
    const ExactSearchResult result = exact_search(
        space, [&](const Skeleton& skeleton) { return std::make_unique<NativeTraffic>(skeleton, limits); }, {}, &stats);
    states += stats.nests.states;
    bounded += stats.nests.bounded;
    repeated += stats.nests.repeated;
    BruteForce brute(einsum, chip, objective);
    const Score best = brute.best();
    brute_evaluated += brute.evaluated();
    ASSERT_EQ(std::isfinite(best.value), result.best.has_value()) << seed;
    if (!result.best) continue;
    if (result.best->score.tie > best.tie * (1 + 1e-9) || std::abs(result.best->score.value / best.value - 1) > 1e-9) {
      printf("%s\nours %s\n%.17g %.17g vs %.17g %.17g\nbrute %s\n", to_string(objective).c_str(),
             to_text(einsum, chip.architecture, to_mapping(space, result.best->candidate)).c_str(),
             result.best->score.value, result.best->score.tie, best.value, best.tie,
             to_text(einsum, chip.architecture, brute.mapping_).c_str());
    }
    ++spaces;
    ASSERT_NEAR(result.best->score.value, best.value, 1e-9 * best.value) << seed;
    ASSERT_LE(result.best->score.tie, best.tie * (1 + 1e-9)) << seed;
    ASSERT_TRUE(fits(space, result.best->candidate)) << seed;
  }
  printf("%d spaces, %ld brute, %ld states %ld bounded %ld repeated\n", spaces, brute_evaluated, states, bounded,
         repeated);
}

}  // namespace
}  // namespace ohmloop
