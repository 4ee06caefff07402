#include "ohmloop/study/read_figures.hpp"

#include <gtest/gtest.h>

#include "ohmloop/study/study_testing.hpp"

namespace ohmloop {
namespace {

using study_testing::complaints;
using study_testing::study_of;

std::string study_with(const std::string& figure) {
  return "ohmloop-study: 1\nnetworks: [alexnet, vgg16]\narchitecture: pim\nmetrics: [energy_pj, latency_s, top1]\n"
         "axes:\n  rows,columns: [64, 128]\nquick: {axes: {\"rows,columns\": 64}}\nfigures:\n- {" +
         figure + "}\n";
}

void expect_complaint(const std::string& figure, const std::string& about) {
  const std::string said = complaints(study_with(figure));
  EXPECT_NE(said.find(about), std::string::npos) << figure << "\n" << said;
}

TEST(ReadFigures, KindsSayWhatTheyNeedAndCantTake) {
  expect_complaint("kind: lines, y: energy_pj", "a figure of kind 'lines' needs 'x'");
  expect_complaint("kind: lines, x: rows", "a figure of kind 'lines' needs 'y'");
  expect_complaint("kind: bars, x: latency_s, y: energy_pj", "'latency_s' is a metric");
  expect_complaint("kind: stacked, x: rows, y: energy_pj, log: y", "'log' means nothing to a figure of kind 'stacked'");
  expect_complaint("kind: lines, x: rows, y: energy_pj, shares: true", "'shares' means nothing");
  expect_complaint("kind: roofline, x: rows", "'x' means nothing to a figure of kind 'roofline'");
  expect_complaint("kind: nest", "a figure of kind 'nest' needs 'layer'");
  expect_complaint("kind: breakdown, x: rows, y: energy_pj", "a figure of kind 'breakdown' needs 'reference'");
  expect_complaint("kind: breakdown, y: energy_pj, reference: {values: {a: 1}}", "source");
  expect_complaint("kind: breakdown, y: energy_pj, reference: {source: s, values: {a: b}}", "'b'");
  expect_complaint("kind: lines, x: rows, y: [energy_pj, top1]", "don't fit on one axis");
  expect_complaint("kind: pareto, x: top1, y: energy_pj", "of which less is better");
  expect_complaint("kind: pareto, x: latency_s, y: energy_pj", "of which more is better");
}

TEST(ReadFigures, ValuesThatNoPointHasAreToldWithTheNearest) {
  expect_complaint("kind: lines, x: rows, y: energy_pj, only: {network: alexnett}", "did you mean 'alexnet'");
  expect_complaint("kind: lines, x: rows, y: energy_pj, only: {columns: 32}", "no point has 'columns' = '32'");
}

TEST(ReadFigures, AFigureWithoutQuickPointsIsLeftOutOfTheQuickForm) {
  const std::string text = study_with("kind: lines, x: network, y: energy_pj, only: {rows: 128}");
  EXPECT_EQ(study_of(text).figures.size(), 1U);
  EXPECT_EQ(study_of(text, true).figures.size(), 0U);
}

TEST(ReadFigures, ARooflineNeedsAChip) {
  const std::string said =
      complaints("ohmloop-study: 1\nnetworks: [fashion-mnist-depth-2]\nmetrics: [top1]\nfigures: [{kind: roofline}]\n");
  EXPECT_NE(said.find("no metric needs one"), std::string::npos) << said;
}

}  // namespace
}  // namespace ohmloop
