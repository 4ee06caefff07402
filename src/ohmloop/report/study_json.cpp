#include "ohmloop/report/provenance_json.hpp"
#include "ohmloop/report/study_report.hpp"

namespace ohmloop {
namespace {

/// The largest whole number up to which every one is a double.
constexpr double exact = 9007199254740992.0;

/// A plain number stays one, so that it can be drawn.
Json value_json(const std::string& text, const std::optional<double>& number) {
  if (!number) return text;
  const bool whole = std::abs(*number) <= exact && *number == std::floor(*number);
  return whole ? Json(static_cast<std::int64_t>(*number)) : Json(finite(*number));
}

Json metric_json(const MetricValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
  if (const auto* number = std::get_if<double>(&value)) return finite(*number);
  return nullptr;
}

Json part_json(const StudyPart& part) {
  Json axes = Json::array();
  for (const StudyAxis& axis : part.axes) {
    Json values = Json::array();
    for (const AxisValue& value : axis.values) values.push_back(value_json(value.text, value.number));
    axes.push_back({{"name", axis.name}, {"columns", axis.columns}, {"values", std::move(values)}});
  }
  Json set = Json::array();
  for (const PlacedText& word : part.set) set.push_back(word.text);
  Json metrics = Json::array();
  for (const Metric* metric : part.metrics) metrics.push_back(metric->name);
  return {{"name", part.name}, {"axes", std::move(axes)}, {"set", std::move(set)}, {"metrics", std::move(metrics)}};
}

Json point_json(const StudyResults& results, const StudyPoint& point) {
  Json values = Json::object();
  for (std::size_t i = 0; i < results.axes.size(); ++i) {
    if (point.values[i]) values[results.axes[i]] = value_json(point.values[i]->text, point.values[i]->number);
  }
  Json metrics = Json::object();
  for (const Metric* metric : results.study.parts[point.part].metrics) {
    for (std::size_t i = 0; i < results.metrics.size(); ++i) {
      if (results.metrics[i] == metric) metrics[std::string(metric->name)] = metric_json(point.metrics[i]);
    }
  }
  return {{"part", results.study.parts[point.part].name},
          {"values", std::move(values)},
          {"failure", point.failure.empty() ? Json() : Json(point.failure)},
          {"metrics", std::move(metrics)},
          {"warnings", point.warnings}};
}

}  // namespace

std::string study_json(const StudyResults& results, const ToolVersion& tool) {
  Json json;
  json["schema"] = "ohmloop-study/1";
  json["tool"] = tool_json(tool);
  json["name"] = results.study.name;
  json["question"] = results.study.question;
  json["quick"] = results.study.quick;
  json["study"] = results.label.study_text;
  json["inputs"] = inputs_json(results.inputs);
  json["parts"] = Json::array();
  for (const StudyPart& part : results.study.parts) json["parts"].push_back(part_json(part));
  json["metrics"] = Json::array();
  for (const Metric* metric : results.metrics) {
    json["metrics"].push_back({{"name", metric->name},
                               {"unit", metric->unit},
                               {"kind", to_string(metric->kind())},
                               {"meaning", metric->meaning}});
  }
  json["points"] = Json::array();
  for (const StudyPoint& point : results.points) json["points"].push_back(point_json(results, point));
  return json_text(json);
}

}  // namespace ohmloop
