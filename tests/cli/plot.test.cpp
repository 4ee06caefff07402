// Figures and the report of studies, from outside: from stored results alone, and what is said where that can't be.
#include <cstdlib>
#include <filesystem>

#include "fixtures.hpp"
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const char* const every_kind = R"(ohmloop-study: 1
name: kinds
question: Does every kind say <what> it should & no more?
networks: [fashion-mnist-depth-2, fashion-mnist-depth-4]
images: 20
architecture: my-chip.yaml
axes:
  rows,columns: [64, 128]
  adc: [4 bit, 8 bit]
metrics: [macs, weights, energy_pj, latency_s, adc_pj, dac_pj, array_pj, digital_pj, buffers_pj, movement_pj, off_chip_pj, top1, top1_low, top1_high]
figures:
- {name: lines, kind: lines, x: adc, y: energy_pj, series: network}
- {name: bars, kind: bars, x: network, y: [macs, weights], only: {rows: 64, adc: 4 bit}}
- {name: stacked, kind: stacked, x: rows, series: network, only: {adc: 4 bit},
   y: [adc_pj, dac_pj, array_pj, digital_pj, buffers_pj, movement_pj, off_chip_pj]}
- {name: scatter, kind: scatter, x: latency_s, y: energy_pj, series: network, log: [x, y]}
- {name: pareto, kind: pareto, x: energy_pj, y: top1, series: network}
- {name: roofline, kind: roofline, only: {network: fashion-mnist-depth-4, rows: 128}}
- {name: breakdown, kind: breakdown, y: [adc_pj, dac_pj], shares: true, reference: {source: invented, values: {adc_pj: 1, dac_pj: 2}},
   only: {network: fashion-mnist-depth-2, rows: 64, adc: 4 bit}}
- {name: nest, kind: nest, layer: conv1, only: {network: fashion-mnist-depth-2}}
)";

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

/// Programs are not found while it lives.
class EmptyPath {
 public:
  EmptyPath() : before_(std::getenv("PATH")) { ::setenv("PATH", "/nowhere", 1); }
  EmptyPath(const EmptyPath&) = delete;
  EmptyPath& operator=(const EmptyPath&) = delete;
  ~EmptyPath() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

class Plots : public ::testing::Test {
 protected:
  void SetUp() override {
    write_text("kinds.yaml", every_kind);
    write_text("my-chip.yaml", ohmloop({"show", "pim", "--yaml"}).out);
  }

  static std::string run(const Words& words, int code = 0) {
    const Outcome outcome = ohmloop(words);
    EXPECT_EQ(outcome.exit_code, code) << outcome.err;
    return outcome.err;
  }

  static bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  const Playground playground_;
};

TEST_F(Plots, AreTheSameFromStoredResultsAlone) {
  if (!is_installed("gnuplot")) GTEST_SKIP() << "needs gnuplot";
  EXPECT_EQ(run({"study", "run", "kinds.yaml", "-o", "out"}).find("figure '"), std::string::npos);
  const Words names = {"lines", "bars", "stacked", "scatter", "pareto", "roofline", "breakdown", "nest"};
  std::vector<std::string> first;
  for (const std::string& name : names) first.push_back(read_text("out/figures/" + name + ".svg"));
  EXPECT_NE(first.front().find("<svg"), std::string::npos);
  // Without the study, its chip and the results as text.
  for (const char* path : {"kinds.yaml", "my-chip.yaml", "out/results.csv", "out/results.json"}) fs::remove(path);
  fs::remove_all("out/figures");
  run({"plot", "out", "--format", "svg,pdf,png"});
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(first[i], read_text("out/figures/" + names[i] + ".svg")) << names[i];
    EXPECT_TRUE(read_text("out/figures/" + names[i] + ".pdf").starts_with("%PDF")) << names[i];
    EXPECT_TRUE(read_text("out/figures/" + names[i] + ".png").starts_with("\x89PNG")) << names[i];
  }
  run({"report", "out"});
  EXPECT_TRUE(holds(read_text("report.html"), "ohmloop study run kinds.yaml -o out"));
}

TEST_F(Plots, FiguresThatAreNoLongerAskedForGo) {
  if (!is_installed("gnuplot")) GTEST_SKIP() << "needs gnuplot";
  run({"study", "run", "my-study.yaml", "-o", "out", "-q"});
  write_text("out/figures/notes.svg", "mine");
  std::string study = read_text("my-study.yaml");
  study.replace(study.find("name: energy"), 12, "name: joules");
  write_text("my-study.yaml", study);
  run({"study", "run", "my-study.yaml", "-o", "out", "--resume", "-q"});
  EXPECT_TRUE(fs::exists("out/figures/joules.svg"));
  EXPECT_FALSE(fs::exists("out/figures/energy.svg"));
  EXPECT_TRUE(fs::exists("out/figures/notes.svg"));
}

TEST_F(Plots, MergedShardsHaveTheFiguresOfTheWhole) {
  if (!is_installed("gnuplot")) GTEST_SKIP() << "needs gnuplot";
  run({"study", "run", "kinds.yaml", "-o", "whole", "-q"});
  run({"study", "run", "kinds.yaml", "-o", "a", "--shard", "0/2", "--figures", "none", "-q"});
  run({"study", "run", "kinds.yaml", "-o", "b", "--shard", "1/2", "--figures", "none", "-q"});
  EXPECT_FALSE(fs::exists("a/figures"));
  run({"study", "merge", "a", "b", "-o", "both", "-q"});
  for (const char* name : {"lines.svg", "pareto.svg", "roofline.svg", "nest.svg"}) {
    EXPECT_EQ(read_text(std::string("whole/figures/") + name), read_text(std::string("both/figures/") + name)) << name;
  }
}

TEST_F(Plots, WithoutGnuplotTheResultsStayAndItIsSaid) {
  const EmptyPath nowhere;
  const std::string said = run({"study", "run", "my-study.yaml", "-o", "out"});
  EXPECT_TRUE(holds(said, "figure 'energy': the program gnuplot is not there")) << said;
  EXPECT_TRUE(fs::exists("out/results.csv"));
  EXPECT_TRUE(fs::exists("out/figures/energy.gp"));
  EXPECT_FALSE(fs::exists("out/figures/energy.svg"));
  run({"plot", "out", "-q"}, 3);
  run({"report", "out"});
  EXPECT_TRUE(holds(read_text("report.html"), "no picture, the program gnuplot is not there"));
}

TEST_F(Plots, WhatCantBeWrittenIsToldAndResultsStay) {
  write_text("file", "");
  run({"study", "run", "my-study.yaml", "-o", "out", "--figures", "none", "-q"});
  write_text("out/figures", "in the way");
  EXPECT_TRUE(holds(run({"plot", "out"}, 3), "figures"));
  EXPECT_EQ(read_text("out/figures"), "in the way");
  EXPECT_TRUE(holds(run({"report", "out", "-o", "file/report.html"}, 3), "file/report.html"));
  EXPECT_TRUE(holds(run({"plot", "file"}, 2), "'file' holds no results of a study"));
  EXPECT_TRUE(holds(run({"report", "out", "nowhere"}, 2), "'nowhere' holds no results of a study"));
  EXPECT_FALSE(fs::exists("report.html"));
}

TEST_F(Plots, AnUnfinishedStudyIsReportedAsFarAsItIs) {
  run({"study", "run", "kinds.yaml", "-o", "a", "--shard", "0/2", "--figures", "none", "-q"});
  EXPECT_EQ(run({"report", "a"}).find("missing"), std::string::npos);
  EXPECT_TRUE(holds(read_text("report.html"), "--shard 0/2"));
}

TEST_F(Plots, AReportNamesTheSourceOfEveryConstant) {
  run({"study", "run", "kinds.yaml", "-o", "out", "--figures", "none", "-q"});
  run({"report", "out", "-q"});
  const std::string page = read_text("report.html");
  for (const char* part : {"my-chip, adc: energy of convert", "(adc = 8 bit)", "Shafiee", "my-chip.yaml", "sha256",
                           "Does every kind say &lt;what&gt; it should &amp; no more?"})
    EXPECT_TRUE(holds(page, part)) << part;
  run({"report", "out", "-o", "again.html", "-q"});
  std::string again = read_text("again.html");
  const std::size_t name = again.find("-o again.html");
  ASSERT_NE(name, std::string::npos);
  again.replace(name, 13, "-o report.html");
  EXPECT_EQ(page, again);
}

TEST_F(Plots, AStrangeStoreIsNoCrash) {
  run({"study", "run", "my-study.yaml", "-o", "out", "--figures", "none", "-q"});
  const std::string store = read_text("out/results.sqlite");
  for (std::size_t cut = 100; cut < store.size(); cut += store.size() / 12) {
    write_text("out/results.sqlite", store.substr(0, cut));
    const int code = ohmloop({"plot", "out", "-q"}).exit_code;
    EXPECT_TRUE(code == 0 || code == 2 || code == 3) << cut << ": " << code;
  }
}

class ReportPages : public Plots {
 protected:
  static void open(const std::string& page) {
    const std::string command =
        "python3 '" OHMLOOP_SOURCE_DIR "/tests/page/check_page.py' " + page + " . > said.txt 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << read_text("said.txt");
  }
  static bool has_browser() { return is_installed("chromium") && is_installed("python3") && is_installed("gnuplot"); }
};

TEST_F(ReportPages, OfEveryKindOpenInABrowser) {
  if (!has_browser()) GTEST_SKIP() << "needs chromium, python3 and gnuplot";
  run({"study", "run", "kinds.yaml", "-o", "out", "--figures", "none", "-q"});
  EXPECT_EQ(run({"report", "out"}), "");
  open("report.html");
}

TEST_F(ReportPages, OfABuiltInStudyOpenInABrowser) {
  if (!has_browser()) GTEST_SKIP() << "needs chromium, python3 and gnuplot";
  run({"study", "run", "array-size", "--quick", "-o", "sizes", "--figures", "none", "-q"});
  run({"study", "run", "my-study.yaml", "-o", "mine", "--figures", "none", "-q"});
  EXPECT_EQ(run({"report", "sizes", "mine"}), "");
  open("report.html");
}

}  // namespace
}  // namespace ohmloop::test
