#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {
namespace {

constexpr AxisExtent nothing = {std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};

void widen(AxisExtent& extent, double value) {
  extent.low = std::min(extent.low, value);
  extent.high = std::max(extent.high, value);
}

/// Values along x that all curves take: a few of them are marked as they are (bits, sizes).
AxisTicks ticks_at_values(const CurveFigure& body, AxisTicks ticks) {
  constexpr std::size_t most = 9;
  constexpr double closest = 0.08;  // of the axis: labels must not touch
  std::vector<double> values;
  for (const Curve& curve : body.curves) {
    for (const CurvePoint& point : curve.points) values.push_back(point.x);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.size() > most || values.empty()) return ticks;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] - values[i - 1] < closest * (ticks.high - ticks.low)) return ticks;
  }
  ticks.ticks.clear();
  for (const double value : values) {
    if (value >= ticks.low && value <= ticks.high) ticks.ticks.push_back({value, shortest_double(value)});
  }
  return ticks;
}

struct CurveRows {
  std::string line;
  std::string intervals;
};

CurveRows rows_of(const Curve& curve, const FigureAxis& x_axis, const FigureAxis& y_axis, Plot& plot, AxisExtent& x,
                  AxisExtent& y) {
  CurveRows rows;
  for (const CurvePoint& point : curve.points) {
    if (!plot.left_out.accepts(point.x, x_axis.scale) || !plot.left_out.accepts(point.y, y_axis.scale)) {
      rows.line += '\n';
      continue;
    }
    widen(x, point.x);
    widen(y, point.y);
    rows.line += fmt::format("{} {}\n", shortest_double(point.x), shortest_double(point.y));
    if (!point.low || !point.high) continue;
    if (!plot.left_out.accepts(*point.low, y_axis.scale) || !plot.left_out.accepts(*point.high, y_axis.scale)) continue;
    widen(y, *point.low);
    widen(y, *point.high);
    rows.intervals +=
        fmt::format("{} {} {}\n", shortest_double(point.x), shortest_double(*point.low), shortest_double(*point.high));
  }
  return rows;
}

void draw_curve(const Curve& curve, const CurveRows& rows, const CurveFigure& body, std::size_t number, Plot& plot) {
  const SeriesLook look = look_of(curve.series.subject);
  plot.legend.push_back({curve.series.name, std::string(look.colour), look.marker, body.joined ? look.dash : 0});
  if (rows.line.find_first_not_of('\n') == std::string::npos) return;
  plot.script += data_block(fmt::format("line{}", number), rows.line);
  if (!rows.intervals.empty()) {
    plot.script += data_block(fmt::format("intervals{}", number), rows.intervals);
    plot.curves.push_back(
        body.intervals == IntervalMark::band
            ? fmt::format("$intervals{} using 1:2:3 with filledcurves fc rgb '{}' fs transparent solid 0.2 noborder",
                          number, look.colour)
            : fmt::format("$intervals{} using 1:2:(0):($3-$2) with vectors heads nofilled size graph 0.007,90 lw 0.8 "
                          "lc rgb '{}'",
                          number, look.colour));
  }
  if (!body.joined) {
    plot.curves.push_back(
        fmt::format("$line{} using 1:2 with points lw 0.9 pt {} ps 0.6 lc rgb '{}'", number, look.marker, look.colour));
    return;
  }
  plot.curves.push_back(fmt::format("$line{} using 1:2 with linespoints lw 1.2 dt {} pt {} ps 0.55 lc rgb '{}'", number,
                                    dash_type(look.dash), look.marker, look.colour));
}

void draw_levels(const CurveFigure& body, Plot& plot) {
  constexpr int level_dash = 3;
  for (const LevelLine& level : body.levels) {
    if (!plot.left_out.accepts(level.y, plot.y_axis.scale)) continue;
    if (level.y < plot.y.low || level.y > plot.y.high) continue;
    plot.script +=
        fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead back dt {1} lw 0.9 lc rgb '{2}'\n",
                    shortest_double(level.y), dash_type(level_dash), ink_colour);
    plot.legend.push_back({level.name, std::string(ink_colour), 0, level_dash});
  }
}

}  // namespace

Plot plot_curves(const Figure& figure, const CurveFigure& body) {
  Plot plot{figure.x, figure.y, {}, {}};
  plot.x_has_names = !body.categories.empty();
  if (plot.x_has_names) plot.x_axis.scale = AxisScale::linear;
  AxisExtent x = nothing;
  x.round_ends = false;
  AxisExtent y = nothing;
  std::vector<CurveRows> rows;
  for (const Curve& curve : body.curves) rows.push_back(rows_of(curve, plot.x_axis, plot.y_axis, plot, x, y));
  for (const LevelLine& level : body.levels) {
    LeftOut unheeded;
    if (unheeded.accepts(level.y, plot.y_axis.scale)) widen(y, level.y);
  }
  plot.y = axis_ticks(plot.y_axis, y, 6);
  if (plot.x_has_names) {
    plot.x = {-0.4, static_cast<double>(body.categories.size()) - 0.6, {}};
    for (std::size_t i = 0; i < body.categories.size(); ++i)
      plot.x.ticks.push_back({static_cast<double>(i), body.categories[i]});
  } else {
    plot.x = axis_ticks(plot.x_axis, x, 7);
    if (plot.x.factor.empty() && plot.x_axis.scale == AxisScale::linear) {
      const bool whole = std::all_of(body.curves.begin(), body.curves.end(), [](const Curve& curve) {
        return std::all_of(curve.points.begin(), curve.points.end(), [](const CurvePoint& point) {
          return point.x == static_cast<double>(static_cast<long>(point.x)) && point.x > 0;
        });
      });
      if (whole) plot.x = ticks_at_values(body, plot.x);
    }
  }
  draw_levels(body, plot);
  for (std::size_t i = 0; i < body.curves.size(); ++i) draw_curve(body.curves[i], rows[i], body, i, plot);
  return plot;
}

}  // namespace ohmloop
