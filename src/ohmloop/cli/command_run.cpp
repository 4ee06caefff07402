#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/progress_bar.hpp"
#include "ohmloop/cli/run_progress.hpp"
#include "ohmloop/cli/run_settings.hpp"
#include "ohmloop/cli/run_values.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/network/unknown_energy.hpp"
#include "ohmloop/report/energy_explanation.hpp"
#include "ohmloop/report/figures_csv.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/output_directory.hpp"
#include "ohmloop/report/run_counts.hpp"
#include "ohmloop/report/run_json.hpp"
#include "ohmloop/report/run_table.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// Reads both inputs, so that a user with two wrong ones hears of both; gives what the chip was estimated with.
Registry read_inputs(const ParsedArguments& arguments, RunReport& report) {
  std::vector<Diagnostic> errors;
  Diagnostics diagnostics;
  Registry registry;
  try {
    NetworkInput input = open_network(arguments.positional.front(), report.settings.batch);
    report.network = std::move(input.network);
    if (input.file) report.inputs.push_back(std::move(*input.file));
  } catch (const InputError& error) {
    errors = error.diagnostics();
  }
  try {
    registry = chosen_estimators(arguments);
    ArchitectureInput input =
        open_architecture_input(arguments.values("arch").back(), arguments.values("set"), registry, diagnostics);
    report.architecture = std::move(input.architecture);
    report.tables = std::move(input.tables);
    report.inputs.push_back(std::move(input.file));
  } catch (const InputError& error) {
    errors.insert(errors.end(), error.diagnostics().begin(), error.diagnostics().end());
  }
  if (!errors.empty()) throw InputError(std::move(errors));
  report.warnings = report.network.warnings;
  const std::vector<Diagnostic> more = diagnostics.warnings();
  report.warnings.insert(report.warnings.end(), more.begin(), more.end());
  read_run_values(arguments, registry, report);
  return registry;
}

NetworkEvaluation evaluate(const RunReport& report, const Registry& registry, const ParsedArguments& arguments,
                           Terminal& terminal) {
  ProgressBar bar(terminal.err(), progress_style(arguments, terminal), "mapping layers", time_since_now());
  NetworkOptions options;
  options.mapper = report.settings.mapper;
  options.threads = static_cast<unsigned>(threads_of(arguments));
  options.layer_tables = tables_of_values(report, registry);
  options.progress = [&bar](std::size_t done, std::size_t all) {
    throw_if_interrupted();
    bar.update(done, all);
  };
  NetworkEvaluation evaluation = evaluate_network(report.network, report.architecture, report.tables, options);
  throw_if_interrupted();
  return evaluation;
}

/// The answer "no": every layer that has no legal mapping, and what would help. Layers that fail for the same reason
/// share one message.
void explain_failures(const NetworkEvaluation& evaluation, Terminal& terminal) {
  std::vector<Diagnostic> errors;
  std::vector<std::vector<std::string>> layers;
  for (const FailedLayer& failed : evaluation.failed) {
    const auto same = std::find_if(errors.begin(), errors.end(), [&](const Diagnostic& error) {
      return error.message == failed.reason.reason && to_string(error.where) == to_string(failed.reason.where);
    });
    layers.resize(errors.size() + (same == errors.end() ? 1 : 0));
    layers[static_cast<std::size_t>(same - errors.begin())].push_back(failed.layer);
    if (same != errors.end()) continue;
    errors.push_back({Severity::error, failed.reason.reason, failed.reason.where, {}, {}});
    if (!failed.reason.suggestion.empty())
      errors.back().notes.push_back("what would help: " + failed.reason.suggestion);
  }
  for (std::size_t i = 0; i < errors.size(); ++i) {
    errors[i].message = "no legal mapping: " + errors[i].message;
    errors[i].notes.push_back("layers: " + list_names(layers[i]));
  }
  if (evaluation.refused) {
    errors.push_back({Severity::error,
                      evaluation.refused->reason,
                      evaluation.refused->where,
                      {},
                      {"what would help: " + evaluation.refused->suggestion}});
  }
  terminal.explain(errors);
}

void write_files(const RunReport& report, OutputDirectory& directory) {
  directory.add("result.json", run_json(report));
  directory.add("layers.csv", layers_csv(report));
  directory.add("figures.csv", figures_csv(report));
  directory.add("action_counts.yaml", write_action_counts(run_counts(report)));
  directory.replace_series("mappings", {".txt", ".yaml"});
  FileNames names;
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    throw_if_interrupted();
    const UniqueLayer& unique = report.evaluation.unique[layer.unique];
    const std::string name = "mappings/" + names.unique_name(report.network.nodes[layer.network_node].name);
    directory.add(name + ".txt", to_text(unique.einsum, report.architecture, unique.mapped.mapping));
    directory.add(name + ".yaml", to_yaml(unique.einsum, report.architecture, unique.mapped.mapping));
  }
  directory.commit();
}

/// What `--explain energy:COMPONENT:ACTION` asks for; nothing if there is no such option. Told before the work.
std::optional<ExplainedPart> explained_part(const ParsedArguments& arguments, const RunReport& report) {
  if (!arguments.has("explain")) return std::nullopt;
  const ArgumentText word = arguments.values("explain").back();
  Diagnostics diagnostics;
  if (!report.values.source.empty()) {
    diagnostics.error("energies that depend on each layer's values have no single derivation", word.where,
                      "leave out --values: the energies are then those of the defaults");
  }
  const std::size_t colon = word.text.find(':');
  if (word.text.substr(0, colon) != "energy") {
    diagnostics.error(fmt::format("'{}' cannot be explained", word.text), word.where, {},
                      {"write 'energy', 'energy:COMPONENT' or 'energy:COMPONENT:ACTION'"});
  }
  if (arguments.value("format").value_or("table") != "table") {
    diagnostics.error("an explanation is for people: it has no other format", word.where,
                      "leave out --format: result.json carries the same derivations");
  }
  const std::string part = colon == std::string::npos ? "all" : word.text.substr(colon + 1);
  const SystemTables tables = system_tables(report.architecture, report.tables);
  ExplainedPart result =
      diagnostics.has_errors() ? ExplainedPart() : parse_explained_part(part, word.where, tables, diagnostics);
  diagnostics.throw_if_errors();
  return result;
}

void print_explanation(const RunReport& report, const ExplainedPart& part, Terminal& terminal) {
  const EnergyReport energy = run_as_energy(report);
  terminal.print(explain_energy(energy.tables, &*energy.charged, part));
}

void print_result(const RunReport& report, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(run_json(report));
  } else if (format == "csv") {
    terminal.print(layers_csv(report));
  } else {
    terminal.print(run_table(report, terminal.table_style()));
  }
}

}  // namespace

int run_command(const ParsedArguments& arguments, Terminal& terminal) {
  RunReport report;
  report.tool = tool_version();
  report.settings = run_settings(arguments);
  report.settings.network = arguments.positional.front().text;
  const Registry registry = read_inputs(arguments, report);
  const std::optional<ExplainedPart> explained = explained_part(arguments, report);
  const std::optional<std::string> out = arguments.value("out");
  const InterruptibleWork work;
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);

  report.evaluation = evaluate(report, registry, arguments, terminal);
  report.warnings.insert(report.warnings.end(), report.evaluation.warnings.begin(), report.evaluation.warnings.end());
  report.warnings =
      without_uncharged(std::move(report.warnings), report.evaluation, report.architecture, report.tables);
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(report.warnings);
  if (!report.evaluation.failed.empty() || report.evaluation.refused) {
    explain_failures(report.evaluation, terminal);
    return 1;
  }
  if (directory) write_files(report, *directory);
  if (explained) {
    print_explanation(report, *explained, terminal);
  } else {
    print_result(report, arguments.value("format").value_or("table"), terminal);
  }
  if (out && !quiet)
    terminal.note(
        fmt::format("written to {}: result.json, layers.csv, figures.csv, action_counts.yaml, mappings/", *out));
  return 0;
}

}  // namespace ohmloop
