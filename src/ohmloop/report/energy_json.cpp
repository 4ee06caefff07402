#include "ohmloop/report/energy_json.hpp"

#include <cmath>
#include <cstdint>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/report/provenance_json.hpp"

namespace ohmloop {

namespace {

Json settings_json(const EnergySettings& settings) {
  return {{"chip", settings.chip},
          {"counts", settings.counts.empty() ? Json() : Json(settings.counts)},
          {"overrides", settings.overrides},
          {"estimators", settings.estimators},
          {"estimator_programs", settings.estimator_programs},
          {"exact", settings.exact}};
}

void add_provenance(Json& json, const Provenance& provenance) {
  json["estimator"] = provenance.estimator;
  json["source"] = provenance.source;
  json["derivation"] = provenance.derivation;
  json["fitted"] = provenance.fitted;
}

/// Whole numbers without a decimal point.
Json count_json(double count) {
  constexpr double largest_exact = 9007199254740992.0;
  if (count == std::floor(count) && count < largest_exact) return static_cast<std::int64_t>(count);
  return finite(count);
}

Json arguments_json(const ActionArguments& arguments) {
  Json json = Json::object();
  for (const auto& [name, value] : arguments) json[name] = count_json(value);
  return json;
}

Json action_json(const ActionEnergy& action) {
  Json json = {{"action", action.action},
               {"arguments", arguments_json(action.arguments)},
               {"per", to_string(action.unit)},
               {"energy_pj", finite(action.energy_pj)},
               {"known", action.known}};
  add_provenance(json, action.provenance);
  return json;
}

Json figure_json(const char* key, double of_all, const Provenance& provenance) {
  Json json = {{key, finite(of_all)}};
  add_provenance(json, provenance);
  return json;
}

Json component_json(const SystemEntry& entry) {
  const NodeReference& reference = entry.reference;
  Json json = {{"name", entry.name},
               {"class", entry.class_name},
               {"attributes", entry.attributes},
               {"where", to_string(entry.where)},
               {"count", count_json(entry.copies)},
               {"area_um2", finite(reference.area_um2)},
               {"leakage_power_w", finite(reference.leakage_power_w)},
               {"leakage_known", reference.leakage_known}};
  json["area"] = figure_json("of_all_um2", entry.copies * reference.area_um2, reference.area_provenance);
  json["leakage"] = figure_json("of_all_w", entry.copies * reference.leakage_power_w, reference.leakage_provenance);
  json["actions"] = Json::array();
  for (const ActionEnergy& action : reference.actions) json["actions"].push_back(action_json(action));
  return json;
}

Json named_json(const std::vector<NamedEnergy>& energies) {
  Json json = Json::object();
  for (const NamedEnergy& one : energies) json[one.name] = finite(one.energy_pj);
  return json;
}

Json by_action_json(const EnergyReport& report, Detail detail) {
  Json json = Json::array();
  for (const EnergyRow& row : energy_rows(report.tables, *report.charged, detail)) {
    const ActionEnergy& action = report.tables.entries[row.entry].reference.actions[row.action];
    json.push_back({{"component", row.component},
                    {"action", action.action},
                    {"arguments", arguments_json(action.arguments)},
                    {"tensor", row.tensor.empty() ? Json() : Json(row.tensor)},
                    {"count", count_json(row.count)},
                    {"energy_pj", finite(row.energy_pj)}});
  }
  return json;
}

void add_energies(Json& json, const EnergyReport& report, Detail detail) {
  json["energy_by_component"] = Json::object();
  if (!report.charged) return;
  const ChargedEnergy& charged = *report.charged;
  for (std::size_t i = 0; i < report.tables.entries.size(); ++i) {
    json["energy_by_component"][report.tables.entries[i].name] = finite(charged.by_entry_pj[i]);
  }
  json["energy_by_action"] = by_action_json(report, detail);
  json["energy_by_tensor"] = named_json(energy_by_tensor(charged));
  if (detail == Detail::instances) json["energy_by_instance"] = named_json(energy_by_instance(charged));
}

Json total_json(const EnergyReport& report) {
  const bool counted = report.charged.has_value();
  const bool timed = counted && report.counts->runtime_s > 0;
  return {{"energy_pj", counted ? Json(finite(report.charged->dynamic_pj)) : Json()},
          {"leakage_pj", timed ? Json(finite(report.charged->leakage_pj)) : Json()},
          {"runtime_s", timed ? Json(finite(report.counts->runtime_s)) : Json()},
          {"area_um2", finite(total_area_um2(report.tables))},
          {"leakage_power_w", finite(total_leakage_power_w(report.tables))},
          {"leakage_known", any_leakage_known(report.tables)}};
}

Json optional_json(const std::optional<double>& value) { return value ? Json(finite(*value)) : Json(); }

Json peak_json(const std::optional<PeakPerformance>& peak) {
  if (!peak) return {};
  constexpr double tera = 1e12;
  const auto in_tera = [](std::optional<double> value) {
    if (value) *value /= tera;
    return optional_json(value);
  };
  return {{"macs_per_s", finite(peak->macs_per_s)},
          {"operations_per_s", finite(peak->operations_per_s)},
          {"power_w", optional_json(peak->power_w)},
          {"tops", finite(peak->operations_per_s / tera)},
          {"tops_per_w", in_tera(peak->operations_per_s_per_w())},
          {"tops_per_mm2", in_tera(peak->operations_per_s_per_mm2())},
          {"without_rate", peak->without_rate}};
}

}  // namespace

std::string energy_json(const EnergyReport& report, Detail detail) {
  Json json;
  json["schema"] = "ohmloop-energy/1";
  json["tool"] = tool_json(report.tool);
  json["inputs"] = inputs_json(report.inputs);
  json["settings"] = settings_json(report.settings);
  json["name"] = report.name;
  json["components"] = Json::array();
  for (const SystemEntry& entry : report.tables.entries) json["components"].push_back(component_json(entry));
  add_energies(json, report, detail);
  json["area_by_component_um2"] = Json::object();
  for (const SystemEntry& entry : report.tables.entries) {
    json["area_by_component_um2"][entry.name] = finite(entry.copies * entry.reference.area_um2);
  }
  json["total"] = total_json(report);
  json["peak"] = peak_json(report.peak);
  json["warnings"] = warnings_json(report.warnings);
  return json_text(json);
}

}  // namespace ohmloop
