#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/exact/random_spaces_for_tests.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/mapper/objective.hpp"

/// For tests alone.
namespace ohmloop {

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

  using OnMapping = std::function<void(const Counts&, const Cost&)>;
  /// Called for every legal mapping.
  void on_mapping(OnMapping call) { on_mapping_ = std::move(call); }

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
    if (on_mapping_) on_mapping_(counts_, model_.cost(counts_));
    if (not_stationary_ && stationary_tensor(einsum_, mapping) == *not_stationary_) return;
    best_ = std::min(best_, score(objective_, model_.cost(counts_)));
  }

  const Einsum& einsum_;
  const TestChip& chip_;
  Objective objective_;
  std::optional<Role> not_stationary_;
  OnMapping on_mapping_;
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

}  // namespace ohmloop
