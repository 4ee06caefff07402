#include "ohmloop/cli/map_inputs.hpp"

#include <chrono>

#include <fmt/format.h>

#include "ohmloop/cli/model_inputs.hpp"
#include "ohmloop/cli/model_timeloop.hpp"
#include "ohmloop/mapper/map_timeloop_spec.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/report/timeloop_report.hpp"
#include "ohmloop/timeloop/writing/mapping_yaml.hpp"

namespace ohmloop {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

MapCertificate certificate_of(const Certificate& certificate, double seconds) {
  return {.optimal = certificate.optimal,
          .gap = certificate.gap,
          .mappings = certificate.mappings,
          .mapspace = certificate.mapspace,
          .evaluated = certificate.evaluated,
          .seconds = seconds};
}

std::string dataflow(Role stationary) { return fmt::format("{} stationary", to_string(stationary)); }

std::vector<PruningStep> pruning_steps(const MapStats& stats) {
  return {{"placements of tensors", stats.placements},
          {"choices of spatial loops", stats.spatial},
          {"- excluded by the least traffic", stats.cut_at_once},
          {"- excluded by the bound over all loops in time", stats.cut_by_tables},
          {"- not searched", stats.not_searched},
          {"entries of the bounds' tables", stats.table_entries},
          {"inner parts of nests", stats.nests.states},
          {"- excluded by their bound", stats.nests.bounded},
          {"- reached by another order at no more cost", stats.nests.repeated},
          {"- loops in another order alone", stats.nests.reordered},
          {"whole mappings", stats.nests.mappings}};
}

/// The options of the search for the best mapping with another dataflow.
MapOptions otherwise(MapOptions options, Role stationary) {
  options.not_stationary = stationary;
  return options;
}

MapReport report_of(const MappedLayer& best, const ModelInputs& inputs, const Objective& objective) {
  MapReport report;
  report.model = model_report(inputs.einsum, inputs.architecture, inputs.tables, best.mapping, best.counts);
  report.objective = to_string(objective);
  report.value = score(objective, best.evaluation).value;
  report.dataflow = dataflow(best.stationary);
  return report;
}

MapReport report_of(const MappedSpec& best, const Objective& objective) {
  MapReport report;
  report.model = timeloop_report(best.nest, best.evaluation);
  report.objective = to_string(objective);
  report.value = score(objective, Cost{best.evaluation.energy_pj, 0, best.evaluation.cycles}).value;
  report.dataflow = dataflow(best.stationary);
  return report;
}

RunnerUp runner_up_of(const MapReport& other) {
  return {other.dataflow, other.value, other.model.energy_pj + other.model.leakage_pj, other.model.cycles,
          other.model.mapping};
}

MapFront front_of(const ModelInputs& inputs, const MapRequest& request) {
  const ParetoFront found =
      pareto_mappings(inputs.einsum, inputs.architecture, inputs.tables, request.metrics, request.options);
  MapFront front;
  for (const MappingMetric metric : request.metrics) front.metrics.push_back(to_string(metric));
  front.complete = found.complete;
  for (const ParetoPoint& point : found.points) {
    const Evaluation& evaluation = point.layer.evaluation;
    front.points.push_back({evaluation.energy_pj + evaluation.leakage_pj, evaluation.latency_cycles, point.area_use,
                            dataflow(point.layer.stationary),
                            nest_lines(inputs.einsum, inputs.architecture, point.layer.mapping)});
  }
  return front;
}

MappedFiles map_ours(const ParsedArguments& arguments, const MapRequest& request) {
  const ModelInputs inputs = read_model_inputs(arguments, MappingNeed::sought);
  const auto map = [&](const MapOptions& options, MapStats& stats) {
    return map_layer(inputs.einsum, inputs.architecture, inputs.tables, options, &stats);
  };
  MappedFiles mapped;
  MapStats stats;
  const Clock::time_point start = Clock::now();
  const MapperResult result = map(request.options, stats);
  mapped.none = result.none;
  mapped.found = result.best.has_value();
  if (mapped.found) {
    const Objective& objective = request.options.objective;
    mapped.report = report_of(*result.best, inputs, objective);
    mapped.report.certificate = certificate_of(result.best->certificate, seconds_since(start));
    mapped.mapping_yaml = to_yaml(inputs.einsum, inputs.architecture, result.best->mapping);
    mapped.layer_yaml = to_yaml(inputs.layer);
    if (request.stats) mapped.report.pruning = pruning_steps(stats);
    if (!request.metrics.empty()) mapped.report.front = front_of(inputs, request);
    if (request.why) {
      const MapperResult other = map(otherwise(request.options, result.best->stationary), stats);
      if (other.best) mapped.report.runner_up = runner_up_of(report_of(*other.best, inputs, objective));
    }
  }
  mapped.report.model.inputs = inputs.files;
  mapped.report.model.warnings = inputs.warnings;
  return mapped;
}

MappedFiles map_timeloops(const std::vector<SourceFilePtr>& files, const MapRequest& request) {
  Diagnostics diagnostics;
  const timeloop::TimeloopSpec spec = read_timeloop_files(files, diagnostics);
  if (spec.mapping) diagnostics.warning("the mapping is not looked at: the best one is sought", spec.mapping_where);
  MappedFiles mapped;
  MapStats stats;
  const Clock::time_point start = Clock::now();
  const MapSpecResult result = map_timeloop_spec(spec, diagnostics, request.options, &stats);
  diagnostics.throw_if_errors();
  mapped.none = result.none;
  mapped.found = result.best.has_value();
  if (mapped.found) {
    const Objective& objective = request.options.objective;
    mapped.report = report_of(*result.best, objective);
    mapped.report.certificate = certificate_of(result.best->certificate, seconds_since(start));
    mapped.mapping_yaml = timeloop::mapping_yaml(result.best->nest);
    if (request.stats) mapped.report.pruning = pruning_steps(stats);
    if (request.why) {
      Diagnostics told_already;
      const MapSpecResult other =
          map_timeloop_spec(spec, told_already, otherwise(request.options, result.best->stationary), &stats);
      if (other.best) mapped.report.runner_up = runner_up_of(report_of(*other.best, objective));
    }
  }
  const TimeloopNames names = names_in_timeloop_files(files);
  mapped.report.model.architecture = names.architecture;
  mapped.report.model.layer = names.layer;
  mapped.report.model.inputs = hashes_of(files);
  mapped.report.model.warnings = diagnostics.warnings();
  return mapped;
}

}  // namespace

MappedFiles map_files(const ParsedArguments& arguments, const MapRequest& request) {
  const std::vector<SourceFilePtr> files = find_timeloop_files(arguments.positional);
  if (files.empty()) return map_ours(arguments, request);
  Diagnostics diagnostics;
  refuse_options_of_ours(arguments, {"set", "batch", "imperfect", "pareto"}, diagnostics);
  diagnostics.throw_if_errors();
  return map_timeloops(files, request);
}

}  // namespace ohmloop
