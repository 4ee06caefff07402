#include "ohmloop/report/figures_csv.hpp"

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/layers_csv.hpp"

namespace ohmloop {
namespace {

std::string costs_csv(double energy_pj, double latency_s, double utilisation, std::optional<double> array_utilisation,
                      std::optional<std::int64_t> arrays_used) {
  return fmt::format("{},{},{},{},{}", shortest_double(energy_pj), shortest_double(latency_s),
                     shortest_double(utilisation), optional_field(array_utilisation), optional_field(arrays_used));
}

}  // namespace

std::string optional_field(const std::optional<double>& value) { return value ? shortest_double(*value) : ""; }

std::string optional_field(const std::optional<std::int64_t>& value) { return value ? fmt::format("{}", *value) : ""; }

std::string work_csv_header() {
  std::string header =
      "macs,weights,input_activations,output_activations,vector_presentations,array_activations,dac_conversions,"
      "adc_conversions,macs_per_conversion,activations_moved,activation_movement_pj,activation_movement_share";
  for (const CostPart part : all_cost_parts) header += fmt::format(",{}_pj", to_string(part));
  return header;
}

std::string work_csv(const LayerWork& work) {
  const auto count = [&](std::int64_t ArrayWork::*one) {
    return work.arrays ? fmt::format("{}", (*work.arrays).*one) : std::string();
  };
  std::string row = fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}", work.macs, work.weights, work.input_activations,
                                work.output_activations, count(&ArrayWork::vector_presentations),
                                count(&ArrayWork::array_activations), count(&ArrayWork::dac_conversions),
                                count(&ArrayWork::adc_conversions), optional_field(work.macs_per_conversion()),
                                shortest_double(work.activations_moved), shortest_double(work.activation_movement_pj),
                                shortest_double(work.activation_movement_share()));
  for (const double part : work.energy_by_part_pj) row += fmt::format(",{}", shortest_double(part));
  return row;
}

std::string figures_csv(const RunReport& report) {
  const NetworkEvaluation& evaluation = report.evaluation;
  std::string text =
      "layer,operation,energy_pj,latency_s,utilisation,array_utilisation,arrays_used," + work_csv_header() + "\n";
  for (const LayerEvaluation& layer : evaluation.layers) {
    const NetworkNode& node = report.network.nodes[layer.network_node];
    const UniqueLayer& unique = evaluation.unique[layer.unique];
    const Evaluation& cost = unique.mapped.evaluation;
    text += fmt::format(
        "{},{},{},{}\n", csv_field(node.name), csv_field(node.operation),
        costs_csv(cost.energy_pj, cost.latency_s, cost.utilisation, cost.array_utilisation, cost.arrays_used),
        work_csv(layer_work(unique, report.architecture)));
  }
  text += fmt::format(",,{},{}\n",
                      costs_csv(evaluation.energy_pj, evaluation.latency_s, evaluation.utilisation,
                                evaluation.array_utilisation, evaluation.arrays_used),
                      work_csv(network_work(evaluation, report.architecture)));
  return text;
}

}  // namespace ohmloop
