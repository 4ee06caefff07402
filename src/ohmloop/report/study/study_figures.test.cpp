#include "ohmloop/report/study/study_figures.hpp"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/study/figure_kind.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/read_study.hpp"

namespace ohmloop {
namespace {

const std::string head = R"(ohmloop-study: 1
name: small
networks: [alexnet, vgg16, models/own.onnx]
architecture: pim
axes:
  rows,columns: [64, 128, 256]
  adc: [4 bit, 8 bit]
metrics: [macs, energy_pj, latency_s, adc_pj, dac_pj, top1, top1_low, top1_high]
figures:
)";

/// Results whose metrics are numbers that can be told apart: network (100), rows (10) and ADC (1) by index.
StudyResults results_of(const std::string& figure) {
  StudyResults results;
  results.study = read_study(std::make_shared<const SourceFile>(SourceFile{"small.yaml", head + figure}));
  const StudyPart& part = results.study.parts.front();
  for (const StudyAxis& axis : part.axes) {
    for (const std::string& column : axis.columns) results.axes.push_back(column);
  }
  results.metrics = part.metrics;
  const PointSpace space(part);
  for (std::uint64_t number = 0; number < space.size(); ++number) {
    const PointSpace::Choice choice = space.choice(number);
    StudyPoint point;
    point.number = number;
    for (std::size_t i = 0; i < choice.size(); ++i) {
      const AxisValue& value = part.axes[i].values[choice[i]];
      for (std::size_t column = 0; column < part.axes[i].columns.size(); ++column)
        point.values.emplace_back(PointValue{value.text, value.number});
    }
    const double base = 100.0 * static_cast<double>(choice[0] + 1) + 10.0 * static_cast<double>(choice[2] + 1) +
                        static_cast<double>(choice[3] + 1);
    point.metrics = {static_cast<std::int64_t>(base),
                     base,
                     base * 1e-3,
                     base / 2,
                     base / 4,
                     base / 1000,
                     base / 1000 - .1,
                     base / 1000 + .1};
    results.points.push_back(point);
  }
  return results;
}

StudyFigure figure_of(const std::string& text) {
  const StudyResults results = results_of(text);
  return study_figure(results.study.figures.front(), results);
}

template <class Body>
Body body_of(const StudyFigure& figure) {
  EXPECT_EQ(figure.problem, "");
  return std::get<Body>(figure.figure.body);
}

TEST(StudyFigures, LinesHaveNamesIntervalsAndUnits) {
  const StudyFigure figure =
      figure_of("- {kind: lines, x: rows, y: top1, series: network, only: {adc: 8 bit}, log: x}\n");
  const auto body = body_of<CurveFigure>(figure);
  ASSERT_EQ(body.curves.size(), 3U);
  EXPECT_EQ(body.curves[2].series.name, "own");
  ASSERT_EQ(body.curves[1].points.size(), 3U);
  const CurvePoint& point = body.curves[1].points[2];
  EXPECT_EQ(point.x, 256);
  EXPECT_NEAR(point.y, 23.2, 1e-9);
  EXPECT_NEAR(*point.low, 13.2, 1e-9);
  EXPECT_NEAR(*point.high, 33.2, 1e-9);
  EXPECT_EQ(figure.figure.x.quantity, "rows = columns");
  EXPECT_EQ(figure.figure.x.scale, AxisScale::log2);
  EXPECT_EQ(figure.figure.y.quantity, "top-1 accuracy");
  EXPECT_EQ(figure.figure.y.unit, "%");
  EXPECT_EQ(figure.figure.title, "Top-1 accuracy over rows = columns");
  EXPECT_NE(figure.figure.caption.find("95% intervals"), std::string::npos) << figure.figure.caption;
}

TEST(StudyFigures, WhatNobodyNamedTellsLinesApartToo) {
  const auto body = body_of<CurveFigure>(figure_of("- {kind: lines, x: adc, y: energy_pj, series: network}\n"));
  ASSERT_EQ(body.curves.size(), 9U);
  EXPECT_EQ(body.curves[4].series.name, "vgg16, rows 128");
  EXPECT_EQ(body.curves[4].points.size(), 2U);
  EXPECT_EQ(body.curves[4].points[1].x, 8);
}

TEST(StudyFigures, ANetworkHasItsColourInAllFigures) {
  const auto all =
      body_of<CurveFigure>(figure_of("- {kind: lines, x: rows, y: energy_pj, series: network, only: {adc: 4 bit}}\n"));
  const auto one = body_of<ParetoFigure>(
      figure_of("- {kind: pareto, x: energy_pj, y: top1, series: network, only: {network: vgg16}}\n"));
  EXPECT_EQ(std::get<SeriesOrder>(all.curves[1].series.subject).place, 1U);
  EXPECT_EQ(std::get<SeriesOrder>(one.series.front().series.subject).place, 1U);
  const auto both = body_of<CurveFigure>(figure_of("- {kind: lines, x: rows, y: energy_pj, series: [adc, network]}\n"));
  ASSERT_EQ(both.curves.size(), 6U);
  for (const Curve& curve : both.curves) {
    const std::size_t place = std::get<SeriesOrder>(curve.series.subject).place;
    EXPECT_EQ(place % 7, curve.series.name.find("alexnet") != std::string::npos ? 0U
                         : curve.series.name.find("vgg16") != std::string::npos ? 1U
                                                                                : 2U);
  }
}

TEST(StudyFigures, BarsStandInGroups) {
  const auto body = body_of<StackedBarFigure>(
      figure_of("- {kind: bars, x: network, y: [adc_pj, dac_pj], only: {rows: 64, adc: 4 bit}}\n"));
  ASSERT_EQ(body.groups.size(), 3U);
  EXPECT_EQ(body.groups[1].name, "vgg16");
  ASSERT_EQ(body.groups[1].bars.size(), 2U);
  EXPECT_EQ(body.parts[1].name, "energy of DACs");
  EXPECT_EQ(body.groups[1].bars[0].values, (std::vector<double>{105.5}));
  EXPECT_EQ(body.groups[1].bars[1].values, (std::vector<double>{0, 52.75}));
}

TEST(StudyFigures, StacksHaveTheColoursOfTheirParts) {
  const StudyFigure figure =
      figure_of("- {kind: stacked, x: rows, y: [adc_pj, dac_pj], series: network, only: {adc: 4 bit}, shares: true}\n");
  const auto body = body_of<StackedBarFigure>(figure);
  EXPECT_EQ(std::get<CostPart>(body.parts[0].subject), CostPart::adc);
  EXPECT_EQ(body.parts[1].name, "DAC");
  ASSERT_EQ(body.groups.size(), 3U);
  EXPECT_EQ(body.groups[2].name, "own");
  EXPECT_EQ(body.groups[2].bars[1].name, "128");
  EXPECT_TRUE(body.as_shares);
  EXPECT_EQ(figure.figure.y.unit, "%");
}

TEST(StudyFigures, ScatteredPointsAreNotJoined) {
  const StudyFigure figure = figure_of("- {kind: scatter, x: latency_s, y: energy_pj, series: network, log: [x, y]}\n");
  const auto body = body_of<CurveFigure>(figure);
  EXPECT_FALSE(body.joined);
  EXPECT_EQ(body.curves[0].points.size(), 6U);
  EXPECT_EQ(figure.figure.x.scale, AxisScale::log10);
  EXPECT_EQ(figure.figure.x.unit, "ms");
}

TEST(StudyFigures, ParetoPointsSayWhatTheyAre) {
  const StudyFigure figure = figure_of("- {kind: pareto, x: energy_pj, y: top1, series: network}\n");
  const auto body = body_of<ParetoFigure>(figure);
  ASSERT_EQ(body.series.size(), 3U);
  EXPECT_EQ(body.series[0].points[3].label, "128, 8 bit");
  EXPECT_NE(figure.figure.caption.find("labelled by rows = columns, adc"), std::string::npos) << figure.figure.caption;
}

TEST(StudyFigures, BreakdownsStandBesideTheirReference) {
  const StudyFigure parts = figure_of(
      "- {kind: breakdown, y: [adc_pj, dac_pj], only: {network: alexnet, rows: 64, adc: 4 bit},\n"
      "   reference: {name: measured, source: 'Table 3', values: {adc_pj: 50, other: 1}}}\n");
  const auto body = body_of<ComparisonFigure>(parts);
  ASSERT_EQ(body.bars.size(), 2U);
  EXPECT_EQ(body.bars[0].name, "ADC");
  EXPECT_EQ(body.bars[0].ours, 55.5);
  EXPECT_EQ(body.bars[0].reference, 50);
  EXPECT_FALSE(body.bars[1].reference);
  EXPECT_EQ(body.reference_name, "measured");
  EXPECT_NE(parts.figure.caption.find("measured: Table 3."), std::string::npos);
  const auto networks = body_of<ComparisonFigure>(
      figure_of("- {kind: breakdown, x: network, y: energy_pj, shares: true, only: {rows: 64, adc: 4 bit},\n"
                "   reference: {source: a paper, values: {alexnet: 1, models/own.onnx: 3}}}\n"));
  ASSERT_EQ(networks.bars.size(), 3U);
  EXPECT_NEAR(networks.bars[0].ours, 100 * 111.0 / (111 + 211 + 311), 1e-9);
  EXPECT_EQ(networks.bars[2].reference, 75);
}

TEST(StudyFigures, ARooflineAndANestComeFromTheirNotes) {
  StudyResults results = results_of("- {name: r, kind: roofline}\n- {name: n, kind: nest, layer: conv1}\n");
  EXPECT_NE(study_figures(results)[0].problem.find("study run --resume"), std::string::npos);
  results.notes["roofline r"] =
      R"({"network":"alexnet","memory":"dram","bytes_per_s":1e9,"peak_macs_per_s":2e9,"where":"alexnet, pim",
          "points":[{"intensity":3,"performance":1e9}]})";
  results.notes["nest n"] =
      R"({"lines":[{"level":"dram","tensor":"weight","words":9},{"rank":"M","bound":3,"across":""}],
          "tensors":["input","weight","output"],"compute":"mac"})";
  const std::vector<StudyFigure> figures = study_figures(results);
  const auto roofline = body_of<RooflineFigure>(figures[0]);
  EXPECT_EQ(roofline.peak_per_second, 2);
  EXPECT_EQ(roofline.points[0].performance, 1);
  EXPECT_EQ(roofline.bandwidths[0].name, "dram, 1.00 GB/s");
  const auto nest = body_of<NestTreeFigure>(figures[1]);
  EXPECT_EQ(nest.lines.size(), 2U);
  EXPECT_EQ(figures[1].figure.title, "Mapping of conv1");
  results.notes["nest n"] = R"({"problem":"alexnet has no layer 'conv1'"})";
  EXPECT_EQ(study_figures(results)[1].problem, "alexnet has no layer 'conv1'");
  results.notes["nest n"] = "no json";
  EXPECT_NE(study_figures(results)[1].problem, "");
}

TEST(StudyFigures, PointsWithoutAResultAreLeftOutAndSaid) {
  StudyResults results = results_of("- {kind: lines, x: rows, y: energy_pj, series: network, only: {adc: 4 bit}}\n");
  results.points[2].failure = "no legal mapping of conv1";
  results.points[2].metrics[1] = std::monostate();
  const StudyFigure figure = study_figure(results.study.figures.front(), results);
  const auto body = body_of<CurveFigure>(figure);
  EXPECT_TRUE(std::isnan(body.curves[0].points[1].y));
  EXPECT_NE(figure.figure.caption.find("Left out: 1 point: no legal mapping of conv1."), std::string::npos);
  for (StudyPoint& point : results.points) point.metrics[1] = std::monostate();
  EXPECT_EQ(study_figure(results.study.figures.front(), results).problem, "no point has a result for it");
}

/// Kinds that a reader accepts and nobody draws would be found here.
TEST(StudyFigures, EveryKindIsDrawn) {
  for (const FigureKindSpec& spec : figure_kind_table()) {
    std::string text = "- {kind: " + std::string(spec.name);
    using Abscissa = FigureKindSpec::Abscissa;
    if (spec.kind == FigureKind::pareto)
      text += ", x: energy_pj, y: top1";
    else if (spec.x == Abscissa::axis || spec.x == Abscissa::axis_or_metric)
      text += ", x: rows, y: energy_pj";
    if (spec.kind == FigureKind::breakdown) text += ", y: adc_pj, reference: {source: s, values: {adc_pj: 1}}";
    if (spec.kind == FigureKind::nest) text += ", layer: conv1";
    StudyResults results = results_of(text + ", name: it}\n");
    results.notes["roofline it"] =
        R"({"memory":"dram","bytes_per_s":1e9,"peak_macs_per_s":2e9,"points":[{"intensity":3,"performance":1e9}]})";
    results.notes["nest it"] = R"({"lines":[{"rank":"M","bound":3,"across":""}],"tensors":["input"],"compute":"mac"})";
    const StudyFigure figure = study_figure(results.study.figures.front(), results);
    EXPECT_EQ(figure.problem, "") << spec.name;
    const FigureDrawing drawing = draw_figure(figure.figure);
    if (drawing.problem.find("not there") != std::string::npos) GTEST_SKIP() << drawing.problem;
    EXPECT_TRUE(drawing.picture) << spec.name << drawing.problem;
    EXPECT_TRUE(drawing.left_out.empty()) << spec.name;
  }
}

}  // namespace
}  // namespace ohmloop
