#include "ohmloop/network/totals.hpp"

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

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

void warn_of_size(const Architecture& architecture, NetworkEvaluation& evaluation) {
  if (!architecture.array || !evaluation.arrays_used) return;
  const std::int64_t per_array = checked_multiply(architecture.array->rows, architecture.array->columns);
  const std::int64_t arrays = architecture.instances(architecture.array->cells) / per_array;
  if (*evaluation.arrays_used <= arrays) return;
  evaluation.warnings.push_back(
      {Severity::warning,
       fmt::format("the network needs {} arrays for all its layers, the chip has {}", *evaluation.arrays_used, arrays),
       architecture.node(architecture.array->cells).where,
       {},
       {"rewriting the arrays between layers is not counted"}});
}

/// Before the mean of utilisation: while the digital unit works, nothing multiplies.
void add_digital(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation) {
  for (const DigitalEvaluation& one : evaluation.digital) {
    evaluation.digital_energy_pj += one.cost.energy_pj;
    evaluation.digital_latency_cycles = checked_add(evaluation.digital_latency_cycles, one.latency_cycles);
  }
  const double seconds = static_cast<double>(evaluation.digital_latency_cycles) / architecture.clock_hertz;
  evaluation.energy_pj += evaluation.digital_energy_pj;
  evaluation.latency_cycles = checked_add(evaluation.latency_cycles, evaluation.digital_latency_cycles);
  evaluation.latency_s += seconds;
  evaluation.leakage_pj += leakage_power_w(architecture, tables) * seconds * 1e12;
}

}  // namespace

void add_totals(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation) {
  double busy_s = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const Evaluation& cost = evaluation.unique[layer.unique].mapped.evaluation;
    evaluation.energy_pj += cost.energy_pj;
    evaluation.leakage_pj += cost.leakage_pj;
    evaluation.latency_cycles = checked_add(evaluation.latency_cycles, cost.latency_cycles);
    evaluation.latency_s += cost.latency_s;
    busy_s += cost.utilisation * cost.latency_s;
  }
  add_digital(architecture, tables, evaluation);
  if (evaluation.latency_s > 0) evaluation.utilisation = busy_s / evaluation.latency_s;
  add_array_totals(evaluation);
  warn_of_size(architecture, evaluation);
}

}  // namespace ohmloop
