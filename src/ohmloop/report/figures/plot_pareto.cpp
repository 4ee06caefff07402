#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure_text.hpp"
#include "ohmloop/report/figures/pareto_front.hpp"
#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {
namespace {

struct Placed {
  std::vector<ScatterPoint> points;  ///< of all series, those that can be drawn
  std::vector<std::size_t> series;   ///< of each
};

Placed drawable_points(const ParetoFigure& body, Plot& plot) {
  Placed placed;
  for (std::size_t i = 0; i < body.series.size(); ++i) {
    for (const ScatterPoint& point : body.series[i].points) {
      if (!plot.left_out.accepts(point.x, plot.x_axis.scale) || !plot.left_out.accepts(point.y, plot.y_axis.scale))
        continue;
      placed.points.push_back(point);
      placed.series.push_back(i);
    }
  }
  return placed;
}

AxisExtent extent_of(const std::vector<ScatterPoint>& points, double ScatterPoint::*coordinate) {
  AxisExtent extent{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(), false, false};
  for (const ScatterPoint& point : points) {
    extent.low = std::min(extent.low, point.*coordinate);
    extent.high = std::max(extent.high, point.*coordinate);
  }
  return extent;
}

std::string row_of(const ScatterPoint& point) {
  return fmt::format("{} {}\n", shortest_double(point.x), shortest_double(point.y));
}

/// A rectangle in points of the plot area.
struct Box {
  double left = 0, bottom = 0, right = 0, top = 0;
};

bool overlap(const Box& a, const Box& b) {
  return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

/// Where a coordinate lies between the ends of its axis.
double share_of_axis(double value, const AxisTicks& ticks, AxisScale scale) {
  if (scale == AxisScale::linear) return (value - ticks.low) / (ticks.high - ticks.low);
  return std::log(value / ticks.low) / std::log(ticks.high / ticks.low);
}

/// Puts labels to the left above, else right below their points, where nothing is in the way yet.
class LabelPlacer {
 public:
  LabelPlacer(const Plot& plot, const std::vector<ScatterPoint>& points, double width, double height)
      : plot_(plot), width_(width), height_(height) {
    constexpr double radius = 2.5;
    for (const ScatterPoint& point : points) {
      const auto [x, y] = position(point);
      taken_.push_back({x - radius, y - radius, x + radius, y + radius});
    }
  }

  std::string place(const ScatterPoint& point) {
    struct Side {
      double x, y;
      bool right_aligned;
    };
    constexpr std::array<Side, 4> sides = {{{-4, 5, true}, {4, -6, false}, {4, 5, false}, {-4, -6, true}}};
    const double length = text_width(drawable_text(point.label)) * small_points;
    const auto [x, y] = position(point);
    for (const Side& side : sides) {
      const double left = side.right_aligned ? x + side.x - length : x + side.x;
      const Box box{left, y + side.y - 3.5, left + length, y + side.y + 3.5};
      const bool outside = box.left < 0 || box.right > width_ || box.bottom < 0 || box.top > height_ + 4;
      if (outside || std::any_of(taken_.begin(), taken_.end(), [&](const Box& one) { return overlap(one, box); }))
        continue;
      taken_.push_back(box);
      return fmt::format("set label {} at graph {:.4f}, graph {:.4f} {} front font small_font tc rgb '{}'\n",
                         quoted_text(point.label), (x + side.x) / width_, (y + side.y) / height_,
                         side.right_aligned ? "right" : "left", ink_colour);
    }
    return "";
  }

 private:
  [[nodiscard]] std::pair<double, double> position(const ScatterPoint& point) const {
    return {width_ * share_of_axis(point.x, plot_.x, plot_.x_axis.scale),
            height_ * share_of_axis(point.y, plot_.y, plot_.y_axis.scale)};
  }

  const Plot& plot_;
  double width_;
  double height_;
  std::vector<Box> taken_;
};

void draw_series(const ParetoFigure& body, const Placed& placed, const std::set<std::size_t>& front, Plot& plot) {
  std::vector<std::string> best(body.series.size());
  std::vector<std::string> dominated(body.series.size());
  for (std::size_t i = 0; i < placed.points.size(); ++i)
    (front.count(i) > 0 ? best : dominated)[placed.series[i]] += row_of(placed.points[i]);
  // All that is dominated first: nothing of it hides a point of the front.
  for (const bool of_front : {false, true}) {
    for (std::size_t i = 0; i < body.series.size(); ++i) {
      const std::string& rows = of_front ? best[i] : dominated[i];
      if (rows.empty()) continue;
      const SeriesLook look = look_of(body.series[i].series.subject);
      const std::string block = fmt::format("{}{}", of_front ? "front" : "dominated", i);
      plot.script += data_block(block, rows);
      plot.curves.push_back(fmt::format("${} using 1:2 with points pt {} ps {} lw 0.9 lc rgb '{}'", block, look.marker,
                                        of_front ? "0.75" : "0.55",
                                        of_front ? std::string(look.colour) : translucent(look.colour, 0.6)));
    }
  }
}

/// The front as a step: what accuracy is had for at most so much.
std::string step_rows(const Placed& placed, const std::vector<std::size_t>& front, double end) {
  std::string rows;
  for (const std::size_t i : front) rows += row_of(placed.points[i]);
  ScatterPoint last = placed.points[front.back()];
  last.x = end;
  return rows + row_of(last);
}

}  // namespace

Plot plot_pareto(const Figure& figure, const ParetoFigure& body, double width_points) {
  Plot plot{figure.x, figure.y, {}, {}};
  plot.height_points = std::min(0.6 * width_points, 190.0);
  const Placed placed = drawable_points(body, plot);
  plot.x = axis_ticks(plot.x_axis, extent_of(placed.points, &ScatterPoint::x), 6);
  plot.y = axis_ticks(plot.y_axis, extent_of(placed.points, &ScatterPoint::y), 6);
  const std::vector<std::size_t> front = pareto_front(placed.points);
  if (!front.empty()) {
    plot.script += data_block("step", step_rows(placed, front, plot.x.high));
    plot.curves.push_back(fmt::format("$step using 1:2 with steps lw 0.9 lc rgb '{}'", ink_colour));
  }
  draw_series(body, placed, {front.begin(), front.end()}, plot);
  for (const ParetoSeries& one : body.series) {
    const SeriesLook look = look_of(one.series.subject);
    plot.legend.push_back({one.series.name, std::string(look.colour), look.marker, 0});
  }
  plot.legend.push_back({"Pareto front", std::string(ink_colour), 0, 1});
  LabelPlacer placer(plot, placed.points, width_points, plot.height_points);
  std::string labels;
  for (const std::size_t i : front) {
    if (!placed.points[i].label.empty()) labels += placer.place(placed.points[i]);
  }
  plot.script += labels;
  return plot;
}

}  // namespace ohmloop
