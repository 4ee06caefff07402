#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/search_within_bounds.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

const std::vector<Objective> all_objectives = {{1, 0}, {0, 1}, {1, 1}};

LayerShape conv(std::int64_t channels, std::int64_t size, std::int64_t filters, std::int64_t kernel,
                std::int64_t groups = 1) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = kernel;
  parameters.groups = groups;
  return convolution(1, channels, size, size, filters, parameters);
}

/// Walks over every legal nest by brute force: all factorisations of every rank over all places and all permutations
/// of the loops at every memory. Written without anything of the mapper's.
class BruteForce {
 public:
  BruteForce(const Einsum& einsum, const TestChip& chip, const Objective& objective)
      : einsum_(einsum), chip_(chip), objective_(objective) {
    for (std::size_t i = 0; i < chip.architecture.nodes.size(); ++i) {
      const Node& node = chip.architecture.nodes[i];
      if (node.as<Memory>() != nullptr || node.as<Fanout>() != nullptr) nodes_.emplace_back(i);
    }
    loops_.resize(nodes_.size());
  }

  double best() {
    split(0, 0, einsum_.ranks[0].size);
    return best_;
  }

 private:
  void split(std::size_t rank, std::size_t place, std::int64_t rest) {
    if (place == nodes_.size()) {
      if (rest != 1) return;
      if (rank + 1 == einsum_.ranks.size()) {
        permute(0);
      } else {
        split(rank + 1, 0, einsum_.ranks[rank + 1].size);
      }
      return;
    }
    for (const std::int64_t factor : divisors(rest)) {
      const bool spatial = chip_.architecture.node(nodes_[place]).as<Fanout>() != nullptr;
      if (factor > 1) {
        loops_[place].push_back({RankId(rank), factor, spatial ? std::optional(nodes_[place]) : std::nullopt});
      }
      split(rank, place + 1, rest / factor);
      if (factor > 1) loops_[place].pop_back();
    }
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
    } while (!before.empty() && !before.front().fanout &&
             std::next_permutation(loops_[place].begin(), loops_[place].end(), by_rank));
    loops_[place] = before;
  }

  void evaluate_nest() {
    Mapping mapping;
    for (std::size_t place = 0; place < nodes_.size(); ++place) {
      if (const auto* memory = chip_.architecture.node(nodes_[place]).as<Memory>()) {
        for (const Role role : all_roles) {
          if (memory->placement[role_index(role)] == Placement::keep)
            mapping.steps.emplace_back(Keep{nodes_[place], role});
        }
      }
      mapping.steps.insert(mapping.steps.end(), loops_[place].begin(), loops_[place].end());
    }
    if (!check_mapping(einsum_, chip_.architecture, mapping, {.allow_imperfect = false}).empty()) return;
    const Counts counts = count_actions(einsum_, chip_.architecture, mapping);
    best_ = std::min(best_, score(objective_, evaluate(einsum_, chip_.architecture, chip_.tables, counts)).value);
  }

  const Einsum& einsum_;
  const TestChip& chip_;
  Objective objective_;
  std::vector<NodeId> nodes_;
  std::vector<std::vector<Loop>> loops_;
  double best_ = std::numeric_limits<double>::infinity();
};

MapperResult map(const Einsum& einsum, const TestChip& chip, const MapperOptions& options = {}) {
  return find_mapping(einsum, chip.architecture, chip.tables, options);
}

double value(const MapperResult& result, const Objective& objective) {
  return score(objective, result.best->evaluation).value;
}

TEST(FindMapping, EqualsBruteForceWhereItClaimsTheOptimum) {
  const TestChip chip = small_digital_chip(160);
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 2), chip.architecture);
  for (const Objective& objective : all_objectives) {
    const MapperResult result = map(einsum, chip, {.objective = objective});
    ASSERT_TRUE(result.best.has_value());
    EXPECT_TRUE(result.best->certificate.optimal);
    EXPECT_DOUBLE_EQ(value(result, objective), BruteForce(einsum, chip, objective).best()) << to_string(objective);
  }
}

TEST(FindMapping, EqualsBruteForceUnderConstraints) {
  TestChip chip = small_digital_chip(256);
  chip.memory("buffer").loops.factors.push_back({"M", Relation::equal, 2, {}});
  chip.memory("buffer").loops.order = {"C", "M"};
  chip.memory("dram").loops.ranks = {"M", "E"};
  const Einsum einsum = lower("fc", fully_connected(1, 4, 4, 2), chip.architecture);
  for (const Objective& objective : all_objectives) {
    const MapperResult result = map(einsum, chip, {.objective = objective});
    ASSERT_TRUE(result.best.has_value());
    EXPECT_DOUBLE_EQ(value(result, objective), BruteForce(einsum, chip, objective).best()) << to_string(objective);
  }
}

TEST(SearchWithinBounds, ComesCloseToTheOptimumAndSaysSo) {
  const TestChip chip = small_digital_chip(512);
  const Einsum einsum = lower("conv", conv(4, 6, 4, 3), chip.architecture);
  for (const Objective& objective : all_objectives) {
    const MapperResult whole = map(einsum, chip, {.objective = objective, .max_evaluations = 2'000'000});
    const MapperOptions options{.objective = objective, .max_evaluations = 500};
    const Mapspace space = make_mapspace(einsum, chip.architecture, options);
    const MapperResult bounded = search_within_bounds(space, chip.tables, options);
    ASSERT_TRUE(whole.best->certificate.optimal) << whole.best->certificate.mapspace;
    EXPECT_FALSE(bounded.best->certificate.optimal);
    EXPECT_LE(bounded.best->certificate.evaluated, 500);
    EXPECT_LE(value(bounded, objective), 1.05 * value(whole, objective)) << to_string(objective);
  }
}

TEST(FindMapping, IsNoWorseThanAnObviousMapping) {
  const TestChip chip = small_digital_chip(65536);
  const Einsum einsum = lower("conv", conv(16, 10, 16, 3), chip.architecture);
  const Architecture& architecture = chip.architecture;
  const NodeId dram = *architecture.find("dram");
  const NodeId buffer = *architecture.find("buffer");
  const RankId M(2), C(3), E(4), F(5), R(6), S(7);
  Mapping obvious;
  for (const Role role : all_roles) obvious.steps.emplace_back(Keep{dram, role});
  obvious.steps.emplace_back(Loop{M, 4, std::nullopt});
  for (const Role role : all_roles) obvious.steps.emplace_back(Keep{buffer, role});
  obvious.steps.emplace_back(Loop{C, 16, std::nullopt});
  obvious.steps.emplace_back(Loop{R, 3, std::nullopt});
  obvious.steps.emplace_back(Loop{S, 3, std::nullopt});
  obvious.steps.emplace_back(Loop{M, 4, architecture.find("pe")});
  obvious.steps.emplace_back(Keep{*architecture.find("register"), Role::weight});
  obvious.steps.emplace_back(Loop{E, 8, std::nullopt});
  obvious.steps.emplace_back(Loop{F, 8, std::nullopt});
  ASSERT_TRUE(check_mapping(einsum, architecture, obvious).empty())
      << check_mapping(einsum, architecture, obvious).front().message;
  const Evaluation plain = evaluate(einsum, architecture, chip.tables, count_actions(einsum, architecture, obvious));
  for (const Objective& objective : all_objectives) {
    EXPECT_LE(value(map(einsum, chip, {.objective = objective}), objective), score(objective, plain).value);
  }
}

TEST(FindMapping, IsTheSameEveryTime) {
  const TestChip chip = small_digital_chip();
  const Einsum einsum = lower("conv", conv(8, 12, 16, 3), chip.architecture);
  const MapperResult first = map(einsum, chip, {.max_evaluations = 800});
  const MapperResult second = map(einsum, chip, {.max_evaluations = 800});
  EXPECT_EQ(first.best->mapping, second.best->mapping);
  EXPECT_EQ(first.best->certificate.evaluated, second.best->certificate.evaluated);
}

TEST(FindMapping, DecidesFreePlacementsByTrying) {
  TestChip chip = small_digital_chip(160);
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 2), chip.architecture);
  const MapperResult kept = map(einsum, chip);
  chip.memory("buffer").placement = leave_free;
  const MapperResult free = map(einsum, chip);
  EXPECT_LE(value(free, {}), value(kept, {}));
  // A buffer that costs more than the DRAM is best left alone.
  for (ActionEnergy& action : chip.tables.nodes[1].actions) action.energy_pj = 10'000;
  const MapperResult none = map(einsum, chip, {.objective = {1, 0}});
  const MemoryCounts& buffer = none.best->counts.memories[1];
  EXPECT_EQ(buffer.keeps, (ByRole<bool>{false, false, false}));
}

/// Output-stationary: a buffer that must keep inputs and may keep the others, 16 x 16 multipliers with sums and one
/// weight each.
TestChip output_stationary_chip(Placement weights, Placement outputs) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, 128);
  chip.add_memory("shared_glb", {Placement::keep, weights, outputs}, 16384 * 64, 6);
  chip.memory("shared_glb").read_bandwidth_bits_per_cycle = 256;
  chip.add_fanout("pe_column", 16, {"C"});
  chip.add_fanout("pe_row", 16, {"M"});
  chip.add_memory("psum_spad", {Placement::bypass, Placement::bypass, Placement::keep}, 192 * 16, 0.5);
  chip.memory("psum_spad").loops.ranks = {"M", "C", "R", "S"};
  chip.add_memory("weight_register", keep_weight, 16, 0.1);
  chip.memory("weight_register").loops.ranks = {"N", "E", "F"};
  chip.add("mac", Compute{}, {{"compute", 2}});
  return chip;
}

TEST(FindMapping, FreePlacementsEndNoWorseThanAnyDecisionForThem) {
  for (const LayerShape& shape : {conv(64, 30, 64, 3), conv(512, 9, 512, 3), matmul(1, 128, 768, 768)}) {
    const auto best = [&](const TestChip& chip) {
      const MapperResult result = map(lower("layer", shape, chip.architecture), chip);
      return result.best ? value(result, {}) : std::numeric_limits<double>::infinity();
    };
    double decided = std::numeric_limits<double>::infinity();
    for (const Placement weights : {Placement::keep, Placement::bypass}) {
      for (const Placement outputs : {Placement::keep, Placement::bypass}) {
        decided = std::min(decided, best(output_stationary_chip(weights, outputs)));
      }
    }
    EXPECT_LE(best(output_stationary_chip(Placement::free, Placement::free)), 1.02 * decided);
  }
}

TEST(FindMapping, WeightsThatAreFreeDoNotStayInTheDram) {
  const TestChip chip = output_stationary_chip(Placement::free, Placement::free);
  const LayerShape shape = conv(512, 9, 512, 3);
  const MapperResult free = map(lower("conv", shape, chip.architecture), chip, {.objective = {1, 0}});
  const TestChip keeping = output_stationary_chip(Placement::keep, Placement::keep);
  const MapperResult kept = map(lower("conv", shape, keeping.architecture), keeping, {.objective = {1, 0}});
  EXPECT_LE(free.best->evaluation.energy_pj, 1.02 * kept.best->evaluation.energy_pj);
  EXPECT_LT(free.best->evaluation.energy_pj / static_cast<double>(shape.macs()), 10);
}

TEST(FindMapping, ImperfectFactorsUseCopiesThatPrimesLeaveIdle) {
  const TestChip chip = small_digital_chip(65536);
  const Einsum einsum = lower("fc", fully_connected(1, 8, 7), chip.architecture);
  MapperOptions latency{.objective = {0, 1}};
  const std::int64_t perfect = map(einsum, chip, latency).best->evaluation.latency_cycles;
  TestChip only_filters = small_digital_chip(65536);
  std::get<Fanout>(only_filters.architecture.nodes[2].body).loops.ranks = {"M"};
  EXPECT_EQ(map(einsum, only_filters, latency).best->evaluation.latency_cycles, 56);
  latency.imperfect = true;
  EXPECT_EQ(map(einsum, only_filters, latency).best->evaluation.latency_cycles, 16);
  EXPECT_LE(perfect, 16);
}

TEST(FindMapping, ArraysHoldTheLayerInAsFewAsItTakes) {
  const TestChip chip = small_array_chip(64);
  // K = 4 x 9 = 36 rows of 8, M x 2 slices = 40 columns of 16: 5 x 3 arrays.
  const Einsum einsum = lower("conv", conv(4, 8, 20, 3), chip.architecture);
  const MapperResult result = map(einsum, chip);
  ASSERT_TRUE(result.best.has_value());
  EXPECT_EQ(result.best->evaluation.arrays_used, 15);
  EXPECT_EQ(result.best->evaluation.programmed_elements, 36 * 20 * 2);
  EXPECT_EQ(result.best->counts.steps, 6 * 6 * 8) << "every position and input bit once";
  EXPECT_DOUBLE_EQ(result.best->evaluation.array_utilisation.value_or(0), 36.0 * 40 / (15 * 8 * 16));
}

TEST(FindMapping, EveryGroupNeedsAnArrayOfItsOwn) {
  const TestChip chip = small_array_chip(64);
  const Einsum einsum = lower("depthwise", conv(6, 6, 6, 2, 6), chip.architecture);
  EXPECT_EQ(map(einsum, chip).best->evaluation.arrays_used, 6);
}

TEST(FindMapping, ALayerLargerThanTheChipIsReloaded) {
  const TestChip chip = small_array_chip(4);
  const Einsum einsum = lower("conv", conv(4, 8, 20, 3), chip.architecture);
  const MapperResult result = map(einsum, chip);
  ASSERT_TRUE(result.best.has_value());
  EXPECT_EQ(result.best->evaluation.programmed_elements, 0);
  EXPECT_GE(result.best->counts.steps, 4 * 6 * 6 * 8);
}

TEST(FindMapping, TooSmallAMemoryIsNamedWithTheSizeThatHelps) {
  TestChip chip = small_digital_chip(40);
  const Einsum einsum = lower("matmul", matmul(1, 4, 4, 4), chip.architecture);
  chip.architecture.nodes[1].where.line = 7;
  const MapperResult result = map(einsum, chip);
  ASSERT_TRUE(result.none.has_value());
  EXPECT_FALSE(result.best.has_value());
  EXPECT_NE(result.none->reason.find("'buffer' needs at least 48 bits"), std::string::npos) << result.none->reason;
  EXPECT_EQ(result.none->suggestion, "size >= 48 bit");
  EXPECT_EQ(result.none->where.line, 7U);
  EXPECT_TRUE(map(einsum, small_digital_chip(48)).best.has_value()) << "the suggested size is enough";
}

TEST(FindMapping, ConstraintsThatLeaveNoRoomAreNamed) {
  TestChip chip = small_digital_chip();
  for (Node& node : chip.architecture.nodes) {
    if (auto* memory = std::get_if<Memory>(&node.body)) memory->loops.ranks = {"M", "E"};
  }
  const Einsum einsum = lower("fc", fully_connected(1, 16, 4), chip.architecture);
  const MapperResult result = map(einsum, chip);
  ASSERT_TRUE(result.none.has_value());
  EXPECT_EQ(result.none->reason, "there is room for 4 of the 16 iterations of rank C within the constraints");
  EXPECT_EQ(result.none->suggestion, "allow loops over C below 'dram'");
}

TEST(FindMapping, WeightsThatNobodyCanReloadHaveToFit) {
  TestChip chip = small_array_chip(4);
  chip.memory("dram").placement = keep_activations;
  const Einsum einsum = lower("conv", conv(4, 8, 20, 3), chip.architecture);
  const MapperResult result = map(einsum, chip);
  ASSERT_TRUE(result.none.has_value());
  EXPECT_NE(result.none->reason.find("needs 15 arrays"), std::string::npos) << result.none->reason;
  EXPECT_TRUE(map(lower("conv", conv(2, 8, 8, 2), chip.architecture), chip).best.has_value());
}

TEST(FindMapping, HugeLayersEndWithinTheBudget) {
  const TestChip digital = small_digital_chip(65536);
  const TestChip arrays = small_array_chip(64);
  for (const TestChip* chip : {&digital, &arrays}) {
    for (const LayerShape& shape : {fully_connected(1, 1'000'000'000, 16), fully_connected(1'000'000, 64, 64)}) {
      const MapperResult result = map(lower("fc", shape, chip->architecture), *chip, {.max_evaluations = 2'000});
      ASSERT_TRUE(result.best.has_value()) << result.none->reason;
      EXPECT_LE(result.best->certificate.evaluated, 20'000);
    }
  }
}

TEST(FindMapping, ABudgetOfZeroIsAnError) {
  const TestChip chip = small_digital_chip();
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 2), chip.architecture);
  EXPECT_THROW(map(einsum, chip, {.max_evaluations = 0}), InputError);
}

TEST(Objective, ReadsItsNamesAndSuggestsThem) {
  EXPECT_EQ(parse_objective("energy").latency_exponent, 0);
  EXPECT_EQ(parse_objective("latency").energy_exponent, 0);
  for (const char* text : {"edp", "energy", "latency", "energy^2*latency", "energy*latency^0.5", "latency^3"}) {
    EXPECT_EQ(to_string(parse_objective(text)), text);
  }
  EXPECT_EQ(to_string(parse_objective("latency*energy")), "edp");
  EXPECT_EQ(parse_objective("latency*energy^2").energy_exponent, 2);
  for (const char* text : {"", "energy^", "energy^0", "energy^-1", "energy^11", "energy^2x", "energy*energy", "energy*",
                           "*latency", "energy^nan", "energy latency", "energy**latency"}) {
    EXPECT_THROW(parse_objective(text), InputError) << text;
  }
  try {
    parse_objective("enery");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().front().label, "did you mean 'energy'?");
  }
}

TEST(Objective, BreaksTiesByTheOtherOfTheTwo) {
  Evaluation quick;
  quick.energy_pj = 5;
  quick.latency_cycles = 10;
  Evaluation slow = quick;
  slow.latency_cycles = 20;
  EXPECT_LT(score({1, 0}, quick), score({1, 0}, slow));
  Evaluation frugal = quick;
  frugal.energy_pj = 4;
  EXPECT_LT(score({0, 1}, frugal), score({0, 1}, quick));
}

TEST(Factors, AreComplete) {
  EXPECT_EQ(prime_factors(360), (std::vector<std::int64_t>{2, 2, 2, 3, 3, 5}));
  EXPECT_EQ(divisors(36), (std::vector<std::int64_t>{1, 2, 3, 4, 6, 9, 12, 18, 36}));
  EXPECT_EQ(useful_factors(8, 100), (std::vector<std::int64_t>{1, 2, 3, 4, 8}));
  EXPECT_EQ(useful_factors(8, 3), (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_TRUE(prime_factors(1).empty());
}

}  // namespace
}  // namespace ohmloop
