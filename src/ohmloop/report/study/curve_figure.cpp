#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ohmloop/report/study/figure_axes.hpp"
#include "ohmloop/report/study/figure_kinds.hpp"
#include "ohmloop/report/study/figure_series.hpp"

namespace ohmloop {
namespace {

Curve& curve_of(std::vector<Curve>& curves, const FigureSeries& series) {
  const auto known =
      std::find_if(curves.begin(), curves.end(), [&](const Curve& one) { return one.series.name == series.name; });
  if (known != curves.end()) return *known;
  curves.push_back({series, {}});
  return curves.back();
}

std::string intervals_sentence(const CurveFigure& body) {
  const bool any = std::any_of(body.curves.begin(), body.curves.end(), [](const Curve& curve) {
    return std::any_of(curve.points.begin(), curve.points.end(), [](const CurvePoint& one) { return one.low; });
  });
  return any ? " Bars are 95% intervals." : "";
}

}  // namespace

Figure curve_figure(const FigureRequest& request, const FigurePoints& points, bool joined) {
  const Abscissa x = abscissa_of(request.x, points, request.log_x);
  const MetricAxis y = metric_axis(request.y, points, request.log_y);
  SeriesNames names(points, x.is_metric ? request.series : points.telling_axes(request.x, request.series), request.y);
  CurveFigure body;
  body.categories = x.categories;
  body.joined = joined;
  LeftOutPoints left_out;
  for (std::size_t metric = 0; metric < request.y.size(); ++metric) {
    for (const StudyPoint* point : points.all()) {
      const std::optional<double> position = x.position(*point);
      const std::optional<double> value = points.metric(*point, request.y[metric]);
      if (!position || !value) left_out.add(*point);
      if (!position) continue;
      CurvePoint one{*position, value ? y.shown(*value) : std::numeric_limits<double>::quiet_NaN()};
      const std::optional<double> low = points.metric(*point, request.y[metric] + "_low");
      const std::optional<double> high = points.metric(*point, request.y[metric] + "_high");
      if (low && high) one.low = y.shown(*low);
      if (low && high) one.high = y.shown(*high);
      curve_of(body.curves, names.of(*point, metric)).points.push_back(one);
    }
  }
  for (Curve& curve : body.curves) {
    if (!x.is_metric)
      std::stable_sort(curve.points.begin(), curve.points.end(),
                       [](const CurvePoint& a, const CurvePoint& b) { return a.x < b.x; });
    if (!joined) std::erase_if(curve.points, [](const CurvePoint& one) { return std::isnan(one.y); });
  }
  // Gaps are told in the caption already.
  std::erase_if(body.curves, [](const Curve& curve) {
    return std::all_of(curve.points.begin(), curve.points.end(),
                       [](const CurvePoint& one) { return std::isnan(one.y); });
  });
  Figure figure;
  figure.x = x.axis;
  figure.y = y.axis;
  limit_shares(figure.y, request.y);
  figure.caption = left_out.sentence();
  if (!intervals_sentence(body).empty()) figure.caption += intervals_sentence(body);
  figure.body = std::move(body);
  return figure;
}

Figure pareto_figure(const FigureRequest& request, const FigurePoints& points) {
  const Abscissa x = abscissa_of(request.x, points, request.log_x);
  const MetricAxis y = metric_axis(request.y, points, request.log_y);
  SeriesNames names(points, request.series, request.y);
  std::vector<std::string> labelled = points.telling_axes("", request.series);
  labelled.erase(labelled.begin(), labelled.begin() + static_cast<std::ptrdiff_t>(request.series.size()));
  ParetoFigure body;
  LeftOutPoints left_out;
  for (const StudyPoint* point : points.all()) {
    const std::optional<double> position = x.position(*point);
    const std::optional<double> value = points.metric(*point, request.y.front());
    if (!position || !value) {
      left_out.add(*point);
      continue;
    }
    const FigureSeries series = names.of(*point, 0);
    auto known = std::find_if(body.series.begin(), body.series.end(),
                              [&](const ParetoSeries& one) { return one.series.name == series.name; });
    if (known == body.series.end()) known = body.series.insert(known, {series, {}});
    std::string label;
    for (const std::string& axis : labelled) {
      const std::string word = points.text(*point, axis);
      if (!word.empty()) label += (label.empty() ? "" : ", ") + word;
    }
    known->points.push_back({*position, y.shown(*value), label});
  }
  Figure figure;
  figure.x = x.axis;
  figure.y = y.axis;
  figure.caption = left_out.sentence();
  if (!labelled.empty()) {
    std::string axes;
    for (const std::string& axis : labelled) axes += (axes.empty() ? "" : ", ") + axis_title(axis, points);
    figure.caption += fmt::format("{}Points of the front are labelled by {}.", figure.caption.empty() ? "" : " ", axes);
  }
  figure.body = std::move(body);
  return figure;
}

}  // namespace ohmloop
