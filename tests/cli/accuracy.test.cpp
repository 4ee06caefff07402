// `ohmloop accuracy` from outside: schema, same bytes, files, and a user who has had enough.
#include <filesystem>
#include <sstream>

#include "fixtures.hpp"
#include "json_schema.hpp"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class Accuracy : public testing::Test {
 protected:
  /// On the small network and images of the playground.
  static Outcome accuracy(const Words& options) {
    Words words = {"accuracy", "trained.onnx", "--data", "images.yaml", "-q"};
    words.insert(words.end(), options.begin(), options.end());
    return ohmloop(words);
  }
  static Json json(Words options) {
    options.insert(options.end(), {"--format", "json"});
    const Outcome outcome = accuracy(options);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return Json::parse(outcome.out);
  }
  static Json schema(const std::string& name) {
    return Json::parse(read_text(fs::path(OHMLOOP_SOURCE_DIR) / "share/ohmloop/schemas" / (name + ".json")));
  }

  const Playground playground_;
};

TEST_F(Accuracy, ResultsKeepTheirSchema) {
  const std::vector<Words> all = {{},
                                  {"--noise", "rescaled:0:0.2:0.1", "--seeds", "3"},
                                  {"--noise", "fixed:1", "--weight-bits", "2..4,float", "--activation-bits", "8"},
                                  {"--weight-bits", "1", "--per-layer"},
                                  {"--images", "7", "--stop-at-width", "50%", "--skip", "both"}};
  for (const Words& options : all) {
    const Json result = json(options);
    EXPECT_EQ(schema_violations(result, schema("ohmloop-accuracy-1")), std::vector<std::string>());
  }
}

TEST_F(Accuracy, TopLevelFiguresAreTheFirstPoints) {
  const Json result = json({"--noise", "rescaled:0.3,0", "--weight-bits", "3"});
  ASSERT_EQ(result["points"].size(), 2U);
  for (const char* key : {"top1", "top5", "top1_ci95", "agreement", "weight_bits", "activation_bits"}) {
    EXPECT_EQ(result[key], result["points"][0][key]) << key;
  }
  EXPECT_EQ(result["points"][0]["noise_amplitude"], 0.3);
  EXPECT_EQ(result["images"], 30);
}

TEST_F(Accuracy, SameBytesForAnyNumberOfThreads) {
  const auto bytes = [](const char* jobs) {
    Json result =
        json({"--noise", "fixed:0:1:0.25", "--seeds", "2", "--activation-bits", "4", "--batch", "4", "-j", jobs});
    result.erase("images_per_second");
    return result.dump();
  };
  const std::string expected = bytes("1");
  EXPECT_EQ(bytes("2"), expected);
  EXPECT_EQ(bytes("7"), expected);
}

TEST_F(Accuracy, PredictionsHaveALineForEveryImage) {
  ASSERT_EQ(accuracy({"--predictions", "p.tsv"}).exit_code, 0);
  ASSERT_EQ(accuracy({"--predictions", "p.csv"}).exit_code, 0);
  std::istringstream lines(read_text("p.tsv"));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "index\tlabel\ttop1");
  std::size_t right = 0;
  std::size_t count = 0;
  for (int index = 0, label = 0, top1 = 0; lines >> index >> label >> top1; ++count) {
    EXPECT_EQ(index, static_cast<int>(count));
    EXPECT_EQ(label, static_cast<int>(count % 3));
    right += label == top1 ? 1 : 0;
  }
  EXPECT_EQ(count, 30U);
  EXPECT_EQ(static_cast<double>(right) / 30, json({})["top1"]);
  EXPECT_EQ(read_text("p.csv").substr(0, 16), "index,label,top1");
}

TEST_F(Accuracy, ThePlanNamesTheSteps) {
  const std::string plan = accuracy({"--plan"}).out;
  for (const char* step :
       {"Conv conv + clamp", "GlobalAveragePool pool", "Flatten (plain) -> 4x8", "4 steps, 1 plain, 0 reorders"}) {
    EXPECT_NE(plan.find(step), std::string::npos) << plan;
  }
}

TEST_F(Accuracy, PlacesThatCannotBeWrittenAreToldBeforeTheWork) {
  EXPECT_EQ(accuracy({"--predictions", "no-such-folder/p.tsv"}).exit_code, 3);
  EXPECT_EQ(accuracy({"--record", "."}).exit_code, 3);
  EXPECT_EQ(accuracy({"--record", "no-such-folder/r.json"}).exit_code, 3);
}

TEST_F(Accuracy, OutFillsADirectory) {
  ASSERT_EQ(accuracy({"--noise", "rescaled:0:0.2:0.1", "-o", "out"}).exit_code, 0);
  for (const char* name : {"accuracy.json", "points.csv", "predictions.tsv", "accuracy.gp"})
    EXPECT_TRUE(fs::exists(fs::path("out") / name)) << name;
  if (fs::exists("out/accuracy.svg")) {
    EXPECT_NE(read_text("out/accuracy.svg").find("<svg"), std::string::npos);
  }
}

TEST_F(Accuracy, RecordsTheDistributionsOfAllLayers) {
  ASSERT_EQ(accuracy({"--record", "values.json"}).exit_code, 0);
  const Json record = Json::parse(read_text("values.json"));
  EXPECT_EQ(record["schema"], "ohmloop-values/1");
  EXPECT_EQ(record["images"], 30);
  ASSERT_EQ(record["layers"].size(), 2U);
  const Json& conv = record["layers"][0];
  EXPECT_EQ(conv["weights"]["count"], 72);
  EXPECT_EQ(conv["inputs"]["count"], 30 * 36);
  EXPECT_EQ(conv["outputs"]["count"], 30 * 8 * 36);
  EXPECT_EQ(conv["input_codes"]["counts"].size(), 256U) << "unsigned codes of 8 bits";
  EXPECT_EQ(conv["weight_codes"]["counts"].size(), 255U) << "signed codes of 8 bits";
  std::uint64_t codes = 0;
  for (const Json& count : conv["input_codes"]["counts"]) codes += count.get<std::uint64_t>();
  EXPECT_EQ(codes, 30U * 36);
}

TEST_F(Accuracy, AnInterruptionPrintsWhatIsKnown) {
  const Outcome outcome = ohmloop_interrupted(
      {"accuracy", "fashion-mnist-depth-2", "--noise", "fixed:0:1:0.002", "--batch", "1", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 130);
  const Json result = Json::parse(outcome.out);
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_GE(result["images"], 1);
  EXPECT_LT(result["images"], 10'000);
  EXPECT_EQ(result["points"].size(), 501U);
  EXPECT_EQ(result["points"][0]["images"], result["images"]);
}

}  // namespace
}  // namespace ohmloop::test
