// Timeloop's files from outside: what is converted counts as what is read directly, and keeps the schema.
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

class TimeloopFiles : public ::testing::Test {
 protected:
  static json result_of(const Words& words) {
    const Outcome outcome = ohmloop(with({"model", "--format", "json", "-q"}, words));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.exit_code == 0 ? json::parse(outcome.out) : json();
  }

  /// Converted files must give what the same files give without the detour, energies included.
  static void expect_the_detour_changes_nothing(const Words& files) {
    const Outcome convert = ohmloop(with(with({"convert"}, files), {"-o", "native", "-q"}));
    ASSERT_EQ(convert.exit_code, 0) << convert.err;
    EXPECT_EQ(convert.out, "native/architecture.yaml\nnative/layer.yaml\nnative/mapping.yaml\n");
    const json native = result_of({"native/architecture.yaml", "native/layer.yaml", "native/mapping.yaml"});
    const json direct = result_of(with({"--counting", "exact"}, files));
    ASSERT_FALSE(native.is_null() || direct.is_null());
    EXPECT_EQ(direct["counting"], "exact");
    for (const char* key : {"computes", "cycles", "utilisation", "levels", "energy_by_component", "leakage_pj"}) {
      EXPECT_EQ(native[key], direct[key]) << key;
    }
    const json theirs = result_of(files);
    EXPECT_EQ(theirs["counting"], "timeloop");
    EXPECT_EQ(theirs["computes"], native["computes"]);
  }

  const Playground playground_;
};

TEST_F(TimeloopFiles, ConvertToWhatTheyAre) {
  expect_the_detour_changes_nothing({"timeloop/mapping.yaml", "timeloop/problem.yaml", "timeloop/architecture.yaml"});
}

TEST_F(TimeloopFiles, OfReferenceCasesConvertToWhatTheyAre) {
  if (!fs::exists(peers)) GTEST_SKIP() << "the reference cases are not beside the checkout";
  const std::string fixed = peers + "ex06-fixed-eyeriss-vgg02l5-model/";
  const std::string mapped = peers + "eyeriss_like-alexnet-0/";
  for (const Words& files :
       {Words{peers + "ex04-3levelspatial-cp-ws/parsed-processed-input.yaml"},
        Words{peers + "ex04-3levelspatial-kp-ws/input"}, Words{fixed + "arch_problem.yaml", fixed + "map.yaml"},
        Words{mapped + "parsed-processed-input.yaml", mapped + "timeloop-mapper.map.yaml"}}) {
    SCOPED_TRACE(files.front());
    expect_the_detour_changes_nothing(files);
  }
}

TEST_F(TimeloopFiles, ChargeTheirOwnTablesInBothWays) {
  const json exact = result_of({"timeloop", "--counting", "exact"});
  const json theirs = result_of({"timeloop"});
  EXPECT_EQ(exact["computes"].get<std::int64_t>(), 8 * 3 * 12);
  EXPECT_DOUBLE_EQ(exact["energy_by_component"]["multiplier"].get<double>(), 0.25 * 288);
  EXPECT_DOUBLE_EQ(theirs["energy_by_component"]["multiplier"].get<double>(), 0.25 * 288);
  // Every pixel comes from outside once, a block of eight for 512 pJ.
  EXPECT_DOUBLE_EQ(exact["levels"][0]["tensors"][0]["energy_pj"].get<double>(), 14 * 512 / 8.0);
}

TEST_F(TimeloopFiles, TablesBesideTheConvertedFilesChargeTheSame) {
  ASSERT_EQ(ohmloop({"convert", "timeloop", "-o", "native", "-q"}).exit_code, 0);
  const json direct = result_of({"timeloop", "--counting", "exact"});
  const json native = result_of({"native/architecture.yaml", "native/layer.yaml", "native/mapping.yaml",
                                 "timeloop/ERT.yaml", "timeloop/ART.yaml"});
  EXPECT_EQ(native["energy_by_component"], direct["energy_by_component"]);
  EXPECT_EQ(native["area_um2"], direct["area_um2"]);
}

TEST_F(TimeloopFiles, ThatNobodyCanEstimateNeedTheirTables) {
  if (!fs::exists(peers)) GTEST_SKIP() << "the reference cases are not beside the checkout";
  const std::string simba = peers + "published/simba_like/";
  const Outcome outcome = ohmloop({"convert", simba + "parsed-processed-input.yaml", simba + "timeloop-mapper.map.yaml",
                                   simba + "timeloop-mapper.ERT.yaml", "-o", "out"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.err.find("'ohmloop model' needs the ERT beside the result: nobody can estimate"), std::string::npos)
      << outcome.err;
}

TEST_F(TimeloopFiles, KeepTheSchemaInBothWays) {
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-model-1.json"));
  for (const char* counting : {"exact", "timeloop"}) {
    const json result = result_of({"timeloop", "--counting", counting});
    EXPECT_EQ(schema_violations(result, schema), Words{}) << counting;
    EXPECT_EQ(result["architecture"], "strip_chip");
    EXPECT_EQ(result["layer"], "strip");
    EXPECT_EQ(result["inputs"].size(), 5U);
  }
}

TEST_F(TimeloopFiles, LeaveNothingBehindWhereTheyAreWrong) {
  const Outcome outcome = ohmloop({"convert", "timeloop/architecture.yaml", "timeloop/problem.yaml",
                                   "timeloop-wrong/product.yaml", "-o", "native"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_FALSE(fs::exists("native"));
}

TEST_F(TimeloopFiles, GivenTablesOfAChipChargeWhatTheChipCharges) {
  const Outcome energy = ohmloop({"energy", "chip.yaml", "-o", "tables", "-q"});
  ASSERT_EQ(energy.exit_code, 0) << energy.err;
  const json estimated = result_of({"chip.yaml", "layer.yaml", "mapping.yaml"});
  const json given = result_of({"tables/ERT.yaml", "chip.yaml", "layer.yaml", "mapping.yaml", "tables/ART.yaml"});
  EXPECT_EQ(given["levels"].size(), estimated["levels"].size());
  EXPECT_NEAR(given["energy_pj"].get<double>(), estimated["energy_pj"].get<double>(), 1e-6);
  EXPECT_NEAR(given["area_um2"].get<double>(), estimated["area_um2"].get<double>(), 1e-3);
}

}  // namespace
}  // namespace ohmloop::test
