#include "ohmloop/report/study/figure_points.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {
namespace {

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

bool has_column(const StudyAxis& axis, const std::string& column) {
  return std::find(axis.columns.begin(), axis.columns.end(), column) != axis.columns.end();
}

}  // namespace

FigurePoints::FigurePoints(const FigureRequest& request, const StudyResults& results) : results_(results) {
  for (std::size_t i = 0; i < results.metrics.size(); ++i)
    metric_places_.emplace(std::string(results.metrics[i]->name), i);
  for (const StudyPoint& point : results.points) {
    if (!request.part.empty() && results.study.parts[point.part].name != request.part) continue;
    const bool fits = std::all_of(request.only.begin(), request.only.end(),
                                  [&](const auto& one) { return text(point, one.first) == one.second; });
    if (fits) points_.push_back(&point);
  }
}

std::optional<std::size_t> FigurePoints::axis_place(const std::string& column) const {
  const auto place = std::find(results_.axes.begin(), results_.axes.end(), column);
  if (place == results_.axes.end()) return std::nullopt;
  return static_cast<std::size_t>(place - results_.axes.begin());
}

std::string FigurePoints::text(const StudyPoint& point, const std::string& column) const {
  const std::optional<std::size_t> place = axis_place(column);
  if (!place) return column == "part" ? results_.study.parts[point.part].name : std::string();
  return point.values[*place] ? point.values[*place]->text : std::string();
}

std::optional<double> FigurePoints::metric(const StudyPoint& point, const std::string& name) const {
  const auto place = metric_places_.find(name);
  if (place == metric_places_.end()) return std::nullopt;
  const MetricValue& value = point.metrics[place->second];
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::nullopt;
}

std::vector<std::string> FigurePoints::values(const std::string& column) const {
  std::vector<std::string> values;
  for (const StudyPart& part : results_.study.parts) {
    if (column == "part" && !axis_place(column)) add_once(values, part.name);
    for (const StudyAxis& axis : part.axes) {
      if (!has_column(axis, column)) continue;
      for (const AxisValue& value : axis.values) add_once(values, value.text);
    }
  }
  return values;
}

std::vector<std::string> FigurePoints::own_values(const std::string& column) const {
  std::set<std::string> present;
  for (const StudyPoint* point : points_) present.insert(text(*point, column));
  std::vector<std::string> own;
  for (const std::string& value : values(column)) {
    if (present.count(value) > 0) own.push_back(value);
  }
  return own;
}

std::vector<std::string> FigurePoints::columns_with(const std::string& column) const {
  std::vector<std::string> columns = {column};
  for (const StudyPart& part : results_.study.parts) {
    for (const StudyAxis& axis : part.axes) {
      if (!has_column(axis, column)) continue;
      for (const std::string& other : axis.columns) add_once(columns, other);
    }
  }
  return columns;
}

std::vector<std::string> FigurePoints::telling_axes(const std::string& x, std::vector<std::string> wanted) const {
  std::vector<std::string> candidates;
  if (results_.study.has_parts()) candidates.emplace_back("part");
  for (const StudyPart& part : results_.study.parts) {
    for (const StudyAxis& axis : part.axes) add_once(candidates, axis.columns.front());
  }
  const std::vector<std::string> with_x = columns_with(x);
  for (const std::string& candidate : candidates) {
    if (std::find(with_x.begin(), with_x.end(), candidate) != with_x.end()) continue;
    if (std::find(wanted.begin(), wanted.end(), candidate) != wanted.end()) continue;
    std::map<std::vector<std::string>, std::string> seen;
    for (const StudyPoint* point : points_) {
      std::vector<std::string> key = {text(*point, x)};
      for (const std::string& column : wanted) key.push_back(text(*point, column));
      const auto [place, is_new] = seen.emplace(std::move(key), text(*point, candidate));
      if (is_new || place->second == text(*point, candidate)) continue;
      wanted.push_back(candidate);
      break;
    }
  }
  return wanted;
}

void LeftOutPoints::add(const StudyPoint& point) {
  reasons_[point.failure.empty() ? "they have no such figure" : point.failure][{point.part, point.number}] = true;
}

std::string LeftOutPoints::sentence() const {
  constexpr std::size_t most_reasons = 2;
  std::string text;
  std::size_t told = 0;
  for (const auto& [reason, points] : reasons_) {
    if (told++ == most_reasons) {
      text += fmt::format("; and for {} other reasons", reasons_.size() - most_reasons);
      break;
    }
    text += fmt::format(
        "{}{}: {}", text.empty() ? "Left out: " : "; ",
        points.size() == 1 ? "1 point" : format_count(static_cast<std::int64_t>(points.size())) + " points", reason);
  }
  return text.empty() ? text : text + ".";
}

}  // namespace ohmloop
