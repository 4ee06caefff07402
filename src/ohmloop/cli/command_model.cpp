#include <fmt/format.h>

#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/count_question.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/model_inputs.hpp"
#include "ohmloop/cli/model_timeloop.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/model_report.hpp"
#include "ohmloop/report/output_directory.hpp"

namespace ohmloop {

namespace {

std::string write_files(const std::optional<ModelInputs>& inputs, const ModelReport& report,
                        OutputDirectory& directory) {
  directory.add("model.json", model_json(report));
  directory.add("counts.csv", model_csv(report));
  directory.add("mapping.txt", report.mapping);
  std::string names = "model.json, counts.csv, mapping.txt";
  if (inputs) {
    directory.add("layer.yaml", to_yaml(inputs->layer));
    directory.add("mapping.yaml", to_yaml(inputs->einsum, inputs->architecture, inputs->mapping));
    names += ", layer.yaml, mapping.yaml";
  }
  directory.commit();
  return names;
}

ModelReport exact_report(const ModelInputs& inputs) {
  const Counts counts = count_actions(inputs.einsum, inputs.architecture, inputs.mapping);
  ModelReport report = model_report(inputs.einsum, inputs.architecture, inputs.tables, inputs.mapping, counts);
  report.inputs = inputs.files;
  report.warnings = inputs.warnings;
  return report;
}

/// The derivations that were asked for, one after the other.
std::string explanations(const ParsedArguments& arguments, const ModelInputs& inputs) {
  std::string text;
  for (const ArgumentText& word : arguments.values("explain")) {
    const CountQuestion question = parse_count_question(word, inputs.einsum, inputs.architecture);
    if (!text.empty()) text += "\n";
    text += explain_count(inputs.einsum, inputs.architecture, inputs.mapping, question).text;
  }
  return text;
}

/// What the options can't mean for the files that were given.
void check_options(const ParsedArguments& arguments, bool are_timeloops, const std::string& counting) {
  Diagnostics diagnostics;
  if (!are_timeloops) {
    if (counting != "timeloop") return;
    diagnostics.error("our own files are not counted in Timeloop's way", arguments.values("counting").back().where, {},
                      {"drains, converters and tiles that don't divide have no counterpart there",
                       "docs/timeloop-parity.md tells what Timeloop counts differently"});
    diagnostics.throw_if_errors();
  }
  refuse_options_of_ours(arguments, {"set", "batch"}, diagnostics);
  if (arguments.has("explain") && counting == "timeloop") {
    diagnostics.error("only exact counts can be derived from the loops", arguments.values("explain").front().where,
                      "add '--counting exact'");
  }
  diagnostics.throw_if_errors();
}

void print_result(const ModelReport& report, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(model_json(report));
  } else if (format == "csv") {
    terminal.print(model_csv(report));
  } else {
    terminal.print(model_table(report, terminal.table_style()));
  }
}

}  // namespace

int model_command(const ParsedArguments& arguments, Terminal& terminal) {
  std::optional<ModelInputs> inputs;
  ModelReport report;
  const std::vector<SourceFilePtr> timeloop_files = find_timeloop_files(arguments.positional);
  const bool are_timeloops = !timeloop_files.empty();
  const std::string counting = arguments.value("counting").value_or(are_timeloops ? "timeloop" : "exact");
  check_options(arguments, are_timeloops, counting);
  if (counting == "timeloop") {
    report = evaluate_timeloop_files(timeloop_files, arguments.positional.front());
  } else {
    inputs = are_timeloops ? read_timeloop_files_exactly(timeloop_files, arguments.positional.front())
                           : read_model_inputs(arguments);
    report = exact_report(*inputs);
  }
  if (are_timeloops) {
    const TimeloopNames names = names_in_timeloop_files(timeloop_files);
    report.architecture = names.architecture;
    report.layer = names.layer;
  }
  report.tool = tool_version();
  const std::optional<std::string> out = arguments.value("out");
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(report.warnings);
  const std::string written = directory ? write_files(inputs, report, *directory) : "";
  if (arguments.has("explain")) {
    terminal.print(explanations(arguments, *inputs));
    return 0;
  }
  print_result(report, arguments.value("format").value_or("table"), terminal);
  if (out && !quiet) terminal.note(fmt::format("written to {}: {}", *out, written));
  return 0;
}

}  // namespace ohmloop
