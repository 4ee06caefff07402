#include "ohmloop/report/parts_json.hpp"

#include "ohmloop/report/parts_report.hpp"
#include "ohmloop/report/provenance_json.hpp"

namespace ohmloop {

namespace {

Json attribute_json(const AttributeSpec& spec) {
  constexpr double no_limit = 1e300;
  const bool word = spec.kind == AttributeKind::word;
  Json json = {{"name", spec.name}, {"meaning", spec.meaning}, {"unit", spec.unit}, {"required", spec.required}};
  json["standard"] = spec.standard.empty() ? Json() : Json(spec.standard);
  json["words"] = spec.words;
  json["low"] = word ? Json() : Json(finite(spec.low));
  json["high"] = word || spec.high >= no_limit ? Json() : Json(finite(spec.high));
  return json;
}

Json class_json(const ComponentClass& one, const Registry& registry) {
  Json json = {{"name", one.name}, {"description", one.description}, {"attributes", Json::array()}};
  for (const AttributeSpec& spec : one.attributes) json["attributes"].push_back(attribute_json(spec));
  json["actions"] = Json::array();
  for (const ActionSpec& action : one.actions) {
    Json arguments = Json::array();
    for (const ActionArgumentSpec& argument : action.arguments) {
      arguments.push_back({{"name", argument.name}, {"meaning", argument.meaning}});
    }
    json["actions"].push_back({{"action", action.name},
                               {"per", to_string(action.unit)},
                               {"meaning", action.meaning},
                               {"arguments", std::move(arguments)}});
  }
  json["estimators"] = estimators_of(one, registry);
  return json;
}

Json candidate_json(const EstimateCandidate& candidate) {
  const Estimate& estimate = candidate.estimate;
  return {{"estimator", candidate.estimator},
          {"value", finite(estimate.value)},
          {"accuracy_percent", finite(estimate.accuracy_percent)},
          {"known", !estimate.unknown},
          {"source", estimate.provenance.source},
          {"derivation", estimate.provenance.derivation}};
}

/// The chosen answer first.
Json figures_json(const std::vector<PartFigure>& figures) {
  Json json = Json::array();
  for (const PartFigure& figure : figures) {
    Json answers = Json::array();
    for (const EstimateCandidate& candidate : figure.choice.candidates) answers.push_back(candidate_json(candidate));
    json.push_back({{"figure", figure.name},
                    {"unit", figure.unit},
                    {"value", figure.choice.estimate ? Json(finite(figure.choice.estimate->value)) : Json()},
                    {"answers", std::move(answers)},
                    {"rejections", figure.choice.rejections}});
  }
  return json;
}

}  // namespace

std::string parts_json(const Registry& registry) {
  Json json = {{"schema", "ohmloop-parts/1"}, {"classes", Json::array()}};
  for (const auto& one : registry.classes().all()) json["classes"].push_back(class_json(*one, registry));
  return json_text(json);
}

std::string part_json(const PartReport& report, const Registry& registry) {
  Json json = {{"schema", "ohmloop-part/1"}, {"class", class_json(*report.component_class, registry)}};
  json["given"] = report.attributes;
  json["figures"] = figures_json(report.figures);
  return json_text(json);
}

std::string sweep_json(const PartSweep& sweep) {
  Json json = {{"schema", "ohmloop-part-sweep/1"}, {"class", sweep.component_class->name}, {"given", sweep.attributes}};
  json["attribute"] = sweep.attribute;
  json["unit"] = sweep.unit;
  json["points"] = Json::array();
  for (const PartSweep::Point& point : sweep.points) {
    json["points"].push_back({{"value", finite(point.value)}, {"figures", figures_json(point.figures)}});
  }
  return json_text(json);
}

}  // namespace ohmloop
