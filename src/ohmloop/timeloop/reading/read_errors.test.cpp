#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/timeloop/reading/reading_testing.hpp"

namespace ohmloop::timeloop {
namespace {

using namespace testing_timeloop;
using testing_text::place_of;
using testing_text::source_of;

constexpr const char* architecture_text = R"(architecture:
  version: 0.4
  nodes:
  - !Component {name: DRAM, class: DRAM, attributes: {width: 64, datawidth: 8}}
  - !Component
    name: GlobalBuffer
    class: SRAM
    attributes: {depth: 1024, width: 64, datawidth: 8}
  - !Container {name: PE, spatial: {meshX: 4}}
  - !Component {name: RegisterFile, class: regfile, attributes: {depth: 16, width: 8, datawidth: 8}}
  - !Component {name: MAC, class: intmac}
)";

constexpr const char* problem_text = R"(problem:
  version: 0.4
  shape:
    name: conv
    dimensions: [K, R, P]
    coefficients: [{name: Wstride, default: 2}]
    data_spaces:
    - {name: Weights, projection: [[[K]], [[R]]]}
    - {name: Inputs, projection: [[[R], [P, Wstride]]]}
    - {name: Outputs, projection: [[[K]], [[P]]], read_write: True}
  instance: {K: 8, R: 3, P: 16}
)";

constexpr const char* mapping_text = R"(mapping:
- {target: DRAM, type: temporal, factors: K=2 R=1 P=4, permutation: RPK}
- {target: GlobalBuffer, type: temporal, factors: P=4, permutation: PRK}
- {target: PE, type: spatial, factors: K=4}
- {target: RegisterFile, type: temporal, factors: [R=3], permutation: [R, P, K]}
- {target: GlobalBuffer, type: dataspace, keep: [Inputs, Outputs], bypass: [Weights]}
)";

struct Texts {
  std::string architecture = architecture_text;
  std::string problem = problem_text;
  std::string mapping = mapping_text;
};

struct Outcome {
  std::optional<Nest> nest;
  std::vector<Diagnostic> diagnostics;

  [[nodiscard]] std::string text() const {
    std::string result;
    for (const Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.message.find("built-in model") != std::string::npos) continue;
      if (!diagnostic.where.empty()) {
        result += fmt::format("{}:{} ", diagnostic.where.file->path, place_of(diagnostic.where));
      }
      if (diagnostic.severity == Severity::warning) result += "warning: ";
      result += diagnostic.message;
      if (!diagnostic.label.empty()) result += " [" + diagnostic.label + "]";
      result += "\n";
    }
    return result;
  }
};

Outcome outcome_of(const Texts& texts) {
  Diagnostics diagnostics;
  const TimeloopSpec spec = read_timeloop_spec(
      {source_of(texts.mapping, "map"), source_of(texts.problem, "problem"), source_of(texts.architecture, "arch")},
      diagnostics);
  Outcome outcome;
  outcome.nest = to_nest(spec, diagnostics);
  outcome.diagnostics = diagnostics.all();
  return outcome;
}

/// What is said when `old` in one of the texts is `now`.
std::string complaints(std::string Texts::*text, const std::string& old, const std::string& now) {
  Texts texts;
  std::string& changed = texts.*text;
  const std::size_t at = changed.find(old);
  if (at == std::string::npos) return "the test's text does not contain " + old;
  changed.replace(at, old.size(), now);
  return outcome_of(texts).text();
}

TEST(TimeloopErrors, AreNoneInTheTextsOfTheseTests) {
  const Outcome outcome = outcome_of({});
  EXPECT_EQ(outcome.text(), "");
  ASSERT_TRUE(outcome.nest);
  EXPECT_EQ(outcome.nest->levels.size(), 4U);
}

TEST(TimeloopErrors, NameWhatTheMappingGotWrong) {
  const auto complain = [](const std::string& old, const std::string& now) {
    return complaints(&Texts::mapping, old, now);
  };
  EXPECT_EQ(complain("GlobalBuffer, type: temporal", "GlobalBufer, type: temporal"),
            "map:3:12+11 unknown level 'GlobalBufer' [did you mean 'GlobalBuffer'?]\n");
  EXPECT_EQ(complain("K=2 R=1 P=4", "K=2 S=1 P=4"), "map:2:47+1 unknown dimension 'S'\n");
  EXPECT_EQ(complain("permutation: RPK", "permutation: RPQ"), "map:2:71+1 unknown dimension 'Q'\n");
  EXPECT_EQ(complain("K=2", "K=3"), "map:2:1+1 the factors of dimension 'K' multiply to 12, its size is 8\n");
  EXPECT_EQ(complain("bypass: [Weights]", "bypass: [Weigths]"),
            "map:6:77+7 unknown data space 'Weigths' [did you mean 'Weights'?]\n");
  EXPECT_EQ(complain("type: spatial", "type: spacial"),
            "map:4:22+7 unknown type 'spacial' of a directive [did you mean 'spatial'?]\n");
  EXPECT_EQ(complain("- {target: GlobalBuffer, type: temporal, factors: P=4, permutation: PRK}\n", ""),
            "map:2:1+1 the mapping says nothing of level GlobalBuffer\n"
            "map:2:1+1 the factors of dimension 'P' multiply to 4, its size is 16\n");
  EXPECT_EQ(complain("target: RegisterFile", "target: GlobalBuffer"),
            "map:5:12+12 level 'GlobalBuffer' has a second temporal directive\n");
  EXPECT_EQ(complain("keep: [Inputs, Outputs]", "keep: [Inputs, Weights]"),
            "map:6:76+1 level 'GlobalBuffer' is told both to keep and to bypass 'Weights'\n");
  EXPECT_EQ(complain("K=2 R=1 P=4", "K=2 R=1 P<=4"),
            "map:2:51+4 a mapping must give every factor its number [expected P=4]\n");
  EXPECT_EQ(complain("K=2 R=1 P=4", "K=2 R=1 P="),
            "map:2:53+1 a factor lacks its number [expected a number, as in P=4]\n");
  EXPECT_EQ(complain("K=2 R=1 P=4", "K=2 K=1 P=4"), "map:2:47+3 dimension 'K' has two factors here\n");
  EXPECT_EQ(complain("permutation: RPK", "permutation: RPR"),
            "map:2:69+3 dimension 'R' stands twice in a permutation\n");
  EXPECT_EQ(complain("permutation: RPK", "permutatoin: RPK"),
            "map:2:56+11 unknown key 'permutatoin' in a directive [did you mean 'permutation'?]\n");
}

TEST(TimeloopErrors, NameWhatTheArchitectureGotWrong) {
  const auto complain = [](const std::string& old, const std::string& now) {
    return complaints(&Texts::architecture, old, now);
  };
  EXPECT_EQ(complain("depth: 1024, width: 64", "depth: 1024, width: 60"),
            "arch:8:38+2 the width of 'GlobalBuffer', 60 bits, is not a multiple of 8 bits\n");
  EXPECT_EQ(complain("depth: 1024, ", ""), "arch:6:11+12 storage 'GlobalBuffer' has no size\n");
  EXPECT_EQ(complain("depth: 1024", "depth: 1024, sizeKB: 1"),
            "arch:8:39+1 the size of 'GlobalBuffer' is stated in more than one way\n");
  EXPECT_EQ(complain("depth: 1024", "depth: deep"),
            "arch:8:25+4 'depth' of 'GlobalBuffer' must be a number, found deep\n");
  EXPECT_EQ(complain("name: RegisterFile", "name: GlobalBuffer"),
            "arch:10:23+12 two levels have the name 'GlobalBuffer'\n");
  EXPECT_EQ(complain("class: intmac", "class: adder"),
            "arch:11:23+3 warning: 'MAC' of class 'adder' is not counted: no storage, no arithmetic, no network\n"
            "arch:2:3+1 the architecture has no arithmetic level\n");
  EXPECT_EQ(complain("datawidth: 8}}\n  - !Component\n", "datawidth: 8, allow_overbooking: True}}\n  - !Component\n"),
            "arch:4:99+4 'allow_overbooking' of 'DRAM' is not supported\n");
}

TEST(TimeloopErrors, NameWhatTheProblemGotWrong) {
  const auto complain = [](const std::string& old, const std::string& now) {
    return complaints(&Texts::problem, old, now);
  };
  EXPECT_EQ(complain("[P, Wstride]", "[P, Wstrid]"),
            "problem:9:45+6 unknown dimension or coefficient 'Wstrid' in a projection [did you mean 'Wstride'?]\n");
  EXPECT_EQ(complain("[P, Wstride]", "[P, R]"),
            "problem:9:41+1 a term of a projection has two dimensions: it is not linear\n");
  EXPECT_EQ(complain(", default: 2", ""), "problem:9:45+7 coefficient 'Wstride' has no value\n");
  EXPECT_EQ(complain("R: 3, ", ""), "problem:11:13+1 the problem's instance has no size for dimension 'R'\n");
  EXPECT_EQ(complain("R: 3, ", "R: 0, "), "problem:11:23+1 dimension 'R' must be from 1 to 1099511627776, not 0\n");
  EXPECT_EQ(complain("R: 3, ", "R: 3, WStride: 4, "),
            "problem:11:26+7 warning: ignored: WStride is no dimension and no coefficient of the problem's shape "
            "[did you mean 'Wstride'? 'WStride' has no effect]\n");
  EXPECT_EQ(complain("R: 3, ", "R: 3, densities: {Inputs: 0.5}, "),
            "problem:11:37+1 warning: densities are ignored: everything is counted as dense\n");
}

TEST(TimeloopErrors, RefuseWhatWouldChangeAResult) {
  Texts texts;
  texts.problem += "sparse_optimizations: {targets: [{name: PE}]}\n";
  EXPECT_EQ(outcome_of(texts).text(),
            "problem:12:23+1 `sparse_optimizations` are not supported: gating and skipping would change every count\n");
  texts = {};
  texts.problem += "layout: [{target: DRAM}]\n";
  EXPECT_EQ(outcome_of(texts).text(),
            "problem:12:9+1 `layout` is not supported: it would change how many accesses a level needs\n");
  texts = {};
  texts.problem = "problem: {{ shape }}\n";
  EXPECT_EQ(outcome_of(texts).text(), "problem:1:10+2 Jinja templates are not read [render the file first]\n");
  texts = {};
  texts.problem += "problm: {}\n";
  EXPECT_EQ(outcome_of(texts).text(),
            "problem:12:1+6 unknown key 'problm' in a file of Timeloop's [did you mean 'problem'?]\n");
  texts = {};
  texts.mapping += "globals: {environment_variables: {TIMELOOP_ENABLE_UPDATED_RMW: 1}}\n";
  EXPECT_EQ(outcome_of(texts).text(),
            "map:7:35+27 'TIMELOOP_ENABLE_UPDATED_RMW' is not supported: it changes what is counted\n");
}

TEST(TimeloopErrors, WarnWhereAFixedMappingKeepsWhatAConstraintBypasses) {
  const std::string said = complaints(&Texts::architecture, "depth: 1024, width: 64, datawidth: 8}",
                                      "depth: 1024, width: 64, datawidth: 8}\n    constraints: {dataspace: {bypass: "
                                      "[Inputs]}}");
  EXPECT_EQ(said,
            "map:2:1+1 warning: the mapping keeps Inputs at level 'GlobalBuffer', which a constraint bypasses there\n");
}

/// Factors in all the ways to write them.
TEST(TimeloopFactors, AreReadInEveryForm) {
  for (const char* form : {"K=2 P=4", "'K=2,P=4'", "'K=2, P=4'", "K2 P4", "[K=2, P=4]", "{K: 2, P: 4}", "'K = 2 P = 4'",
                           "[K=2, 'P=4,4']", "[\"K=2\", P=4]", "'K==2;P==4'"}) {
    const std::string said = complaints(&Texts::mapping, "factors: K=2 R=1 P=4", "factors: " + std::string(form));
    EXPECT_EQ(said, "") << form;
  }
}

TEST(TimeloopFactors, ReadALastIterationAndAFullDimension) {
  Texts texts;
  texts.problem.replace(texts.problem.find("P: 16"), 5, "P: 15");
  texts.mapping.replace(texts.mapping.find("factors: P=4,"), 13, "factors: 'P=4,3',");
  const Outcome outcome = outcome_of(texts);
  EXPECT_EQ(outcome.text(), "");
  ASSERT_TRUE(outcome.nest);
  EXPECT_EQ(outcome.nest->levels[2].loops.at(0).bound, 4);
  EXPECT_EQ(outcome.nest->levels[2].loops.at(0).last_bound, 3);
  EXPECT_EQ(complaints(&Texts::mapping, "[R=3]", "R=0"), "");
  EXPECT_EQ(complaints(&Texts::mapping, "factors: P=4,", "factors: 'P=4,5',"),
            "map:3:51+7 the last iteration of 'P' must be between 1 and 4\n");
}

TEST(TimeloopProjections, AreReadInEveryForm) {
  for (const char* form : {"[[[R], [P, Wstride]]]", "['R + P*Wstride']", "R + P*Wstride", "[[R, 'Wstride*P']]",
                           "[[[R], [P, 2]]]", "[[[R], [Wstride, P]]]"}) {
    Texts texts;
    const std::string stated = "[[[R], [P, Wstride]]]";
    texts.problem.replace(texts.problem.find(stated), stated.size(), form);
    const Outcome outcome = outcome_of(texts);
    EXPECT_EQ(outcome.text(), "") << form;
    ASSERT_TRUE(outcome.nest) << form;
    const DataSpace& inputs = outcome.nest->problem.data_spaces.at(1);
    ASSERT_EQ(inputs.axes.size(), 1U) << form;
    ASSERT_EQ(inputs.axes[0].size(), 2U) << form;
    EXPECT_EQ(inputs.axes[0][0].dimension, 1U);
    EXPECT_EQ(inputs.axes[0][1].dimension, 2U);
    EXPECT_EQ(inputs.axes[0][1].coefficient, 2);
  }
}

TEST(TimeloopDirectives, SetRulesByDataSpace) {
  Texts texts;
  texts.mapping = R"(mapping:
- {target: DRAM, type: temporal, factors: K=2 R=1 P=4, permutation: RPK, rmw_first_update: [Outputs]}
- {target: GlobalBuffer, type: temporal, factors: P=4, permutation: PRK, no_reuse: [Inputs]}
- {target: PE, type: spatial, factors: K=4, split: 999, no_reuse: [Weights], no_link_transfer: ['*']}
- {target: RegisterFile, type: temporal, factors: [R=3], permutation: [R, P, K]}
- {target: GlobalBuffer, type: dataspace, keep_only: [Inputs], no_coalesce: [Inputs]}
)";
  const Outcome outcome = outcome_of(texts);
  EXPECT_EQ(outcome.text(), "");
  ASSERT_TRUE(outcome.nest);
  const std::vector<StorageLevel>& levels = outcome.nest->levels;
  EXPECT_TRUE(levels[3].rules[2].rmw_first_update);
  EXPECT_TRUE(levels[2].rules[1].no_temporal_reuse);
  EXPECT_TRUE(levels[2].rules[1].no_coalesce);
  EXPECT_FALSE(levels[2].rules[0].keep);
  EXPECT_TRUE(levels[2].rules[1].keep);
  EXPECT_TRUE(levels[1].rules[0].no_spatial_reuse);
  EXPECT_FALSE(levels[1].rules[1].no_spatial_reuse);
  EXPECT_TRUE(levels[1].rules[1].no_link_transfer && levels[1].rules[2].no_link_transfer);
}

TEST(TimeloopDirectives, TakeThePermutationInnermostFirstAndTheSplitFromTheInnerSide) {
  Texts texts;
  texts.architecture.replace(texts.architecture.find("meshX: 4"), 8, "meshX: 2, meshY: 2");
  texts.mapping.replace(texts.mapping.find("factors: K=4}"), 13, "factors: K=4 P=1, permutation: PKR, split: 1}");
  const Outcome outcome = outcome_of(texts);
  ASSERT_TRUE(outcome.nest);
  EXPECT_EQ(outcome.nest->levels[1].loops.at(0).kind, LoopKind::spatial_y);
  const std::vector<Loop>& dram = outcome.nest->levels[3].loops;
  ASSERT_EQ(dram.size(), 2U);
  EXPECT_EQ(dram[0].dimension, 2U);  // P of "RPK" is inside K
  EXPECT_EQ(dram[1].dimension, 0U);
}

TEST(TimeloopEnergies, TakeTheFirstNameAndTheDearestArguments) {
  Texts texts;
  texts.mapping += R"(ERT:
  version: 0.4
  tables:
  - name: chip.PE[1..4].RegisterFile[1..1]
    actions:
    - {name: write, arguments: {delta: 0}, energy: 1.5}
    - {name: write, arguments: {delta: 1}, energy: 2.5}
    - {name: random_read, energy: 0.25}
    - {name: read, energy: 9}
    - {name: leak, energy: 1e-3}
  - {name: chip.DRAM, actions: [{name: read, energy: 100}, {name: write, energy: 200}, {name: update, energy: 300}]}
  - {name: chip.MAC, actions: [{name: compute, energy: 0.5}]}
)";
  const Outcome outcome = outcome_of(texts);
  ASSERT_TRUE(outcome.nest);
  const std::vector<StorageLevel>& levels = outcome.nest->levels;
  EXPECT_EQ(levels[0].energies.read_pj, 0.25);
  EXPECT_EQ(levels[0].energies.fill_pj, 2.5);
  EXPECT_EQ(levels[0].energies.update_pj, 2.5);
  EXPECT_EQ(levels[0].energies.leak_pj, 1e-3);
  EXPECT_EQ(levels[3].energies.update_pj, 300);
  EXPECT_EQ(outcome.nest->arithmetic.compute_pj, 0.5);
  // 1024 x 64 bits are 8 KB: (1 + 5 / 99.5 x 7.5) x 64 / 16 pJ
  EXPECT_NEAR(levels[2].energies.read_pj, 5.50754, 1e-5);
  ASSERT_EQ(outcome.diagnostics.size(), 1U);
  EXPECT_EQ(outcome.diagnostics[0].message,
            "no energies are given for GlobalBuffer: taken from Timeloop's built-in model");
}

TEST(TimeloopErrors, SayWhereNumbersAreTooLargeToCountWith) {
  const std::string said = complaints(&Texts::architecture, "depth: 1024, width: 64, datawidth: 8",
                                      "depth: 1000000000000, block_size: 1000000000000");
  EXPECT_NE(said.find("too large to count with"), std::string::npos) << said;
}

/// Whatever is cut out of or put into the files: an answer or an error, never a crash.
TEST(TimeloopErrors, NeverCrashOnDamagedFiles) {
  EXPECT_TRUE(rc::check("damaged files are read or refused", [] {
    Texts texts;
    const std::vector<std::string Texts::*> parts = {&Texts::architecture, &Texts::problem, &Texts::mapping};
    std::string& text = texts.*parts[*rc::gen::inRange<std::size_t>(0, parts.size())];
    const std::size_t begin = *rc::gen::inRange<std::size_t>(0, text.size());
    const std::size_t length = *rc::gen::inRange<std::size_t>(0, 12);
    const auto put = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("[]{}:,=<>-0123456789KRP*+'\n ")));
    text.replace(begin, length, put);
    const Outcome outcome = outcome_of(texts);
    const bool has_error = std::any_of(outcome.diagnostics.begin(), outcome.diagnostics.end(),
                                       [](const Diagnostic& one) { return one.severity == Severity::error; });
    RC_ASSERT(outcome.nest.has_value() != has_error);
  }));
}

}  // namespace
}  // namespace ohmloop::timeloop
