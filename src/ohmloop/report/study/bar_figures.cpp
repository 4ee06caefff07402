#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/report/figures/figure_colour.hpp"
#include "ohmloop/report/study/figure_axes.hpp"
#include "ohmloop/report/study/figure_kinds.hpp"
#include "ohmloop/report/study/figure_series.hpp"

namespace ohmloop {
namespace {

/// The metric's part of the energy, for its name and colour.
std::optional<CostPart> part_of(const std::string& metric) {
  for (const CostPart part : all_cost_parts) {
    if (metric == fmt::format("{}_pj", to_string(part))) return part;
  }
  return std::nullopt;
}

std::string part_name(const std::string& metric) {
  const std::optional<CostPart> part = part_of(metric);
  if (part) return std::string(part_title(*part));
  std::string_view title = find_metric(metric)->title;
  constexpr std::string_view said_by_the_axis = "energy of ";
  if (title.starts_with(said_by_the_axis)) title.remove_prefix(said_by_the_axis.size());
  return std::string(title);
}

BarGroup& group_of(std::vector<BarGroup>& groups, const std::string& name) {
  const auto known = std::find_if(groups.begin(), groups.end(), [&](const BarGroup& one) { return one.name == name; });
  if (known != groups.end()) return *known;
  groups.push_back({name, {}});
  return groups.back();
}

/// Text of a value of x below its bar: alone, the axis' title is at the side.
std::string tick(const FigurePoints& points, const StudyPoint& point, const std::string& x) {
  const bool name = x == "network" || x == "architecture";
  return name ? series_word(x, points.text(point, x)) : points.text(point, x);
}

/// Points in the order of x' values.
std::vector<const StudyPoint*> ordered(const FigurePoints& points, const std::string& x) {
  const std::vector<std::string> values = points.own_values(x);
  std::vector<const StudyPoint*> all = points.all();
  std::stable_sort(all.begin(), all.end(), [&](const StudyPoint* a, const StudyPoint* b) {
    return std::find(values.begin(), values.end(), points.text(*a, x)) <
           std::find(values.begin(), values.end(), points.text(*b, x));
  });
  return all;
}

/// The axis' title, where the words below the bars don't say what they are.
FigureAxis names_axis(const std::string& x, const FigurePoints& points) {
  const bool plain = x.empty() || x == "network" || x == "architecture" || x == "part";
  return {plain ? std::string() : axis_title(x, points)};
}

/// Energies are counted in the unit of whole stacks.
MetricAxis stack_axis(const std::vector<std::string>& metrics, const FigurePoints& points, bool shares) {
  MetricAxis axis = metric_axis(metrics, points);
  if (!shares) return axis;
  axis.axis.quantity = "share of " + axis.axis.quantity;
  axis.axis.unit = "%";
  return axis;
}

}  // namespace

Figure bar_figure(const FigureRequest& request, const FigurePoints& points) {
  const MetricAxis y = metric_axis(request.y, points);
  SeriesNames names(points, points.telling_axes(request.x, request.series), request.y);
  StackedBarFigure body;
  LeftOutPoints left_out;
  // Each series is a part that stands alone in its bars.
  for (const StudyPoint* point : ordered(points, request.x)) {
    BarGroup& group = group_of(body.groups, tick(points, *point, request.x));
    for (std::size_t metric = 0; metric < request.y.size(); ++metric) {
      const std::optional<double> value = points.metric(*point, request.y[metric]);
      if (!value) {
        left_out.add(*point);
        continue;
      }
      const FigureSeries series = names.of(*point, metric);
      auto known = std::find_if(body.parts.begin(), body.parts.end(),
                                [&](const FigureSeries& one) { return one.name == series.name; });
      if (known == body.parts.end()) known = body.parts.insert(known, series);
      std::vector<double> values(static_cast<std::size_t>(known - body.parts.begin()), 0);
      values.push_back(y.shown(*value));
      group.bars.push_back({"", std::move(values)});
    }
  }
  Figure figure;
  figure.x = names_axis(request.x, points);
  figure.y = y.axis;
  limit_shares(figure.y, request.y);
  figure.caption = left_out.sentence();
  figure.body = std::move(body);
  return figure;
}

Figure stacked_figure(const FigureRequest& request, const FigurePoints& points) {
  const MetricAxis y = stack_axis(request.y, points, request.shares);
  const std::vector<std::string> axes = points.telling_axes(request.x, request.series);
  StackedBarFigure body;
  body.as_shares = request.shares;
  for (std::size_t i = 0; i < request.y.size(); ++i) {
    const std::optional<CostPart> part = part_of(request.y[i]);
    body.parts.push_back({part_name(request.y[i]), part ? SeriesSubject(*part) : SeriesSubject(SeriesOrder{i})});
  }
  LeftOutPoints left_out;
  for (const StudyPoint* point : ordered(points, request.x)) {
    std::string group;
    for (const std::string& axis : axes)
      group += (group.empty() ? "" : ", ") + series_word(axis, points.text(*point, axis));
    Bar bar{tick(points, *point, request.x), {}};
    bool complete = true;
    for (const std::string& metric : request.y) {
      const std::optional<double> value = points.metric(*point, metric);
      complete = complete && value;
      bar.values.push_back(y.shown(value.value_or(0)));
    }
    if (!complete) left_out.add(*point);
    if (complete) group_of(body.groups, group).bars.push_back(std::move(bar));
  }
  Figure figure;
  figure.x = names_axis(request.x, points);
  figure.y = y.axis;
  figure.caption = left_out.sentence();
  figure.body = std::move(body);
  return figure;
}

Figure breakdown_figure(const FigureRequest& request, const FigurePoints& points) {
  const MetricAxis y = stack_axis(request.y, points, request.shares);
  ComparisonFigure body;
  body.reference_name = request.reference.name;
  LeftOutPoints left_out;
  std::vector<std::string> keys;
  double sum = 0;
  double reference_sum = 0;
  for (const StudyPoint* point : request.x.empty() ? points.all() : ordered(points, request.x)) {
    for (const std::string& metric : request.y) {
      const std::string key = request.x.empty() ? metric : points.text(*point, request.x);
      const std::optional<double> value = points.metric(*point, metric);
      if (!value) left_out.add(*point);
      if (!value || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      keys.push_back(key);
      ComparedBar bar{request.x.empty() ? part_name(metric) : tick(points, *point, request.x), y.shown(*value), {}};
      for (const auto& [name, number] : request.reference.values) {
        if (name == key) bar.reference = y.shown(number);
      }
      sum += bar.ours;
      reference_sum += bar.reference.value_or(0);
      body.bars.push_back(std::move(bar));
    }
  }
  for (ComparedBar& bar : body.bars) {
    if (!request.shares) break;
    constexpr double percent = 100;
    if (sum > 0) bar.ours *= percent / sum;
    if (bar.reference && reference_sum > 0) *bar.reference *= percent / reference_sum;
  }
  Figure figure;
  figure.x = names_axis(request.x, points);
  figure.y = y.axis;
  figure.caption = fmt::format("{}: {}.", request.reference.name, request.reference.source);
  if (!left_out.sentence().empty()) figure.caption += " " + left_out.sentence();
  figure.body = std::move(body);
  return figure;
}

}  // namespace ohmloop
