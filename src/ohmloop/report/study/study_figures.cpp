#include "ohmloop/report/study/study_figures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/study/figure_axes.hpp"
#include "ohmloop/report/study/figure_kinds.hpp"
#include "ohmloop/report/study/one_chip_figures.hpp"

namespace ohmloop {
namespace {

Figure drawn_from_points(const FigureRequest& request, const FigurePoints& points) {
  switch (request.kind) {
    case FigureKind::lines:
      return curve_figure(request, points, true);
    case FigureKind::scatter:
      return curve_figure(request, points, false);
    case FigureKind::bars:
      return bar_figure(request, points);
    case FigureKind::stacked:
      return stacked_figure(request, points);
    case FigureKind::pareto:
      return pareto_figure(request, points);
    case FigureKind::breakdown:
      return breakdown_figure(request, points);
    case FigureKind::roofline:
    case FigureKind::nest:
      break;
  }
  OHM_CHECK(false, "figures of one chip are drawn from notes");
  return {};
}

bool is_empty(const Figure& figure) {
  struct Empty {
    bool operator()(const CurveFigure& body) const { return body.curves.empty(); }
    bool operator()(const StackedBarFigure& body) const {
      return std::all_of(body.groups.begin(), body.groups.end(), [](const BarGroup& one) { return one.bars.empty(); });
    }
    bool operator()(const ComparisonFigure& body) const { return body.bars.empty(); }
    bool operator()(const RooflineFigure& body) const { return body.points.empty(); }
    bool operator()(const ParetoFigure& body) const { return body.series.empty(); }
    bool operator()(const NestTreeFigure& body) const { return body.lines.empty(); }
  };
  return std::visit(Empty(), figure.body);
}

/// With a capital at the beginning.
std::string as_title(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string title_of(const FigureRequest& request, const Figure& figure) {
  if (!request.title.empty()) return request.title;
  if (spec_of(request.kind).of_one_chip)
    return fmt::format("{}{}{}", request.kind == FigureKind::nest ? "Mapping" : "Roofline",
                       request.layer.empty() ? "" : " of ", request.layer);
  const std::string over = figure.x.quantity.empty() ? request.x : figure.x.quantity;
  return as_title(figure.y.quantity) + fmt::format("{}{}", over.empty() ? "" : " over ", over);
}

/// What the metrics mean, for who sees the figure alone.
std::string meanings(const FigureRequest& request) {
  constexpr std::size_t few = 3;
  std::string text;
  std::vector<std::string> metrics = request.y;
  if (find_metric(request.x) != nullptr) metrics.insert(metrics.begin(), request.x);
  if (metrics.size() > few) return text;
  for (const std::string& metric : metrics) text += (text.empty() ? "" : "; ") + meaning_of(metric);
  return text.empty() ? text : as_title(text) + ".";
}

}  // namespace

StudyFigure study_figure(const FigureRequest& request, const StudyResults& results) {
  StudyFigure drawn{request.name, {}};
  if (spec_of(request.kind).of_one_chip) {
    drawn = one_chip_figure(request, results);
  } else {
    const FigurePoints points(request, results);
    drawn.figure = drawn_from_points(request, points);
    const std::string meaning = meanings(request);
    if (!meaning.empty())
      drawn.figure.caption = meaning + (drawn.figure.caption.empty() ? "" : " ") + drawn.figure.caption;
    if (is_empty(drawn.figure)) drawn.problem = "no point has a result for it";
  }
  if (!request.part.empty()) drawn.figure.caption = fmt::format("Part {}. {}", request.part, drawn.figure.caption);
  drawn.figure.title = title_of(request, drawn.figure);
  return drawn;
}

std::vector<StudyFigure> study_figures(const StudyResults& results) {
  std::vector<StudyFigure> figures;
  for (const FigureRequest& request : results.study.figures) figures.push_back(study_figure(request, results));
  return figures;
}

}  // namespace ohmloop
