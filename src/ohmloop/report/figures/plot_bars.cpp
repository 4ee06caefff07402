#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure_text.hpp"
#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {
namespace {

constexpr double bar_width = 0.8;  ///< where the distance between bars is 1
constexpr double gap_of_groups = 0.7;
constexpr double room_for_labels = 1.06;  ///< above the highest bar

struct BarLabel {
  double x = 0;
  double top = 0;  ///< of what it stands above
  std::string text;
};

/// Writes them where all have room: either every bar says its number or none does.
void label_bars(const std::vector<BarLabel>& labels, double width_points, Plot& plot) {
  double widest = 0;
  for (const BarLabel& label : labels) widest = std::max(widest, text_width(label.text) * small_points);
  if (widest > width_points / (plot.x.high - plot.x.low)) return;
  for (const BarLabel& label : labels) {
    if (label.top < plot.y.low || label.top > plot.y.high) continue;
    plot.script +=
        fmt::format("set label {} at first {}, first {} center offset 0,0.5 font small_font tc rgb '{}'\n",
                    quoted_text(label.text), shortest_double(label.x), shortest_double(label.top), ink_colour);
  }
}

struct BarPlace {
  const Bar* bar = nullptr;
  double x = 0;
};

std::vector<BarPlace> places_of(const StackedBarFigure& body, Plot& plot) {
  const bool names_of_bars = std::any_of(body.groups.begin(), body.groups.end(), [](const BarGroup& group) {
    return std::any_of(group.bars.begin(), group.bars.end(), [](const Bar& bar) { return !bar.name.empty(); });
  });
  const bool many =
      std::any_of(body.groups.begin(), body.groups.end(), [](const BarGroup& group) { return group.bars.size() > 1; });
  std::vector<BarPlace> places;
  double x = 0;
  for (const BarGroup& group : body.groups) {
    const double first = x;
    for (const Bar& bar : group.bars) {
      places.push_back({&bar, x});
      if (names_of_bars) plot.x.ticks.push_back({x, bar.name});
      x += 1;
    }
    if (group.bars.empty()) continue;
    const AxisTick name = {(first + x - 1) / 2, group.name};
    (names_of_bars ? plot.x_groups : plot.x.ticks).push_back(name);
    if (many) x += gap_of_groups;
  }
  if (std::all_of(plot.x_groups.begin(), plot.x_groups.end(), [](const AxisTick& one) { return one.label.empty(); }))
    plot.x_groups.clear();
  plot.x.low = -0.65;
  plot.x.high = std::max(x - (many ? gap_of_groups : 0) - 0.35, 0.65);
  return places;
}

/// Bottom and top of every part of a bar.
struct StackedParts {
  std::vector<double> edges = {0};
};

StackedParts stack(const Bar& bar, std::size_t parts, bool as_shares, LeftOut& left_out) {
  StackedParts stacked;
  std::vector<double> values(parts, 0);
  for (std::size_t i = 0; i < std::min(parts, bar.values.size()); ++i) {
    if (!left_out.accepts(bar.values[i], AxisScale::linear)) continue;
    if (bar.values[i] < 0) {
      left_out.add("below zero, in a stack");
    } else {
      values[i] = bar.values[i];
    }
  }
  double sum = 0;
  for (const double value : values) sum += value;
  for (const double value : values)
    stacked.edges.push_back(stacked.edges.back() + (as_shares ? (sum > 0 ? 100 * value / sum : 0) : value));
  return stacked;
}

std::string box_row(double centre, double width, double bottom, double top) {
  return fmt::format("{} {} {} {} {} {}\n", shortest_double(centre), shortest_double(bottom),
                     shortest_double(centre - width / 2), shortest_double(centre + width / 2), shortest_double(bottom),
                     shortest_double(top));
}

std::string boxes(std::string_view block, std::string_view colour) {
  return fmt::format("${} using 1:2:3:4:5:6 with boxxyerror lw 0.6 fs solid 1 border rgb '{}' fc rgb '{}'", block,
                     paper_colour, colour);
}

std::string error_text(const ComparedBar& bar) {
  if (!bar.reference || *bar.reference == 0) return "";
  const double error = 100 * (bar.ours - *bar.reference) / *bar.reference;
  const std::string_view sign = error < 0 ? "−" : "+";
  return std::abs(error) < 9.95 ? fmt::format("{}{:.1f}%", sign, std::abs(error))
                                : fmt::format("{}{:.0f}%", sign, std::abs(error));
}

}  // namespace

Plot plot_stacked_bars(const Figure& figure, const StackedBarFigure& body, double width_points) {
  Plot plot{figure.x, figure.y, {}, {}};
  plot.y_axis.scale = AxisScale::linear;
  plot.x_has_names = true;
  const std::vector<BarPlace> places = places_of(body, plot);
  std::vector<std::string> rows(body.parts.size());
  std::vector<double> tops;
  for (const BarPlace& place : places) {
    const StackedParts stacked = stack(*place.bar, body.parts.size(), body.as_shares, plot.left_out);
    for (std::size_t part = 0; part < body.parts.size(); ++part) {
      if (stacked.edges[part + 1] > stacked.edges[part])
        rows[part] += box_row(place.x, bar_width, stacked.edges[part], stacked.edges[part + 1]);
    }
    tops.push_back(stacked.edges.back());
  }
  const double highest = tops.empty() ? 1 : *std::max_element(tops.begin(), tops.end());
  if (body.as_shares) {
    plot.y_axis.unit = std::string("%");
    plot.y_axis.low = 0;
    plot.y_axis.high = 100;
  }
  plot.y = axis_ticks(plot.y_axis, {0, body.as_shares ? 100 : room_for_labels * highest, true}, 5);
  for (std::size_t part = body.parts.size(); part-- > 0;) {
    const SeriesLook look = look_of(body.parts[part].subject);
    plot.legend.push_back({body.parts[part].name, std::string(look.colour), 0, 0, true});
    if (rows[part].empty()) continue;
    const std::string block = fmt::format("part{}", part);
    plot.script += data_block(block, rows[part]);
    plot.curves.push_back(boxes(block, look.colour));
  }
  std::reverse(plot.legend.begin(), plot.legend.end());
  if (!body.as_shares) {
    std::vector<BarLabel> labels;
    for (std::size_t i = 0; i < places.size(); ++i) labels.push_back({places[i].x, tops[i], format_number(tops[i])});
    label_bars(labels, width_points, plot);
  }
  return plot;
}

Plot plot_comparison(const Figure& figure, const ComparisonFigure& body, double width_points) {
  Plot plot{figure.x, figure.y, {}, {}};
  plot.x_has_names = true;
  plot.y_axis.scale = AxisScale::linear;
  constexpr double width = 0.38;
  std::string ours;
  std::string references;
  std::vector<BarLabel> labels;
  AxisExtent extent{0, 0, true};
  for (std::size_t i = 0; i < body.bars.size(); ++i) {
    const ComparedBar& bar = body.bars[i];
    const auto centre = static_cast<double>(i);
    plot.x.ticks.push_back({centre, bar.name});
    double top = 0;
    const auto add = [&](double value, double at, std::string& rows) {
      if (!plot.left_out.accepts(value, AxisScale::linear)) return;
      rows += box_row(at, width, 0, value);
      top = std::max(top, value);
      extent.low = std::min(extent.low, value);
      extent.high = std::max(extent.high, value);
    };
    add(bar.ours, centre - width / 2, ours);
    if (bar.reference) add(*bar.reference, centre + width / 2, references);
    labels.push_back({centre, top, error_text(bar)});
  }
  plot.x.low = -0.55;
  plot.x.high = std::max(static_cast<double>(body.bars.size()) - 0.45, 0.55);
  extent.high *= room_for_labels;
  plot.y = axis_ticks(plot.y_axis, extent, 5);
  plot.legend = {{body.ours_name, std::string(ours_colour), 0, 0, true},
                 {body.reference_name, std::string(reference_colour), 0, 0, true}};
  for (const auto& [block, rows, colour] :
       {std::tuple{"ours", &ours, ours_colour}, std::tuple{"reference", &references, reference_colour}}) {
    if (rows->empty()) continue;
    plot.script += data_block(block, *rows);
    plot.curves.push_back(boxes(block, colour));
  }
  label_bars(labels, width_points, plot);
  return plot;
}

}  // namespace ohmloop
