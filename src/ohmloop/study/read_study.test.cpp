#include "ohmloop/study/read_study.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "ohmloop/study/built_in_studies.hpp"
#include "ohmloop/study/study_testing.hpp"
#include "ohmloop/study/study_tree.hpp"

namespace ohmloop {
namespace {

using namespace study_testing;
using Json = nlohmann::json;
using Texts = std::vector<std::string>;

Texts values_of(const Study& study, const std::string& axis) {
  Texts texts;
  for (const StudyAxis& one : study.parts.front().axes) {
    if (one.name != axis) continue;
    for (const AxisValue& value : one.values) texts.push_back(value.text);
  }
  return texts;
}

TEST(ReadStudy, AxesAreListsAndRangesOfAllKinds) {
  const Study study =
      study_of(with_axes("  rows,columns: [64, 128]\n"
                         "  adc: 4..6 bit\n"
                         "  dac: '1:2:0.5'\n"
                         "  buffer.width: 64:128:32 bit\n"
                         "  noise: {kind: rescaled, sigma: 0:0.2:0.1}\n"
                         "  weight_bits: [2..4, float]\n"
                         "  input_bits: 8\n"
                         "  seed: 3..5\n"));
  ASSERT_EQ(study.parts.size(), 1U);
  EXPECT_EQ(values_of(study, "network"), (Texts{"a", "b"}));
  EXPECT_EQ(values_of(study, "rows,columns"), (Texts{"64", "128"}));
  EXPECT_EQ(values_of(study, "adc"), (Texts{"4 bit", "5 bit", "6 bit"}));
  EXPECT_EQ(values_of(study, "dac"), (Texts{"1", "1.5", "2"}));
  EXPECT_EQ(values_of(study, "buffer.width"), (Texts{"64 bit", "96 bit", "128 bit"}));
  EXPECT_EQ(values_of(study, "noise_kind"), (Texts{"rescaled"}));
  EXPECT_EQ(values_of(study, "noise"), (Texts{"0", "0.1", "0.2"}));
  EXPECT_EQ(values_of(study, "weight_bits"), (Texts{"2", "3", "4", "float"}));
  EXPECT_EQ(values_of(study, "input_bits"), (Texts{"8"}));
  EXPECT_EQ(values_of(study, "seed"), (Texts{"3", "4", "5"}));
  EXPECT_EQ(study.parts.front().noise, NoiseKind::rescaled);
}

TEST(ReadStudy, PartsInheritWhatTheyDoNotSay) {
  const std::string text =
      "ohmloop-study: 1\nnetworks: [a]\nmetrics: [energy_pj]\narchitecture: pim\n"
      "quick: {axes: {rows: 1}}\n"
      "parts:\n- {name: x, axes: {rows: [1, 2]}}\n- {name: y, architecture: isaac, axes: {rows: [3, 4, 5]}}\n";
  const Study study = study_of(text);
  ASSERT_EQ(study.parts.size(), 2U);
  EXPECT_EQ(study.parts[1].name, "y");
  EXPECT_EQ(study.parts[0].axis(AxisKind::architecture)->values.front().text, "pim");
  EXPECT_EQ(study.parts[1].axis(AxisKind::architecture)->values.front().text, "isaac");
  EXPECT_EQ(study.parts[1].axis(AxisKind::keys)->values.size(), 3U);
  EXPECT_EQ(study_of(text, true).parts[1].axis(AxisKind::keys)->values.size(), 1U);
  EXPECT_NE(study.identity, study_of(text, true).identity);
}

TEST(ReadStudy, IdentityIsThatOfThePointsAlone) {
  const std::string text = "ohmloop-study: 1\nnetworks: [a]\nmetrics: [energy_pj]\narchitecture: pim\n";
  const std::string identity = study_of(text).identity;
  EXPECT_EQ(study_of("# comment\n" + text + "question: Why?\nfigures: []\n").identity, identity);
  EXPECT_NE(study_of(text + "batch: 2\n").identity, identity);
  EXPECT_NE(study_of(text + "set: {rows: 64}\n").identity, identity);
}

TEST(ReadStudy, TellsAllThatIsWrongWithItsPlaceAndTheNearestName) {
  const std::string said = complaints(
      "ohmloop-study: 1\nnetworkz: [a]\narchitecture: pim\nmetrics: [energy_pi]\n"
      "axes: {weight_bits: [17], noise: {kind: fixd, sigma: 1}, rows: []}\n"
      "figures: [{kind: line, x: energy, y: top1}]\n");
  for (const char* each :
       {"unknown key 'networkz'", "did you mean 'networks'", "unknown metric 'energy_pi'", "did you mean 'energy_pj'",
        "'17' is no number of bits", "did you mean 'fixed'", "has no values, so there are no points",
        "did you mean 'lines'", "no axis or metric of the study: 'energy'", "add 'top1' to 'metrics'",
        "no network is given", "my.yaml:5:"}) {
    EXPECT_NE(said.find(each), std::string::npos) << each << "\n" << said;
  }
}

TEST(ReadStudy, RefusesWhatDoesNotGoTogether) {
  const std::string start = "ohmloop-study: 1\nnetworks: [a]\n";
  const auto says = [](const std::string& text, const std::string& what) {
    const std::string said = complaints(text);
    EXPECT_NE(said.find(what), std::string::npos) << text << said;
  };
  says(start + "metrics: [energy_pj]\n", "no architecture is given");
  says(start + "metrics: [macs]\narchitecture: pim\n", "changes none of the metrics");
  says(start + "metrics: [energy_pj]\narchitecture: pim\naxes: {weight_bits: 4}\n", "'weight_bits' changes none");
  says(start + "metrics: [energy_pj]\narchitecture: pim\naxes: {rows: 4}\nset: {rows: 5}\n", "'rows' is given twice");
  says(start + "metrics: [energy_pj]\narchitecture: pim\naxes: {rows: 4, 'columns,rows': 5}\n",
       "'rows' is given twice");
  says(start + "metrics: [energy_pj]\narchitecture: pim\naxes: {network: b}\n", "'network' is given twice");
  says(start + "metrics: [top1]\naxes: {seed: 1}\n", "'seed' without noise");
  says(start + "metrics: [energy_pj, energy_pj]\narchitecture: pim\n", "is given twice");
  says(start + "metrics: [energy_pj]\narchitecture: pim\nobjective: enrgy\n", "energy");
  says(start + "metrics: [energy_pj]\narchitecture: pim\nquick: {axes: {row: 1}}\naxes: {rows: 1}\n",
       "did you mean 'rows'");
  says(start + "metrics: [energy_pj]\narchitecture: pim\nparts: []\n", "expected a list of parts");
  const std::string tied = "axes: {weight_bits: {bits: [4, float], sets: weight_bits}}\n";
  says(start + "metrics: [top1]\n" + tied, "no metric of cost");
  says(start + "metrics: [energy_pj, top1]\narchitecture: pim\n" + tied, "'float' is no number of bits");
  says(start + "metrics: [energy_pj, top1]\narchitecture: pim\naxes: {weight_bits: {bits: 4, sets: rows}, rows: 4}\n",
       "'rows' is given twice");
  says(start + "metrics: [energy_pj, top1]\narchitecture: pim\naxes: {rows: 4, weight_bits: {bits: 4, sets: rows}}\n",
       "'rows' is given twice");
  says(start +
           "metrics: [energy_pj, top1]\narchitecture: pim\nset: {rows: 4}\naxes: {input_bits: {bits: 4, sets: rows}}\n",
       "'rows' is given twice");
  says(start + "metrics: [energy_pj, top1]\narchitecture: pim\naxes: {input_bits: {bits: 4}}\n", "sets");
  says(start + "metrics: [top1]\nlayers: conv1\n", "networks are run with all of their layers");
  says(start + "metrics: [macs]\nlayers: []\n", "'layers' names none");
  says("ohmloop-study: 2\n", "version 2 of the format");
  says("[]", "expected a map");
}

TEST(ReadStudy, BoundsWhatAFewLinesCanAskFor) {
  std::string many;
  std::string parts = "parts:\n";
  for (int i = 0; i < 65; ++i) {
    many += "  key" + std::to_string(i) + ": 1001..9000\n";
    parts += "- {name: p" + std::to_string(i) + "}\n";
  }
  EXPECT_NE(complaints(with_axes(many)).find("too many values"), std::string::npos);
  EXPECT_NE(complaints(with_axes("  rows: 64\n") + parts).find("65 parts"), std::string::npos);
  std::string list = "[0:9000:1";
  for (int i = 0; i < 5000; ++i) list += ", 0:9000:1";
  EXPECT_NE(complaints(with_axes("  rows: " + list + "]\n")).find("at most 10,000"), std::string::npos);
}

TEST(ReadStudy, BuiltInStudiesAreReadInBothForms) {
  const Texts names = built_in_study_names();
  EXPECT_GE(names.size(), 10U);
  for (const std::string& name : names) {
    for (const bool quick : {false, true}) {
      const Study study = read_study(find_built_in_study(name), {.quick = quick});
      EXPECT_EQ(study.name, name);
      EXPECT_FALSE(study.question.empty());
    }
  }
  EXPECT_EQ(find_built_in_study("no-such-study"), nullptr);
}

Json schema() {
  return Json::parse(read_source_file(OHMLOOP_SOURCE_DIR "/share/ohmloop/schemas/study.schema.json")->text);
}

Texts keys_of(const Json& object) {
  Texts keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

/// The keys that the reader says it knows when it finds another one.
Texts known_keys(const std::string& text) {
  const std::string said = complaints(text);
  const std::string mark = "known keys: ";
  const std::size_t start = said.find(mark) + mark.size();
  Texts keys;
  std::string word;
  for (const char c : said.substr(start, said.find('\n', start) - start) + ",") {
    if (c == ',') keys.push_back(std::exchange(word, ""));
    if (c != ',' && c != ' ') word += c;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

TEST(ReadStudy, TheSchemaHasTheKeysThatTheReaderKnows) {
  const Json top = schema();
  EXPECT_EQ(known_keys("ohmloop-study: 1\nzzzz: 1\n"), keys_of(top["properties"]));
  const Json& part = top["$defs"]["part"]["properties"];
  Texts of_part = part_keys();
  of_part.emplace_back("name");
  std::sort(of_part.begin(), of_part.end());
  EXPECT_EQ(keys_of(part), of_part);
  EXPECT_EQ(known_keys("ohmloop-study: 1\naccuracy: {zzzz: 1}\n"), keys_of(top["$defs"]["accuracy"]["properties"]));
  EXPECT_EQ(known_keys("ohmloop-study: 1\nquick: {zzzz: 1}\n"), keys_of(top["$defs"]["quick"]["properties"]));
  EXPECT_EQ(known_keys("ohmloop-study: 1\nfigures: [{zzzz: 1}]\n"), keys_of(top["$defs"]["figure"]["properties"]));
  EXPECT_EQ(top["$defs"]["metrics"]["items"]["enum"].get<Texts>(), metric_names());
  EXPECT_EQ(top["$defs"]["figure"]["properties"]["kind"]["enum"].get<Texts>(), figure_kinds());
}

}  // namespace
}  // namespace ohmloop
