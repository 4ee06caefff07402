#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/cost/cost_part.hpp"
#include "ohmloop/report/nest_line.hpp"

namespace ohmloop {

enum class AxisScale { linear, log2, log10 };

/// Titled "quantity (unit)". Without limits the axis covers what is drawn.
struct FigureAxis {
  std::string quantity;
  std::string unit{};  ///< empty: none
  AxisScale scale = AxisScale::linear;
  std::optional<double> low{};
  std::optional<double> high{};
};

/// A place in an order that the caller keeps for all figures: the third network is the third in every one.
struct SeriesOrder {
  std::size_t place = 0;
};

/// What a series is about decides its colour, marker and dash, the same in every figure (figure_colour.hpp).
using SeriesSubject = std::variant<SeriesOrder, CostPart, Role>;

struct FigureSeries {
  std::string name;
  SeriesSubject subject;
};

struct CurvePoint {
  double x = 0;                 ///< on an axis of categories: the category's index
  double y = 0;                 ///< NaN: a gap in the line
  std::optional<double> low{};  ///< of the interval around y
  std::optional<double> high{};
};

struct Curve {
  FigureSeries series;
  std::vector<CurvePoint> points;  ///< in the order of the line
};

/// A level to compare curves with: accuracy without noise, guessing.
struct LevelLine {
  std::string name;
  double y = 0;
};

enum class IntervalMark { bars, band };

/// Lines with markers: accuracy against noise or bits, utilisation or energy against the size of an array.
struct CurveFigure {
  std::vector<Curve> curves;
  IntervalMark intervals = IntervalMark::bars;
  std::vector<std::string> categories{};  ///< names along x; empty: x is a number
  std::vector<LevelLine> levels{};
  bool joined = true;  ///< false: markers without lines
};

struct Bar {
  std::string name;            ///< below the bar; may be empty where a group has one bar
  std::vector<double> values;  ///< one per part, none negative
};

struct BarGroup {
  std::string name;
  std::vector<Bar> bars;
};

/// Energy by component, tensor, level or part. The first part stands at the bottom.
struct StackedBarFigure {
  std::vector<FigureSeries> parts;
  std::vector<BarGroup> groups;
  bool as_shares = false;  ///< each bar as percent of its sum; the y axis' unit is then "%"
};

struct ComparedBar {
  std::string name;
  double ours = 0;
  std::optional<double> reference{};
};

/// Our numbers beside others', with the error (ours - reference) / reference above each pair.
struct ComparisonFigure {
  std::vector<ComparedBar> bars;
  std::string ours_name = "Ohmloop";
  std::string reference_name = "published";
};

struct Bandwidth {
  std::string name;
  double per_second = 0;  ///< what the x axis divides by, per second: bytes
};

struct RooflinePoint {
  FigureSeries series;
  double intensity = 0;    ///< operations per byte
  double performance = 0;  ///< operations per second
};

/// Performance over operational intensity under min(peak, bandwidth x intensity): Williams, Waterman and Patterson,
/// "Roofline", Communications of the ACM 52(4), 2009. Both axes are logarithmic; units are the caller's, but one pair.
struct RooflineFigure {
  std::string peak_name = "peak";
  double peak_per_second = 0;
  std::vector<Bandwidth> bandwidths;
  std::vector<RooflinePoint> points;
};

struct ScatterPoint {
  double x = 0;
  double y = 0;
  std::string label{};  ///< written beside a point of the front, where there is room
};

struct ParetoSeries {
  FigureSeries series;
  std::vector<ScatterPoint> points;
};

/// Accuracy against energy or latency: smaller x and larger y are better. The front is that of all series together.
struct ParetoFigure {
  std::vector<ParetoSeries> series;
};

/// A loop nest as a tree: every loop holds what is indented below it.
struct NestTreeFigure {
  std::vector<NestLine> lines;        ///< outermost first
  std::vector<FigureSeries> tensors;  ///< names as the lines have them
  std::string compute;                ///< what runs inside: the compute's name
};

using FigureBody =
    std::variant<CurveFigure, StackedBarFigure, ComparisonFigure, RooflineFigure, ParetoFigure, NestTreeFigure>;

/// A figure as values. Strings may hold anything: bytes that are no UTF-8 and control characters are drawn as one
/// replacement character, and what is too long for its place ends with an ellipsis.
struct Figure {
  std::string title;
  std::string caption{};  ///< goes with the figure (description of an SVG, text below it in a page), not into it
  FigureAxis x{};         ///< of a figure with categories or bars: the title alone
  FigureAxis y{};
  FigureBody body;
};

}  // namespace ohmloop
