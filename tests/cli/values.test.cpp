// `ohmloop run --values` from outside: what a record changes, and what it must fit.
#include <filesystem>

#include "fixtures.hpp"
#include "json_schema.hpp"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class Values : public testing::Test {
 protected:
  /// `pim` with cells that state their conductances: 1 uS to 10 uS, read with 0.2 V for 10 ns.
  Values() {
    std::string chip = ohmloop({"show", "pim", "--yaml"}).out;
    const std::string cells = "  class: rram\n";
    chip.replace(chip.find(cells), cells.size(),
                 cells +
                     "  on_resistance: 100 kohm\n  off_resistance: 1 Mohm\n  read_voltage: 0.2 V\n"
                     "  pulse_width: 10 ns\n");
    write_text("resistive.yaml", chip);
  }
  static Outcome run(const std::string& network, const Words& more) {
    Words words = {"run", network, "--arch", "resistive.yaml", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return ohmloop(words);
  }
  static Json json(const std::string& network, Words more) {
    more.insert(more.end(), {"--format", "json"});
    const Outcome outcome = run(network, more);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.exit_code == 0 ? Json::parse(outcome.out) : Json();
  }
  /// Of the cells, per product of slices.
  static double compute_pj(const Json& layer, const Json& result) {
    const Json& bits = result["architecture"]["bits"];
    const double slices = bits["input"].get<double>() * bits["weight"].get<double>() / 2;
    return layer["energy_by_component"]["array.multiply"].get<double>() / layer["macs"].get<double>() / slices;
  }
  static void record(const std::string& network, const std::string& data, const std::string& file) {
    const Outcome outcome =
        ohmloop({"accuracy", network, "--data", data, "--images", "20", "--record", file, "--format", "csv", "-q"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }

  const Playground playground_;
};

TEST_F(Values, ARecordSetsWhatEveryLayersCellsCost) {
  record("trained.onnx", "images.yaml", "values.json");
  const Json result = json("trained.onnx", {"--values", "values.json"});
  const Json schema = Json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-run-1.json"));
  EXPECT_EQ(schema_violations(result, schema), std::vector<std::string>());
  EXPECT_EQ(result["values"], (Json{{"matter", true}, {"source", "values.json"}, {"layers", 2}}));
  EXPECT_EQ(result["inputs"].size(), 3U);
  for (const Json& layer : result["layers"]) {
    const Json& values = layer["values"];
    const double conductance = 1e-6 + values["weight_mean"].get<double>() * 9e-6;
    const double expected_pj = 0.04 * conductance * 10e-9 * values["input_mean"].get<double>() * 1e12;
    EXPECT_NEAR(compute_pj(layer, result) / expected_pj, 1, 1e-9) << layer["name"];
  }
}

TEST_F(Values, ComeWithoutARecordFromTheNetworksWeights) {
  const Json defaults = json("trained.onnx", {});
  EXPECT_EQ(defaults["values"], (Json{{"matter", true}, {"source", nullptr}, {"layers", 0}}));
  const Json weights = json("trained.onnx", {"--values", "weights"});
  EXPECT_EQ(weights["values"]["layers"], 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const Json& values = weights["layers"][i]["values"];
    EXPECT_FALSE(values.contains("input_mean"));
    const double conductance = 1 + values["weight_mean"].get<double>() * 9;
    EXPECT_NEAR(compute_pj(weights["layers"][i], weights) / compute_pj(defaults["layers"][i], defaults),
                conductance / 5.5, 1e-9);
  }
  EXPECT_NE(run("trained.onnx", {}).out.find("values: defaults (means of half of full scale"), std::string::npos);
  EXPECT_NE(run("trained.onnx", {"--values", "weights"}).out.find("values: from the network's weights"),
            std::string::npos);
}

TEST_F(Values, ThatChangeNothingAreAWarning) {
  const Outcome outcome = ohmloop({"run", "trained.onnx", "--arch", "pim", "--values", "weights"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.err.find("values change no energy of 'pim'"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.out.find("values:"), std::string::npos);
}

TEST_F(Values, ThatCannotBeReadAreAnErrorOnAnyChip) {
  const Outcome outcome = ohmloop({"run", "trained.onnx", "--arch", "pim", "--values", "nowhere.json"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("there is no file 'nowhere.json'"), std::string::npos) << outcome.err;
}

TEST_F(Values, MustFit) {
  record("trained.onnx", "images.yaml", "values.json");
  const auto refused = [](const Outcome& outcome, const char* words) {
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  };
  refused(run("trained.onnx", {"--values", "values.json", "--set", "input_bits=6 bit"}), "--activation-bits 6");
  refused(run("tiny.onnx", {"--values", "values.json"}), "are they those of another network?");
  refused(run("alexnet", {"--values", "weights"}), "has no trained weights");
  refused(run("trained.onnx", {"--values", "nothing.json"}), "there is no file 'nothing.json'");
  refused(run("trained.onnx", {"--values", "weights", "--explain", "energy"}), "leave out --values");
}

TEST_F(Values, OfATrainedResNet) {
  const fs::path data = fs::path(OHMLOOP_SOURCE_DIR) / "../shared/data";
  const fs::path network = data / "models/cifar10/resnet20_xsim.onnx";
  if (!fs::exists(network)) GTEST_SKIP() << "no shared networks";
  write_text("cifar.yaml", "ohmloop-data: 1\nsource:\n  cifar10: {files: ['" +
                               (data / "cifar10/test_batch.bin").string() +
                               "']}\npreprocessing:\n- divide: 255\n"
                               "- subtract: [0.485, 0.456, 0.406]\n- divide: [0.229, 0.224, 0.225]\n");
  record(network.string(), "cifar.yaml", "values.json");
  const Json result = json(network.string(), {"--values", "values.json"});
  EXPECT_EQ(result["values"]["layers"], result["layers"].size());
  EXPECT_EQ(result["warnings"].dump().find("no values"), std::string::npos) << result["warnings"];
  for (const Json& layer : result["layers"]) {
    // What follows a rectifier is small and often 0; the image has values of both signs and is shifted.
    const bool first = layer["name"] == result["layers"][0]["name"];
    EXPECT_LT(layer["values"]["input_mean"], first ? 0.6 : 0.4) << layer["name"];
  }
}

}  // namespace
}  // namespace ohmloop::test
