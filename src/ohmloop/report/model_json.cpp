#include <cmath>

#include "ohmloop/report/model_fields.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

/// Instances are whole numbers but for averages of imperfect factors.
Json whole_or_double(double value) {
  const double whole = std::floor(finite(value));
  return whole == value && std::abs(value) < 1e15 ? Json(static_cast<std::int64_t>(whole)) : Json(value);
}

Json tensor_json(const ModelTensor& tensor) {
  return {{"tensor", tensor.tensor},
          {"reads", tensor.busiest.reads},
          {"fills", tensor.busiest.fills},
          {"updates", tensor.busiest.updates},
          {"drains", tensor.busiest.drains},
          {"instances", whole_or_double(tensor.instances)},
          {"occupancy_words", tensor.occupancy_words},
          {"total",
           {{"reads", tensor.total.reads},
            {"fills", tensor.total.fills},
            {"updates", tensor.total.updates},
            {"drains", tensor.total.drains}}},
          {"energy_pj", finite(tensor.energy_pj)}};
}

Json levels_json(const ModelReport& report) {
  Json levels = Json::array();
  for (const ModelLevel& level : report.levels) {
    Json tensors = Json::array();
    for (const ModelTensor& tensor : level.tensors) tensors.push_back(tensor_json(tensor));
    levels.push_back({{"name", level.name}, {"tensors", std::move(tensors)}});
  }
  return levels;
}

Json converters_json(const ModelReport& report) {
  Json converters = Json::array();
  for (const ModelConverter& one : report.converters) {
    converters.push_back({{"name", one.name},
                          {"tensor", one.tensor},
                          {"values", one.busiest},
                          {"instances", whole_or_double(one.instances)},
                          {"total", {{"values", one.total}}},
                          {"energy_pj", finite(one.energy_pj)}});
  }
  return converters;
}

}  // namespace

Json model_fields(const ModelReport& report, const char* schema) {
  Json json;
  json["schema"] = schema;
  json["tool"] = {{"name", report.tool.name}, {"version", report.tool.version}, {"commit", report.tool.commit}};
  json["inputs"] = Json::array();
  for (const InputFile& input : report.inputs) {
    json["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  }
  json["architecture"] = report.architecture;
  json["layer"] = report.layer;
  json["counting"] = report.counting;
  json["computes"] = report.computes;
  json["cycles"] = report.cycles;
  json["latency_s"] = report.latency_s ? Json(finite(*report.latency_s)) : Json();
  json["energy_pj"] = finite(report.energy_pj);
  json["energy_per_compute_pj"] = finite(share(report.energy_pj, static_cast<double>(report.computes)));
  json["leakage_pj"] = finite(report.leakage_pj);
  json["area_um2"] = finite(report.area_um2);
  json["utilisation"] = finite(report.utilisation);
  json["bottleneck"] = report.bottleneck;
  json["levels"] = levels_json(report);
  json["converters"] = converters_json(report);
  json["energy_by_component"] = Json::object();
  for (const auto& [name, energy_pj] : report.energy_by_component) {
    json["energy_by_component"][name] = finite(energy_pj);
  }
  json["warnings"] = Json::array();
  for (const Diagnostic& warning : report.warnings) {
    json["warnings"].push_back({{"message", warning.message},
                                {"where", to_string(warning.where)},
                                {"label", warning.label},
                                {"notes", warning.notes}});
  }
  return json;
}

std::string model_json(const ModelReport& report) {
  return model_fields(report, "ohmloop-model/1").dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ohmloop
