#include "ohmloop/report/run_json.hpp"

#include <numeric>

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/report/breakdown.hpp"
#include "ohmloop/report/layer_json.hpp"
#include "ohmloop/report/provenance_json.hpp"
#include "ohmloop/report/schedule_notes.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/report/work_json.hpp"

namespace ohmloop {

namespace {

Json actions_json(const NodeReference& reference) {
  Json actions = Json::array();
  constexpr std::array<const char*, 3> unit_names = {"access", "value", "bit"};
  for (const ActionEnergy& action : reference.actions) {
    actions.push_back({{"action", action.action},
                       {"per", unit_names[static_cast<std::size_t>(action.unit)]},
                       {"energy_pj", finite(action.energy_pj)},
                       {"estimator", action.provenance.estimator},
                       {"source", action.provenance.source},
                       {"derivation", action.provenance.derivation}});
  }
  return actions;
}

/// The reference tables as they were used: one entry per component, with the origin of every figure.
Json components_json(const RunReport& report) {
  Json components = Json::array();
  for (std::size_t i = 0; i < report.architecture.nodes.size(); ++i) {
    const Node& node = report.architecture.nodes[i];
    if (node.class_name.empty()) continue;
    const NodeReference& reference = report.tables.nodes[i];
    components.push_back({{"name", node.name},
                          {"class", node.class_name},
                          {"instances", report.architecture.instances(NodeId(i))},
                          {"actions", actions_json(reference)},
                          {"area_um2", finite(reference.area_um2)},
                          {"area_source", reference.area_provenance.source},
                          {"leakage_power_w", finite(reference.leakage_power_w)}});
  }
  return components;
}

Json architecture_json(const RunReport& report) {
  const Architecture& architecture = report.architecture;
  Json variables = Json::object();
  for (const auto& [name, value] : architecture.variables) variables[name] = to_string(value);
  Json fitted = Json::object();
  for (const FittedValue& each : architecture.fitted) fitted[each.name] = to_string(each.value);
  return {{"name", architecture.name},
          {"clock_hertz", finite(architecture.clock_hertz)},
          {"technology_nm", architecture.technology_nm ? Json(finite(*architecture.technology_nm)) : Json()},
          {"bits",
           {{"input", architecture.bits.input},
            {"weight", architecture.bits.weight},
            {"output", architecture.bits.output}}},
          {"variables", std::move(variables)},
          {"fitted", std::move(fitted)},
          {"components", components_json(report)}};
}

Json in_tera(const std::optional<double>& value) {
  constexpr double tera = 1e12;
  return value ? Json(finite(*value / tera)) : Json();
}

/// Null for chips without arrays, and where weights do not stay in them.
Json residence_json(const RunReport& report) {
  const std::optional<Residence>& residence = report.evaluation.residence;
  if (!residence) return nullptr;
  return {{"arrays_of_chip", residence->arrays_of_chip},
          {"arrays_needed", residence->arrays_needed},
          {"arrays_taken", residence->arrays_taken},
          {"chips", residence->chips},
          {"reloaded_layers", residence->reloaded_layers},
          {"written_elements", residence->written_elements},
          {"link_bits", finite(residence->link_bits)},
          {"link_pj", residence->link ? Json(finite(residence->link->energy_pj)) : Json()}};
}

/// What a pipeline waits for, or null.
Json slowest_json(const RunReport& report) {
  const std::string name = slowest_stage(report);
  return name.empty() ? Json() : Json(name);
}

Json total_json(const RunReport& report, double area_um2) {
  const NetworkEvaluation& evaluation = report.evaluation;
  const EffectivePerformance effective = effective_performance(report, area_um2);
  const Programming once = programming(evaluation);
  const LayerWork work = network_work(evaluation, report.architecture);
  Json json = {
      {"macs", report.network.macs()},
      {"weights", report.network.weights()},
      {"parameters", report.network.parameters()},
      {"activations", report.network.activations()},
      {"input_activations", work.input_activations},
      {"output_activations", work.output_activations},
      {"layers", evaluation.layers.size()},
      {"unique_layers", evaluation.unique.size()},
      {"energy_pj", finite(evaluation.energy_pj)},
      {"energy_per_mac_pj", finite(share(evaluation.energy_pj, static_cast<double>(report.network.macs())))},
      {"tops_per_w", in_tera(effective.operations_per_j)},
      {"tops_per_mm2", in_tera(effective.operations_per_s_per_mm2)},
      {"digital_energy_pj", finite(evaluation.digital_energy_pj)},
      {"digital_latency_cycles", evaluation.digital_latency_cycles},
      {"leakage_pj", finite(evaluation.leakage_pj)},
      {"leakage_known", leakage_known(report.tables)},
      {"latency_cycles", evaluation.latency_cycles},
      {"latency_s", finite(evaluation.latency_s)},
      {"interval_cycles", evaluation.throughput.interval_cycles},
      {"interval_s", finite(evaluation.throughput.interval_s)},
      {"inferences_per_s", finite(evaluation.throughput.inferences_per_s)},
      {"area_um2", finite(area_um2)},
      {"utilisation", finite(evaluation.utilisation)},
      {"array_utilisation", evaluation.array_utilisation ? Json(finite(*evaluation.array_utilisation)) : Json()},
      {"arrays_used", evaluation.arrays_used ? Json(*evaluation.arrays_used) : Json()},
      {"programmed_elements", once.elements},
      {"programming_energy_pj", finite(once.energy_pj)},
      {"programming_energy_known", programming_energy_known(report.tables)}};
  add_work(json, work);
  json["slowest"] = slowest_json(report);
  json["residence"] = residence_json(report);
  return json;
}

/// One value per component; plain fan-outs are none.
Json by_component(const Architecture& architecture, const std::vector<double>& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!architecture.nodes[i].class_name.empty()) json[architecture.nodes[i].name] = finite(values[i]);
  }
  return json;
}

Json operators_json(const RunReport& report, Charge charge) {
  Json json = Json::array();
  for (const UnchargedOperator& one : uncharged_operators(report.network, report.evaluation, charge)) {
    json.push_back({{"operation", one.operation},
                    {"count", one.count},
                    {"activations", one.activations},
                    {"supported", one.supported}});
  }
  return json;
}

/// What the digital unit does, operator by operator.
Json digital_json(const RunReport& report) {
  Json json = Json::array();
  for (const DigitalEvaluation& one : report.evaluation.digital) {
    const NetworkNode& node = report.network.nodes[one.network_node];
    json.push_back({{"name", node.name},
                    {"operation", node.operation},
                    {"kind", std::string(to_string(one.work.kind))},
                    {"component", report.architecture.node(one.cost.component).name},
                    {"operations", one.work.operations},
                    {"elements_read", one.work.elements_read},
                    {"elements_written", one.work.elements_written},
                    {"energy_pj", finite(one.cost.energy_pj)},
                    {"latency_cycles", one.latency_cycles}});
  }
  return json;
}

Json fitted_json(const RunReport& report) {
  Json json = Json::array();
  for (const FittedConstant& one : fitted_constants(report.tables)) {
    json.push_back(
        {{"component", report.architecture.node(one.node).name}, {"figure", one.figure}, {"source", one.source}});
  }
  return json;
}

}  // namespace

std::string run_json(const RunReport& report) {
  const std::vector<double> area = area_of_chips_um2(report);
  Json json;
  json["schema"] = "ohmloop-run/1";
  json["tool"] = tool_json(report.tool);
  json["inputs"] = inputs_json(report.inputs);
  json["settings"] = settings_json(report.settings);
  json["architecture"] = architecture_json(report);
  json["values"] = {{"matter", report.values.matter},
                    {"source", report.values.source.empty() ? Json() : Json(report.values.source)},
                    {"layers", report.values.layers()}};
  json["layers"] = Json::array();
  for (std::size_t i = 0; i < report.evaluation.layers.size(); ++i) json["layers"].push_back(layer_json(report, i));
  json["total"] = total_json(report, std::accumulate(area.begin(), area.end(), 0.0));
  json["energy_by_component"] =
      by_component(report.architecture, energy_by_node_pj(report.evaluation, report.architecture));
  json["area_by_component_um2"] = by_component(report.architecture, area);
  json["not_charged"] = operators_json(report, Charge::uncharged);
  json["free"] = operators_json(report, Charge::free);
  json["digital"] = digital_json(report);
  json["warnings"] = warnings_json(report.warnings);
  json["fitted_constants"] = fitted_json(report);
  return json_text(json);
}

}  // namespace ohmloop
