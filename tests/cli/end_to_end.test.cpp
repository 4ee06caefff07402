// Whole runs: what the outputs promise, and what is left behind when something goes wrong.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "fixtures.hpp"
#include "json_schema.hpp"
#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/cli/option_table.hpp"

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Words = std::vector<std::string>;

class EndToEnd : public ::testing::Test {
 protected:
  static Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  /// The JSON of a run that must succeed.
  static json result_of(const Words& more, const std::string& network = "tiny.onnx",
                        const std::string& arch = "chip.yaml") {
    const Outcome outcome = ohmloop(with({"run", network, "--arch", arch, "--format", "json"}, more));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out);
  }

  /// Runs the built program through the shell; the exit code is the shell's.
  static int shell(const std::string& command) {
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  static Words files_below(const fs::path& folder) {
    Words names;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      names.push_back(fs::relative(entry.path(), folder).string());
    }
    return names;
  }

  const Playground playground_;
  const std::string program_ = OHMLOOP_PROGRAM;
};

double sum(const json& object) {
  double total = 0;
  for (const auto& [name, value] : object.items()) total += value.get<double>();
  return total;
}

void expect_near(double actual, double expected) { EXPECT_NEAR(actual, expected, 1e-9 * expected); }

TEST_F(EndToEnd, ResultsKeepTheirSchema) {
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-run-1.json"));
  for (const std::string& arch : {std::string("chip.yaml"), std::string("pim"), std::string("eyeriss")}) {
    EXPECT_EQ(schema_violations(result_of({}, "tiny.onnx", arch), schema), Words{}) << arch;
  }
}

TEST_F(EndToEnd, TheSchemaCheckFindsWhatIsWrong) {
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-run-1.json"));
  json result = result_of({});
  result["total"].erase("macs");
  result["layers"][0]["utilisation"] = 1.5;
  result["extra"] = 1;
  result["inputs"][0]["sha256"] = "abc";
  EXPECT_EQ(schema_violations(result, schema).size(), 4U);
}

TEST_F(EndToEnd, EnergyResultsKeepTheirSchema) {
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-energy-1.json"));
  for (const Words& words : {Words{"chip.yaml"}, Words{"isaac"}, Words{"chip.yaml", "--counts", "counts.yaml"},
                             Words{"chip.yaml", "counts.yaml", "--instances"}}) {
    const Outcome outcome = ohmloop(with(with({"energy"}, words), {"--format", "json"}));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(schema_violations(json::parse(outcome.out), schema), Words{}) << words.back();
  }
}

TEST_F(EndToEnd, PartsKeepTheirSchemas) {
  const std::vector<std::pair<std::string, Words>> cases = {
      {"parts", {}},
      {"part", {"adc"}},
      {"part", {"sram", "--set", "width=64", "--set", "size=64KiB", "--set", "technology=45nm"}},
      {"part",
       {"ring_adc", "--estimator-program", "python3 ring_adc.py", "--set", "stages=15", "--set", "supply=0.8V"}},
      {"part-sweep", {"sram", "--set", "width=64", "--set", "technology=45nm", "--sweep", "depth=1k..4k"}}};
  for (const auto& [name, words] : cases) {
    const std::string path = OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-" + name + "-1.json";
    const json schema = json::parse(read_text(path));
    const Outcome outcome = ohmloop(with(with({"parts"}, words), {"--format", "json"}));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    json result = json::parse(outcome.out);
    EXPECT_EQ(schema_violations(result, schema), Words{}) << name;
    result["schema"] = "ohmloop-parts/2";
    EXPECT_EQ(schema_violations(result, schema).size(), 1U) << name;
  }
}

TEST_F(EndToEnd, CountsOfARunGiveItsEnergyAgain) {
  for (const std::string& arch : {std::string("chip.yaml"), std::string("pim"), std::string("isaac")}) {
    const json run = result_of({"-o", "out", "-q"}, "tiny.onnx", arch);
    const Outcome outcome = ohmloop({"energy", arch, "--counts", "out/action_counts.yaml", "--format", "json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const json energy = json::parse(outcome.out);
    expect_near(energy["total"]["energy_pj"], run["total"]["energy_pj"]);
    expect_near(energy["total"]["area_um2"], run["total"]["area_um2"]);
    EXPECT_DOUBLE_EQ(energy["total"]["runtime_s"], run["total"]["interval_s"]);
    for (const auto& [name, value] : run["energy_by_component"].items()) {
      expect_near(energy["energy_by_component"][name], value);
    }
    expect_near(sum(energy["energy_by_tensor"]), run["total"]["energy_pj"]);
    if (!run["digital"].empty()) continue;
    for (const auto& [name, value] : energy["energy_by_tensor"].items()) {
      double sum_of_layers = 0;
      for (const json& layer : run["layers"]) sum_of_layers += layer["energy_by_tensor"][name].get<double>();
      expect_near(value, sum_of_layers);
    }
  }
}

// Accelergy's own Eyeriss-like example with tables where everything costs 1 (its repository before commit 5b67849).
TEST_F(EndToEnd, AccelergysEyerissExampleGivesItsEnergiesExactly) {
  const std::string input = OHMLOOP_SOURCE_DIR "/../shared/peers/accelergy/eyeriss_like/input";
  if (!fs::exists(input)) GTEST_SKIP() << "the shared reference data are not beside the checkout";
  const Outcome outcome = ohmloop(
      {"energy", input, "--counts", input + "/action_counts.yaml", "--estimator", "unit", "--format", "json", "-q"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json result = json::parse(outcome.out);
  EXPECT_EQ(result["total"]["energy_pj"], 69017063);
  EXPECT_EQ(result["energy_by_component"].size(), 10U);
  EXPECT_EQ(result["energy_by_component"]["eyeriss_like.PE[0..167].psum_spad"], 41235934);
  EXPECT_EQ(result["energy_by_component"]["eyeriss_like.psum_read_NoC"], 64896);
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-energy-1.json"));
  EXPECT_EQ(schema_violations(result, schema), Words{});
}

// One chip, three technologies: the same counts, and only what was changed changes.
TEST_F(EndToEnd, AChipChangesItsTechnologyByItsDescriptionAlone) {
  ASSERT_EQ(ohmloop({"run", "tiny.onnx", "--arch", "eyeriss", "-o", "out", "-q"}).exit_code, 0);
  const auto energy = [](const Words& chip) {
    const Outcome outcome =
        ohmloop(with(with({"energy"}, chip), {"--counts", "out/action_counts.yaml", "--format", "json", "-q"}));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out)["energy_by_component"];
  };
  const json at_65nm = energy({"eyeriss"});
  const json at_45nm = energy({"eyeriss", "--set", "technology=45nm"});
  const json memristors = energy({OHMLOOP_SOURCE_DIR "/examples/technology/eyeriss-memristor.yaml"});
  for (const auto& [name, value] : at_65nm.items()) {
    const bool changes = name != "dram" && value > 0;
    EXPECT_EQ(at_45nm[name] < value, changes) << name;
    EXPECT_EQ(at_45nm[name] == value, !changes) << name;
    EXPECT_EQ(memristors[name] == value, name != "mac") << name;
  }
}

// A multiplication of 16 bits costs 0.8 pJ at 65 nm and 0.4 pJ at 45 nm, as the talk on Accelergy states: the chip
// follows the line of its table, at another technology and after an edit of the table alone.
TEST_F(EndToEnd, AChipChangesItsTechnologyByItsTableAlone) {
  const std::string examples = OHMLOOP_SOURCE_DIR "/examples/technology/";
  fs::copy_file(examples + "eyeriss-talk.yaml", "talk.yaml");
  const std::string table = read_text(examples + "talk.csv");
  const auto of_mac = [](const Words& more) {
    const Outcome outcome = ohmloop(with({"energy", "talk.yaml", "--format", "json", "-q"}, more));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    const json components = json::parse(outcome.out)["components"];
    return components.back()["actions"][0]["energy_pj"].get<double>();
  };
  const auto with_multiplier = [&](const std::string& energy_pj) {
    std::string edited = table;
    edited.replace(edited.find("multiply,0.8") + 9, 3, energy_pj);
    write_text("talk.csv", edited);
    return of_mac({});
  };
  const double at_65nm = with_multiplier("0.8");
  const double adder_pj = at_65nm - 0.8;
  EXPECT_GT(adder_pj, 0);
  EXPECT_NEAR(with_multiplier("0.1"), adder_pj + 0.1, 1e-12);
  write_text("talk.csv", table);
  const double adder_at_45nm = of_mac({"--set", "technology=45nm"}) - 0.4;
  EXPECT_GT(adder_at_45nm, 0);
  EXPECT_LT(adder_at_45nm, adder_pj);
}

TEST_F(EndToEnd, EnergyWritesAllItsFilesOrNone) {
  EXPECT_EQ(ohmloop({"energy", "chip.yaml", "-o", "bad", "--explain", "nobody"}).exit_code, 2);
  EXPECT_FALSE(fs::exists("bad"));
  EXPECT_EQ(ohmloop({"energy", "chip.yaml", "--counts", "counts.yaml", "-o", "good"}).exit_code, 0);
  EXPECT_EQ(files_below("good").size(), 5U);
}

TEST_F(EndToEnd, TotalsAreTheSumsOfLayersAndDigitalUnit) {
  for (const std::string& arch : {std::string("chip.yaml"), std::string("pim")}) {
    const json result = result_of({}, "tiny.onnx", arch);
    double energy = 0;
    double leakage = 0;
    std::int64_t cycles = 0;
    std::int64_t macs = 0;
    for (const json& layer : result["layers"]) {
      energy += layer["energy_pj"].get<double>();
      leakage += layer["leakage_pj"].get<double>();
      cycles += layer["latency_cycles"].get<std::int64_t>();
      macs += layer["macs"].get<std::int64_t>();
      expect_near(sum(layer["energy_by_component"]), layer["energy_pj"]);
      expect_near(sum(layer["energy_by_tensor"]), layer["energy_pj"]);
    }
    const json& total = result["total"];
    leakage *= total["latency_cycles"].get<double>() / static_cast<double>(cycles);
    for (const json& one : result["digital"]) {
      energy += one["energy_pj"].get<double>();
      cycles += one["latency_cycles"].get<std::int64_t>();
    }
    EXPECT_EQ(result["digital"].empty(), arch == "chip.yaml");
    expect_near(total["energy_pj"], energy);
    expect_near(total["leakage_pj"], leakage);
    EXPECT_EQ(total["latency_cycles"], cycles);
    EXPECT_EQ(total["macs"], macs);
    EXPECT_EQ(macs, 4 * 8 * 8 * 27 + 8 * 3 * 3 * 36 + 10 * 72);
    expect_near(sum(result["energy_by_component"]), energy);
    expect_near(sum(result["area_by_component_um2"]), total["area_um2"]);
  }
}

TEST_F(EndToEnd, CsvEnergiesSumToTheTotal) {
  const Outcome outcome = ohmloop({"run", "tiny.onnx", "--arch", "chip.yaml", "--format", "csv"});
  ASSERT_EQ(outcome.exit_code, 0);
  std::istringstream lines(outcome.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "layer,component,class,tensor,action,count,energy_pj");
  double energy = 0;
  while (std::getline(lines, line)) energy += std::stod(line.substr(line.rfind(',') + 1));
  expect_near(energy, result_of({})["total"]["energy_pj"]);
}

TEST_F(EndToEnd, SameBytesForAnyNumberOfThreads) {
  const Words words = {"run", "resnet18", "--arch", "pim", "--format", "json", "-q"};
  const Outcome one = ohmloop(with(words, {"-j1"}));
  ASSERT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(one.out, ohmloop(with(words, {"-j2"})).out);
  EXPECT_EQ(one.out, ohmloop(with(words, {"-j5"})).out);
}

TEST_F(EndToEnd, OverridesChangeTheResultAndAreRecorded) {
  const json before = result_of({});
  const json after = result_of({"--set", "lanes=1"});
  EXPECT_GT(after["total"]["latency_cycles"], before["total"]["latency_cycles"]);
  EXPECT_EQ(after["settings"]["overrides"], json({"lanes=1"}));
  EXPECT_EQ(after["inputs"], before["inputs"]);
}

TEST_F(EndToEnd, BatchMultipliesTheWork) {
  const std::int64_t one = result_of({})["total"]["macs"];
  EXPECT_EQ(result_of({"--batch", "3"})["total"]["macs"], 3 * one);
}

TEST_F(EndToEnd, EqualLayersAreEvaluatedOnceAndSaidSo) {
  const json result = result_of({"-q"}, "resnet18", "pim");
  EXPECT_EQ(result["total"]["layers"], 21);
  EXPECT_LT(result["total"]["unique_layers"], 15);
  std::map<std::string, json> by_name;
  for (const json& layer : result["layers"]) {
    if (!layer["same_as"].is_null()) {
      EXPECT_EQ(layer["energy_pj"], by_name.at(layer["same_as"])["energy_pj"]);
    }
    by_name[layer["name"]] = layer;
  }
}

TEST_F(EndToEnd, InputsAreHashed) {
  const json result = result_of({});
  ASSERT_EQ(result["inputs"].size(), 2U);
  ASSERT_EQ(shell("sha256sum tiny.onnx chip.yaml | cut -d' ' -f1 > sums"), 0);
  EXPECT_EQ(read_text("sums"), result["inputs"][0]["sha256"].get<std::string>() + "\n" +
                                   result["inputs"][1]["sha256"].get<std::string>() + "\n");
}

TEST_F(EndToEnd, OutFillsADirectoryWithResultCsvAndMappings) {
  const Outcome outcome = ohmloop({"run", "tiny.onnx", "--arch", "chip.yaml", "-o", "a/b", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(read_text("a/b/result.json"), outcome.out);
  EXPECT_TRUE(read_text("a/b/layers.csv").starts_with("layer,component,"));
  EXPECT_TRUE(read_text("a/b/action_counts.yaml").starts_with("action_counts:"));
  for (const char* layer : {"conv1", "conv2", "classifier"}) {
    EXPECT_TRUE(fs::exists(fs::path("a/b/mappings") / (std::string(layer) + ".txt"))) << layer;
    EXPECT_TRUE(fs::exists(fs::path("a/b/mappings") / (std::string(layer) + ".yaml"))) << layer;
  }
  EXPECT_TRUE(read_text("a/b/figures.csv").starts_with("layer,operation,"));
  EXPECT_EQ(files_below("a/b").size(), 11U);
}

TEST_F(EndToEnd, FiguresOfEachLayerAddUpToTheTotal) {
  for (const std::string& arch : {std::string("chip.yaml"), std::string("pim"), std::string("isaac")}) {
    const json run = result_of({"-q", "-o", "out"}, "tiny.onnx", arch);
    expect_near(sum(run["total"]["energy_by_part"]), run["total"]["energy_pj"]);
    for (const char* key : {"macs", "input_activations", "output_activations", "activations_moved",
                            "activation_movement_pj", "array_activations", "adc_conversions"}) {
      if (run["total"][key].is_null()) continue;
      double sum_of_layers = 0;
      for (const json& layer : run["layers"]) sum_of_layers += layer[key].get<double>();
      expect_near(sum_of_layers, run["total"][key]);
    }
    EXPECT_EQ(run["total"]["array_activations"].is_null(), arch == "chip.yaml");
    std::istringstream lines(read_text("out/figures.csv"));
    Words rows;
    for (std::string line; std::getline(lines, line);) rows.push_back(line);
    ASSERT_EQ(rows.size(), 1 + run["layers"].size() + 1);
    const auto commas = [](const std::string& row) { return std::count(row.begin(), row.end(), ','); };
    for (const std::string& row : rows) EXPECT_EQ(commas(row), commas(rows[0]));
    EXPECT_TRUE(rows.back().starts_with(",," + run["total"]["energy_pj"].dump().substr(0, 6))) << rows.back();
  }
}

TEST_F(EndToEnd, AFailedRunLeavesNothingBehind) {
  EXPECT_EQ(ohmloop({"run", "tiny.onnx", "--arch", "too-small.yaml", "-o", "out"}).exit_code, 1);
  EXPECT_FALSE(fs::exists("out"));
  EXPECT_EQ(ohmloop({"run", "tiny.onnx", "--arch", "unknown-key.yaml", "-o", "out"}).exit_code, 2);
  EXPECT_FALSE(fs::exists("out"));
}

TEST_F(EndToEnd, AnOutputThatCannotBeWrittenIsExitThreeBeforeTheWork) {
  for (const char* out : {"chip.yaml", "chip.yaml/deeper", "/proc/ohmloop"}) {
    const Outcome outcome = ohmloop({"run", "tiny.onnx", "--arch", "chip.yaml", "-o", out});
    EXPECT_EQ(outcome.exit_code, 3) << out;
    EXPECT_EQ(outcome.out, "") << out;
    EXPECT_NE(outcome.err.find("error: cannot"), std::string::npos) << outcome.err;
  }
}

TEST_F(EndToEnd, AFullDiskIsExitThree) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  for (const char* command : {"zoo", "--version", "run tiny.onnx --arch chip.yaml", "help"}) {
    EXPECT_EQ(shell(program_ + " " + command + " > /dev/full 2> err"), 3) << command;
    EXPECT_NE(read_text("err").find("cannot write to standard output: No space left"), std::string::npos) << command;
  }
}

TEST_F(EndToEnd, AClosedPipeIsSuccess) {
  // The reader goes before the first write; the program's own exit code is kept in a file.
  ASSERT_EQ(shell("( sleep 0.3; " + program_ + " zoo 2> err; echo $? > code ) | true"), 0);
  for (int i = 0; i < 100 && read_text("code").empty(); ++i) ::usleep(50'000);
  EXPECT_EQ(read_text("code"), "0\n");
  EXPECT_EQ(read_text("err"), "");
}

TEST_F(EndToEnd, StandardOutputHasOnlyTheResult) {
  EXPECT_EQ(shell(program_ + " run unsupported.onnx --arch chip.yaml --format json -o out > json 2> err"), 0);
  EXPECT_TRUE(json::accept(read_text("json")));
  EXPECT_NE(read_text("err").find("warning:"), std::string::npos);
  EXPECT_EQ(shell(program_ + " run unsupported.onnx --arch chip.yaml -q > table 2> err"), 0);
  EXPECT_EQ(read_text("err"), "");
  EXPECT_EQ(read_text("table").find('\x1b'), std::string::npos);
}

TEST_F(EndToEnd, ExamplesOfTheHelpPrintWhatTheySay) {
  ASSERT_EQ(::setenv("PATH", (fs::path(program_).parent_path().string() + ":" + std::getenv("PATH")).c_str(), 1), 0);
  for (const CommandSpec& command : command_table()) {
    for (const ExampleSpec& example : command.examples) {
      for (const char* folder : {"out", "a", "b"}) fs::remove_all(folder);  // each example for itself
      shell("( " + std::string(example.command) + " ) > printed 2>&1");
      EXPECT_EQ(read_text("printed"), example.output) << example.command;
    }
  }
}

TEST_F(EndToEnd, ColourComesOnRequest) {
  EXPECT_NE(ohmloop({"zoo", "--color", "always"}).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ohmloop({"zoo", "--color", "never"}).out.find('\x1b'), std::string::npos);
}

TEST_F(EndToEnd, AnInterruptedRunLeavesNothingBehind) {
  // The directory is made before the work; the signal comes while some hundred layers are mapped.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const int null = ::open("/dev/null", O_WRONLY);
    ::dup2(null, STDOUT_FILENO);
    ::dup2(null, STDERR_FILENO);
    ::execl(program_.c_str(), "ohmloop", "run", "densenet201", "--arch", "eyeriss", "-j1", "-o", "out", nullptr);
    ::_exit(127);
  }
  int status = 0;
  while (!fs::exists("out")) {
    ASSERT_EQ(::waitpid(child, &status, WNOHANG), 0) << "the program ended before it began to work";
    ::usleep(1000);
  }
  ::kill(child, SIGINT);
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  EXPECT_FALSE(fs::exists("out"));
}

TEST_F(EndToEnd, EveryPresetRunsAndShows) {
  for (const std::string& preset : preset_names()) {
    const Outcome shown = ohmloop({"show", preset});
    EXPECT_EQ(shown.exit_code, 0) << preset << "\n" << shown.err;
    const Outcome text = ohmloop({"show", preset, "--yaml"});
    write_text("copy.yaml", text.out);
    const Outcome run = ohmloop({"run", "tiny.onnx", "--arch", "copy.yaml", "-q", "--format", "csv"});
    EXPECT_EQ(run.exit_code, 0) << preset << "\n" << run.err;
    EXPECT_EQ(run.out, ohmloop({"run", "tiny.onnx", "--arch", preset, "-q", "--format", "csv"}).out) << preset;
  }
}

TEST_F(EndToEnd, AFixedMappingMatchesItsSchemaAndItsEnergiesAddUp) {
  const Outcome outcome = ohmloop({"model", "mapping.yaml", "layer.yaml", "chip.yaml", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json result = json::parse(outcome.out);
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-model-1.json"));
  EXPECT_EQ(schema_violations(result, schema), Words{});
  EXPECT_NEAR(sum(result["energy_by_component"]), result["energy_pj"].get<double>(), 1e-6);
}

TEST_F(EndToEnd, AFixedMappingCostsWhatTheRunThatFoundItSays) {
  const Outcome zoo = ohmloop({"run", "alexnet", "--arch", "eyeriss", "-o", "alexnet", "--format", "json", "-q"});
  ASSERT_EQ(zoo.exit_code, 0) << zoo.err;
  const json layer = json::parse(zoo.out)["layers"][1];
  const std::string name = layer["name"].get<std::string>();
  const Outcome model = ohmloop({"model", "eyeriss", "alexnet:" + name, "alexnet/mappings/" + name + ".yaml", "-q",
                                 "--format", "json", "-o", "again"});
  ASSERT_EQ(model.exit_code, 0) << model.err;
  const json result = json::parse(model.out);
  EXPECT_DOUBLE_EQ(result["energy_pj"].get<double>(), layer["energy_pj"].get<double>());
  EXPECT_EQ(result["cycles"], layer["latency_cycles"]);
  const Outcome again =
      ohmloop({"model", "eyeriss", "again/layer.yaml", "again/mapping.yaml", "-q", "--format", "csv"});
  EXPECT_EQ(again.out, read_text("again/counts.csv")) << again.err;
}

}  // namespace
}  // namespace ohmloop::test
