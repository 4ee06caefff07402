#include "ohmloop/report/array_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// What one row says.
struct Row {
  std::string name;
  LayerWork work;
  std::int64_t arrays_used = 0;
  std::string copies;
};

std::vector<Row> rows_of(const RunReport& report) {
  std::vector<LayerWork> unique;
  for (const UniqueLayer& layer : report.evaluation.unique) unique.push_back(layer_work(layer, report.architecture));
  std::vector<Row> rows;
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    const UniqueLayer& one = report.evaluation.unique[layer.unique];
    const std::int64_t arrays = one.mapped.evaluation.arrays_used.value_or(0);
    rows.push_back({report.network.nodes[layer.network_node].name, unique[layer.unique], arrays,
                    one.reloaded ? "reloaded" : count_cell(one.copies)});
  }
  return rows;
}

/// Each column's unit suits its largest layer; the total shares it.
struct Units {
  DisplayUnit weights, inputs, outputs, moved, activations, conversions;
};

Units units_of(const std::vector<Row>& rows) {
  const auto largest = [&](auto value) {
    double most = 0;
    for (const Row& row : rows) most = std::max(most, static_cast<double>(value(row.work)));
    return count_unit(most);
  };
  return {largest([](const LayerWork& work) { return work.weights; }),
          largest([](const LayerWork& work) { return work.input_activations; }),
          largest([](const LayerWork& work) { return work.output_activations; }),
          largest([](const LayerWork& work) { return work.activations_moved; }),
          largest([](const LayerWork& work) { return work.arrays->array_activations; }),
          largest([](const LayerWork& work) { return work.arrays->adc_conversions; })};
}

std::string number_cell(double value, const DisplayUnit& unit) {
  return unit.in_base == 1 ? count_cell(std::llround(value)) : cell(value, unit);
}

/// Layers with several copies, or whose weights take turns: worth a column.
bool tells_copies(const RunReport& report) {
  const auto& unique = report.evaluation.unique;
  return std::any_of(unique.begin(), unique.end(),
                     [](const UniqueLayer& layer) { return layer.copies > 1 || layer.reloaded; });
}

void add_row(TextTable& table, const Row& row, const Units& units, bool copies) {
  const LayerWork& work = row.work;
  const auto count = [](std::int64_t value, const DisplayUnit& unit) {
    return number_cell(static_cast<double>(value), unit);
  };
  std::vector<std::string> cells = {row.name,
                                    count(work.weights, units.weights),
                                    count(work.input_activations, units.inputs),
                                    count(work.output_activations, units.outputs),
                                    number_cell(work.activations_moved, units.moved),
                                    percent_cell(work.activation_movement_share()),
                                    count_cell(row.arrays_used),
                                    count(work.arrays->array_activations, units.activations),
                                    count(work.arrays->adc_conversions, units.conversions),
                                    format_number(work.macs_per_conversion())};
  if (copies) cells.push_back(row.copies);
  table.add_row(std::move(cells));
}

}  // namespace

std::string array_table(const RunReport& report, const TableStyle& style) {
  const std::vector<Row> rows = rows_of(report);
  if (!report.architecture.array || rows.empty()) return {};
  const Units units = units_of(rows);
  const auto name = [](const DisplayUnit& unit) { return std::string(unit.name); };
  std::vector<TableColumn> columns = {{"layer", "", Align::left, true},
                                      {"weights", name(units.weights)},
                                      {"inputs", name(units.inputs)},
                                      {"outputs", name(units.outputs)},
                                      {"moved", name(units.moved)},
                                      {"of energy", "%"},
                                      {"arrays", ""},
                                      {"activated", name(units.activations)},
                                      {"conversions", name(units.conversions)},
                                      {"MACs/conv", ""}};
  const bool copies = tells_copies(report);
  if (copies) columns.push_back({"copies", ""});
  TextTable table(std::move(columns));
  for (const Row& row : rows) add_row(table, row, units, copies);
  table.add_rule();
  add_row(
      table,
      {"total", network_work(report.evaluation, report.architecture), report.evaluation.arrays_used.value_or(0), ""},
      units, copies);
  return table.render(style) +
         "moved: activations that memories outside the arrays read or write, and their share of the energy\n"
         "activated: steps of arrays with work; conversions: of ADCs\n";
}

std::string energy_parts_note(const RunReport& report) {
  constexpr ByPart<const char*> names = {"DACs", "ADCs", "arrays", "digital", "buffers", "movement", "off chip"};
  const LayerWork work = network_work(report.evaluation, report.architecture);
  std::vector<std::string> parts;
  for (const CostPart part : all_cost_parts) {
    const double energy_pj = work.energy_by_part_pj[part_index(part)];
    if (energy_pj == 0) continue;
    parts.push_back(fmt::format("{} {}", names[part_index(part)], format_percent(share(energy_pj, work.energy_pj))));
  }
  if (parts.empty()) return "energy: none";
  return fmt::format("energy: {}; {} of it moves activations", list_names(parts),
                     format_percent(work.activation_movement_share()));
}

}  // namespace ohmloop
