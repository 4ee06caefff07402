#include "ohmloop/report/schedule_notes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {
namespace {

std::string energy_text(double energy_pj) { return format_with_unit(energy_pj, energy_unit(energy_pj)); }

std::string arrays_note(const Residence& residence) {
  std::string text = fmt::format("arrays: the network needs {}, a chip has {}", format_count(residence.arrays_needed),
                                 format_count(residence.arrays_of_chip));
  if (residence.chips > 1) text += fmt::format("; {} chips", residence.chips);
  if (residence.arrays_taken > residence.arrays_needed) {
    text += fmt::format("; {} are taken with copies", format_count(residence.arrays_taken));
  }
  return text;
}

/// Energy of writing the storage elements themselves, while the network runs.
double written_pj(const RunReport& report) {
  double sum = 0;
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    for (const EnergyItem& item : report.evaluation.unique[layer.unique].mapped.evaluation.items) {
      if (item.node == report.architecture.array->cells && item.action == "write") sum += item.energy_pj;
    }
  }
  return sum;
}

std::string writes_note(const RunReport& report, const Residence& residence) {
  const std::string layers =
      residence.reloaded_layers == 0
          ? "operands of attention"
          : fmt::format("weights of {}", counted(static_cast<std::int64_t>(residence.reloaded_layers), "layer"));
  return fmt::format("written while the network runs: {} cells for {} ({}, in the energies above)",
                     format_count(residence.written_elements), layers, energy_text(written_pj(report)));
}

std::string copies_note(const RunReport& report) {
  const auto& layers = report.evaluation.layers;
  std::size_t copied = 0;
  std::size_t most = 0;
  const auto copies = [&](std::size_t i) { return report.evaluation.unique[layers[i].unique].copies; };
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (copies(i) > 1) ++copied;
    if (copies(i) > copies(most)) most = i;
  }
  if (copied == 0) return "copies: none that would help fit";
  return fmt::format("copies: {} have more than one, at most {} ({})",
                     counted(static_cast<std::int64_t>(copied), "layer"), format_count(copies(most)),
                     report.network.nodes[layers[most].network_node].name);
}

std::string link_note(const RunReport& report, const Residence& residence) {
  const std::string bits = fmt::format("between chips: {} bits", format_number(residence.link_bits));
  if (!residence.link_pj) return bits + ", not charged: the schedule names no link";
  return fmt::format("{} over {}, {}, in the total", bits,
                     report.architecture.node(*report.architecture.schedule.link).name,
                     energy_text(*residence.link_pj));
}

std::string time_note(const RunReport& report) {
  const NetworkEvaluation& evaluation = report.evaluation;
  const std::string latency = format_with_unit(evaluation.latency_s, time_unit(evaluation.latency_s));
  const Throughput& throughput = evaluation.throughput;
  const std::string rate = format_number(throughput.inferences_per_s);
  if (!throughput.slowest_layer) {
    return fmt::format("latency: layers run one after the other, {}; {} inferences/s", latency, rate);
  }
  const LayerEvaluation& slowest = evaluation.layers[*throughput.slowest_layer];
  return fmt::format(
      "latency: layers run at once, on successive inputs; {} to the first result, then one every {}: {} inferences/s, "
      "limited by {}",
      latency, format_with_unit(throughput.interval_s, time_unit(throughput.interval_s)), rate,
      report.network.nodes[slowest.network_node].name);
}

}  // namespace

std::vector<std::string> schedule_notes(const RunReport& report) {
  std::vector<std::string> notes;
  const std::optional<Residence>& residence = report.evaluation.residence;
  if (residence) {
    notes.push_back(arrays_note(*residence));
    if (residence->written_elements > 0) notes.push_back(writes_note(report, *residence));
    if (report.architecture.schedule.copies == LayerCopies::balanced) notes.push_back(copies_note(report));
    if (residence->link_bits > 0) notes.push_back(link_note(report, *residence));
  }
  notes.push_back(time_note(report));
  return notes;
}

}  // namespace ohmloop
