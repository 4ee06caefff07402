#include "ohmloop/study/network_costs.hpp"

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/network/unknown_energy.hpp"

namespace ohmloop {

namespace {

std::string why_not(const std::vector<FailedLayer>& failed) {
  const NoMapping& reason = failed.front().reason;
  std::string text = fmt::format("no legal mapping of {}: {}", failed.front().layer, reason.reason);
  if (!reason.suggestion.empty()) text += fmt::format("; what would help: {}", reason.suggestion);
  return text;
}

SweepCosts costs_of(const NetworkEvaluation& evaluation, const EstimatedArchitecture& chip) {
  const std::vector<double> areas = area_by_node_um2(chip.architecture, chip.tables);
  const auto chips = static_cast<double>(evaluation.residence ? evaluation.residence->chips : 1);
  double area_um2 = 0;
  for (const double area : areas) area_um2 += area * chips;
  return {.energy_pj = evaluation.energy_pj,
          .leakage_pj = evaluation.leakage_pj,
          .latency_cycles = evaluation.latency_cycles,
          .latency_s = evaluation.latency_s,
          .interval_s = evaluation.throughput.interval_s,
          .area_um2 = area_um2,
          .utilisation = evaluation.utilisation,
          .array_utilisation = evaluation.array_utilisation,
          .arrays_used = evaluation.arrays_used,
          .work = network_work(evaluation, chip.architecture)};
}

}  // namespace

CostOutcome evaluate_costs(const Network& network, ChipInUse& chip, const CostOptions& options) {
  CostOutcome outcome;
  if (!chip.chip.description) {
    outcome.failure = chip.chip.failure;
    return outcome;
  }
  const auto& [architecture, tables] = *chip.chip.description;
  NetworkOptions network_options;
  network_options.mapper = options.mapper;
  network_options.threads = 1;
  network_options.layer_answer = [&](const LayerShape& shape, const LayerAnswers::Map& map) {
    return chip.layers.get(shape, map);
  };
  network_options.progress = [&](std::size_t, std::size_t) {
    if (options.stop && options.stop()) throw Stopped();
  };
  try {
    const NetworkEvaluation evaluation = evaluate_network(network, architecture, tables, network_options);
    outcome.warnings = without_uncharged(chip.chip.warnings, evaluation, architecture, tables);
    outcome.warnings.insert(outcome.warnings.end(), evaluation.warnings.begin(), evaluation.warnings.end());
    if (evaluation.refused) {
      outcome.failure =
          fmt::format("{}; what would help: {}", evaluation.refused->reason, evaluation.refused->suggestion);
    } else if (evaluation.failed.empty()) {
      outcome.costs = costs_of(evaluation, *chip.chip.description);
    } else {
      outcome.failure = why_not(evaluation.failed);
    }
  } catch (const OverflowError&) {
    outcome.failure = "a count leaves 64 bits";
  }
  return outcome;
}

}  // namespace ohmloop
