#include "ohmloop/report/layer_json.hpp"

#include "ohmloop/report/breakdown.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/report/work_json.hpp"

namespace ohmloop {

namespace {

Json shape_json(const LayerShape& shape) {
  return {{"N", shape.N},
          {"M", shape.M},
          {"C", shape.C},
          {"H", shape.H},
          {"W", shape.W},
          {"R", shape.R},
          {"S", shape.S},
          {"E", shape.E},
          {"F", shape.F},
          {"G", shape.G},
          {"stride_height", shape.stride_height},
          {"stride_width", shape.stride_width},
          {"dilation_height", shape.dilation_height},
          {"dilation_width", shape.dilation_width},
          {"pad_top", shape.pad_top},
          {"pad_left", shape.pad_left},
          {"weight_is_activation", shape.weight_is_activation}};
}

Json certificate_json(const Certificate& certificate) {
  return {{"optimal", certificate.optimal}, {"evaluated", certificate.evaluated}, {"mapspace", certificate.mapspace}};
}

/// The first layer that is the same, or null.
Json same_as(const RunReport& report, std::size_t index) {
  for (std::size_t earlier = 0; earlier < index; ++earlier) {
    const LayerEvaluation& other = report.evaluation.layers[earlier];
    if (other.unique == report.evaluation.layers[index].unique) return report.network.nodes[other.network_node].name;
  }
  return nullptr;
}

void add_costs(Json& json, const UniqueLayer& layer, const Architecture& architecture) {
  const Evaluation& evaluation = layer.mapped.evaluation;
  json["energy_pj"] = finite(evaluation.energy_pj);
  json["energy_per_mac_pj"] = finite(share(evaluation.energy_pj, static_cast<double>(layer.shape.macs())));
  json["leakage_pj"] = finite(evaluation.leakage_pj);
  json["latency_cycles"] = evaluation.latency_cycles;
  json["latency_s"] = finite(evaluation.latency_s);
  json["utilisation"] = finite(evaluation.utilisation);
  json["array_utilisation"] = evaluation.array_utilisation ? Json(finite(*evaluation.array_utilisation)) : Json();
  json["arrays_used"] = evaluation.arrays_used ? Json(*evaluation.arrays_used) : Json();
  json["copies"] = layer.copies;
  json["chips"] = layer.chips;
  json["reloaded"] = layer.reloaded;
  json["diagonal_blocks"] = layer.einsum.diagonal_blocks;
  json["bottleneck"] = evaluation.bottleneck;
  json["programmed_elements"] = evaluation.programmed_elements;
  json["programming_energy_pj"] = finite(evaluation.programming_energy_pj);
  Json by_component = Json::object();
  const std::vector<double> energy = energy_by_node_pj(evaluation, architecture);
  for (std::size_t i = 0; i < energy.size(); ++i) {
    if (!architecture.nodes[i].class_name.empty()) by_component[architecture.nodes[i].name] = finite(energy[i]);
  }
  json["energy_by_component"] = by_component;
  Json by_tensor = Json::object();
  for (const TensorEnergy& one : energy_by_tensor_pj(evaluation))
    by_tensor[std::string(one.tensor)] = finite(one.energy_pj);
  json["energy_by_tensor"] = by_tensor;
}

}  // namespace

Json mapping_json(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  Json steps = Json::array();
  for (const MappingStep& step : mapping.steps) {
    if (const auto* keep = std::get_if<Keep>(&step)) {
      steps.push_back({{"keep", architecture.node(keep->node).name}, {"tensor", std::string(to_string(keep->role))}});
      continue;
    }
    const Loop& loop = std::get<Loop>(step);
    Json entry = {{"for", einsum.rank(loop.rank).name}, {"bound", loop.bound}};
    if (loop.fanout) entry["across"] = architecture.node(*loop.fanout).name;
    steps.push_back(std::move(entry));
  }
  return steps;
}

Json layer_json(const RunReport& report, std::size_t index) {
  const LayerEvaluation& layer = report.evaluation.layers[index];
  const UniqueLayer& unique = report.evaluation.unique[layer.unique];
  const NetworkNode& node = report.network.nodes[layer.network_node];
  Json json;
  json["name"] = node.name;
  json["operation"] = node.operation;
  json["same_as"] = same_as(report, index);
  json["shape"] = shape_json(unique.shape);
  json["macs"] = unique.shape.macs();
  json["weights"] = unique.shape.weights();
  json["input_activations"] = unique.shape.input_activations();
  json["output_activations"] = unique.shape.output_activations();
  add_costs(json, unique, report.architecture);
  add_work(json, layer_work(unique, report.architecture));
  json["mapping"] = mapping_json(unique.einsum, report.architecture, unique.mapped.mapping);
  json["certificate"] = certificate_json(unique.mapped.certificate);
  return json;
}

}  // namespace ohmloop
