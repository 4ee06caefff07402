// The mapper from outside: what it saves is read back to the same numbers, nothing beats it, and an end before the end
// leaves what was found.
#include <filesystem>

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

/// What Timeloop's random search had found after 150 s, and the mappings of the published runs.
TEST_F(Map, NoPeerFoundABetterOne) {
  if (!fs::exists(peers)) GTEST_SKIP() << "the reference cases are not beside the checkout";
  for (const std::string name : {"alexnet-0", "alexnet-1", "alexnet-2", "resnet18-05"}) {
    const std::string folder = peers + "eyeriss_like-" + name + "/";
    const std::string tool = folder + "timeloop-mapper.";
    const Words files = {folder + "parsed-processed-input.yaml", tool + "ERT.yaml", tool + "ART.yaml"};
    const json theirs = result_of(with(with({"model"}, files), {tool + "map.yaml"}));
    const json ours = map_and_evaluate(files);
    EXPECT_EQ(ours["certificate"]["optimal"], true) << name;
    const double their_edp = theirs["energy_pj"].get<double>() * theirs["cycles"].get<double>();
    EXPECT_LE(ours["value"].get<double>(), their_edp) << name;
  }
}

}  // namespace
}  // namespace ohmloop::test
