#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"

#include <gtest/gtest.h>

#include "ohmloop/mapper/exact/cost_to_go.hpp"
#include "ohmloop/mapper/exact/nest_state.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/timeloop/random_specs_for_tests.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"

namespace ohmloop {
namespace {

TEST(TimeloopTraffic, AddsUpToTheModelsCost) {
  const std::uint32_t seeds = getenv("SEEDS") ? atoi(getenv("SEEDS")) : 1000;
  int nests = 0, held = 0;
  for (std::uint32_t seed = getenv("FROM") ? atoi(getenv("FROM")) : 0; seed < seeds; ++seed) {
    Draw draw(seed);
    timeloop::TimeloopSpec spec = random_spec(draw);
    for (timeloop::LoopDirective& directive : spec.constraints.loops) directive.permutation.clear();
    Diagnostics diagnostics;
    const auto made = TimeloopSpace::make(spec, diagnostics);
    if (!made)
      for (const auto& d : diagnostics.all()) printf("%s\n", d.message.c_str());
    ASSERT_TRUE(made != nullptr) << seed;
    const Mapspace& space = made->space();
    const Skeleton skeleton(space, blank_candidate(space).keeps);
    TimeloopTraffic traffic(*made, skeleton, {1, 1});
    ASSERT_TRUE(traffic.fits());
    std::vector<SpatialFactors> all;
    for_all_spatial_factors(space, [&](const SpatialFactors& factors) {
      all.push_back(factors);
      return true;
    });
    if (all.empty()) continue;
    const Candidate candidate = spatial_candidate(space, skeleton.keeps, all[draw.below(all.size())]);
    const SpatialLoops spatial(skeleton, candidate);
    traffic.start(spatial, candidate);
    const TimeLattice lattice(spatial.times());
    const NestRules rules(skeleton, traffic, spatial, lattice);
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
          const std::size_t rank = draw.below(skeleton.ranks());
          if ((state.used >> rank & 1U) != 0) continue;
          const auto& factors = lattice.factors(state.point, rank);
          if (factors.empty() || (!outermost && draw.below(3) == 0)) continue;
          const auto& range = space.places[skeleton.blocks[block].place].ranges[rank];
          const TimeLattice::Factor& factor = outermost ? factors.back() : factors[draw.below(factors.size())];
          if (factor.bound > range.most) continue;
          rules.add_loop(state, rank, factor, path);
          const NestRules::Outlook outlook = rules.outlook(state);
          std::string about = "tables block " + std::to_string(block) + " rank " + std::to_string(rank) + " links ";
          for (const Role role : all_roles)
            about += std::to_string(outlook.links[role_index(role)].first) + "/" +
                     std::to_string(outlook.links[role_index(role)].slid) + "(" +
                     std::to_string(outlook.left_out[role_index(role)].first) + ") ";
          least.emplace_back(state.amounts + bounds.at(block, outlook.links, state.point), about);
          ByRole<OpenLinks> open = outlook.links;
          if (const auto more = rules.counted_least(state, path, open)) {
            least.emplace_back(*more + bounds.at(block, open, state.point), "loops");
          }
        }
        if (!outermost) rules.leave_block(state);
      }
      if (state.point != lattice.full()) continue;
      ++nests;
      rules.finish(state, path);
      const Candidate whole = path_candidate(skeleton, path);
      const timeloop::Nest loops = made->nest(whole);
      const timeloop::TimeloopResult result = timeloop::evaluate(loops, made->counting());
      std::string text;
      for (std::size_t l = loops.levels.size(); l-- > 0;) {
        text += loops.levels[l].name + " keeps";
        for (std::size_t d = 0; d < 3; ++d)
          text += loops.levels[l].rules[d].keep ? " " + loops.problem.data_spaces[d].name : "";
        text += ":";
        for (std::size_t i = loops.levels[l].loops.size(); i-- > 0;) {
          const auto& loop = loops.levels[l].loops[i];
          text += " " + loops.problem.dimensions[loop.dimension] + std::to_string(loop.bound) +
                  (loop.kind == timeloop::LoopKind::temporal    ? ""
                   : loop.kind == timeloop::LoopKind::spatial_x ? "X"
                                                                : "Y");
        }
        text += "\n";
      }
      const double lat = static_cast<double>(result.cycles);
      const Score score = traffic.score(state.amounts);
      if (std::abs(score.value / (result.energy_pj * lat) - 1) > 1e-9) {
        timeloop::CountingOptions o = made->counting();
        o.hops = false;
        const auto nohops = timeloop::evaluate(loops, o);
        printf("energy %g without hops %g\n", result.energy_pj, nohops.energy_pj);
        for (const Role role : all_roles) {
          const std::size_t r = role_index(role);
          printf("role %zu counted %d exact %d fixed %g links begun %d ended %d\n", r, traffic.counts(role),
                 traffic.fixed_is_exact(role), traffic.fixed_of(role).of[0], state.links[r].begun,
                 state.links[r].ended);
          if (traffic.counts(role))
            for (std::size_t k = 0; k < skeleton.keepers[r].size(); ++k)
              printf("  link %zu exact %g\n", k, traffic.exact(role, k, k, path).of[0]);
          else
            for (std::size_t k = 1; k < skeleton.keepers[r].size(); ++k)
              printf("  link %zu charge at full %g\n", k, traffic.charge(role, k, k, {}, spatial.times()).of[0]);
          for (std::size_t l = 0; l < result.levels.size(); ++l)
            printf("  %s %g: reads %ld fills %ld updates %ld peers %ld\n", result.levels[l].name.c_str(),
                   result.levels[l].data_spaces[made->data_space(role)].energy_pj,
                   result.levels[l].data_spaces[made->data_space(role)].reads,
                   result.levels[l].data_spaces[made->data_space(role)].fills,
                   result.levels[l].data_spaces[made->data_space(role)].updates,
                   result.levels[l].data_spaces[made->data_space(role)].peer_fills);
        }
      }
      ASSERT_NEAR(score.value, result.energy_pj * lat, 1e-9 * score.value)
          << seed << "\n"
          << text << score.tie << " " << result.energy_pj << " cycles " << lat;
      std::size_t storage = 0;
      if (!fits(space, whole)) continue;
      ++held;
      for (const auto& [bound, what] : least) {
        for (std::size_t i = 0; i < traffic.amounts(); ++i) {
          if (bound.of[i] > state.amounts.of[i] * (1 + 1e-9) + 1e-9) {
            {
              NestState st = rules.start();
              NestPath pp{&candidate, &spatial.times(), {}};
              std::size_t bl = 0;
              auto show = [&](const char* w) {
                auto o = rules.outlook(st);
                printf("%s: amounts %g togo %g links %zu/%zu %zu/%zu %zu/%zu\n", w, st.amounts.of[i],
                       bounds.at(st.block, o.links, st.point).of[i], o.links[0].first, o.links[0].slid,
                       o.links[1].first, o.links[1].slid, o.links[2].first, o.links[2].slid);
              };
              show("start");
              for (auto& lo : path.loops) {
                while (bl < lo.block) {
                  rules.leave_block(st);
                  ++bl;
                  show("leave");
                }
                for (auto& f : lattice.factors(st.point, lo.rank))
                  if (f.bound == lo.bound) {
                    rules.add_loop(st, lo.rank, f, pp);
                    break;
                  }
                show((spec.problem->dimensions[made->dimension(lo.rank)] + std::to_string(lo.bound)).c_str());
              }
            }
            for (const Role role : all_roles) {
              printf("fixed %g exact %d counted %d\n", traffic.fixed_of(role).of[0], traffic.fixed_is_exact(role),
                     traffic.counts(role));
              if (traffic.counts(role))
                for (std::size_t k = 0; k < skeleton.keepers[role_index(role)].size(); ++k)
                  printf("  link %zu exact %g\n", k, traffic.exact(role, k, k, path).of[i]);
            }
          }
          ASSERT_LE(bound.of[i], state.amounts.of[i] * (1 + 1e-9) + 1e-9) << seed << " " << what << " " << i << "\n"
                                                                          << text;
        }
      }
    }
  }
  printf("%d nests, %d legal\n", nests, held);
}

}  // namespace
}  // namespace ohmloop
