#include <cmath>

#include "ohmloop/cost/peak.hpp"
#include "ohmloop/report/provenance_json.hpp"
#include "ohmloop/report/sweep_report.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/report/work_json.hpp"

namespace ohmloop {
namespace {

/// A plain number stays one, so that it can be drawn; anything else is text that can be given to --set.
Json value_json(const Value& value) {
  const auto* number = std::get_if<Quantity>(&value);
  if (number == nullptr || number->dimension != dimension::none) return to_string(value);
  constexpr double exact = 9007199254740992.0;  // up to here every whole number is a double
  const bool whole = std::abs(number->value) <= exact && number->value == std::floor(number->value);
  return whole ? Json(static_cast<std::int64_t>(number->value)) : Json(finite(number->value));
}

Json axes_json(const std::vector<SweepAxis>& axes) {
  Json json = Json::array();
  for (const SweepAxis& axis : axes) {
    Json values = Json::array();
    for (const Value& value : axis.values) values.push_back(value_json(value));
    json.push_back({{"keys", axis.keys}, {"values", std::move(values)}});
  }
  return json;
}

Json costs_json(const SweepCosts& costs) {
  constexpr double tera = 1e12;
  const LayerWork& work = costs.work;
  const auto macs = static_cast<double>(work.macs);
  const EffectivePerformance effective =
      effective_performance(macs, costs.energy_pj + costs.leakage_pj, costs.interval_s, costs.area_um2);
  const auto in_tera = [](const std::optional<double>& value) { return value ? Json(finite(*value / tera)) : Json(); };
  Json json = {{"macs", work.macs},
               {"weights", work.weights},
               {"input_activations", work.input_activations},
               {"output_activations", work.output_activations},
               {"energy_pj", finite(costs.energy_pj)},
               {"energy_per_mac_pj", finite(share(costs.energy_pj, macs))},
               {"tops_per_w", in_tera(effective.operations_per_j)},
               {"tops_per_mm2", in_tera(effective.operations_per_s_per_mm2)},
               {"leakage_pj", finite(costs.leakage_pj)},
               {"latency_cycles", costs.latency_cycles},
               {"latency_s", finite(costs.latency_s)},
               {"area_um2", finite(costs.area_um2)},
               {"utilisation", finite(costs.utilisation)},
               {"array_utilisation", costs.array_utilisation ? Json(finite(*costs.array_utilisation)) : Json()},
               {"arrays_used", costs.arrays_used ? Json(*costs.arrays_used) : Json()}};
  add_work(json, work);
  return json;
}

Json point_json(const NetworkSweep& sweep, const SweepPoint& point) {
  Json values = Json::object();
  for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
    for (const std::string& key : sweep.axes[axis].keys) {
      values[key] = value_json(sweep.axes[axis].values[point.choice[axis]]);
    }
  }
  Json warnings = Json::array();
  for (const Diagnostic& warning : point.warnings) warnings.push_back(warning.message);
  return {{"network", sweep.networks[point.network]},
          {"values", std::move(values)},
          {"failure", point.costs ? Json() : Json(point.failure)},
          {"total", point.costs ? costs_json(*point.costs) : Json()},
          {"warnings", std::move(warnings)}};
}

}  // namespace

std::string network_sweep_json(const NetworkSweep& sweep) {
  Json json;
  json["schema"] = "ohmloop-sweep/1";
  json["tool"] = tool_json(sweep.tool);
  json["inputs"] = inputs_json(sweep.inputs);
  json["settings"] = settings_json(sweep.settings);
  json["settings"].erase("network");
  json["networks"] = sweep.networks;
  json["over"] = axes_json(sweep.axes);
  json["interrupted"] = sweep.points.size() < sweep.all_points;
  json["points"] = Json::array();
  for (const SweepPoint& point : sweep.points) json["points"].push_back(point_json(sweep, point));
  return json_text(json);
}

}  // namespace ohmloop
