#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/study_report.hpp"

namespace ohmloop {
namespace {

std::string field(const MetricValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
  if (const auto* number = std::get_if<double>(&value)) return shortest_double(*number);
  return {};
}

}  // namespace

std::string study_csv(const StudyResults& results) {
  const bool has_parts = results.study.has_parts();
  std::string text = has_parts ? "part," : "";
  for (const std::string& axis : results.axes) text += fmt::format("{},", csv_field(axis));
  text += "failure";
  for (const Metric* metric : results.metrics) text += fmt::format(",{}", metric->name);
  text += '\n';
  for (const StudyPoint& point : results.points) {
    if (has_parts) text += fmt::format("{},", csv_field(results.study.parts[point.part].name));
    for (const auto& value : point.values) text += fmt::format("{},", value ? csv_field(value->text) : std::string());
    text += csv_field(point.failure);
    for (const MetricValue& value : point.metrics) text += fmt::format(",{}", field(value));
    text += '\n';
  }
  return text;
}

}  // namespace ohmloop
