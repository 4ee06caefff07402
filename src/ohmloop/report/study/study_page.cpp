#include "ohmloop/report/study/study_page.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/report/study/figure_axes.hpp"
#include "ohmloop/report/study/study_figures.hpp"
#include "ohmloop/report/study/study_notes.hpp"
#include "ohmloop/report/study/study_settings.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/sweep_axes.hpp"

namespace ohmloop {
namespace {

/// More rows than a reader or a browser can use are in results.csv.
constexpr std::size_t most_rows = 5'000;

PageCell cell_of(const MetricValue& value, double in_unit) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole) / in_unit;
  if (const auto* number = std::get_if<double>(&value)) return *number / in_unit;
  return std::monostate();
}

PageCell cell_of(const std::optional<PointValue>& value) {
  if (!value) return std::monostate();
  if (value->number) return *value->number;
  return value->text;
}

template <class T>
std::size_t place_of(const std::vector<T>& list, const T& one) {
  return static_cast<std::size_t>(std::find(list.begin(), list.end(), one) - list.begin());
}

/// The points of one part as a table. Axes with one value stand among the settings, keys that share an axis in one
/// column.
class PartTable {
 public:
  PartTable(const StudyResults& results, std::size_t part) : results_(results) {
    for (const StudyPoint& point : results.points) {
      if (point.part == part) points_.push_back(&point);
    }
    add_axes(results.study.parts[part]);
    for (const Metric* metric : results.study.parts[part].metrics) add_metric(*metric);
    has_failures_ =
        std::any_of(points_.begin(), points_.end(), [](const auto* point) { return !point->failure.empty(); });
    if (has_failures_) table_.columns.push_back({"no result because"});
    const std::string& name = results.study.parts[part].name;
    table_.caption = (name.empty() ? "" : name + ": ") + size_text();
  }

  PageTable table() && {
    for (std::size_t i = 0; i < std::min(points_.size(), most_rows); ++i) {
      std::vector<PageCell> row;
      for (const std::size_t axis : axes_) row.push_back(cell_of(points_[i]->values[axis]));
      for (const auto& [metric, in_unit] : metrics_) row.push_back(cell_of(points_[i]->metrics[metric], in_unit));
      if (has_failures_) row.emplace_back(points_[i]->failure);
      table_.rows.push_back(std::move(row));
    }
    return std::move(table_);
  }

 private:
  void add_axes(const StudyPart& part) {
    const bool varies =
        std::any_of(part.axes.begin(), part.axes.end(), [](const StudyAxis& axis) { return axis.values.size() > 1; });
    for (const StudyAxis& axis : part.axes) {
      if (varies && axis.values.size() == 1) continue;
      axes_.push_back(place_of(results_.axes, axis.columns.front()));
      table_.columns.push_back({fmt::format("{}", fmt::join(axis.columns, " = "))});
    }
  }

  void add_metric(const Metric& metric) {
    const std::size_t place = place_of(results_.metrics, &metric);
    double largest = 0;
    for (const StudyPoint* point : points_) {
      const PageCell cell = cell_of(point->metrics[place], 1);
      if (const auto* number = std::get_if<double>(&cell)) largest = std::max(largest, std::abs(*number));
    }
    const DisplayUnit unit = display_unit(metric, largest).value_or(DisplayUnit{metric.unit, 1});
    metrics_.emplace_back(place, unit.in_base);
    table_.columns.push_back({std::string(metric.title), std::string(unit.name)});
  }

  [[nodiscard]] std::string size_text() const {
    const std::string all = format_count(static_cast<std::int64_t>(points_.size()));
    if (points_.size() <= most_rows) return fmt::format("{} {}", all, points_.size() == 1 ? "point" : "points");
    return fmt::format("the first {} of {} points, all of them in results.csv",
                       format_count(static_cast<std::int64_t>(most_rows)), all);
  }

  const StudyResults& results_;
  std::vector<const StudyPoint*> points_;
  std::vector<std::size_t> axes_;
  std::vector<std::pair<std::size_t, double>> metrics_;  ///< with what one of their unit is
  bool has_failures_ = false;
  PageTable table_;
};

PageFigure drawn(const StudyFigure& figure, const StudyPageOptions& options) {
  PageFigure page{figure.figure.title, figure.figure.caption, {}, figure.problem};
  if (!figure.problem.empty()) return page;
  if (options.before_each) options.before_each();
  const FigureDrawing drawing = draw_figure(figure.figure);
  page.svg = drawing.picture.value_or("");
  page.problem = drawing.problem;
  for (const std::string& sentence : drawing.left_out)
    page.caption += fmt::format("{}{}.", page.caption.empty() ? "" : " ", sentence);
  return page;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

/// What points say, those that differ in numbers once.
std::vector<std::string> warnings_of(const StudyResults& results) {
  std::vector<std::string> warnings;
  if (results.study.quick) warnings.emplace_back("These are the study's smaller values (--quick).");
  if (results.missing_points > 0)
    warnings.push_back(fmt::format("{} points of {} are missing: the study has not ended.",
                                   format_count(static_cast<std::int64_t>(results.missing_points)),
                                   format_magnitude(count_points(results.study))));
  std::set<std::string> known;
  std::vector<Diagnostic> all;
  for (const StudyPoint& point : results.points) {
    for (const std::string& warning : point.warnings) {
      if (known.insert(warning).second) all.push_back({Severity::warning, warning, {}, {}, {}});
    }
  }
  for (const Diagnostic& one : summary_of_warnings(all)) {
    std::string text = one.message;
    for (const std::string& note : one.notes) text += fmt::format(" ({})", note);
    add_once(warnings, text);
  }
  return warnings;
}

std::string points_sentence(const StudyResults& results) {
  const auto failed = std::count_if(results.points.begin(), results.points.end(),
                                    [](const StudyPoint& point) { return !point.failure.empty(); });
  return fmt::format("{} points: {}{}.", format_count(static_cast<std::int64_t>(results.points.size())),
                     product_text(results.study),
                     failed > 0 ? fmt::format("; {} of them without a result", format_count(failed)) : "");
}

void add_study(const ReportedStudy& study, bool alone, const ToolVersion& tool, const StudyPageOptions& options,
               Page& page) {
  const StudyResults& results = study.results;
  const std::string prefix = alone ? "" : results.study.name + ": ";
  PageSection figures{prefix + (alone ? "Figures" : "figures")};
  if (!alone && !results.study.question.empty()) figures.text.push_back(results.study.question);
  for (const StudyFigure& figure : study_figures(results)) figures.figures.push_back(drawn(figure, options));
  if (!figures.figures.empty() || !figures.text.empty()) page.sections.push_back(std::move(figures));
  PageSection tables{prefix + (alone ? "Results" : "results")};
  for (std::size_t part = 0; part < results.study.parts.size(); ++part)
    tables.tables.push_back(PartTable(results, part).table());
  page.sections.push_back(std::move(tables));
  page.abstract.push_back(prefix + points_sentence(results));
  for (const std::string& warning : warnings_of(results)) add_once(page.warnings, prefix + warning);
  for (PageSetting& setting : study_settings(results)) {
    setting.name = prefix + setting.name;
    page.settings.push_back(std::move(setting));
  }
  for (PageConstant& constant : constants_in(results.notes)) {
    const bool is_known = std::any_of(page.constants.begin(), page.constants.end(), [&](const PageConstant& one) {
      return one.name == constant.name && one.value == constant.value && one.source == constant.source;
    });
    if (!is_known) page.constants.push_back(std::move(constant));
  }
  page.commands.push_back(study_command_line(results, study.folder, tool));
}

}  // namespace

Page study_page(const std::vector<ReportedStudy>& studies, const ToolVersion& tool, const StudyPageOptions& options) {
  Page page;
  page.tool = tool;
  const bool alone = studies.size() == 1;
  page.title = alone ? studies.front().results.study.name : fmt::format("{} studies", studies.size());
  if (alone) page.question = studies.front().results.study.question;
  for (const ReportedStudy& study : studies) add_study(study, alone, tool, options, page);
  std::string report = "ohmloop report";
  for (const ReportedStudy& study : studies) report += " " + command_word(study.folder);
  page.commands.push_back(fmt::format("{} -o {}", report, command_word(options.file)));
  return page;
}

}  // namespace ohmloop
