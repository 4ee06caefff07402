#include "ohmloop/mapper/candidate_counts.hpp"

#include <gtest/gtest.h>

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/enumerate.hpp"
#include "ohmloop/mapper/lower_bound.hpp"
#include "ohmloop/mapper/seeds.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

LayerShape padded_conv() {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  parameters.pad_top = parameters.pad_left = 1;
  return convolution(1, 2, 6, 5, 4, parameters);
}

std::vector<Candidate> candidates_of(const Mapspace& space) {
  if (space.architecture->array) {
    std::vector<Candidate> candidates;
    for (const Candidate& choice : array_spatial_choices(space, 8).choices) {
      for (Candidate& seed : temporal_seeds(space, choice)) {
        trim(space, seed);
        if (fits(space, seed)) candidates.push_back(std::move(seed));
      }
    }
    return candidates;
  }
  std::vector<Candidate> all = all_candidates(space, 100'000).value();
  std::vector<Candidate> some;
  for (std::size_t i = 0; i < all.size(); i += 7) some.push_back(std::move(all[i]));
  return some;
}

/// Calls `check` with a mapspace, its tables and its candidates, for chips and layers of several kinds.
template <class Check>
void for_each_space(const Check& check) {
  TestChip digital = small_digital_chip(512);
  digital.memory("buffer").placement = leave_free;
  digital.memory("buffer").read_bandwidth_bits_per_cycle = 24;
  digital.tables.nodes[1].leakage_power_w = 1e-3;
  for (const TestChip& chip : {digital, small_array_chip(3), small_array_chip(64)}) {
    for (const LayerShape& shape : {padded_conv(), matmul(1, 4, 6, 4)}) {
      const Einsum einsum = lower("layer", shape, chip.architecture);
      const Mapspace space = make_mapspace(einsum, chip.architecture, {});
      const std::vector<Candidate> candidates = candidates_of(space);
      EXPECT_FALSE(candidates.empty());
      check(space, chip.tables, candidates);
    }
  }
}

TEST(CandidateCounts, EqualThoseOfTheWholeMapping) {
  for_each_space([](const Mapspace& space, const ReferenceTables&, const std::vector<Candidate>& candidates) {
    CandidateCounts counts(space);
    for (const Candidate& candidate : candidates) {
      Counts whole = count_actions(*space.einsum, *space.architecture, to_mapping(space, candidate));
      whole.used_instances.clear();
      ASSERT_EQ(counts.count(candidate), whole)
          << to_text(*space.einsum, *space.architecture, to_mapping(space, candidate));
    }
    EXPECT_LT(counts.counted(), static_cast<std::int64_t>(3 * candidates.size())) << "nothing was shared";
  });
}

TEST(CostModel, GivesWhatAnEvaluationGives) {
  for_each_space([](const Mapspace& space, const ReferenceTables& tables, const std::vector<Candidate>& candidates) {
    const CostModel model(*space.einsum, *space.architecture, tables);
    for (const Candidate& candidate : candidates) {
      const Counts counts = count_actions(*space.einsum, *space.architecture, to_mapping(space, candidate));
      const Evaluation whole = evaluate(*space.einsum, *space.architecture, tables, counts);
      const Cost cost = model.cost(counts);
      ASSERT_NEAR(cost.energy_pj, whole.energy_pj, 1e-9 * whole.energy_pj);
      ASSERT_DOUBLE_EQ(cost.leakage_pj, whole.leakage_pj);
      ASSERT_EQ(cost.latency_cycles, whole.latency_cycles);
    }
  });
}

TEST(LowerBound, IsNeverAboveTheCost) {
  for_each_space([](const Mapspace& space, const ReferenceTables& tables, const std::vector<Candidate>& candidates) {
    if (space.architecture->array) return;
    const CostModel model(*space.einsum, *space.architecture, tables);
    for (const Objective& objective : {Objective{1, 0}, Objective{0, 1}, Objective{1, 1}}) {
      const LowerBound bound(space, model, objective);
      for (const Candidate& candidate : candidates) {
        const Counts counts = count_actions(*space.einsum, *space.architecture, to_mapping(space, candidate));
        ASSERT_LE(bound.of(candidate).value, score(objective, model.cost(counts)).value * (1 + 1e-12));
      }
    }
  });
}

}  // namespace
}  // namespace ohmloop
