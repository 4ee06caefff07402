#include "ohmloop/report/run_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/report/array_table.hpp"
#include "ohmloop/report/breakdown.hpp"
#include "ohmloop/report/energy_table.hpp"
#include "ohmloop/report/schedule_notes.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// What one row of the layer table says.
struct Figures {
  double macs = 0;
  double energy_pj = 0;
  double latency_s = 0;
  double utilisation = 0;
  std::optional<double> array_utilisation;

  [[nodiscard]] double energy_per_mac() const { return share(energy_pj, macs); }
};

struct LayerUnits {
  DisplayUnit macs;
  DisplayUnit energy;
  DisplayUnit energy_per_mac;
  DisplayUnit latency;
};

Figures figures_of(const UniqueLayer& layer) {
  const Evaluation& evaluation = layer.mapped.evaluation;
  return {static_cast<double>(layer.shape.macs()), evaluation.energy_pj, evaluation.latency_s, evaluation.utilisation,
          evaluation.array_utilisation};
}

Figures totals_of(const RunReport& report) {
  const NetworkEvaluation& evaluation = report.evaluation;
  return {static_cast<double>(report.network.macs()), evaluation.energy_pj, evaluation.latency_s,
          evaluation.utilisation, evaluation.array_utilisation};
}

/// Each column's unit suits its largest layer; the totals share it.
LayerUnits choose_units(const RunReport& report) {
  Figures largest;
  double energy_per_mac = 0;
  for (const UniqueLayer& layer : report.evaluation.unique) {
    const Figures figures = figures_of(layer);
    largest.macs = std::max(largest.macs, figures.macs);
    largest.energy_pj = std::max(largest.energy_pj, figures.energy_pj);
    largest.latency_s = std::max(largest.latency_s, figures.latency_s);
    energy_per_mac = std::max(energy_per_mac, figures.energy_per_mac());
  }
  return {count_unit(largest.macs), energy_unit(largest.energy_pj), energy_unit(energy_per_mac),
          time_unit(largest.latency_s)};
}

/// Counts without a unit are whole numbers.
std::string macs_cell(double macs, const DisplayUnit& unit) {
  return unit.in_base == 1 ? count_cell(static_cast<std::int64_t>(macs)) : cell(macs, unit);
}

void add_layer_row(TextTable& table, std::string name, std::string shape, const Figures& figures,
                   const LayerUnits& units, bool arrays, const std::string& bottleneck) {
  std::vector<std::string> cells = {std::move(name),
                                    std::move(shape),
                                    macs_cell(figures.macs, units.macs),
                                    cell(figures.energy_pj, units.energy),
                                    cell(figures.energy_per_mac(), units.energy_per_mac),
                                    cell(figures.latency_s, units.latency),
                                    percent_cell(figures.utilisation)};
  if (arrays) cells.push_back(percent_cell(figures.array_utilisation.value_or(0)));
  cells.push_back(bottleneck);
  table.add_row(std::move(cells));
}

std::string layer_table(const RunReport& report, const TableStyle& style) {
  const LayerUnits units = choose_units(report);
  const bool arrays = report.evaluation.array_utilisation.has_value();
  std::vector<TableColumn> columns = {{"layer", "", Align::left, true},
                                      {"shape", "", Align::left, true},
                                      {"MACs", std::string(units.macs.name)},
                                      {"energy", std::string(units.energy.name)},
                                      {"energy/MAC", std::string(units.energy_per_mac.name)},
                                      {"latency", std::string(units.latency.name)},
                                      {"utilised", "%"}};
  if (arrays) columns.push_back({"cells", "%"});
  columns.push_back({"bottleneck", "", Align::left, true});
  TextTable table(std::move(columns));
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    const UniqueLayer& unique = report.evaluation.unique[layer.unique];
    add_layer_row(table, report.network.nodes[layer.network_node].name, describe(unique.shape), figures_of(unique),
                  units, arrays, unique.mapped.evaluation.bottleneck);
  }
  table.add_rule();
  add_layer_row(table, "total", counted(static_cast<std::int64_t>(report.evaluation.layers.size()), "layer"),
                totals_of(report), units, arrays, "");
  std::string legend = "utilised: computations done, of those that all compute units could do in the time\n";
  if (arrays) legend += "cells: storage elements that hold a weight, of the arrays that hold any\n";
  return table.render(style) + legend;
}

std::string component_table(const RunReport& report, const TableStyle& style) {
  const Architecture& architecture = report.architecture;
  const std::vector<double> energy = energy_by_node_pj(report.evaluation, architecture);
  const std::vector<double> area = area_of_chips_um2(report);
  double whole_energy = 0;
  double whole_area = 0;
  for (std::size_t i = 0; i < energy.size(); ++i) {
    whole_energy += energy[i];
    whole_area += area[i];
  }
  const DisplayUnit energy_in = energy_unit(whole_energy);
  const DisplayUnit area_in = area_unit(whole_area);
  TextTable table({{"component", "", Align::left, true},
                   {"class", "", Align::left, true},
                   {"copies", ""},
                   {"energy", std::string(energy_in.name)},
                   {"share", "%"},
                   {"area", std::string(area_in.name)},
                   {"share", "%"}});
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (node.as<Fanout>() != nullptr && energy[i] == 0 && area[i] == 0) continue;
    const auto* placed = node.as<Component>();
    const std::int64_t copies =
        architecture.instances(NodeId(i)) * (placed == nullptr ? 1 : placed->count) * chips_of(report.evaluation);
    table.add_row({node.name, node.class_name, format_count(copies), cell(energy[i], energy_in),
                   percent_cell(share(energy[i], whole_energy)), cell(area[i], area_in),
                   percent_cell(share(area[i], whole_area))});
  }
  table.add_rule();
  table.add_row({"total", "", "", cell(whole_energy, energy_in), percent_cell(whole_energy == 0 ? 0 : 1),
                 cell(whole_area, area_in), percent_cell(whole_area == 0 ? 0 : 1)});
  return table.render(style);
}

std::string title(const RunReport& report) {
  return fmt::format(
      "{} on {}: {}, {} MACs, batch {}, mapped for {}", report.settings.network, report.settings.architecture,
      counted(static_cast<std::int64_t>(report.evaluation.layers.size()), "layer"), format_count(report.network.macs()),
      report.settings.batch, to_string(report.settings.mapper.objective));
}

std::string equal_layers_note(const RunReport& report) {
  const std::size_t layers = report.evaluation.layers.size();
  const std::size_t unique = report.evaluation.unique.size();
  if (layers == 0) return "layers: none that could be charged";
  if (unique == layers) return "layers: all differ";
  return fmt::format("layers: {} different of {}; equal layers were evaluated once", unique, layers);
}

std::string uncharged_note(const RunReport& report) {
  std::string names;
  std::int64_t activations = 0;
  for (const UnchargedOperator& one : uncharged_operators(report.network, report.evaluation)) {
    names += fmt::format("{}{} {}{}", names.empty() ? "" : ", ", one.operation, one.count,
                         one.supported ? "" : " (unknown)");
    activations += one.activations;
  }
  if (names.empty()) return "not charged: nothing";
  return fmt::format("not charged: {}; {} activations in all", names, format_count(activations));
}

std::string counted_operators(const RunReport& report, Charge charge) {
  std::string names;
  for (const UnchargedOperator& one : uncharged_operators(report.network, report.evaluation, charge)) {
    names += fmt::format("{}{} {}", names.empty() ? "" : ", ", one.operation, one.count);
  }
  return names;
}

/// Nothing where no component serves any operator.
std::vector<std::string> digital_notes(const RunReport& report) {
  const NetworkEvaluation& evaluation = report.evaluation;
  if (evaluation.digital.empty()) return {};
  std::int64_t operations = 0;
  for (const DigitalEvaluation& one : evaluation.digital) operations += one.work.operations;
  const double seconds = static_cast<double>(evaluation.digital_latency_cycles) / report.architecture.clock_hertz;
  std::vector<std::string> notes = {
      fmt::format("digital unit: {}; {} operations, {} with their traffic, {}",
                  counted_operators(report, Charge::digital), format_count(operations),
                  format_with_unit(evaluation.digital_energy_pj, energy_unit(evaluation.digital_energy_pj)),
                  format_with_unit(seconds, time_unit(seconds)))};
  if (const std::string free = counted_operators(report, Charge::free); !free.empty()) {
    notes.push_back(fmt::format("free: {}; they move data only, or are folded into weights", free));
  }
  return notes;
}

std::string mapping_note(const RunReport& report) {
  const auto& unique = report.evaluation.unique;
  bool optimal = true;
  for (const UniqueLayer& layer : unique) {
    const Certificate& certificate = layer.mapped.certificate;
    optimal = optimal && certificate.optimal;
  }
  return optimal ? "mappings: each the best of its mapspace; what that holds is in result.json"
                 : "mappings: the best that a bounded search found; better ones may exist";
}

std::string leakage_note(const RunReport& report) {
  const double leakage_pj = report.evaluation.leakage_pj;
  if (!leakage_known(report.tables)) return "leakage: n/a, no component of this architecture has a figure";
  std::string text = fmt::format(
      "leakage: {} over {}, not in the energies above", format_with_unit(leakage_pj, energy_unit(leakage_pj)),
      format_with_unit(report.evaluation.throughput.interval_s, time_unit(report.evaluation.throughput.interval_s)));
  const std::vector<std::string> unknown = nodes_of_unknown_leakage(report.architecture, report.tables);
  if (!unknown.empty()) text += "; unknown, and not in it, of " + list_names(unknown);
  return text;
}

std::string efficiency_note(const RunReport& report) {
  double area = 0;
  for (const double one : area_of_chips_um2(report)) area += one;
  const EffectivePerformance effective = effective_performance(report, area);
  std::vector<std::string> figures;
  if (effective.operations_per_j) figures.push_back(format_operations(*effective.operations_per_j, "/W"));
  if (effective.operations_per_s_per_mm2) {
    figures.push_back(format_operations(*effective.operations_per_s_per_mm2, "/mm2"));
  }
  if (figures.empty()) return "efficiency: n/a";
  return fmt::format("efficiency: {} over the run, leakage included; a MAC is two operations", list_names(figures));
}

std::string programming_note(const RunReport& report, const Programming& once) {
  std::string energy = format_with_unit(once.energy_pj, energy_unit(once.energy_pj));
  if (once.energy_pj == 0 && !programming_energy_known(report.tables)) {
    energy = "energy unknown";
  }
  return fmt::format("programming: {} cells are written once before the run ({}), not in the energies above",
                     format_count(once.elements), energy);
}

/// Nothing where values change no energy.
std::string values_note(const RunReport& report) {
  if (!report.values.matter) return {};
  if (report.values.source.empty()) return "values: defaults (means of half of full scale where the chip states none)";
  std::int64_t inputs = 0;
  for (const LayerMoments& one : report.values.of_node) inputs += one.inputs ? 1 : 0;
  return fmt::format("values: from {}; weights or inputs of {} of {} layers known, inputs of {}; else defaults",
                     report.values.source, report.values.layers(), report.evaluation.layers.size(), inputs);
}

std::string fitted_note(const RunReport& report, const std::vector<FittedConstant>& fitted) {
  std::string names;
  for (const FittedConstant& one : fitted) {
    names += fmt::format("{}{} {}", names.empty() ? "" : ", ", report.architecture.node(one.node).name, one.figure);
  }
  const std::vector<FittedValue>& constants = report.architecture.fitted;
  if (constants.empty()) return fmt::format("figures fitted to measurements: {} ({})", fitted.size(), names);
  std::vector<std::string> own;
  for (const FittedValue& each : constants) own.push_back(each.name);
  return fmt::format("constants fitted to measurements of the chip: {} ({}); {} figures rest on fits ({})", own.size(),
                     fmt::join(own, ", "), fitted.size(), names);
}

}  // namespace

std::vector<std::string> run_notes(const RunReport& report) {
  std::vector<std::string> notes = {equal_layers_note(report)};
  for (std::string& note : digital_notes(report)) notes.push_back(std::move(note));
  notes.push_back(uncharged_note(report));
  notes.push_back(mapping_note(report));
  notes.push_back(energy_parts_note(report));
  for (std::string& note : schedule_notes(report)) notes.push_back(std::move(note));
  notes.push_back(leakage_note(report));
  notes.push_back(efficiency_note(report));
  if (const Programming once = programming(report.evaluation); once.elements > 0) {
    notes.push_back(programming_note(report, once));
  }
  if (const std::string values = values_note(report); !values.empty()) notes.push_back(values);
  if (const std::vector<FittedConstant> fitted = fitted_constants(report.tables); !fitted.empty()) {
    notes.push_back(fitted_note(report, fitted));
  }
  if (!report.warnings.empty()) {
    notes.push_back(fmt::format("warnings: {}", report.warnings.size()));
  }
  return notes;
}

std::string run_table(const RunReport& report, const TableStyle& style) {
  std::string text = title(report) + "\n\n" + layer_table(report, style) + "\n";
  if (const std::string arrays = array_table(report, style); !arrays.empty()) text += arrays + "\n";
  text += component_table(report, style) + "\n";
  for (const std::string& note : run_notes(report)) text += note + "\n";
  return text;
}

}  // namespace ohmloop
