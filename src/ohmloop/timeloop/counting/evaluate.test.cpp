#include "ohmloop/timeloop/counting/evaluate.hpp"

#include <gtest/gtest.h>

#include "ohmloop/timeloop/counting/eyeriss_nest_testing.hpp"
#include "ohmloop/timeloop/counting/native_nest_testing.hpp"

namespace ohmloop::timeloop {
namespace {

constexpr LoopKind t = LoopKind::temporal;
constexpr LoopKind x = LoopKind::spatial_x;

/// A register with all positions below a memory with the taps: 48 computes.
Nest weight_stationary() { return small_nest({1, 1, 3, 16}, 1, {{{{P, 16}}}, {{{R, 3}}}}); }

/// Four registers, one position each; taps in time.
Nest four_positions() { return small_nest({1, 1, 3, 4}, 1, {{{{R, 3}}}, {{{P, 4, 4, x}}, {true, true, true}, 4}}); }

TEST(Evaluate, counts_a_mapping_that_is_done_on_paper) {
  const TimeloopResult result = evaluate(weight_stationary());
  EXPECT_EQ(result.computes, 48);
  EXPECT_EQ(result.cycles, 48);
  EXPECT_EQ(result.bottleneck, result.levels.size());
  const auto& registers = result.levels[0].data_spaces;
  EXPECT_EQ(registers[0].reads, 48);
  EXPECT_EQ(registers[0].fills, 3);
  EXPECT_EQ(registers[1].fills, 18);
  EXPECT_EQ(registers[2].reads, 32);
  EXPECT_EQ(registers[2].updates, 48);
  EXPECT_EQ(registers[2].fills, 0);
  EXPECT_EQ(result.levels[1].data_spaces[2].updates, 16);
}

TEST(Evaluate, an_evaluator_gives_the_same_after_another_nest) {
  Evaluator evaluator;
  const double first = evaluator.evaluate(eyeriss_vgg16_nest()).energy_pj;
  evaluator.evaluate(weight_stationary());
  EXPECT_EQ(evaluator.evaluate(eyeriss_vgg16_nest()).energy_pj, first);
  EXPECT_NEAR(first / 1e6, 13306.71, 0.005);
}

TEST(Evaluate, a_narrow_level_slows_everything_down) {
  Nest nest = weight_stationary();
  nest.levels[0].read_bandwidth = 1;  // 48 + 48 + 32 words in 48 cycles
  const TimeloopResult result = evaluate(nest);
  EXPECT_EQ(result.cycles, 128);
  EXPECT_EQ(result.bottleneck, 0U);
  EXPECT_DOUBLE_EQ(result.utilization, 48.0 / 128.0);
  nest.levels[0].read_bandwidth.reset();
  nest.levels[0].shared_bandwidth = 2;  // and 3 + 18 + 48 written
  EXPECT_EQ(evaluate(nest).cycles, 99);
}

TEST(Evaluate, rmw_first_update_reads_and_fetches_every_sum) {
  Nest nest = small_nest({1, 2, 1, 4}, 1, {{{}}, {{{P, 4}, {C, 2}}}});
  EXPECT_EQ(evaluate(nest).levels[0].data_spaces[2].fills, 4);
  nest.levels[0].rules[2].rmw_first_update = true;
  const TimeloopResult result = evaluate(nest);
  EXPECT_EQ(result.levels[0].data_spaces[2].fills, 8);
  EXPECT_EQ(result.levels[0].data_spaces[2].reads, 8);
  EXPECT_EQ(evaluate(small_nest({1, 2, 1, 4}, 1, {{{}}, {{{P, 4}, {C, 2}}}}), {.first_read_elision = false})
                .levels[0]
                .data_spaces[2]
                .fills,
            8);
}

TEST(Evaluate, what_does_not_coalesce_passes_word_by_word) {
  Nest nest = weight_stationary();
  for (DataSpaceRules& rules : nest.levels[0].rules) rules.no_coalesce = true;
  const auto registers = evaluate(nest).levels[0].data_spaces;
  EXPECT_EQ(registers[0].reads, 48);
  EXPECT_EQ(registers[0].fills, 48);
  EXPECT_EQ(registers[0].updates, 0);
  EXPECT_EQ(registers[2].reads, 48);
  EXPECT_EQ(registers[2].fills, 48);
  EXPECT_EQ(registers[2].updates, 48);
}

TEST(Evaluate, no_reuse_takes_sharing_away) {
  Nest nest = four_positions();
  EXPECT_EQ(evaluate(nest).levels[1].data_spaces[0].reads, 3);
  nest.levels[1].rules[0].no_spatial_reuse = true;
  EXPECT_EQ(evaluate(nest).levels[1].data_spaces[0].reads, 12);
  Nest steps = weight_stationary();
  steps.levels[0].rules[1].no_temporal_reuse = true;
  EXPECT_EQ(evaluate(steps).levels[0].data_spaces[1].fills, 48);
}

TEST(Evaluate, neighbours_hand_words_on) {
  const Nest nest = small_nest({1, 1, 3, 4}, 1, {{}, {{{P, 4, 4, x}, {R, 3}}, {true, true, true}, 4}});
  const TimeloopResult result = evaluate(nest);
  EXPECT_EQ(result.levels[1].data_spaces[1].reads, 6);  // four, then one new word a step
  EXPECT_EQ(result.networks[0].data_spaces[1].link_transfers, 6);
  EXPECT_EQ(result.levels[0].data_spaces[1].fills, 3);
  Nest without = nest;
  without.levels[1].rules[1].no_link_transfer = true;
  EXPECT_EQ(evaluate(without).levels[1].data_spaces[1].reads, 12);
}

TEST(Evaluate, instances_switched_off_together_leak_together) {
  Nest nest = small_nest({1, 2, 3, 16}, 1, {{{{P, 16}}}, {{{C, 2, 2, x}, {R, 3}}, {true, true, true}, 4}});
  nest.levels[0].energies.leak_pj = 1;
  EXPECT_EQ(evaluate(nest).levels[0].leakage_energy_pj, 2 * 48);
  nest.levels[0].power_gated_at = 1;
  EXPECT_EQ(evaluate(nest).levels[0].leakage_energy_pj, 4 * 48);
}

TEST(Evaluate, clusters_share_an_access) {
  Nest nest = four_positions();
  nest.levels[0].energies.read_pj = 1;
  const double apart = evaluate(nest).levels[0].data_spaces[0].energy_pj;
  nest.levels[0].cluster_size = 4;
  const DataSpaceResult together = evaluate(nest).levels[0].data_spaces[0];
  EXPECT_EQ(together.utilized_clusters, 1);
  EXPECT_EQ(apart, 12);
  EXPECT_EQ(together.energy_pj, 3);
}

TEST(Evaluate, networks_charge_hops_routers_and_ingresses) {
  Nest nest = four_positions();
  Network network;
  network.name = "bus";
  network.outer = 1;
  network.hop_pj = 1;
  network.fill_latency_cycles = 5;
  nest.networks = {network};
  const TimeloopResult result = evaluate(nest);
  // Three weights along to the farthest of four columns; each of 12 inputs 1.5 columns on average, and of 4 outputs.
  EXPECT_EQ(result.networks[0].data_spaces[0].energy_pj, 3 * 3);
  EXPECT_EQ(result.networks[0].data_spaces[1].energy_pj, 12 * 1.5);
  EXPECT_EQ(result.networks[0].data_spaces[2].energy_pj, 4 * 1.5);
  EXPECT_EQ(result.cycles, 3 + 5);
  nest.networks[0].hop_pj = 0;
  nest.networks[0].ingress_pj = 2;
  EXPECT_EQ(evaluate(nest).networks[0].energy_pj, 2 * (3 + 12 + 4));
}

TEST(Evaluate, multicast_networks_charge_by_factor) {
  Nest nest = four_positions();
  Network network;
  network.kind = NetworkKind::simple_multicast;
  network.outer = 1;
  network.multicast_energies = {{{1, 1.0}, {4, 7.0}}, {}, {{1, 0.5}}};
  nest.networks = {network};
  const TimeloopResult result = evaluate(nest);
  EXPECT_EQ(result.networks[0].data_spaces[0].energy_pj, 3 * 7.0);
  EXPECT_EQ(result.networks[0].data_spaces[1].energy_pj, 0);
  EXPECT_EQ(result.networks[0].data_spaces[2].energy_pj, 4 * 0.5);
}

TEST(Evaluate, the_last_iteration_may_be_shorter) {
  const Nest nest = small_nest({1, 1, 1, 10}, 1, {{{}}, {{{P, 4}, {P, 3}}}});
  Nest imperfect = nest;
  imperfect.levels[1].loops[0].last_bound = 2;  // 4 + 4 + 2
  EXPECT_NE(check_nest(nest), std::vector<std::string>());
  EXPECT_EQ(check_nest(imperfect), std::vector<std::string>());
  const TimeloopResult result = evaluate(imperfect, {.extrapolate = false});
  EXPECT_EQ(result.computes, 10);
  EXPECT_EQ(result.cycles, 12);
  EXPECT_EQ(result.levels[1].data_spaces[1].reads, 10);
}

TEST(CheckNest, says_which_factors_do_not_multiply_up) {
  Nest nest = weight_stationary();
  nest.problem.sizes[P] = 17;
  EXPECT_EQ(check_nest(nest), std::vector<std::string>{"the factors of P make 16, but the problem has 17"});
}

TEST(CheckNest, says_what_does_not_fit) {
  Nest nest = weight_stationary();
  nest.levels[0].capacity_words = 32;
  EXPECT_EQ(check_nest(nest), std::vector<std::string>{
                                  "register holds 32 words, but its tiles take 33 (Weights 1, Inputs 16, Outputs 16)"});
  nest.levels[0].capacity_words = 66;
  nest.levels[0].multiple_buffering = 2;
  EXPECT_TRUE(check_nest(nest).empty());
}

TEST(CheckNest, says_where_copies_are_missing) {
  Nest nest = four_positions();
  nest.levels[0].instances = nest.levels[0].mesh_x = 3;
  nest.arithmetic.instances = nest.arithmetic.mesh_x = 3;
  EXPECT_EQ(check_nest(nest),
            std::vector<std::string>{
                "the loops below memory spread over 4 copies of register along X, but the hardware has 3"});
}

TEST(CheckNest, says_what_nobody_keeps) {
  Nest nest = weight_stationary();
  for (StorageLevel& level : nest.levels) level.rules[2].keep = false;
  EXPECT_EQ(check_nest(nest), std::vector<std::string>{"no storage keeps Outputs"});
}

TEST(CheckNest, refuses_what_would_run_for_hours) {
  const auto imperfect = [](int loops) {
    Nest nest = small_nest({1, 1, 1, 1}, 1, {{}, {}});
    for (int i = 0; i < loops; ++i) nest.levels[1].loops.push_back({P, 5, 1, t});
    return check_nest(nest);
  };
  EXPECT_TRUE(imperfect(10).empty());
  EXPECT_EQ(imperfect(20), std::vector<std::string>{"factors that don't divide make Timeloop's way of counting run "
                                                    "1099511627776 steps; at most 20000000 are run"});
  EXPECT_EQ(imperfect(40), std::vector<std::string>{"the loops' bounds multiply to more than fits in 64 bits"});
}

}  // namespace
}  // namespace ohmloop::timeloop
