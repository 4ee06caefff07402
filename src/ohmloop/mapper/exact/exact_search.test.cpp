#include <random>

#include <gtest/gtest.h>

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/candidate_counts.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/exact/nest_search.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/placement_choices.hpp"

namespace ohmloop {
namespace {

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[engine_() % values.size()];
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine_() % n); }

 private:
  std::mt19937 engine_;
};

TestChip random_chip(Draw& draw) {
  TestChip chip;
  const auto placement = [&] { return draw.one_of({Placement::keep, Placement::keep, Placement::bypass}); };
  chip.add_memory("dram", keep_all, std::nullopt, draw.one_of({60, 200, 500}));
  if (draw.below(2) == 0) chip.memory("dram").read_bandwidth_bits_per_cycle = draw.one_of({16.0, 64.0});
  if (draw.below(2) == 0) chip.add_fanout("core", 2);
  chip.add_memory("buffer", {placement(), placement(), placement()}, draw.one_of({320, 800, 2048}),
                  draw.one_of({3, 6, 15}));
  if (draw.below(3) == 0) chip.memory("buffer").write_bandwidth_bits_per_cycle = draw.one_of({16.0, 64.0});
  Fanout& fanout = chip.add_fanout("pe", draw.one_of({2, 4, 6}));
  if (draw.below(3) == 0) fanout.shares = {draw.below(2) == 0, draw.below(2) == 0, draw.below(2) == 0};
  if (draw.below(2) == 0)
    chip.add_memory("register", {placement(), placement(), placement()}, draw.one_of({48, 128, 400}), 1);
  chip.add("mac", Compute{}, {{"compute", 1}});
  return chip;
}

LayerShape random_layer(Draw& draw) {
  if (draw.below(3) == 0) return matmul(1, draw.one_of({2, 3, 4}), draw.one_of({2, 4, 6}), draw.one_of({2, 3}));
  ConvolutionParameters parameters;
  parameters.kernel_height = draw.one_of({1, 2, 3});
  parameters.kernel_width = draw.one_of({1, 2});
  parameters.pad_top = draw.one_of({0, 0, 1});
  parameters.pad_bottom = draw.one_of({0, 0, 1});
  parameters.stride_height = draw.one_of({1, 1, 2});
  return convolution(1, draw.one_of({1, 2}), draw.one_of({3, 4, 5, 6}), draw.one_of({2, 3, 4}), draw.one_of({1, 2}),
                     parameters);
}

/// Plays random nests.
TEST(NativeTraffic, AddsUpToTheModelsCost) {
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    Draw draw(seed);
    const TestChip chip = random_chip(draw);
    const Einsum einsum = lower("layer", random_layer(draw), chip.architecture);
    const Mapspace space = make_mapspace(einsum, chip.architecture, {});
    const CostModel model(einsum, chip.architecture, chip.tables);
    const NativeLimits limits(space, model, {1, 1});
    const Skeleton skeleton(space, blank_candidate(space).keeps);
    NativeTraffic traffic(skeleton, limits);
    std::vector<SpatialFactors> all;
    for_all_spatial_factors(space, [&](const SpatialFactors& factors) {
      all.push_back(factors);
      return true;
    });
    const Candidate candidate =
        spatial_candidate(space, skeleton.keeps, all[draw.below(static_cast<std::uint32_t>(all.size()))]);
    const SpatialLoops spatial(skeleton, candidate);
    traffic.start(spatial, candidate);
    const TimeLattice lattice(spatial.times());
    const NestRules rules(skeleton, traffic, spatial, lattice);
    CandidateCounts counts(space);
    CostToGo bounds(skeleton);
    bounds.start(traffic, spatial, lattice);
    for (std::size_t i = 0; i < traffic.amounts(); ++i) bounds.bound(i);
    for (int nest = 0; nest < 30; ++nest) {
      NestState state = rules.start();
      NestPath path{&candidate, &spatial.times(), {}};
      std::vector<std::pair<Amounts, std::string>> least;
      for (std::size_t block = 0; block < skeleton.blocks.size(); ++block) {
        const bool outermost = block + 1 == skeleton.blocks.size();
        for (int tries = 0; tries < 30; ++tries) {
          const std::size_t rank = draw.below(static_cast<std::uint32_t>(skeleton.ranks()));
          if ((state.used >> rank & 1U) != 0) continue;
          const auto& factors = lattice.factors(state.point, rank);
          if (factors.empty() || (!outermost && draw.below(3) == 0)) continue;
          const TimeLattice::Factor& factor =
              outermost ? factors.back() : factors[draw.below(static_cast<std::uint32_t>(factors.size()))];
          rules.add_loop(state, rank, factor, path);
          const NestRules::Outlook outlook = rules.outlook(state);
          Amounts bound = state.amounts + bounds.at(block, outlook.links, state.point);
          std::string about = "tables block " + std::to_string(block) + " rank " + std::to_string(rank) + " links ";
          for (const Role role : all_roles)
            about += std::to_string(outlook.links[role_index(role)].first) + "/" +
                     std::to_string(outlook.links[role_index(role)].slid) + "(" +
                     std::to_string(outlook.left_out[role_index(role)].first) + ") ";
          least.emplace_back(bound, about);
          ByRole<OpenLinks> open = outlook.links;
          if (const auto more = rules.counted_least(state, path, open)) {
            least.emplace_back(*more + bounds.at(block, open, state.point), "loops");
          }
        }
        if (!outermost) {
          for (std::size_t rank = 0; rank < skeleton.ranks(); ++rank) {
          }
          rules.leave_block(state);
        }
      }
      if (state.point != lattice.full()) continue;
      rules.finish(state, path);
      const Candidate whole = path_candidate(skeleton, path);
      const Cost cost = model.cost(counts.count(whole));
      const std::string text = to_text(einsum, chip.architecture, to_mapping(space, whole));
      ASSERT_NEAR(state.amounts.energy_pj(), cost.energy_pj, 1e-9 * cost.energy_pj) << seed << "\n" << text;
      const Score score = traffic.score(state.amounts);
      ASSERT_NEAR(score.value, (cost.energy_pj + cost.leakage_pj) * static_cast<double>(cost.latency_cycles),
                  1e-9 * score.value)
          << seed << "\n"
          << text;
      if (!fits(space, whole)) continue;
      for (const auto& [bound, what] : least) {
        if (bound.of[0] > state.amounts.of[0] * (1 + 1e-9)) {
          printf("fixed %g %g %g exact0 %d\n", traffic.fixed_of(Role::input).of[0],
                 traffic.fixed_of(Role::weight).of[0], traffic.fixed_of(Role::output).of[0],
                 traffic.fixed_is_exact(Role::input));
          Amounts e0 = traffic.exact(Role::input, 0, 0, path), e1 = traffic.exact(Role::input, 1, 1, path);
          printf("exact link 0 %g 1 %g\n", e0.of[0], e1.of[0]);
          auto ex = spatial.times();
          ex[0] = 1;
          printf("charge %g %g\n", traffic.charge(Role::input, 1, 1, {Ending::slid_stood, 1, 0}, ex).of[0],
                 traffic.charge(Role::input, 1, 1, {Ending::moved, 1, 0}, ex).of[0]);
        }
        for (std::size_t i = 0; i < limits.amounts(); ++i) {
          ASSERT_LE(bound.of[i], state.amounts.of[i] * (1 + 1e-9) + 1e-9) << seed << " " << what << " " << i << "\n"
                                                                          << text;
        }
      }
    }
  }
}

}  // namespace
}  // namespace ohmloop
