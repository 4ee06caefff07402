#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/study_report.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {
namespace {

std::string metric_cell(const MetricValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return format_count(*whole);
  if (const auto* number = std::get_if<double>(&value)) return format_number(*number);
  return "-";
}

/// The columns that a part has, each as an index into the results'.
std::vector<std::size_t> axes_of(const StudyResults& results, const StudyPart& part) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < results.axes.size(); ++i) {
    const bool has = std::any_of(part.axes.begin(), part.axes.end(), [&](const StudyAxis& axis) {
      return std::find(axis.columns.begin(), axis.columns.end(), results.axes[i]) != axis.columns.end();
    });
    if (has) places.push_back(i);
  }
  return places;
}

std::string part_table(const StudyResults& results, std::size_t index, const TableStyle& style) {
  const StudyPart& part = results.study.parts[index];
  const std::vector<std::size_t> axes = axes_of(results, part);
  std::vector<TableColumn> columns;
  for (const std::size_t axis : axes)
    columns.push_back({results.axes[axis], "", columns.empty() ? Align::left : Align::right});
  for (const Metric* metric : part.metrics) columns.push_back({std::string(metric->name), std::string(metric->unit)});
  TextTable table(std::move(columns));
  std::map<std::string, std::int64_t> failures;
  for (const StudyPoint& point : results.points) {
    if (point.part != index) continue;
    std::vector<std::string> cells;
    for (const std::size_t axis : axes) cells.push_back(point.values[axis] ? point.values[axis]->text : "-");
    for (const Metric* metric : part.metrics) {
      const auto place = std::find(results.metrics.begin(), results.metrics.end(), metric);
      cells.push_back(metric_cell(point.metrics[static_cast<std::size_t>(place - results.metrics.begin())]));
    }
    table.add_row(std::move(cells));
    if (!point.failure.empty()) ++failures[point.failure];
  }
  std::string text = part.name.empty() ? table.render(style) : fmt::format("{}\n\n{}", part.name, table.render(style));
  for (const auto& [reason, count] : failures) {
    text += fmt::format("without result: {}: {}\n", counted(count, "point"), reason);
  }
  return text;
}

}  // namespace

std::string study_table(const StudyResults& results, const TableStyle& style) {
  std::string text = fmt::format("{}{}\n", results.study.name, results.study.quick ? " (quick)" : "");
  if (!results.study.question.empty()) text += results.study.question + "\n";
  for (std::size_t part = 0; part < results.study.parts.size(); ++part) {
    text += "\n" + part_table(results, part, style);
  }
  return text;
}

}  // namespace ohmloop
