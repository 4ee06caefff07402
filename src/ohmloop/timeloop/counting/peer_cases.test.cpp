#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/reading/reading_testing.hpp"

/// Every reference case with a known mapping: our numbers against those that Timeloop printed.
namespace ohmloop::timeloop {
namespace {

using namespace testing_timeloop;

/// Half a unit of the last printed digit, and a little for its own rounding.
constexpr double printed = 0.00501;

CountingOptions counting_of(const PeerCase& one) {
  if (one.of_2020) return counting_of_2020();
  CountingOptions options;
  if (one.name.starts_with("published/")) options.stride_rule = StrideRule::steps;
  return options;
}

TimeloopStats stats_of(const std::string& path) { return parse_timeloop_stats(text_of_file(peers_folder() + path)); }

const TimeloopLevelStats* find(const std::vector<TimeloopLevelStats>& list, const std::string& name) {
  for (const TimeloopLevelStats& one : list) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

void expect_data_space(const DataSpaceResult& ours, const TimeloopTensorStats& theirs) {
  EXPECT_TRUE(ours.kept);
  EXPECT_EQ(static_cast<double>(ours.reads), theirs.reads());
  EXPECT_EQ(static_cast<double>(ours.fills), theirs.fills());
  EXPECT_EQ(static_cast<double>(ours.updates), theirs.updates());
  EXPECT_EQ(static_cast<double>(ours.partition_size), theirs.partition_size());
  EXPECT_EQ(static_cast<double>(ours.utilized_capacity), theirs.utilised_capacity());
  EXPECT_EQ(static_cast<double>(ours.utilized_instances), theirs.utilised_instances());
  const auto number = [&](const char* key) { return number_of(theirs.numbers, key); };
  EXPECT_EQ(static_cast<double>(ours.utilized_clusters), number("Utilized clusters (max)"));
  EXPECT_EQ(static_cast<double>(ours.temporal_reductions), number("Temporal reductions (per-instance)"));
  EXPECT_EQ(static_cast<double>(ours.address_generations), number("Address generations (per-cluster)"));
  EXPECT_NEAR(ours.access_energy_pj, number("Energy (per-instance)"), printed);
  EXPECT_NEAR(ours.energy_pj, theirs.energy_pj(), printed);
  EXPECT_NEAR(ours.read_words_per_cycle, number("Read Bandwidth (per-instance)"), printed);
  EXPECT_NEAR(ours.write_words_per_cycle, number("Write Bandwidth (per-instance)"), printed);
}

void expect_level(const Nest& nest, const LevelResult& ours, const TimeloopLevelStats& theirs) {
  EXPECT_EQ(static_cast<double>(ours.cycles), number_of(theirs.numbers, "Cycles"));
  EXPECT_NEAR(ours.slowdown, number_of(theirs.numbers, "Bandwidth throttling"), printed);
  if (theirs.specs.contains("Leakage energy (total)")) {
    EXPECT_NEAR(ours.leakage_energy_pj, number_of(theirs.specs, "Leakage energy (total)"), printed);
  }
  for (std::size_t d = 0; d < ours.data_spaces.size(); ++d) {
    const std::string& name = nest.problem.data_spaces[d].name;
    SCOPED_TRACE(name);
    const TimeloopTensorStats* tensor = theirs.tensor(name);
    if (tensor != nullptr) {
      expect_data_space(ours.data_spaces[d], *tensor);
    } else {
      EXPECT_FALSE(ours.data_spaces[d].kept);
    }
  }
}

void expect_network(const Nest& nest, const NetworkResult& ours, const TimeloopLevelStats& theirs, bool hops) {
  for (std::size_t d = 0; d < ours.data_spaces.size(); ++d) {
    const NetworkDataSpaceResult& space = ours.data_spaces[d];
    const TimeloopTensorStats* tensor = theirs.tensor(nest.problem.data_spaces[d].name);
    if (tensor == nullptr) continue;
    SCOPED_TRACE(tensor->name);
    double accesses = 0;
    double travelled = 0;
    for (const Ingress& ingress : space.ingresses) {
      accesses += ingress.accesses;
      travelled += ingress.accesses * ingress.hops;
    }
    EXPECT_NEAR(accesses, number_of(tensor->numbers, "Ingresses"), printed);
    EXPECT_NEAR(space.energy_pj, number_of(tensor->numbers, "Energy (total)"), printed);
    if (!hops) continue;
    EXPECT_NEAR(accesses > 0 ? travelled / accesses : 0.0, number_of(tensor->numbers, "Average number of hops"),
                printed);
    EXPECT_EQ(space.link_transfers, number_of(tensor->numbers, "Link transfers"));
    EXPECT_EQ(space.spatial_reductions, number_of(tensor->numbers, "Spatial reductions"));
  }
}

/// Energies per compute; a component that Timeloop does not print has none.
void expect_energy_per_compute(const TimeloopResult& ours, const std::string& mac, const TimeloopStats& theirs) {
  const double unit = theirs.pj_per_compute ? 1.0 : 1000.0;
  const auto per_compute = [&](double energy_pj) { return energy_pj * unit / static_cast<double>(ours.computes); };
  const auto expect = [&](const std::string& name, double energy_pj) {
    SCOPED_TRACE(name);
    const auto found = theirs.fj_per_compute.find(name);
    EXPECT_NEAR(per_compute(energy_pj), found == theirs.fj_per_compute.end() ? 0.0 : found->second, printed);
  };
  expect(mac, ours.arithmetic.energy_pj);
  for (const LevelResult& level : ours.levels) expect(level.name, level.energy_pj);
  for (const NetworkResult& network : ours.networks) expect(network.name, network.energy_pj);
  expect("Total", ours.energy_pj);
}

/// Of one instance of each level, and of all MACs; the total is printed as 0.00 mm^2, whatever it is. Timeloop rounds
/// areas to single precision.
void expect_area(const Nest& nest, const TimeloopResult& ours, const TimeloopStats& theirs) {
  const auto expect = [](double area_um2, double area) { EXPECT_NEAR(area_um2, area, printed + area * 1e-6); };
  expect(ours.arithmetic.area_um2, number_of(theirs.levels.front().numbers, "Area (total)"));
  double total = ours.arithmetic.area_um2;
  for (std::size_t l = 0; l < ours.levels.size(); ++l) {
    SCOPED_TRACE(ours.levels[l].name);
    if (const TimeloopLevelStats* stats = find(theirs.levels, ours.levels[l].name)) {
      expect(ours.levels[l].area_um2 / static_cast<double>(nest.levels[l].instances), number_of(stats->specs, "Area"));
    }
    total += ours.levels[l].area_um2;
  }
  EXPECT_DOUBLE_EQ(ours.area_um2, total);
}

class PeerCases : public testing::TestWithParam<PeerCase> {};

TEST_P(PeerCases, has_timeloops_numbers) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  const PeerCase& one = GetParam();
  const Nest nest = nest_of_peers(one.files, {.one_energy_per_access = one.of_2020});
  const CountingOptions options = counting_of(one);
  EXPECT_EQ(check_nest(nest, options), std::vector<std::string>());
  const TimeloopResult ours = evaluate(nest, options);
  const TimeloopStats theirs = stats_of(one.stats);

  EXPECT_EQ(static_cast<double>(ours.cycles), theirs.cycles);
  EXPECT_EQ(static_cast<double>(ours.computes), theirs.computes);
  EXPECT_NEAR(ours.energy_pj / 1e6, theirs.energy_uj, printed);
  EXPECT_NEAR(ours.utilization, theirs.utilisation, one.of_2020 ? printed : printed / 100);
  const TimeloopLevelStats& mac = theirs.levels.front();
  EXPECT_EQ(static_cast<double>(ours.arithmetic.utilized_instances), number_of(mac.numbers, "Utilized instances"));
  EXPECT_EQ(static_cast<double>(ours.arithmetic.cycles), number_of(mac.numbers, "Cycles"));
  EXPECT_NEAR(ours.arithmetic.energy_pj, number_of(mac.numbers, "Energy (total)"), printed);

  if (!one.of_2020) expect_area(nest, ours, theirs);

  std::size_t compared = 0;
  for (const LevelResult& level : ours.levels) {
    SCOPED_TRACE(level.name);
    if (const TimeloopLevelStats* stats = find(theirs.levels, level.name)) {
      expect_level(nest, level, *stats);
      ++compared;
    }
  }
  EXPECT_EQ(compared + 1, theirs.levels.size());
  for (const NetworkResult& network : ours.networks) {
    SCOPED_TRACE(network.name);
    // The version of 2020 estimated hops by another formula.
    if (const TimeloopLevelStats* stats = find(theirs.networks, network.name)) {
      expect_network(nest, network, *stats, !one.of_2020);
    }
  }
  expect_energy_per_compute(ours, nest.arithmetic.name, theirs);
}

std::string test_name(const testing::TestParamInfo<PeerCase>& info) {
  std::string name = info.param.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Timeloop, PeerCases, testing::ValuesIn(peer_cases()), test_name);

/// What Timeloop prints with its extrapolation off, which it can only run on cases as small as these.
TEST(ProbeHalo, has_the_exact_numbers_without_extrapolation) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const PeerCase& one : peer_cases()) {
    if (!one.name.starts_with("probe-halo/")) continue;
    SCOPED_TRACE(one.name);
    const Nest nest = nest_of_peers(one.files);
    std::string exact = one.stats;
    exact.replace(exact.find("noextrap0"), 9, "noextrap1");
    const TimeloopStats theirs = stats_of(exact);
    const TimeloopResult ours = evaluate(nest, {.extrapolate = false});
    for (const LevelResult& level : ours.levels) {
      SCOPED_TRACE(level.name);
      expect_level(nest, level, theirs.level(level.name));
    }
  }
}

/// The case that the extrapolation gets wrong: 16 outputs, 3 taps, two outputs at a time in the register file.
TEST(ProbeHalo, loses_reuse_only_to_the_extrapolation) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  const auto fills = [](const std::string& name, const CountingOptions& options) {
    const std::string probe = "timeloop/probe-halo/";
    return evaluate(nest_of_peers({probe + name + ".yaml", probe + "ERT.yaml", probe + "ART.yaml"}), options)
        .levels.front()
        .data_spaces[1]
        .fills;
  };
  EXPECT_EQ(fills("glbP4_mmP2", {}), 20);
  EXPECT_EQ(fills("glbP4_mmP2", {.extrapolate = false}), 18);
  EXPECT_EQ(fills("glbP8_mmK4", {}), 72);
  EXPECT_EQ(fills("glbP8_mmK4", {.extrapolate = false}), 72);
}

/// The five parts of the published total of 14.46 pJ per multiply-accumulate.
TEST(PimIspass2020, has_the_published_energy_from_its_own_files) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const PeerCase& one : peer_cases()) {
    if (!one.of_2020) continue;
    const Nest nest = nest_of_peers(one.files, {.one_energy_per_access = true});
    const TimeloopResult result = evaluate(nest, counting_of_2020());
    EXPECT_EQ(result.computes, 86704128);
    EXPECT_EQ(result.cycles, 410985);
    EXPECT_NEAR(result.energy_pj / 1e6, 1253.91, printed);
    EXPECT_NEAR(result.pj_per_compute(), 14.46, printed);
    const auto part = [&](const std::string& name) {
      for (const LevelResult& level : result.levels) {
        if (level.name == name) return level.energy_pj / static_cast<double>(result.computes);
      }
      for (const NetworkResult& network : result.networks) {
        if (network.name == name) return network.energy_pj / static_cast<double>(result.computes);
      }
      return -1.0;
    };
    EXPECT_NEAR(result.arithmetic.energy_pj / static_cast<double>(result.computes), 0.26, printed);
    EXPECT_NEAR(part("shared_glb"), 0.97, printed);
    EXPECT_NEAR(part("DRAM"), 4.97, printed);
    EXPECT_NEAR(part("A2D_NoC"), 8.27, printed);
    EXPECT_NEAR(part("D2A_NoC"), 0.01, printed);
    EXPECT_EQ(result.levels[result.bottleneck].name, "shared_glb");
  }
}

}  // namespace
}  // namespace ohmloop::timeloop
