// The mapper from outside: what it saves is read back to the same numbers, nothing beats it, and an end before the end
// leaves what was found.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <sstream>

#include "fixtures.hpp"
#include "json_schema.hpp"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Words = std::vector<std::string>;

const std::string peers = OHMLOOP_SOURCE_DIR "/../shared/peers/timeloop/";

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

json result_of(const Words& words) {
  const Outcome outcome = ohmloop(with(words, {"--format", "json", "-q"}));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return outcome.exit_code == 0 ? json::parse(outcome.out) : json();
}

json without_seconds(json result) {
  result["certificate"].erase("seconds");
  return result;
}

class Map : public ::testing::Test {
 protected:
  /// Maps, saves, and evaluates what was saved; gives what the mapper said.
  static json map_and_evaluate(const Words& files, const Words& options = {}) {
    json found = result_of(with(with({"map"}, files), with({"--save-mapping", "best.yaml"}, options)));
    const json again = result_of(with(with({"model"}, files), {"best.yaml"}));
    EXPECT_FALSE(found.is_null() || again.is_null());
    for (const char* key : {"computes", "cycles", "energy_pj", "leakage_pj", "utilisation", "levels", "bottleneck"}) {
      EXPECT_EQ(found[key], again[key]) << key;
    }
    return found;
  }

  const Playground playground_;
};

TEST_F(Map, WhatIsSavedIsReadBackToTheSameNumbers) {
  for (const char* objective : {"edp", "energy", "latency", "energy^2*latency"}) {
    const json found = map_and_evaluate({"chip.yaml", "layer.yaml"}, {"--objective", objective});
    EXPECT_EQ(found["objective"], objective);
    EXPECT_EQ(found["certificate"]["optimal"], true);
    EXPECT_EQ(found["certificate"]["gap"], 0);
  }
}

TEST_F(Map, TheResultKeepsTheSchema) {
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-map-1.json"));
  const json found = result_of({"map", "chip.yaml", "layer.yaml", "--why", "--stats"});
  EXPECT_EQ(schema_violations(found, schema), Words{});
  EXPECT_GE(found["runner_up"]["times_best"], 1);
  EXPECT_NE(found["runner_up"]["dataflow"], found["dataflow"]);
  EXPECT_EQ(schema_violations(result_of({"map", "timeloop"}), schema), Words{});
}

TEST_F(Map, NoGivenMappingIsBetter) {
  const json given = result_of({"model", "chip.yaml", "layer.yaml", "mapping.yaml"});
  const json found = result_of({"map", "chip.yaml", "layer.yaml"});
  const double edp =
      (given["energy_pj"].get<double>() + given["leakage_pj"].get<double>()) * given["cycles"].get<double>();
  EXPECT_LE(found["value"].get<double>(), edp * (1 + 1e-12));
}

TEST_F(Map, ThreadsChangeNothing) {
  const json one = without_seconds(result_of({"map", "eyeriss", "alexnet:features.6", "-j1", "--stats", "--why"}));
  EXPECT_EQ(without_seconds(result_of({"map", "eyeriss", "alexnet:features.6", "-j2", "--stats", "--why"})), one);
  EXPECT_EQ(without_seconds(result_of({"map", "eyeriss", "alexnet:features.6", "-j7", "--stats", "--why"})), one);
}

TEST_F(Map, TimeloopsFilesAreMappedUnderTheirConstraints) {
  const json found = map_and_evaluate(
      {"timeloop/architecture.yaml", "timeloop/problem.yaml", "timeloop/ERT.yaml", "timeloop/ART.yaml"});
  EXPECT_EQ(found["counting"], "timeloop");
  EXPECT_EQ(found["certificate"]["optimal"], true);
}

/// EDP in pJ x cycles of what Timeloop's random search had found after 150 s, by case.
std::map<std::string, double> edp_after_150_seconds() {
  std::map<std::string, double> found;
  std::istringstream rows(read_text(peers + "best_found_150s.tsv"));
  for (std::string row; std::getline(rows, row);) {
    std::istringstream cells(row);
    std::string name;
    double cycles = 0;
    double energy_uj = 0;
    if (cells >> name >> cycles >> energy_uj) found[name] = energy_uj * 1e6 * cycles;
  }
  return found;
}

TEST_F(Map, NoPeerFoundABetterOne) {
  if (!fs::exists(peers)) GTEST_SKIP() << "the reference cases are not beside the checkout";
  const std::map<std::string, double> later = edp_after_150_seconds();
  for (const std::string name : {"alexnet-0", "alexnet-1", "alexnet-2", "resnet18-05", "vgg16-01"}) {
    const std::string folder = peers + "eyeriss_like-" + name + "/";
    const std::string tool = folder + "timeloop-mapper.";
    const Words files = {folder + "parsed-processed-input.yaml", tool + "ERT.yaml", tool + "ART.yaml"};
    const json theirs = result_of(with(with({"model"}, files), {tool + "map.yaml"}));
    const json ours = map_and_evaluate(files);
    EXPECT_EQ(ours["certificate"]["optimal"], true) << name;
    const double their_edp = theirs["energy_pj"].get<double>() * theirs["cycles"].get<double>();
    EXPECT_LE(ours["value"].get<double>(), their_edp) << name;
    // Energies are printed with two decimals.
    EXPECT_LE(ours["value"].get<double>(), later.at(name) * (1 + 1e-4)) << name;
  }
}

TEST_F(Map, AnInterruptionPrintsAndSavesTheBestSoFar) {
  const Outcome outcome = ohmloop_interrupted(
      {"map", "huge.yaml", "huge-layer.yaml", "-j1", "--format", "json", "--save-mapping", "best.yaml"});
  ASSERT_EQ(outcome.exit_code, 130);
  const json result = json::parse(outcome.out);
  EXPECT_EQ(result["certificate"]["optimal"], false);
  const json again = result_of({"model", "huge.yaml", "huge-layer.yaml", "best.yaml"});
  EXPECT_EQ(again["energy_pj"], result["energy_pj"]);
  EXPECT_EQ(again["cycles"], result["cycles"]);
}

TEST_F(Map, ABudgetEndsTheSearchWithTheBestSoFar) {
  const json result = result_of({"map", "huge.yaml", "huge-layer.yaml", "--budget", "500 ms"});
  EXPECT_EQ(result["certificate"]["optimal"], false);
  EXPECT_GT(result["value"], 0);
}

TEST_F(Map, ChipsWithArraysAreSearchedWithinBounds) {
  const json result = result_of({"map", "isaac", "resnet18:conv1", "--why"});
  EXPECT_EQ(result["certificate"]["optimal"], false);
  EXPECT_EQ(result["certificate"]["gap"], nullptr);
  EXPECT_EQ(result["runner_up"], nullptr);
  const Outcome outcome = ohmloop({"map", "isaac", "resnet18:conv1", "-q"});
  EXPECT_NE(outcome.out.find("best found by a bounded search: "), std::string::npos) << outcome.out;
}

TEST_F(Map, NoPointOfAFrontBeatsAnother) {
  const json result = result_of({"map", "eyeriss", "alexnet:features.6", "--pareto", "energy,latency,area-use"});
  const json& points = result["pareto"]["points"];
  ASSERT_GE(points.size(), 2U);
  EXPECT_EQ(result["pareto"]["complete"], true);
  const Words metrics = {"energy_pj", "cycles", "area_use"};
  for (const json& a : points) {
    for (const json& b : points) {
      const bool is_same = &a == &b;
      const bool covers = std::all_of(metrics.begin(), metrics.end(),
                                      [&](const std::string& metric) { return a[metric] <= b[metric]; });
      EXPECT_EQ(covers, is_same) << a << "\n" << b;
    }
  }
  // The least of one metric, and of a product, is on the front.
  const auto least = [&](auto value) {
    double best = std::numeric_limits<double>::infinity();
    for (const json& point : points) best = std::min(best, value(point));
    return best;
  };
  const double energy = least([](const json& point) { return point["energy_pj"].get<double>(); });
  const double edp =
      least([](const json& point) { return point["energy_pj"].get<double>() * point["cycles"].get<double>(); });
  EXPECT_DOUBLE_EQ(edp, result["value"].get<double>());
  const json frugal = result_of({"map", "eyeriss", "alexnet:features.6", "--objective", "energy"});
  EXPECT_DOUBLE_EQ(energy, frugal["value"].get<double>());
}

std::string why_timeloops_have_none(const std::string& constraint) {
  write_text("constraints.yaml", "constraints: [" + constraint + "]\n");
  const Outcome outcome = ohmloop({"map", "timeloop/architecture.yaml", "timeloop/problem.yaml", "timeloop/ERT.yaml",
                                   "timeloop/ART.yaml", "constraints.yaml", "-q"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  return outcome.err;
}

TEST_F(Map, ConstraintsThatExcludeEverythingAreNamedWithWhatWouldHelp) {
  const std::string factor = why_timeloops_have_none("{target: buffer, type: temporal, factors: P=5}");
  EXPECT_NE(factor.find("make the 12 iterations of P, with P=5 as temporal factor of 'buffer'"), std::string::npos)
      << factor;
  EXPECT_NE(factor.find("constraints.yaml:1:57"), std::string::npos) << factor;
  EXPECT_NE(factor.find("what would help: P=4 there"), std::string::npos) << factor;
  const std::string memory = why_timeloops_have_none(
      "{target: sums, type: dataspace, keep: [Filters, Sums, Pixels]},"
      "{target: sums, type: temporal, factors: K=8 P=12}");
  EXPECT_NE(memory.find("'sums' needs at least"), std::string::npos) << memory;
  EXPECT_NE(memory.find(" words for the smallest tile of"), std::string::npos) << memory;
}

}  // namespace
}  // namespace ohmloop::test
