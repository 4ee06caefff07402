#include "ohmloop/network/totals.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/network/pipeline.hpp"

namespace ohmloop {
namespace {

constexpr double pj_per_joule = 1e12;

std::int64_t chips_of(const NetworkEvaluation& evaluation) {
  return evaluation.residence ? evaluation.residence->chips : 1;
}

/// Each layer by itself, but on all the chips there are.
void count_all_chips(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation) {
  const auto chips = static_cast<double>(chips_of(evaluation));
  const double leakage_w = chips * leakage_power_w(architecture, tables);
  const double instances = chips * static_cast<double>(architecture.instances(architecture.compute()));
  for (UniqueLayer& layer : evaluation.unique) {
    Evaluation& cost = layer.mapped.evaluation;
    const double useful =
        static_cast<double>(layer.mapped.counts.computes) / static_cast<double>(layer.einsum.diagonal_blocks);
    cost.leakage_pj = leakage_w * cost.latency_s * pj_per_joule;
    cost.utilisation = useful / (instances * static_cast<double>(layer.mapped.counts.steps));
  }
}

void add_array_totals(NetworkEvaluation& evaluation) {
  std::int64_t arrays = 0;
  double filled = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& cost = evaluation.unique[layer.unique].mapped.evaluation;
    if (!cost.arrays_used) return;
    arrays = checked_add(arrays, *cost.arrays_used);
    filled += cost.array_utilisation.value_or(0) * static_cast<double>(*cost.arrays_used);
  }
  if (arrays == 0) return;
  evaluation.arrays_used = arrays;
  evaluation.array_utilisation = filled / static_cast<double>(arrays);
}

void run_one_after_another(NetworkEvaluation& evaluation) {
  double busy_s = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& cost = evaluation.unique[layer.unique].mapped.evaluation;
    evaluation.latency_cycles = checked_add(evaluation.latency_cycles, cost.latency_cycles);
    evaluation.latency_s += cost.latency_s;
    evaluation.leakage_pj += cost.leakage_pj;
    busy_s += cost.utilisation * cost.latency_s;
  }
  if (evaluation.latency_s > 0) evaluation.utilisation = busy_s / evaluation.latency_s;
  evaluation.throughput.interval_cycles = evaluation.latency_cycles;
  evaluation.throughput.interval_s = evaluation.latency_s;
}

/// In a pipeline a layer's leakage is the part of its arrays in that between two results.
void share_leakage(double leakage_pj, NetworkEvaluation& evaluation) {
  const double arrays = static_cast<double>(evaluation.arrays_used.value_or(0));
  for (UniqueLayer& layer : evaluation.unique) {
    Evaluation& cost = layer.mapped.evaluation;
    const double part = arrays > 0 ? static_cast<double>(cost.arrays_used.value_or(0)) / arrays : 0;
    cost.leakage_pj = part * leakage_pj;
  }
  evaluation.leakage_pj = leakage_pj;
}

void run_at_once(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                 NetworkEvaluation& evaluation) {
  const PipelineTiming timing = pipeline_timing(network, evaluation);
  Throughput& throughput = evaluation.throughput;
  throughput.interval_cycles = timing.interval_cycles;
  throughput.interval_s = static_cast<double>(timing.interval_cycles) / architecture.clock_hertz;
  throughput.slowest_layer = timing.slowest_layer;
  evaluation.latency_cycles = timing.first_result_cycles;
  evaluation.latency_s = static_cast<double>(timing.first_result_cycles) / architecture.clock_hertz;
  double busy_s = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& cost = evaluation.unique[layer.unique].mapped.evaluation;
    busy_s += cost.utilisation * cost.latency_s;
  }
  if (throughput.interval_s > 0) evaluation.utilisation = busy_s / throughput.interval_s;
  const double chips = static_cast<double>(chips_of(evaluation));
  share_leakage(chips * leakage_power_w(architecture, tables) * throughput.interval_s * pj_per_joule, evaluation);
}

void warn_of_unknown_link(const Architecture& architecture, NetworkEvaluation& evaluation) {
  if (!evaluation.residence || evaluation.residence->link_bits == 0 || evaluation.residence->link_pj) return;
  evaluation.warnings.push_back({Severity::warning,
                                 "what passes between chips costs nothing: the schedule names no link",
                                 architecture.schedule.where,
                                 {},
                                 {"as in schedule: {link: NAME}, a !Component with a class such as hyper_transport"}});
}

std::int64_t batch_of(const NetworkEvaluation& evaluation) {
  std::int64_t batch = 1;
  for (const UniqueLayer& layer : evaluation.unique) batch = std::max(batch, layer.shape.N);
  return batch;
}

}  // namespace

void add_totals(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                NetworkEvaluation& evaluation) {
  if (evaluation.residence) count_all_chips(architecture, tables, evaluation);
  add_array_totals(evaluation);
  for (const LayerEvaluation& layer : evaluation.layers) {
    evaluation.energy_pj += evaluation.unique[layer.unique].mapped.evaluation.energy_pj;
  }
  const bool pipelined = architecture.schedule.order == LayerOrder::pipelined && !evaluation.layers.empty();
  if (pipelined) {
    run_at_once(network, architecture, tables, evaluation);
  } else {
    run_one_after_another(evaluation);
  }
  if (evaluation.residence) evaluation.energy_pj += evaluation.residence->link_pj.value_or(0);
  Throughput& throughput = evaluation.throughput;
  if (throughput.interval_s > 0) {
    throughput.inferences_per_s = static_cast<double>(batch_of(evaluation)) / throughput.interval_s;
  }
  warn_of_unknown_link(architecture, evaluation);
}

}  // namespace ohmloop
