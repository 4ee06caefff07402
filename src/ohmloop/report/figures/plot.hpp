#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/report/figures/axis_ticks.hpp"
#include "ohmloop/report/figures/figure.hpp"
#include "ohmloop/report/figures/figure_colour.hpp"

namespace ohmloop {

/// Sizes of text in points, none below 7: a figure is printed at its own size.
inline constexpr double title_points = 8.5;
inline constexpr double text_points = 7.5;
inline constexpr double small_points = 7;

struct LegendEntry {
  std::string name;
  std::string colour;
  int marker = 0;  ///< 0: none
  int dash = 0;    ///< 0: no line
  bool box = false;
};

/// What could not be drawn, counted by reason: "3 values that are no numbers".
class LeftOut {
 public:
  void add(const std::string& reason, int count = 1) { counts_[reason] += count; }
  /// Whether the value can be drawn on an axis of this scale; counts it if not.
  bool accepts(double value, AxisScale scale);
  [[nodiscard]] std::vector<std::string> sentences() const;

 private:
  std::map<std::string, int> counts_;
};

/// A figure's body in gnuplot's words, and what its frame must know to leave room.
struct Plot {
  FigureAxis x_axis;
  FigureAxis y_axis;
  AxisTicks x;
  AxisTicks y;
  bool x_has_names = false;          ///< x's ticks are names: no marks, and turned where they need room
  std::vector<AxisTick> x_groups{};  ///< names of groups of them, one line further down
  std::vector<LegendEntry> legend{};
  std::string script{};               ///< before the plot command: data blocks, labels, objects
  std::vector<std::string> curves{};  ///< what the plot command draws, in order
  bool has_axes = true;
  double height_points = 0;  ///< of the plot area; 0: from the width
  LeftOut left_out{};
};

/// Text as a string of gnuplot, drawable. Every sign that gnuplot could take for more than itself is an octal escape:
/// before it reads strings it looks for macros and commands of the shell, and it does not keep quotes apart reliably.
std::string quoted_text(std::string_view text);

/// The same for labels of ticks, in which gnuplot takes '%' for a format.
std::string quoted_tick(std::string_view text);

/// A dash (SeriesLook) in gnuplot's words.
std::string_view dash_type(int dash);

/// "$name << EOD" and rows of data: numbers with blanks between.
std::string data_block(std::string_view name, std::string_view rows);

/// The bodies. `width_points`: of the plot area, about.
Plot plot_curves(const Figure& figure, const CurveFigure& body);
Plot plot_stacked_bars(const Figure& figure, const StackedBarFigure& body, double width_points);
Plot plot_comparison(const Figure& figure, const ComparisonFigure& body, double width_points);
Plot plot_roofline(const Figure& figure, const RooflineFigure& body);
Plot plot_pareto(const Figure& figure, const ParetoFigure& body, double width_points);
Plot plot_nest_tree(const NestTreeFigure& body, double width_points);

}  // namespace ohmloop
