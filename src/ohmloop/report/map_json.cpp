#include "ohmloop/report/map_report.hpp"
#include "ohmloop/report/model_fields.hpp"

namespace ohmloop {

namespace {

Json line_json(const NestLine& line) {
  if (const auto* keep = std::get_if<KeepLine>(&line)) {
    return {{"keep", keep->level}, {"tensor", keep->tensor}, {"words", keep->words}};
  }
  const LoopLine& loop = std::get<LoopLine>(line);
  Json json = {{"for", loop.rank}, {"bound", loop.bound}};
  if (!loop.across.empty()) json["across"] = loop.across;
  return json;
}

Json certificate_json(const MapCertificate& certificate) {
  return {{"optimal", certificate.optimal},
          {"gap", certificate.gap ? Json(finite(*certificate.gap)) : Json()},
          {"mappings", certificate.mappings > 0 ? Json(finite(certificate.mappings)) : Json()},
          {"mapspace", certificate.mapspace},
          {"evaluated", certificate.evaluated},
          {"seconds", finite(certificate.seconds)}};
}

Json runner_up_json(const RunnerUp& runner_up, double best) {
  return {{"dataflow", runner_up.dataflow},
          {"value", finite(runner_up.value)},
          {"times_best", finite(runner_up.value / best)},
          {"energy_pj", finite(runner_up.energy_pj)},
          {"cycles", runner_up.cycles}};
}

Json nest_json(const std::vector<NestLine>& lines) {
  Json json = Json::array();
  for (const NestLine& line : lines) json.push_back(line_json(line));
  return json;
}

Json front_json(const MapFront& front) {
  Json points = Json::array();
  for (const FrontPoint& point : front.points) {
    points.push_back({{"energy_pj", finite(point.energy_pj)},
                      {"cycles", point.cycles},
                      {"area_use", finite(point.area_use)},
                      {"dataflow", point.dataflow},
                      {"mapping", nest_json(point.nest)}});
  }
  return {{"metrics", front.metrics}, {"complete", front.complete}, {"points", std::move(points)}};
}

}  // namespace

std::string map_json(const MapReport& report) {
  Json json = model_fields(report.model, "ohmloop-map/1");
  json["objective"] = report.objective;
  json["value"] = finite(report.value);
  json["dataflow"] = report.dataflow;
  json["certificate"] = certificate_json(report.certificate);
  json["mapping"] = nest_json(report.model.nest);
  if (report.runner_up) json["runner_up"] = runner_up_json(*report.runner_up, report.value);
  if (!report.pruning.empty()) {
    json["pruning"] = Json::object();
    for (const PruningStep& step : report.pruning) json["pruning"][step.name] = step.removed;
  }
  if (report.front) json["pareto"] = front_json(*report.front);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ohmloop
