// Sweeps from outside: each point is what 'run' says, at any number of threads; an end before the end prints what is
// done.
#include <algorithm>
#include <filesystem>
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

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const Words small = {"sweep",  "tiny.onnx",           "alexnet", "--arch",          "pim",
                     "--over", "rows,columns=64,256", "--over",  "adc=6 bit,8 bit", "-q"};

class Sweep : public ::testing::Test {
 protected:
  static json result_of(const Words& words) {
    const Outcome outcome = ohmloop(with(words, {"--format", "json"}));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out);
  }

  static json schema() {
    return json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-sweep-1.json"));
  }

  const Playground playground_;
};

TEST_F(Sweep, EveryPointIsWhatARunSays) {
  const json sweep = result_of(small);
  ASSERT_EQ(sweep["points"].size(), 8U);
  EXPECT_EQ(sweep["points"][0]["network"], "tiny.onnx");
  EXPECT_EQ(sweep["points"][7]["network"], "alexnet");
  EXPECT_EQ(sweep["points"][7]["values"], (json{{"rows", 256}, {"columns", 256}, {"adc", "8 bit"}}));
  for (const json& point : sweep["points"]) {
    const json& values = point["values"];
    const std::string size = values["rows"].dump();
    const json run = result_of({"run", point["network"], "--arch", "pim", "--set", "rows=" + size, "--set",
                                "columns=" + size, "--set", "adc=" + values["adc"].get<std::string>(), "-q"});
    for (const auto& [key, value] : point["total"].items()) EXPECT_EQ(value, run["total"][key]) << key;
  }
}

TEST_F(Sweep, IsTheSameForAnyNumberOfThreads) {
  for (const char* format : {"json", "csv", "table"}) {
    const std::string one = ohmloop(with(small, {"--format", format, "-j1"})).out;
    for (const char* threads : {"-j2", "-j7"}) {
      EXPECT_EQ(ohmloop(with(small, {"--format", format, threads})).out, one) << format << threads;
    }
  }
}

TEST_F(Sweep, KeepsTheSchemaWithAndWithoutArraysAndFailures) {
  EXPECT_EQ(schema_violations(result_of(small), schema()), Words{});
  const json digital = result_of({"sweep", "tiny.onnx", "--arch", "chip.yaml", "--set", "buffer.width=8", "--estimator",
                                  "unit", "--over", "buffer.size=16 bit,16 KiB", "-q"});
  EXPECT_EQ(schema_violations(digital, schema()), Words{});
  EXPECT_TRUE(digital["points"][0]["total"].is_null());
  EXPECT_NE(digital["points"][0]["failure"].get<std::string>().find("no legal mapping of conv1"), std::string::npos);
  EXPECT_TRUE(digital["points"][1]["failure"].is_null());
  EXPECT_TRUE(digital["points"][1]["total"]["array_activations"].is_null());
  json wrong = digital;
  wrong["points"][1]["total"].erase("energy_pj");
  EXPECT_EQ(schema_violations(wrong, schema()).size(), 1U);
}

TEST_F(Sweep, WithoutAnyResultTheAnswerIsNo) {
  const Outcome outcome = ohmloop({"sweep", "tiny.onnx", "--arch", "chip.yaml", "--set", "buffer.width=8",
                                   "--estimator", "unit", "--over", "buffer.size=8 bit,16 bit", "-q"});
  EXPECT_EQ(outcome.exit_code, 1);
}

TEST_F(Sweep, ACombinationThatNoChipCanHaveIsAFailureOfItsPoint) {
  // Each value goes with the other's first; together a word is wider than the memory.
  const json sweep = result_of({"sweep", "tiny.onnx", "--arch", "chip.yaml", "--estimator", "unit", "--over",
                                "buffer.size=16 KiB,64 bit", "--over", "buffer.width=64 bit,128 bit", "-q"});
  ASSERT_EQ(sweep["points"].size(), 4U);
  EXPECT_TRUE(sweep["points"][1]["failure"].is_null());
  EXPECT_NE(sweep["points"][3]["failure"].get<std::string>().find("smaller than one access"), std::string::npos);
}

TEST_F(Sweep, TheCsvHasARowPerPointAndAFieldPerColumn) {
  std::istringstream lines(ohmloop(with(small, {"--format", "csv"})).out);
  std::vector<std::int64_t> commas;
  for (std::string line; std::getline(lines, line);) commas.push_back(std::count(line.begin(), line.end(), ','));
  EXPECT_EQ(commas.size(), 9U);
  for (const std::int64_t count : commas) EXPECT_EQ(count, commas.front());
}

TEST_F(Sweep, FilesAreWhatIsPrinted) {
  const std::string out = ohmloop(with(small, {"--format", "json", "-o", "a/b"})).out;
  EXPECT_EQ(read_text("a/b/sweep.json"), out);
  EXPECT_EQ(read_text("a/b/sweep.csv"), ohmloop(with(small, {"--format", "csv"})).out);
}

TEST_F(Sweep, AnInterruptionPrintsThePointsThatAreDone) {
  const Outcome outcome =
      ohmloop_interrupted({"sweep", "densenet201", "--arch", "pim", "--over", "rows=100..149", "--over",
                           "columns=100..149", "--over", "dac=1..8", "--format", "json", "-o", "out"});
  ASSERT_EQ(outcome.exit_code, 130);
  const json result = json::parse(outcome.out);
  EXPECT_EQ(schema_violations(result, schema()), Words{});
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_GE(result["points"].size(), 1U);
  EXPECT_LT(result["points"].size(), 20'000U);
  EXPECT_FALSE(fs::exists("out")) << "nothing partial is left behind";
}

}  // namespace
}  // namespace ohmloop::test
