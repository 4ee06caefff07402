#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {
namespace {

void widen(AxisExtent& extent, double value) {
  extent.low = std::min(extent.low, value);
  extent.high = std::max(extent.high, value);
}

struct Extents {
  AxisExtent x{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
  AxisExtent y = x;
};

/// Points, and every ridge with room on both sides.
Extents extents_of(const RooflineFigure& body, const std::vector<Bandwidth>& bandwidths,
                   const std::vector<RooflinePoint>& points) {
  Extents extents;
  widen(extents.y, body.peak_per_second * 1.3);
  widen(extents.y, body.peak_per_second / 10);
  for (const RooflinePoint& point : points) {
    widen(extents.x, point.intensity);
    widen(extents.y, point.performance);
  }
  for (const Bandwidth& bandwidth : bandwidths) {
    widen(extents.x, body.peak_per_second / bandwidth.per_second / 4);
    widen(extents.x, body.peak_per_second / bandwidth.per_second * 4);
  }
  return extents;
}

}  // namespace

Plot plot_roofline(const Figure& figure, const RooflineFigure& body) {
  Plot plot{figure.x, figure.y, {}, {}};
  plot.x_axis.scale = plot.y_axis.scale = AxisScale::log10;
  std::vector<Bandwidth> bandwidths;
  for (const Bandwidth& one : body.bandwidths) {
    if (plot.left_out.accepts(one.per_second, AxisScale::log10)) bandwidths.push_back(one);
  }
  std::vector<RooflinePoint> points;
  for (const RooflinePoint& one : body.points) {
    if (plot.left_out.accepts(one.intensity, AxisScale::log10) &&
        plot.left_out.accepts(one.performance, AxisScale::log10))
      points.push_back(one);
  }
  const bool has_peak = plot.left_out.accepts(body.peak_per_second, AxisScale::log10);
  const Extents extents = has_peak ? extents_of(body, bandwidths, points) : Extents{};
  plot.x = axis_ticks(plot.x_axis, extents.x, 7);
  plot.y = axis_ticks(plot.y_axis, extents.y, 6);
  if (!has_peak) return plot;
  double first_ridge = plot.x.high;
  for (std::size_t i = 0; i < bandwidths.size(); ++i) {
    const double ridge = body.peak_per_second / bandwidths[i].per_second;
    first_ridge = std::min(first_ridge, ridge);
    const int dash = static_cast<int>(i % 4) + 1;
    plot.script += data_block(fmt::format("roof{}", i),
                              fmt::format("{} {}\n{} {}\n", shortest_double(plot.x.low),
                                          shortest_double(plot.x.low * bandwidths[i].per_second),
                                          shortest_double(ridge), shortest_double(body.peak_per_second)));
    plot.curves.push_back(
        fmt::format("$roof{} using 1:2 with lines lw 1.1 dt {} lc rgb '{}'", i, dash_type(dash), ink_colour));
    plot.legend.push_back({bandwidths[i].name, std::string(ink_colour), 0, dash});
  }
  plot.script +=
      data_block("peak", fmt::format("{0} {2}\n{1} {2}\n", shortest_double(std::max(first_ridge, plot.x.low)),
                                     shortest_double(plot.x.high), shortest_double(body.peak_per_second)));
  plot.curves.push_back(fmt::format("$peak using 1:2 with lines lw 1.1 lc rgb '{}'", ink_colour));
  plot.script += fmt::format("set label {} at graph 0.99, first {} right offset 0,0.55 font small_font tc rgb '{}'\n",
                             quoted_text(body.peak_name), shortest_double(body.peak_per_second), ink_colour);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const SeriesLook look = look_of(points[i].series.subject);
    plot.script += data_block(fmt::format("point{}", i), fmt::format("{} {}\n", shortest_double(points[i].intensity),
                                                                     shortest_double(points[i].performance)));
    plot.curves.push_back(
        fmt::format("$point{} using 1:2 with points pt {} ps 0.8 lc rgb '{}'", i, look.marker, look.colour));
    const std::string& name = points[i].series.name;
    const bool is_known = std::any_of(plot.legend.begin(), plot.legend.end(), [&](const LegendEntry& entry) {
      return entry.marker != 0 && entry.name == name;
    });
    if (!is_known) plot.legend.push_back({name, std::string(look.colour), look.marker, 0});
  }
  return plot;
}

}  // namespace ohmloop
