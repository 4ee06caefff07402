#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/map_report.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

std::string runner_up_text(const RunnerUp& runner_up, const MapReport& report) {
  return fmt::format("next best dataflow: {}, {} more {} ({}, {} cycles)\n{}", runner_up.dataflow,
                     format_percent(runner_up.value / report.value - 1), report.objective,
                     format_with_unit(runner_up.energy_pj, energy_unit(runner_up.energy_pj)),
                     format_count(runner_up.cycles), runner_up.mapping);
}

std::string no_other_text(double below) {
  if (below == 0) return "another dataflow was not found in the time that the search for it has\n";
  return fmt::format("no other dataflow costs less than {} times the best; the search for it ends there\n",
                     format_number(below));
}

std::string pruning_table(const std::vector<PruningStep>& steps, const TableStyle& style) {
  TextTable table({{"step of the search", "", Align::left, true}, {"count", ""}});
  for (const PruningStep& step : steps) table.add_row({step.name, format_count(step.removed)});
  return table.render(style);
}

std::string front_table(const MapFront& front, const TableStyle& style) {
  double largest = 0;
  for (const FrontPoint& point : front.points) largest = std::max(largest, point.energy_pj);
  const DisplayUnit energy = energy_unit(largest);
  TextTable table(
      {{"energy", std::string(energy.name)}, {"cycles", ""}, {"area used", "%"}, {"dataflow", "", Align::left, true}});
  for (const FrontPoint& point : front.points) {
    table.add_row(
        {cell(point.energy_pj, energy), format_count(point.cycles), percent_cell(point.area_use), point.dataflow});
  }
  const char* rest = front.complete ? "no other mapping is better in one and no worse in the others"
                                    : "the search was stopped: there may be more, and better ones";
  return fmt::format("{}{}\n", table.render(style), rest);
}

}  // namespace

std::string map_csv(const MapReport& report) {
  if (!report.front) return model_csv(report.model);
  std::string text = "energy_pj,cycles,area_use,dataflow\n";
  for (const FrontPoint& point : report.front->points) {
    text += fmt::format("{},{},{},{}\n", shortest_double(point.energy_pj), point.cycles,
                        shortest_double(point.area_use), csv_field(point.dataflow));
  }
  return text;
}

std::string certificate_text(const MapCertificate& certificate) {
  const std::string space = certificate.mappings > 0
                                ? fmt::format("{} mappings", format_magnitude(certificate.mappings))
                                : certificate.mapspace;
  const std::string work =
      fmt::format("{} evaluated, {} s", format_count(certificate.evaluated), format_number(certificate.seconds));
  if (certificate.mapspace.starts_with("bounded search"))
    return fmt::format("best found by a {} ({})", certificate.mapspace, work);
  if (certificate.optimal) return fmt::format("optimal in a mapspace of {} ({})", space, work);
  const std::string distance = certificate.gap
                                   ? fmt::format("at most {} above the optimum", format_percent(*certificate.gap))
                                   : std::string("how far above the optimum is not known, out");
  return fmt::format("best found, {} of a mapspace of {} ({})", distance, space, work);
}

std::string map_table(const MapReport& report, const TableStyle& style) {
  std::string text = fmt::format("{}\n{}", report.model.mapping, model_table(report.model, style));
  text +=
      fmt::format("\n{}; minimised: {}\n{}\n", report.dataflow, report.objective, certificate_text(report.certificate));
  if (report.no_other_below && !report.runner_up) text += "\n" + no_other_text(*report.no_other_below);
  if (report.runner_up) text += fmt::format("\n{}", runner_up_text(*report.runner_up, report));
  if (report.front) text += fmt::format("\n{}", front_table(*report.front, style));
  if (!report.pruning.empty()) text += fmt::format("\n{}", pruning_table(report.pruning, style));
  return text;
}

}  // namespace ohmloop
