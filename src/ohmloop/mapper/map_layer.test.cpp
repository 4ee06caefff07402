#include "ohmloop/mapper/map_layer.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/exact/random_spaces_for_tests.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/mapspace_size.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {
namespace {

/// Walks over every legal nest by brute force: every way to place free tensors, all factors of every rank at all places
/// and all permutations of the loops of every memory. Written without anything of the search's.
class BruteForce {
 public:
  BruteForce(const Einsum& einsum, const TestChip& chip, const Objective& objective,
             std::optional<Role> not_stationary = {})
      : einsum_(einsum),
        chip_(chip),
        objective_(objective),
        not_stationary_(not_stationary),
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
    if (not_stationary_ && stationary_tensor(einsum_, mapping) == *not_stationary_) return;
    best_ = std::min(best_, score(objective_, model_.cost(counts_)));
  }

  const Einsum& einsum_;
  const TestChip& chip_;
  Objective objective_;
  std::optional<Role> not_stationary_;
  ActionCounter counter_;
  CostModel model_;
  Counts counts_;
  std::vector<NodeId> nodes_;
  std::vector<std::vector<Loop>> loops_;
  std::vector<unsigned> keeps_;
  Score best_{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::int64_t evaluated_ = 0;
};

struct RandomSpace {
  explicit RandomSpace(std::uint32_t seed)
      : draw(seed), chip(random_small_chip(draw)), einsum(lower("layer", random_small_layer(draw), chip.architecture)) {
    objective = draw.one_of<Objective>({{1, 1}, {1, 0}, {0, 1}, {1, 2}});
  }

  [[nodiscard]] MapperResult map(MapOptions options = {}, MapStats* stats = nullptr) const {
    options.objective = objective;
    return map_layer(einsum, chip.architecture, chip.tables, options, stats);
  }

  Draw draw;
  TestChip chip;
  Einsum einsum;
  Objective objective;
};

void expect_optimum(const RandomSpace& space, const MapperResult& result, const Score& best, std::uint32_t seed) {
  ASSERT_EQ(std::isfinite(best.value), result.best.has_value()) << seed;
  if (!result.best) return;
  const Score ours = score(space.objective, result.best->evaluation);
  EXPECT_NEAR(ours.value, best.value, 1e-9 * best.value) << seed << " " << to_string(space.objective);
  EXPECT_LE(ours.tie, best.tie * (1 + 1e-9)) << seed;
  EXPECT_TRUE(result.best->certificate.optimal) << seed;
  EXPECT_EQ(result.best->certificate.gap, 0.0) << seed;
}

TEST(MapLayer, FindsTheOptimumOfRandomMapspaces) {
  for (std::uint32_t seed = 0; seed < 240; ++seed) {
    const RandomSpace space(seed);
    const MapperResult result = space.map();
    EXPECT_EQ(result.none.has_value(), !result.best.has_value()) << seed;
    expect_optimum(space, result, BruteForce(space.einsum, space.chip, space.objective).best(), seed);
  }
}

TEST(MapLayer, FindsTheRunnerUpWithAnotherDataflow) {
  int found = 0;
  for (std::uint32_t seed = 0; seed < 80; ++seed) {
    const RandomSpace space(seed);
    const MapperResult best = space.map();
    if (!best.best) continue;
    const Role stationary = best.best->stationary;
    const MapperResult other = space.map({.not_stationary = stationary});
    expect_optimum(space, other, BruteForce(space.einsum, space.chip, space.objective, stationary).best(), seed);
    if (!other.best) continue;
    EXPECT_NE(other.best->stationary, stationary) << seed;
    ++found;
  }
  EXPECT_GE(found, 40);
}

TEST(MapLayer, IsTheSameForAnyNumberOfThreads) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const RandomSpace space(seed);
    MapStats one_stats;
    MapStats many_stats;
    const MapperResult one = space.map({.threads = 1}, &one_stats);
    const MapperResult many = space.map({.threads = 5}, &many_stats);
    ASSERT_EQ(one.best.has_value(), many.best.has_value()) << seed;
    if (!one.best) continue;
    EXPECT_EQ(one.best->mapping, many.best->mapping) << seed;
    EXPECT_EQ(one_stats.nests.states, many_stats.nests.states) << seed;
    EXPECT_EQ(one_stats.table_entries, many_stats.table_entries) << seed;
  }
}

/// The bound holds whenever the search is stopped, and what was found by then is worth what it says.
TEST(MapLayer, SaysHowFarItMayBeFromTheOptimumWhenItIsStopped) {
  int stopped = 0;
  int with_gap = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const RandomSpace space(seed);
    const MapperResult whole = space.map();
    if (!whole.best) continue;
    const double best = score(space.objective, whole.best->evaluation).value;
    for (const std::int64_t states : {1, 5, 20, 60}) {
      const MapperResult some = space.map({.most_states = states});
      if (!some.best) continue;
      const Certificate& certificate = some.best->certificate;
      const double value = score(space.objective, some.best->evaluation).value;
      EXPECT_GE(value, best * (1 - 1e-9)) << seed;
      if (certificate.optimal) {
        EXPECT_NEAR(value, best, 1e-9 * best) << seed;
      }
      if (!certificate.lower_bound) continue;
      EXPECT_LE(*certificate.lower_bound, best * (1 + 1e-9)) << seed;
      EXPECT_LE(value, (1 + *certificate.gap) * best * (1 + 1e-9)) << seed;
      ++stopped;
      with_gap += certificate.optimal ? 0 : 1;
    }
  }
  EXPECT_GE(stopped, 60);
  EXPECT_GE(with_gap, 20);
}

TEST(MapLayer, HasSomethingToShowWhenItIsStoppedAtOnce) {
  const RandomSpace space(1);
  MapStats stats;
  const MapperResult result = space.map({.stop = [] { return true; }}, &stats);
  ASSERT_TRUE(result.best.has_value());
  EXPECT_GT(stats.not_searched, 0);
}

TEST(MapspaceSize, CountsTilingsOrdersPlacementsAndSpatialChoices) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, 60);
  chip.add_memory("buffer", {Placement::free, Placement::keep, Placement::keep}, 1 << 20, 3);
  chip.add_fanout("pe", 2);
  chip.add("mac", Compute{}, {{"compute", 1}});
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 3), chip.architecture);
  const double orders = 6 * 6;
  // Of 2, 4 and 3 among two memories: 2 * 3 * 2 ways; with one of the 2 or of the 4 across the copies 1 * 3 * 2, 2 * 2
  // * 2.
  EXPECT_DOUBLE_EQ(mapspace_size(make_mapspace(einsum, chip.architecture, {})), 2 * orders * (12 + 6 + 8));
}

}  // namespace
}  // namespace ohmloop
