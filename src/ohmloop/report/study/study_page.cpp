#include "ohmloop/report/study/study_page.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/report/study/study_figures.hpp"
#include "ohmloop/report/study/study_notes.hpp"
#include "ohmloop/report/study/study_settings.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/sweep_axes.hpp"

namespace ohmloop {
namespace {

/// More rows than a reader or a browser can use are in results.csv.
constexpr std::size_t most_rows = 5'000;

bool has_column(const StudyPart& part, const std::string& column) {
  return std::any_of(part.axes.begin(), part.axes.end(), [&](const StudyAxis& axis) {
    return std::find(axis.columns.begin(), axis.columns.end(), column) != axis.columns.end();
  });
}

PageCell cell_of(const MetricValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::monostate();
}

PageCell cell_of(const std::optional<PointValue>& value) {
  if (!value) return std::monostate();
  if (value->number) return *value->number;
  return value->text;
}

/// Columns of one part as indices into those of the results.
struct PartColumns {
  std::vector<std::size_t> axes;
  std::vector<std::size_t> metrics;
  bool has_failures = false;
};

PartColumns columns_of(const StudyResults& results, std::size_t index) {
  PartColumns columns;
  const StudyPart& part = results.study.parts[index];
  for (std::size_t i = 0; i < results.axes.size(); ++i) {
    if (has_column(part, results.axes[i])) columns.axes.push_back(i);
  }
  for (std::size_t i = 0; i < results.metrics.size(); ++i) {
    const bool wanted = std::find(part.metrics.begin(), part.metrics.end(), results.metrics[i]) != part.metrics.end();
    if (wanted) columns.metrics.push_back(i);
  }
  columns.has_failures = std::any_of(results.points.begin(), results.points.end(), [&](const StudyPoint& point) {
    return point.part == index && !point.failure.empty();
  });
  return columns;
}

PageTable table_of(const StudyResults& results, std::size_t index) {
  const PartColumns columns = columns_of(results, index);
  PageTable table;
  for (const std::size_t axis : columns.axes) table.columns.push_back({results.axes[axis]});
  for (const std::size_t metric : columns.metrics) {
    const Metric& one = *results.metrics[metric];
    table.columns.push_back({std::string(one.title), std::string(one.unit)});
  }
  if (columns.has_failures) table.columns.push_back({"no result because"});
  std::size_t points = 0;
  for (const StudyPoint& point : results.points) {
    if (point.part != index || ++points > most_rows) continue;
    std::vector<PageCell> row;
    for (const std::size_t axis : columns.axes) row.push_back(cell_of(point.values[axis]));
    for (const std::size_t metric : columns.metrics) row.push_back(cell_of(point.metrics[metric]));
    if (columns.has_failures) row.emplace_back(point.failure);
    table.rows.push_back(std::move(row));
  }
  const std::string& name = results.study.parts[index].name;
  const std::string shown =
      points > most_rows ? fmt::format("the first {} of {} points", format_count(static_cast<std::int64_t>(most_rows)),
                                       format_count(static_cast<std::int64_t>(points)))
                         : fmt::format("{} points", format_count(static_cast<std::int64_t>(points)));
  table.caption = fmt::format("{}{}; shares are fractions of 1", name.empty() ? "" : name + ": ", shown);
  return table;
}

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
  for (std::size_t part = 0; part < results.study.parts.size(); ++part) tables.tables.push_back(table_of(results, part));
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
  for (const ReportedStudy& study : studies) report += " " + shell_word(study.folder);
  page.commands.push_back(fmt::format("{} -o {}", report, shell_word(options.file)));
  return page;
}

}  // namespace ohmloop
