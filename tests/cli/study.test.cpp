// Studies from outside: results are the same whatever happens on the way, and what is wrong is said before the work.
#include <csignal>
#include <filesystem>
#include <fstream>

#include "fixtures.hpp"
#include "json_schema.hpp"
#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Words = std::vector<std::string>;

/// 288 points: costs and accuracies of a small network.
const char* const both_kinds = R"(ohmloop-study: 1
name: both
question: What?
networks: [fashion-mnist-depth-2, fashion-mnist-depth-4]
architecture: pim
images: 20
axes:
  rows,columns: [16, 24, 32, 48, 64, 96]
  adc: [4 bit, 6 bit]
  weight_bits: [4, float]
  noise: {kind: rescaled, sigma: 0:0.1:0.02}
metrics: [macs, energy_pj, arrays_used, top1, top1_low]
)";

/// Only costs; many points.
const char* const costs = R"(ohmloop-study: 1
name: costs
networks: [tiny.onnx, alexnet]
architecture: pim
axes:
  rows: 64..93
  columns: [100, 128, 200]
metrics: [energy_pj, latency_s, array_utilisation]
)";

class StudyRuns : public ::testing::Test {
 protected:
  void SetUp() override {
    write_text("both.yaml", both_kinds);
    write_text("costs.yaml", costs);
  }

  static std::string results(const std::string& folder) {
    return read_text(folder + "/results.csv") + read_text(folder + "/results.json");
  }

  static void run(Words words, int code = 0) {
    words.insert(words.begin(), {"study", "run"});
    const Outcome outcome = ohmloop(words);
    EXPECT_EQ(outcome.exit_code, code) << outcome.err;
  }

  static std::string complaint(const Words& words, int code) {
    const Outcome outcome = ohmloop(words);
    EXPECT_EQ(outcome.exit_code, code) << outcome.err;
    return outcome.err;
  }

  /// A process of its own; `prepare` is called in it.
  template <class Prepare>
  static pid_t start(const Words& arguments, const Prepare& prepare) {
    Words words = arguments;
    words.insert(words.begin(), "ohmloop");
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int err = ::open("said.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ::dup2(err, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    prepare();
    ::execv(OHMLOOP_PROGRAM, pointers.data());
    ::_exit(127);
  }

  static int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  const Playground playground_;
};

TEST_F(StudyRuns, AreTheSameForAnyNumberOfThreads) {
  run({"both.yaml", "-o", "one", "-j1", "-q"});
  run({"both.yaml", "-o", "three", "-j3", "-q"});
  EXPECT_EQ(results("one"), results("three"));
  const std::string csv = read_text("one/results.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 6 * 2 * 2 * 6);
  EXPECT_TRUE(csv.starts_with("network,architecture,rows,columns,adc,weight_bits,noise_kind,noise,failure,macs,"));
  EXPECT_FALSE(fs::exists("one/results.lock"));
  EXPECT_FALSE(fs::exists("one/results.sqlite-wal"));
}

TEST_F(StudyRuns, KeepTheSchema) {
  run({"both.yaml", "-o", "one", "-q"});
  const json schema = json::parse(read_text(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/ohmloop-study-1.json"));
  json study = json::parse(read_text("one/results.json"));
  EXPECT_EQ(schema_violations(study, schema), Words{});
  EXPECT_EQ(ohmloop({"study", "show", "one", "--format", "json"}).out, read_text("one/results.json"));
  study["points"][0].erase("metrics");
  EXPECT_EQ(schema_violations(study, schema).size(), 1U);
}

TEST_F(StudyRuns, APointIsWhatSweepAndAccuracySay) {
  run({"both.yaml", "-o", "one", "-q"});
  const json point = json::parse(read_text("one/results.json"))["points"][5];
  const json alone = json::parse(ohmloop({"accuracy", "fashion-mnist-depth-2", "--images", "20", "--weight-bits", "4",
                                          "--noise", "rescaled:0.1", "--format", "json", "-q"})
                                     .out);
  EXPECT_EQ(point["values"]["noise"], 0.1);
  EXPECT_EQ(point["metrics"]["top1"], alone["top1"]);
  run({"costs.yaml", "-o", "costs", "-q"});
  const json sweep = json::parse(ohmloop({"sweep", "tiny.onnx", "alexnet", "--arch", "pim", "--over", "rows=64..93",
                                          "--over", "columns=100,128,200", "--format", "json", "-q"})
                                     .out);
  const json study = json::parse(read_text("costs/results.json"));
  ASSERT_EQ(study["points"].size(), sweep["points"].size());
  for (std::size_t i = 0; i < study["points"].size(); ++i) {
    EXPECT_EQ(study["points"][i]["metrics"]["energy_pj"], sweep["points"][i]["total"]["energy_pj"]);
    EXPECT_EQ(study["points"][i]["values"]["rows"], sweep["points"][i]["values"]["rows"]);
  }
}

TEST_F(StudyRuns, KilledFiveTimesAndResumedAreTheSame) {
  for (const std::string study : {"both", "costs"}) {
    run({study + ".yaml", "-o", "whole", "-q"});
    std::srand(7);
    for (int kill = 0; kill < 5; ++kill) {
      const pid_t child = start({"study", "run", study + ".yaml", "-o", "killed", "--resume", "-q", "-j2"}, [] {});
      ::usleep(30'000 + static_cast<useconds_t>(std::rand() % 150'000));
      ::kill(child, SIGKILL);
      wait_for(child);
    }
    run({study + ".yaml", "-o", "killed", "--resume", "-q"});
    EXPECT_EQ(results("whole"), results("killed"));
    fs::remove_all("whole");
    fs::remove_all("killed");
  }
}

TEST_F(StudyRuns, AnInterruptionLeavesWhatWasFound) {
  const pid_t child = start({"study", "run", "costs.yaml", "-o", "out", "-j1"}, [] {});
  for (int i = 0; i < 200 && !fs::exists("out/results.sqlite-wal"); ++i) ::usleep(10'000);
  ::kill(child, SIGINT);
  const int code = wait_for(child);
  if (code == 130) EXPECT_FALSE(fs::exists("out/results.csv"));
  EXPECT_TRUE(code == 130 || code == 0) << code << read_text("said.txt");
  run({"costs.yaml", "-o", "out", "--resume", "-q"});
  run({"costs.yaml", "-o", "whole", "-q"});
  EXPECT_EQ(results("out"), results("whole"));
}

TEST_F(StudyRuns, ShardsMergeToTheWhole) {
  run({"both.yaml", "-o", "whole", "-q"});
  Words merge = {"study", "merge"};
  for (const std::string shard : {"0", "1", "2"}) {
    run({"both.yaml", "-o", "shard" + shard, "--shard", shard + "/3", "-q"});
    merge.insert(merge.begin() + 2, "shard" + shard);
  }
  merge.insert(merge.end(), {"-o", "merged", "-q"});
  EXPECT_EQ(ohmloop(merge).exit_code, 0);
  EXPECT_EQ(results("whole"), results("merged"));

  const std::string missing = complaint({"study", "merge", "shard0", "shard2", "-o", "two"}, 1);
  EXPECT_NE(missing.find("96 points are missing: 1, 4, 7,"), std::string::npos) << missing;
  EXPECT_FALSE(fs::exists("two/results.csv"));
  run({"costs.yaml", "-o", "other", "--shard", "1/3", "-q"});
  EXPECT_NE(complaint({"study", "merge", "shard0", "other", "-o", "x"}, 2).find("another study, 'costs'"),
            std::string::npos);
}

TEST_F(StudyRuns, RefuseResultsThatAreNotTheirOwn) {
  run({"costs.yaml", "-o", "out", "-q"});
  EXPECT_NE(complaint({"study", "run", "costs.yaml", "-o", "out"}, 2).find("--resume"), std::string::npos);
  EXPECT_NE(complaint({"study", "run", "both.yaml", "-o", "out"}, 2).find("another study, 'costs'"), std::string::npos);
  EXPECT_NE(complaint({"study", "run", "costs.yaml", "-o", "out", "--shard", "0/2", "--resume"}, 2).find("whole study"),
            std::string::npos);
  write_text("costs.yaml", std::string(costs) + "batch: 2\n");
  EXPECT_NE(complaint({"study", "run", "costs.yaml", "-o", "out", "--resume"}, 2).find("changed"), std::string::npos);
  // Another figure is no other study.
  write_text("costs.yaml", std::string(costs) + "question: Why?\nfigures: [{kind: lines, x: rows, y: energy_pj}]\n");
  run({"costs.yaml", "-o", "out", "--resume", "-q"});
  EXPECT_EQ(json::parse(read_text("out/results.json"))["question"], "Why?");
  fs::create_directory("foreign");
  write_text("foreign/results.sqlite", "not a database, but long enough to be looked at as one");
  EXPECT_EQ(ohmloop({"study", "show", "foreign"}).exit_code, 3);
  EXPECT_EQ(ohmloop({"study", "show", "nothing"}).exit_code, 2);
}

TEST_F(StudyRuns, TheSecondOnOneFolderSaysWhoHasIt) {
  fs::create_directory("out");
  write_text("out/results.lock", "process 1 on nowhere");
  run({"costs.yaml", "-o", "out", "-q"});  // nobody holds that lock
  fs::remove_all("out");
  const pid_t child = start({"study", "run", "wide-vs-deep", "-o", "out", "-j1", "-q"}, [] {});
  for (int i = 0; i < 500 && !fs::exists("out/results.sqlite-wal"); ++i) ::usleep(2'000);
  ::kill(child, SIGSTOP);
  const Outcome second = ohmloop({"study", "run", "wide-vs-deep", "-o", "out", "--resume"});
  ::kill(child, SIGCONT);
  ::kill(child, SIGKILL);
  wait_for(child);
  if (second.exit_code == 0) GTEST_SKIP() << "the first run had ended";
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_NE(second.err.find("process " + std::to_string(child)), std::string::npos) << second.err;
}

TEST_F(StudyRuns, AFullDiskIsToldAndKeepsWhatWasWritten) {
  const auto full = [](rlim_t bytes) {
    return [bytes] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit = {bytes, bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    };
  };
  for (const rlim_t bytes : {rlim_t{1000}, rlim_t{60'000}, rlim_t{120'000}}) {
    const pid_t child = start({"study", "run", "costs.yaml", "-o", "out", "--resume", "-q"}, full(bytes));
    EXPECT_EQ(wait_for(child), 3);
    EXPECT_NE(read_text("said.txt").find("cannot write"), std::string::npos) << read_text("said.txt");
  }
  run({"costs.yaml", "-o", "out", "--resume", "-q"});
  run({"costs.yaml", "-o", "whole", "-q"});
  EXPECT_EQ(results("out"), results("whole"));
}

TEST_F(StudyRuns, HugeProductsAreToldBeforeTheWork) {
  write_text("huge.yaml",
             "ohmloop-study: 1\nnetworks: [tiny.onnx]\narchitecture: pim\nmetrics: [energy_pj]\n"
             "axes:\n  rows: 1000:1999:1\n  columns: 1000:1999:1\n  buffer: 1000:1999:1\n");
  const std::string said = complaint({"study", "run", "huge.yaml", "-o", "out"}, 2);
  EXPECT_NE(said.find("1.0e9 points (1 network x 1000 x 1000 x 1000)"), std::string::npos) << said;
  EXPECT_NE(said.find("it would take about"), std::string::npos) << said;
  EXPECT_NE(said.find("--yes"), std::string::npos) << said;
  EXPECT_FALSE(fs::exists("out"));
}

TEST_F(StudyRuns, ACombinationThatNoChipCanHaveIsARowWithItsReason) {
  write_text("some.yaml",
             "ohmloop-study: 1\nnetworks: [tiny.onnx]\narchitecture: pim\nmetrics: [energy_pj, macs]\n"
             "axes:\n  rows: [128, 16384]\n  arrays: [12, 24]\n");
  run({"some.yaml", "-o", "out", "-q"});
  const json points = json::parse(read_text("out/results.json"))["points"];
  ASSERT_EQ(points.size(), 4U);
  EXPECT_NE(points[3]["failure"].get<std::string>().find("nobody can estimate"), std::string::npos);
  EXPECT_TRUE(points[3]["metrics"]["energy_pj"].is_null());
  EXPECT_EQ(points[3]["metrics"]["macs"], points[0]["metrics"]["macs"]);
  EXPECT_TRUE(points[0]["failure"].is_null());
}

TEST_F(StudyRuns, FilesStandBesideTheStudy) {
  fs::create_directory("sub");
  fs::rename("tiny.onnx", "sub/tiny.onnx");
  fs::rename("costs.yaml", "sub/costs.yaml");
  run({"sub/costs.yaml", "-o", "out", "-q"});
  EXPECT_NE(read_text("out/results.csv").find("tiny.onnx,pim,64,100"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop::test
