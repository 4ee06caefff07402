#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/model_report.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

std::string instances_cell(double instances) {
  const auto whole = static_cast<std::int64_t>(instances);
  return static_cast<double>(whole) == instances ? format_count(whole) : format_number(instances);
}

DisplayUnit largest_energy_unit(const ModelReport& report) {
  double largest = 0;
  for (const auto& [name, energy_pj] : report.energy_by_component) largest = std::max(largest, energy_pj);
  return energy_unit(largest);
}

std::string counts_table(const ModelReport& report, const TableStyle& style) {
  const DisplayUnit energy = largest_energy_unit(report);
  TextTable table({{"level", "", Align::left, true},
                   {"tensor", "", Align::left, true},
                   {"instances", ""},
                   {"tile", "words"},
                   {"reads", "of one"},
                   {"fills", "of one"},
                   {"updates", "of one"},
                   {"drains", "of one"},
                   {"energy of all", std::string(energy.name)}});
  for (const ModelLevel& level : report.levels) {
    bool first = true;
    for (const ModelTensor& tensor : level.tensors) {
      table.add_row({first ? level.name : "", tensor.tensor, instances_cell(tensor.instances),
                     count_cell(tensor.occupancy_words), count_cell(tensor.busiest.reads),
                     count_cell(tensor.busiest.fills), count_cell(tensor.busiest.updates),
                     count_cell(tensor.busiest.drains), cell(tensor.energy_pj, energy)});
      first = false;
    }
  }
  return table.render(style);
}

std::string converters_table(const ModelReport& report, const TableStyle& style) {
  if (report.converters.empty()) return {};
  const DisplayUnit energy = largest_energy_unit(report);
  TextTable table({{"converter", "", Align::left, true},
                   {"tensor", "", Align::left, true},
                   {"instances", ""},
                   {"values", "of one"},
                   {"energy of all", std::string(energy.name)}});
  for (const ModelConverter& one : report.converters) {
    table.add_row(
        {one.name, one.tensor, instances_cell(one.instances), count_cell(one.busiest), cell(one.energy_pj, energy)});
  }
  return fmt::format("\n{}", table.render(style));
}

std::string energy_table(const ModelReport& report, const TableStyle& style) {
  const DisplayUnit energy = largest_energy_unit(report);
  TextTable table({{"component", "", Align::left, true}, {"energy", std::string(energy.name)}, {"share", "%"}});
  for (const auto& [name, energy_pj] : report.energy_by_component) {
    table.add_row({name, cell(energy_pj, energy), percent_cell(share(energy_pj, report.energy_pj))});
  }
  return table.render(style);
}

}  // namespace

std::string model_csv(const ModelReport& report) {
  std::string text =
      "level,tensor,instances,occupancy_words,reads,fills,updates,drains,total_reads,total_fills,total_updates,"
      "total_drains,energy_pj\n";
  for (const ModelLevel& level : report.levels) {
    for (const ModelTensor& one : level.tensors) {
      text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(level.name), csv_field(one.tensor),
                          shortest_double(one.instances), one.occupancy_words, one.busiest.reads, one.busiest.fills,
                          one.busiest.updates, one.busiest.drains, one.total.reads, one.total.fills, one.total.updates,
                          one.total.drains, shortest_double(one.energy_pj));
    }
  }
  // A value that passes a converter is one read of it.
  for (const ModelConverter& one : report.converters) {
    text += fmt::format("{},{},{},0,{},0,0,0,{},0,0,0,{}\n", csv_field(one.name), csv_field(one.tensor),
                        shortest_double(one.instances), one.busiest, one.total, shortest_double(one.energy_pj));
  }
  return text;
}

std::string model_table(const ModelReport& report, const TableStyle& style) {
  std::string text = fmt::format("{} on {}, {}\n\n", report.layer, report.architecture,
                                 report.counting == "exact" ? "counted exactly" : "counted as Timeloop does");
  text += counts_table(report, style) + converters_table(report, style) + "\n" + energy_table(report, style) + "\n";
  text += fmt::format("computes: {}\n", format_count(report.computes));
  text += fmt::format("cycles: {}, bounded by {}", format_count(report.cycles), report.bottleneck);
  if (report.latency_s) text += fmt::format(" ({})", format_with_unit(*report.latency_s, time_unit(*report.latency_s)));
  text += fmt::format("\nutilisation: {}\n", format_percent(report.utilisation));
  text += fmt::format("energy: {}, {} per compute", format_with_unit(report.energy_pj, energy_unit(report.energy_pj)),
                      format_with_unit(share(report.energy_pj, static_cast<double>(report.computes)),
                                       energy_unit(share(report.energy_pj, static_cast<double>(report.computes)))));
  if (report.leakage_pj > 0) {
    text += fmt::format("; leakage {}", format_with_unit(report.leakage_pj, energy_unit(report.leakage_pj)));
  }
  text += "\n";
  if (report.area_um2 > 0) {
    text += fmt::format("area: {}\n", format_with_unit(report.area_um2, area_unit(report.area_um2)));
  }
  text += "of one: of the instance that does most; drains: sums read out for the level above\n";
  return text;
}

}  // namespace ohmloop
