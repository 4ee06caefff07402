#include <fmt/format.h>

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

std::string pruning_table(const std::vector<PruningStep>& steps, const TableStyle& style) {
  TextTable table({{"step of the search", "", Align::left, true}, {"count", ""}});
  for (const PruningStep& step : steps) table.add_row({step.name, format_count(step.removed)});
  return table.render(style);
}

}  // namespace

std::string certificate_text(const MapCertificate& certificate) {
  const std::string space = certificate.mappings > 0
                                ? fmt::format("{} mappings", format_magnitude(certificate.mappings))
                                : certificate.mapspace;
  const std::string work =
      fmt::format("{} evaluated, {} s", format_count(certificate.evaluated), format_number(certificate.seconds));
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
  if (report.runner_up) text += fmt::format("\n{}", runner_up_text(*report.runner_up, report));
  if (!report.pruning.empty()) text += fmt::format("\n{}", pruning_table(report.pruning, style));
  return text;
}

}  // namespace ohmloop
