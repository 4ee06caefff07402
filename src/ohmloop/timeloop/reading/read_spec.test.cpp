#include "ohmloop/timeloop/reading/read_spec.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/timeloop/reading/reading_testing.hpp"

namespace ohmloop::timeloop {
namespace {

using namespace testing_timeloop;

/// Everything that a file says of a level and its mapping's loops, as text.
std::string text_of(const StorageLevel& level) {
  const auto optional_text = [](const auto& value) { return value ? fmt::format("{}", *value) : std::string("-"); };
  std::string text =
      fmt::format("{} x{} ({}*{}) {} words of {} bits, block {}, cluster {}, buffering {}, {}", level.name,
                  level.instances, level.mesh_x, level.mesh_y, optional_text(level.capacity_words), level.word_bits,
                  level.block_size, level.cluster_size, level.multiple_buffering, level.is_dram ? "DRAM" : "SRAM");
  text += fmt::format("; bandwidth {} {} {}; reduction {}", optional_text(level.read_bandwidth),
                      optional_text(level.write_bandwidth), optional_text(level.shared_bandwidth),
                      optional_text(level.reduction_supported));
  for (const Loop& loop : level.loops) {
    text += fmt::format("; {}:{},{} {}", loop.dimension, loop.bound, loop.last_bound, static_cast<int>(loop.kind));
  }
  for (const DataSpaceRules& rules : level.rules) {
    text += fmt::format(" {}{}{}{}{}{}", rules.keep, rules.no_temporal_reuse, rules.no_spatial_reuse,
                        rules.no_link_transfer, rules.no_coalesce, rules.rmw_first_update);
  }
  return text;
}

std::vector<std::string> level_texts(const TimeloopSpec& spec) {
  std::vector<std::string> texts;
  for (const SpecLevel& level : spec.hardware->levels) texts.push_back(text_of(level.storage));
  const Arithmetic& arithmetic = spec.hardware->arithmetic->arithmetic;
  texts.push_back(fmt::format("{} x{} ({}*{}) {} bits", arithmetic.name, arithmetic.instances, arithmetic.mesh_x,
                              arithmetic.mesh_y, arithmetic.word_bits));
  return texts;
}

std::vector<std::string> keep_texts(const TimeloopSpec& spec) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < spec.hardware->levels.size(); ++i) {
    std::string text = spec.hardware->levels[i].storage.name;
    for (const auto& keep : spec.constraints.keep[i]) text += keep ? (*keep ? " keep" : " bypass") : " free";
    texts.push_back(std::move(text));
  }
  return texts;
}

/// Factors that a constraint fixes, of dimensions that have an extent: the front end adds the others.
std::vector<std::string> factor_texts(const TimeloopSpec& spec) {
  std::vector<std::string> texts;
  for (const LoopDirective& directive : spec.constraints.loops) {
    if (spec.hardware->levels[directive.level].fanout_only && !directive.spatial) continue;
    std::string text;
    std::vector<Factor> factors = directive.factors;
    std::sort(factors.begin(), factors.end(), [](auto& a, auto& b) { return a.dimension < b.dimension; });
    for (const Factor& factor : factors) {
      if (spec.problem->sizes[factor.dimension] == 1) continue;
      text += fmt::format(" {}{}{}", spec.problem->dimensions[factor.dimension], static_cast<int>(factor.relation),
                          factor.bound);
    }
    if (directive.split) text += fmt::format(" split {}", *directive.split);
    if (!text.empty()) {
      texts.push_back(spec.hardware->levels[directive.level].storage.name + (directive.spatial ? " X" : " T") + text);
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

struct BothForms {
  std::string processed;
  std::vector<std::string> raw;
};

/// The cases whose hand-written form needs no templates, and what Timeloop's front end made of them.
std::vector<BothForms> cases_in_both_forms() {
  std::vector<BothForms> cases;
  const auto add = [&](const std::string& name, const std::vector<std::string>& inputs) {
    BothForms both{.processed = "timeloop/" + name + "/parsed-processed-input.yaml", .raw = {}};
    for (const std::string& input : inputs) both.raw.push_back("timeloop/" + name + "/input/" + input);
    cases.push_back(std::move(both));
  };
  add("ex00-conv1d-1level", {"1level.arch.yaml", "conv1d-1level.map.yaml", "conv1d.prob.yaml"});
  add("ex01-conv1d-2level-os", {"2level.arch.yaml", "conv1d-2level-os.map.yaml", "conv1d.prob.yaml"});
  add("ex01-conv1d-2level-ws", {"2level.arch.yaml", "conv1d-2level-ws.map.yaml", "conv1d.prob.yaml"});
  add("ex02-conv1d+oc-2level-os", {"2level.arch.yaml", "conv1d+oc-2level-os.map.yaml", "conv1d+oc.prob.yaml"});
  add("ex02-conv1d+oc-2level-os-tiled",
      {"2level.arch.yaml", "conv1d+oc-2level-os-tiled.map.yaml", "conv1d+oc.prob.yaml"});
  add("ex03-conv1d+oc-3level", {"3level.arch.yaml", "conv1d+oc-3level.map.yaml", "conv1d+oc.prob.yaml"});
  add("ex03-conv1d+oc-3level-bypass", {"3level.arch.yaml", "conv1d+oc-3level-bypass.map.yaml", "conv1d+oc.prob.yaml"});
  add("ex04-3levelspatial-cp-ws",
      {"3levelspatial.arch.yaml", "conv1d+oc+ic-3levelspatial-cp-ws.map.yaml", "conv1d+oc+ic.prob.yaml"});
  add("ex04-3levelspatial-kp-ws",
      {"3levelspatial.arch.yaml", "conv1d+oc+ic-3levelspatial-kp-ws.map.yaml", "conv1d+oc+ic.prob.yaml"});
  add("ex05-mapper-baked", {"3level.arch.yaml", "conv1d+oc-3level-1mapping.constraints.yaml", "conv1d+oc.prob.yaml",
                            "exhaustive.mapper.yaml"});
  add("ex05-mapper-freebypass", {"3level.arch.yaml", "conv1d+oc-3level-freebypass.constraints.yaml",
                                 "conv1d+oc.prob.yaml", "exhaustive.mapper.yaml"});
  add("ex05-mapper-null",
      {"3level.arch.yaml", "null.constraints.yaml", "conv1d+oc.prob.yaml", "exhaustive.mapper.yaml"});
  add("ex06-mapper-eyeriss-vgg02l5", {"VGG02_layer5.yaml", "eyeriss_like.yaml", "intmac.yaml", "mapper.yaml",
                                      "regfile.yaml", "smartbuffer_RF.yaml", "smartbuffer_SRAM.yaml"});
  for (const char* name : {"eyeriss_like", "simba_like", "simple_output_stationary", "simple_weight_stationary"}) {
    const std::string folder = std::string("timeloop/published/") + name + "/";
    cases.push_back({.processed = folder + "parsed-processed-input.yaml",
                     .raw = {folder + "arch.v0.4.yaml", "timeloop/published/default_problem.yaml",
                             "timeloop/published/mapper.yaml"}});
  }
  return cases;
}

TEST(TimeloopFiles, GiveTheSameLevelsAndConstraintsRawAndProcessed) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const BothForms& both : cases_in_both_forms()) {
    SCOPED_TRACE(both.processed);
    const TimeloopSpec processed = spec_of_peers({both.processed});
    const TimeloopSpec raw = spec_of_peers(both.raw);
    EXPECT_EQ(level_texts(raw), level_texts(processed));
    EXPECT_EQ(keep_texts(raw), keep_texts(processed));
    EXPECT_EQ(factor_texts(raw), factor_texts(processed));
    EXPECT_EQ(raw.problem->sizes, processed.problem->sizes);
    EXPECT_EQ(raw.problem->dimensions, processed.problem->dimensions);
  }
}

TEST(TimeloopFiles, GiveTheSameNestRawAndProcessed) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  int compared = 0;
  for (const BothForms& both : cases_in_both_forms()) {
    SCOPED_TRACE(both.processed);
    if (!spec_of_peers({both.processed}).mapping) continue;
    const Nest processed = nest_of_peers({both.processed});
    const Nest raw = nest_of_peers(both.raw);
    ASSERT_EQ(raw.levels.size(), processed.levels.size());
    for (std::size_t i = 0; i < raw.levels.size(); ++i) {
      EXPECT_EQ(text_of(raw.levels[i]), text_of(processed.levels[i]));
    }
    ++compared;
  }
  EXPECT_EQ(compared, 9);
}

/// Timeloop prints what it understood of every level above the counts: the oracle of this reader.
TEST(TimeloopFiles, GiveTheLevelsThatTimeloopPrinted) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const PeerCase& peer : peer_cases()) {
    SCOPED_TRACE(peer.name);
    const Nest nest = nest_of_peers(peer.files, {.one_energy_per_access = peer.of_2020});
    const TimeloopStats stats = parse_timeloop_stats(text_of_file(peers_folder() + peer.stats));
    EXPECT_EQ(stats.levels[0].name, nest.arithmetic.name);
    EXPECT_EQ(number_of(stats.levels[0].specs, "Word bits"), nest.arithmetic.word_bits);
    const std::string energy = peer.of_2020 ? "Energy-per-op" : "Compute energy";
    EXPECT_NEAR(number_of(stats.levels[0].specs, energy), nest.arithmetic.compute_pj, 0.0051);
    std::size_t next = 1;
    for (const StorageLevel& level : nest.levels) {
      SCOPED_TRACE(level.name);
      // TIMELOOP_HIDE_INCONSEQUENTIAL_STATS leaves out what keeps nothing.
      const bool hidden = stats.levels.at(next).name != level.name &&
                          std::none_of(level.rules.begin(), level.rules.end(), [](auto& rules) { return rules.keep; });
      if (hidden) continue;
      const TimeloopLevelStats& printed = stats.levels.at(next++);
      EXPECT_EQ(printed.name, level.name);
      EXPECT_EQ(printed.spec_texts.at("Technology"), level.is_dram ? "DRAM" : "SRAM");
      EXPECT_EQ(printed.spec_texts.at("Size"), level.capacity_words ? fmt::format("{}", *level.capacity_words) : "-");
      EXPECT_EQ(number_of(printed.specs, "Word bits"), level.word_bits);
      EXPECT_EQ(number_of(printed.specs, "Block size"), level.block_size);
      EXPECT_EQ(number_of(printed.specs, "Cluster size"), level.cluster_size);
      EXPECT_EQ(printed.spec_texts.at("Instances"),
                fmt::format("{} ({}*{})", level.instances, level.mesh_x, level.mesh_y));
      for (const auto& [name, bandwidth] :
           {std::pair{"Read bandwidth", level.read_bandwidth}, std::pair{"Write bandwidth", level.write_bandwidth}}) {
        EXPECT_EQ(printed.spec_texts.at(name), bandwidth ? fmt::format("{:.2f}", *bandwidth) : "-");
      }
      std::vector<std::string> kept;
      for (std::size_t j = 0; j < level.rules.size(); ++j) {
        if (level.rules[j].keep) kept.push_back(nest.problem.data_spaces[j].name);
      }
      std::vector<std::string> printed_kept;
      for (const TimeloopTensorStats& tensor : printed.tensors) printed_kept.push_back(tensor.name);
      EXPECT_EQ(kept, printed_kept);
      if (kept.empty()) continue;
      const double most = std::max({level.energies.read_pj, level.energies.fill_pj, level.energies.update_pj});
      EXPECT_NEAR(number_of(printed.specs, "Vector access energy"), most / static_cast<double>(level.cluster_size),
                  0.0051);
      if (!peer.of_2020) {
        // Timeloop holds areas in single precision.
        EXPECT_NEAR(number_of(printed.specs, "Area"), static_cast<float>(level.area_um2), 0.0051);
      }
    }
  }
}

TEST(TimeloopFiles, GiveTheMappingThatTimeloopPrinted) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  int compared = 0;
  for (const PeerCase& peer : peer_cases()) {
    const std::string stats_suffix = ".stats.txt";
    const std::string map = peer.stats.substr(0, peer.stats.size() - stats_suffix.size()) + ".map.txt";
    if (peer.of_2020 || text_of_file(peers_folder() + map).empty()) continue;
    SCOPED_TRACE(peer.name);
    const Nest from_directives = nest_of_peers(peer.files);
    std::vector<std::string> files = {map};
    TimeloopSpec spec = spec_of_peers(peer.files);
    Diagnostics diagnostics;
    const DirectiveNames names(*spec.problem, *spec.hardware);
    spec.mapping = read_printed_mapping(read_source_file(peers_folder() + map), names, diagnostics);
    const auto loops = mapping_loops(spec, diagnostics);
    diagnostics.throw_if_errors();
    for (std::size_t i = 0; i < from_directives.levels.size(); ++i) {
      StorageLevel printed = from_directives.levels[i];
      printed.loops = (*loops)[i];
      EXPECT_EQ(text_of(printed), text_of(from_directives.levels[i]));
      for (std::size_t j = 0; j < printed.rules.size(); ++j) {
        EXPECT_EQ(spec.mapping->keep[i][j], printed.rules[j].keep) << printed.name;
      }
    }
    ++compared;
  }
  EXPECT_EQ(compared, 23);
}

}  // namespace
}  // namespace ohmloop::timeloop
